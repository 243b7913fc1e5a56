"""A job search whose clock is moved by hand: what is written down, and which tasks come of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from app.http import clock
from tests.stored import Account

Made = dict[str, Any]


@dataclass
class Story:
    """A user who goes from interview to accepted offer."""

    account: Account
    now: datetime
    names: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def at(self, moment: str) -> Iterator["Story"]:
        """Let it be a moment for what is asked inside: ISO 8601 with offset."""
        self.now = datetime.fromisoformat(moment).astimezone(UTC)
        with clock.stopped_at(self.now):
            yield self

    def company(self, name: str, **more: object) -> Made:
        """Write down a company."""
        return self.account.made("/v1/companies", {"name": name, **more})

    def person(self, name: str, **more: object) -> Made:
        """Write down somebody; with `email=None` without a way to reach them."""
        given, _, family = name.partition(" ")
        address = more.pop("email", f"{given.lower()}@example.com")
        emails = [{"address": address}] if address else []
        names = {"given_name": given, "family_name": family or "Example"}
        return self.account.made("/v1/contacts", {"name": names, "emails": emails, **more})

    def application(self, company: Made, country: str, **more: object) -> Made:
        """Write down an application that has led to an interview."""
        body = {"company_id": company["id"], "position": "Engineer", "country": country, "status": "interviewing"}
        return self.account.made("/v1/applications", {**body, **more})

    def interview(
        self, application: Made, starts: str, ends: str, zone: str, *people: tuple[Made, str], **more: object
    ) -> Made:
        """Write down an interview in local time; people are pairs of a contact and a role."""
        participants = [{"contact_id": contact["id"], "role": role} for contact, role in people]
        times = {"starts_at": starts, "ends_at": ends, "time_zone": zone}
        body = {"application_id": application["id"], **times, "participants": participants, **more}
        return self.account.made("/v1/interviews", body)

    def status(self, application: Made, status: str, **more: object) -> None:
        """Bring an application further."""
        path = f"/v1/applications/{application['id']}/status"
        body = {"status": status, **more}
        assert self.account.ask("POST", path, json=body, headers={"If-Match": "*"}).status_code == 200

    def change(self, kind: str, made: Made, **members: object) -> None:
        """Change something that was written down."""
        self.account.changed(f"/v1/{kind}/{made['id']}", members)

    def reflect(self, interview: Made, **more: object) -> None:
        """Write down how it went."""
        body = {"went_well": "The tour of the lab.", **more}
        answer = self.account.ask("PUT", f"/v1/interviews/{interview['id']}/reflection", json=body)
        assert answer.status_code in {200, 201}, answer.text

    def tasks(self, *states: str) -> dict[str, Made]:
        """The tasks in some states by kind, with the name of whom they concern where several are of a kind."""
        path = f"/v1/tasks?limit=100&state={','.join(states or ('open', 'waiting'))}"
        found: dict[str, Made] = {}
        for task in self.account.seen(path)["items"]:
            name = task["kind"] if task["kind"] not in found else f"{task['kind']}: {task['title']}"
            found[name] = task
        return found

    def open(self) -> dict[str, str | None]:
        """What is open or waits: kind, and until when by the clocks of the place."""
        return {name: due(task) for name, task in self.tasks().items()}

    def do(self, kind: str, state: str = "done", **more: object) -> None:
        """Do the open task of a kind, or skip or snooze it."""
        task = self.tasks()[kind]
        path = f"/v1/tasks/{task['id']}/state"
        answer = self.account.ask("POST", path, json={"state": state, **more}, headers={"If-Match": "*"})
        assert answer.status_code == 200, answer.text

    def events(self, *types: str) -> list[Made]:
        """What has happened, of some types."""
        items = self.account.seen("/v1/events?limit=100")["items"]
        return [one for one in items if one["type"] in types]

    def plan(self, interview: Made) -> Made:
        """The plan after an interview."""
        return self.account.seen(f"/v1/interviews/{interview['id']}/plan")

    def steps(self, interview: Made) -> dict[str, str]:
        """How far each step of it is."""
        return {step["step"]: step["state"] for step in self.plan(interview)["steps"]}


def due(task: Mapping[str, Any]) -> str | None:
    """Until when a task is to be done, by the clocks of the place."""
    local = task["due_at_local"]
    return None if local is None else str(local)[:16]
