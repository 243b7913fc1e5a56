"""The same facts written down at once by somebody else, to compare what comes of them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from app.follow_up.plan.keeping import is_settled
from app.follow_up.plan.models import Plan, SearchPlan, Task
from app.http import clock
from tests.follow_up.plan.searching import Made, Search
from tests.stored import Account

_MADE_BY_SERVER = frozenset(
    {
        *("id", "created_at", "updated_at", "next_statuses", "display_name", "reachable", "starts_at_local"),
        *("ends_at_local", "consent_status", "is_available_today", "applications", "reference_id", "company_id"),
        *("interview_id", "application_id", "contact_id", "participants", "note_delivery", "note_scheduled_at"),
    }
)


class Expected(NamedTuple):
    """What a task is."""

    state: str
    due_at: datetime | None
    opens_at: datetime | None
    because: str
    is_optional: bool
    facts: dict[str, Any]


@dataclass
class Copy:
    """Writes down at once what another search has come to; `ids` says which id there stands for which one here."""

    source: Search
    target: Search
    ids: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        home = self.source.account.seen("/v1/me")["time_zone"]
        assert self.target.ask("PATCH", "/v1/me", {"time_zone": home})
        for kind in ("companies", "contacts", "applications"):
            for one in self.source.all(f"/v1/{kind}"):
                self._write(f"/v1/{kind}", one)
        for one in self.source.all("/v1/interviews"):
            self._interview(one)
        for one in self.source.all("/v1/references"):
            self._reference(one)

    def _interview(self, one: Made) -> None:
        people = [self._moved(person) for person in one["participants"]]
        made = self._write("/v1/interviews", one, participants=people)
        for before, after in zip(one["participants"], made["participants"], strict=True):
            self._same(before, after)
        reflection = self.source.account.get(f"/v1/interviews/{one['id']}/reflection")
        path = f"/v1/interviews/{made['id']}"
        if reflection.status_code == 200:
            assert self.target.ask("PUT", f"{path}/reflection", _sendable(reflection.json()))
        if one["id"] in self.source.choices:
            # Of an interview that is cancelled meanwhile nothing is decided; nor does it matter then.
            self.target.post(f"{path}/decisions", self.source.choices[one["id"]])

    def _reference(self, one: Made) -> None:
        made = self._write("/v1/references", one)
        uses = self.source.all(f"/v1/references/{one['id']}/applications")
        for use in uses:
            self._use(f"/v1/references/{made['id']}/applications", use)
        named = {use["application_id"] for use in uses}
        interviews = {each["id"]: each["application_id"] for each in self.source.all("/v1/interviews")}
        for briefing in self.source.all(f"/v1/references/{one['id']}/briefings"):
            # What is left of an application in which they are named no longer.
            if interviews[briefing["interview_id"]] in named:
                self._write(f"/v1/references/{made['id']}/briefings", briefing)

    def _use(self, path: str, use: Made) -> None:
        """When somebody was named is a fact of its own, which is nowhere but on the clock."""
        named = {"application_id": self.ids[use["application_id"]]}
        with clock.stopped_at(datetime.fromisoformat(use["created_at"])):
            made = self.target.post(path, named)
        days = {name: use[name] for name in ("outcome_told_on", "thanked_on")}
        assert self.target.ask("PATCH", f"{path}/{made['id']}", days)

    def _write(self, path: str, one: Made, **more: object) -> Made:
        made = self.target.post(path, {**self._moved(one), **more})
        assert made, (path, one)
        self._same(one, made)
        return made

    def _moved(self, one: Made) -> Made:
        """What can be sent of a thing, with the ids of the other user."""
        own = _sendable(one)
        references = {
            name: self.ids[value] for name, value in one.items() if name.endswith("_id") and value and value in self.ids
        }
        return {**own, **{name: value for name, value in references.items() if name != "reference_id"}}

    def _same(self, before: Made, after: Made) -> None:
        self.ids[before["id"]] = after["id"]


def _sendable(one: Made) -> Made:
    """What of a thing can be sent: without what the server has made of it."""
    return {name: _inside(value) for name, value in one.items() if name not in _MADE_BY_SERVER}


def _inside(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, list):
        return [_inside(one) for one in value]
    return _sendable(value) if isinstance(value, dict) else value


def copied(search: Search, account: Account) -> tuple[Search, dict[str, str]]:
    """The same facts, written down at once by another user; and which id there stands for which one here."""
    other = Search(search.app, account, search.now)
    with clock.stopped_at(search.now):
        return other, Copy(search, other).ids


def outcome(search: Search, ids: dict[str, str]) -> tuple[dict[str, Expected], dict[str, object], dict[str, str]]:
    """The tasks that are left, whose turn it is, and what the user has settled or put off, by the ids of another."""
    with clock.stopped_at(search.now):
        search.account.seen("/v1/today")
    rows = search.rows(Task)
    hexes = {before.replace("-", ""): after.replace("-", "") for before, after in ids.items()}

    def moved(key: str) -> str:
        return ":".join(hexes.get(part, part) for part in key.split(":"))

    left = {
        moved(row.key): Expected(row.state, row.due_at, row.opens_at, row.because, row.is_optional, row.facts)
        for row in rows
        if row.state in {"open", "waiting"}
    }
    own = {moved(row.key): row.state for row in rows if is_settled(row) or row.state == "snoozed"}
    turns: dict[str, object] = {
        hexes.get(row.application_id.hex, row.application_id.hex): (
            *(row.turn, row.turn_since, row.answer_expected_on, row.answer_basis, row.enquire_from),
        )
        for row in search.rows(Plan)
    }
    turns["search"] = [(row.alive, row.last_applied_on, row.accepted_on) for row in search.rows(SearchPlan)]
    return left, turns, own
