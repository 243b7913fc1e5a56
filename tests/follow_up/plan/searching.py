"""A job search in which anything may happen in any order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from fastapi import FastAPI
from sqlalchemy import select
from starlette.testclient import TestClient

from app.applications.statuses import STATUSES
from app.follow_up.plan.keeping import is_settled
from app.follow_up.plan.models import Task
from app.http import clock
from tests.stored import ANY, Account, new_account

BEGINS = datetime(2026, 3, 2, 9, tzinfo=UTC)
PLACES = (("JP", "Asia/Tokyo"), ("CA", "America/Toronto"), ("DE", "Europe/Berlin"), ("US", "America/New_York"))
ROLES = ("interviewer", "decision_maker", "recruiter", None)
INTERVIEW_STATUSES = ("cancelled", "scheduled", "no_show", "awaiting_feedback", "complete")
WAITS = (timedelta(hours=2), timedelta(days=1), timedelta(days=4), timedelta(days=20), timedelta(days=90))
STARTS = (timedelta(days=-3), timedelta(hours=-2), timedelta(hours=3), timedelta(days=2), timedelta(days=-15))
CHOICES = ({"thank_you": "send"}, {"thank_you": "do_not_send"}, None)
_REFUSED = range(400, 500)
Made = dict[str, Any]


class Happening(NamedTuple):
    """One of `HAPPENINGS`, which of the things it happens to, and how."""

    what: str
    which: int
    how: int


def a_user(client: TestClient) -> Account:
    """A new user whose login outlasts every search."""
    with clock.stopped_at(BEGINS + timedelta(days=4000)):
        return new_account(client)


@dataclass
class Search:
    """A user's job search, with a clock of its own."""

    app: FastAPI
    account: Account
    now: datetime = BEGINS
    choices: dict[str, Made] = field(default_factory=dict)
    moves: int = 0
    settled: dict[str, str] = field(default_factory=dict)
    """Keys of tasks that the user has skipped, or done without a fact, and not taken back."""

    def begin(self) -> None:
        """Two companies, three people, two interviews, and a reference."""
        with clock.stopped_at(self.now):
            for number in range(2):
                self.post("/v1/companies", {"name": f"Company {number}"})
                self.add_application(number, number)
            for number in range(3):
                self.add_contact(number, number)
            self.add_interview(0, 1)
            self.add_interview(1, 3)
            self.add_reference(2, 0)
            self.name_reference(0, 0)

    def happen(self, one: Happening) -> None:
        """Let something happen, where it can."""
        with clock.stopped_at(self.now):
            HAPPENINGS[one.what](self, one.which, one.how)

    # ---- asking

    def ask(self, method: str, path: str, body: object = None) -> Made:
        """What comes of a request; nothing where it is refused, as what makes no sense is."""
        answer = self.account.ask(method, path, json=body, headers={} if method == "PUT" else ANY)
        assert answer.status_code < 300 or answer.status_code in _REFUSED, answer.text
        made: Made = answer.json() if answer.content and answer.status_code < 300 else {}
        return made

    def post(self, path: str, body: object) -> Made:
        return self.ask("POST", path, body)

    def all(self, path: str) -> list[Made]:
        """All things of a list, in the order in which they were made."""
        items: list[Made] = self.account.seen(f"{path}?sort=created_at&limit=100")["items"]
        return items

    def one(self, path: str, which: int) -> Made:
        """One of them. Raises `IndexError` where there is none."""
        items = self.all(path)
        return items[which % len(items)] if items else {}

    def path(self, kind: str, which: int) -> str:
        """The address of one thing of a kind; one that nothing has where there is none."""
        return f"/v1/{kind}/{self.one(f'/v1/{kind}', which).get('id', NOTHING)}"

    # ---- what may happen

    def add_application(self, which: int, how: int) -> None:
        country, _ = PLACES[how % len(PLACES)]
        company = self.one("/v1/companies", which)
        body = {"company_id": company["id"], "position": "Engineer", "country": country, "status": "interviewing"}
        self.post("/v1/applications", {**body, "applied_on": str(self.now.date() - timedelta(days=how % 10))})

    def set_status(self, which: int, how: int) -> None:
        body = {"status": STATUSES[how % len(STATUSES)], "happened_on": str(self.now.date()), "correction": True}
        self.post(f"{self.path('applications', which)}/status", body)

    def accept(self, which: int, how: int) -> None:
        self.set_status(which, STATUSES.index("accepted" if how % 3 else "rejected"))

    def change_application(self, which: int, how: int) -> None:
        company = self.one("/v1/companies", how)
        contact = self.one("/v1/contacts", how)
        changes: tuple[Made, ...] = (
            {"company_id": company["id"]},
            {"offer_answer_by": str(self.now.date() + timedelta(days=how))},
            {"decided_on": str(self.now.date() - timedelta(days=1 + how % 3))},
            {"introduced_by_contact_id": contact.get("id")},
            {"agency_contact_id": contact.get("id")},
            {"applied_on": str(self.now.date() - timedelta(days=how))},
        )
        self.ask("PATCH", self.path("applications", which), changes[how % len(changes)])

    def delete_application(self, which: int, how: int) -> None:
        del how
        self.ask("DELETE", self.path("applications", which))

    def add_interview(self, which: int, how: int) -> None:
        application = self.one("/v1/applications", which)
        contacts = self.all("/v1/contacts")
        people = [contacts[number % len(contacts)]["id"] for number in range(how % 3) if contacts]
        participants = [
            {"contact_id": one, "role": ROLES[(place + how) % len(ROLES)]}
            for place, one in enumerate(dict.fromkeys(people))
        ]
        body = {"application_id": application.get("id"), "participants": participants, **self.times(how)}
        self.post("/v1/interviews", body)

    def times(self, how: int) -> Made:
        self.moves += 1  # no two interviews begin at once: which of them is the last would be left open
        starts = self.now + STARTS[how % len(STARTS)] - timedelta(minutes=self.moves)
        _, zone = PLACES[how % len(PLACES)]
        return {
            "starts_at": starts.isoformat(),
            "ends_at": (starts + timedelta(hours=1)).isoformat(),
            "time_zone": zone,
        }

    def move_interview(self, which: int, how: int) -> None:
        self.ask("PATCH", self.path("interviews", which), self.times(how))

    def change_interview(self, which: int, how: int) -> None:
        application = self.one("/v1/applications", how)
        changes: tuple[Made, ...] = (
            {"status": INTERVIEW_STATUSES[how % len(INTERVIEW_STATUSES)]},
            {"application_id": application.get("id")},
            {"said": {"answer_by": str(self.now.date() + timedelta(days=how))}},
            {"enquiries": how % 3, "last_enquiry_on": str(self.now.date()) if how % 3 else None},
            {"thanked_in_person": (True, False, None)[how % 3]},
        )
        self.ask("PATCH", self.path("interviews", which), changes[(which + how) % len(changes)])

    def delete_interview(self, which: int, how: int) -> None:
        del how
        self.ask("DELETE", self.path("interviews", which))

    def add_participant(self, which: int, how: int) -> None:
        body = {"contact_id": self.one("/v1/contacts", how).get("id"), "role": ROLES[how % len(ROLES)]}
        self.post(f"{self.path('interviews', which)}/participants", body)

    def change_participant(self, which: int, how: int) -> None:
        path, people = self.participants(which)
        if people:
            sent = self.now.isoformat()
            changes: tuple[Made, ...] = (
                {"role": ROLES[how % len(ROLES)]},
                {"attended": (True, False, None)[how % 3]},
                {"note_sent_at": sent if how % 2 else None},
            )
            self.ask("PATCH", f"{path}/{people[how % len(people)]['id']}", changes[how % len(changes)])

    def delete_participant(self, which: int, how: int) -> None:
        path, people = self.participants(which)
        if people:
            self.ask("DELETE", f"{path}/{people[how % len(people)]['id']}")

    def participants(self, which: int) -> tuple[str, list[Made]]:
        interview = self.one("/v1/interviews", which)
        return f"/v1/interviews/{interview.get('id', NOTHING)}/participants", interview.get("participants", [])

    def add_contact(self, which: int, how: int) -> None:
        emails = [{"address": f"somebody.{which}.{how}@example.com"}] if how % 2 else []
        self.post("/v1/contacts", {"name": {"given_name": f"Person {which}"}, "emails": emails})

    def change_contact(self, which: int, how: int) -> None:
        emails = [{"address": f"somebody.{how}@example.com"}] if how % 2 else []
        self.ask("PATCH", self.path("contacts", which), {"emails": emails, "wishes_note": (None, True, False)[how % 3]})

    def merge_contacts(self, which: int, how: int) -> None:
        other = self.one("/v1/contacts", which + 1 + how)
        self.post(f"{self.path('contacts', which)}/merge", {"contact_id": other.get("id")})

    def delete_contact(self, which: int, how: int) -> None:
        del how
        self.ask("DELETE", self.path("contacts", which))

    def reflect(self, which: int, how: int) -> None:
        path = f"{self.path('interviews', which)}/reflection"
        questions = [{"question": f"What of {number}?"} for number in range(how % 3)]
        body = {"went_well": "The tour.", "draft": how % 2 == 0, "open_questions": questions}
        self.ask("DELETE", path)
        self.ask("PUT", path, body)

    def delete_reflection(self, which: int, how: int) -> None:
        del how
        self.ask("DELETE", f"{self.path('interviews', which)}/reflection")

    def add_reference(self, which: int, how: int) -> None:
        contact = self.one("/v1/contacts", which)
        body = {"contact_id": contact.get("id"), "consent_given_on": str(self.now.date() - timedelta(days=how))}
        self.post("/v1/references", body)

    def change_reference(self, which: int, how: int) -> None:
        given = self.now.date() - timedelta(days=how * 70)
        changes: tuple[Made, ...] = (
            {"consent_given_on": str(given), "consent_until": None},
            {"consent_given_on": None, "consent_until": None},
            {"consent_given_on": str(given), "consent_until": str(self.now.date() + timedelta(days=how - 3))},
        )
        self.ask("PATCH", self.path("references", which), changes[how % len(changes)])

    def delete_reference(self, which: int, how: int) -> None:
        del how
        self.ask("DELETE", self.path("references", which))

    def name_reference(self, which: int, how: int) -> None:
        application = self.one("/v1/applications", how)
        self.post(f"{self.path('references', which)}/applications", {"application_id": application.get("id")})

    def change_use(self, which: int, how: int) -> None:
        path = f"{self.path('references', which)}/applications"
        if not path.startswith(f"/v1/references/{NOTHING}") and (uses := self.all(path)):
            use = f"{path}/{uses[how % len(uses)]['id']}"
            if how % 3:
                self.ask("PATCH", use, {"thanked_on": str(self.now.date()), "outcome_told_on": str(self.now.date())})
            else:
                self.ask("DELETE", use)

    def brief(self, which: int, how: int) -> None:
        interview = self.one("/v1/interviews", how)
        self.post(f"{self.path('references', which)}/briefings", {"interview_id": interview.get("id")})

    def take_briefing_back(self, which: int, how: int) -> None:
        path = f"{self.path('references', which)}/briefings"
        if not path.startswith(f"/v1/references/{NOTHING}") and (briefings := self.all(path)):
            self.ask("DELETE", f"{path}/{briefings[how % len(briefings)]['id']}")

    def decide(self, which: int, how: int) -> None:
        interview, choice = self.one("/v1/interviews", which), CHOICES[how % len(CHOICES)]
        made = self.post(f"/v1/interviews/{interview.get('id', NOTHING)}/decisions", {"choice": choice})
        if made:
            self.choices[interview["id"]] = {"choice": choice}

    def rename_company(self, which: int, how: int) -> None:
        self.ask("PATCH", self.path("companies", which), {"sector": ("technology", "public_sector", None)[how % 3]})

    def merge_companies(self, which: int, how: int) -> None:
        other = self.one("/v1/companies", which + 1 + how)
        self.post(f"{self.path('companies', which)}/merge", {"company_id": other.get("id")})

    def add_company(self, which: int, how: int) -> None:
        self.post("/v1/companies", {"name": f"Company {which} {how}"})

    def wait(self, which: int, how: int) -> None:
        del which
        self.now += WAITS[how % len(WAITS)]

    def move_home(self, which: int, how: int) -> None:
        self.ask("PATCH", "/v1/me", {"time_zone": PLACES[(which + how) % len(PLACES)][1]})

    def read(self, which: int, how: int) -> None:
        del which, how
        self.account.seen("/v1/tasks?limit=1")

    def act(self, which: int, how: int) -> None:
        """Do, skip, put off or open again one of the tasks."""
        tasks = [task for task in self.account.seen("/v1/tasks?limit=100")["items"] if task["state"] != "retired"]
        if not tasks:
            return
        task = tasks[which % len(tasks)]
        sent: tuple[Made, ...] = (
            {"state": "done"},
            {"state": "skipped", "reason": "No."},
            {"state": "snoozed", "working_days": 1 + how},
            {"state": "open"},
        )
        state = sent[how % len(sent)]
        if self.post(f"/v1/tasks/{task['id']}/state", state):
            row = next(one for one in self.rows(Task) if str(one.id) == task["id"])
            if is_settled(row):
                self.settled[row.key] = row.state
            elif state["state"] != "done" or task["closed_by"] != "facts":
                self.settled.pop(row.key, None)

    # ---- looking

    def rows(self, table: Any) -> list[Any]:  # noqa: ANN401 - any table
        with self.app.state.database.session() as session:
            return list(session.scalars(select(table).where(table.owner_id == self.account.id)))


NOTHING = "01932b6e-0000-7000-8000-000000000000"
HAPPENINGS: dict[str, Callable[[Search, int, int], None]] = {
    "wait": Search.wait,
    "read": Search.read,
    "move_home": Search.move_home,
    "act": Search.act,
    "add_application": Search.add_application,
    "set_status": Search.set_status,
    "accept": Search.accept,
    "change_application": Search.change_application,
    "delete_application": Search.delete_application,
    "add_interview": Search.add_interview,
    "move_interview": Search.move_interview,
    "change_interview": Search.change_interview,
    "delete_interview": Search.delete_interview,
    "add_participant": Search.add_participant,
    "change_participant": Search.change_participant,
    "delete_participant": Search.delete_participant,
    "add_contact": Search.add_contact,
    "change_contact": Search.change_contact,
    "merge_contacts": Search.merge_contacts,
    "delete_contact": Search.delete_contact,
    "reflect": Search.reflect,
    "delete_reflection": Search.delete_reflection,
    "add_reference": Search.add_reference,
    "change_reference": Search.change_reference,
    "delete_reference": Search.delete_reference,
    "name_reference": Search.name_reference,
    "change_use": Search.change_use,
    "brief": Search.brief,
    "take_briefing_back": Search.take_briefing_back,
    "decide": Search.decide,
    "add_company": Search.add_company,
    "rename_company": Search.rename_company,
    "merge_companies": Search.merge_companies,
}
