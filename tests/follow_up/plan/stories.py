"""A job search whose clock is moved by hand: what is written down, and which tasks come of it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.http import clock
from tests.stored import Account

Made = dict[str, Any]
_LEFT = ("open", "waiting")


@dataclass
class Story:
    """A user who goes from interview to accepted offer."""

    account: Account
    """With an API key: it holds for months, and a login does not."""
    now: datetime
    login: Account

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

    def reference(self, contact: Made, *applications: Made, **more: object) -> Made:
        """Write down somebody who speaks for the user, and where they are named."""
        reference = self.account.made("/v1/references", {"contact_id": contact["id"], **more})
        for application in applications:
            self.account.made(f"/v1/references/{reference['id']}/applications", {"application_id": application["id"]})
        return reference

    def use(self, reference: Made) -> Made:
        """The only application in which a reference is named."""
        (use,) = self.account.seen(f"/v1/references/{reference['id']}/applications")["items"]
        return dict(use)

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

    def live_in(self, time_zone: str) -> None:
        """Say where the user lives; before the clock is moved, while the login holds."""
        self.login.changed("/v1/me", {"time_zone": time_zone})

    def tasks(self, *states: str) -> list[Made]:
        """The tasks in some states, the most urgent first; those that are to do or wait, unless others are named."""
        items: list[Made] = self.account.seen("/v1/tasks", limit=100, state=",".join(states or _LEFT))["items"]
        return items

    def left(self) -> list[str]:
        """What is to do or waits, the most urgent first: until when by the clocks of the place, and what."""
        return list(map(_line, self.tasks()))

    def today(self) -> list[str]:
        """The queue of the day in the same form."""
        return list(map(_line, self.account.seen("/v1/today")["now"]))

    def turn(self, application: Made | None = None) -> tuple[str | None, str | None]:
        """Who owes the next move, and since when; in the only application that is under way unless one is named."""
        turns = self.account.seen("/v1/today")["turns"]
        (turn,) = [one for one in turns if application is None or one["application_id"] == application["id"]]
        return turn["who"], turn["since"]

    def task(self, title: str) -> Made:
        """The task with a title that is to do or waits."""
        (found,) = [task for task in self.tasks() if task["title"] == title]
        return found

    def closed(self, title: str) -> tuple[str, str | None]:
        """What became of the last task with a title that is no longer to do, and who closed it."""
        found = [task for task in self.tasks("done", "skipped", "retired") if task["title"] == title]
        return found[-1]["state"], found[-1]["closed_by"]

    def do(self, *titles: str, state: str = "done", **more: object) -> None:
        """Do tasks, or skip or snooze them."""
        body = {"task_ids": [self.task(title)["id"] for title in titles], "state": state, **more}
        answer = self.account.ask("POST", "/v1/tasks/state", json=body)
        assert answer.status_code == 200, answer.text
        assert [one["problem"] for one in answer.json()["results"]] == [None] * len(titles)

    def told(self, kind: str) -> list[str]:
        """The kinds of tasks that an event of this type was about, in their order."""
        return [event["data"]["kind"] for event in self._events() if event["type"] == kind]

    def turns(self) -> list[tuple[str | None, str | None]]:
        """Whose turn it came to be, and since when."""
        changes = [event["data"] for event in self._events() if event["type"] == "turn.changed"]
        return [(data["who"], data["since"]) for data in changes]

    def _events(self) -> Sequence[Made]:
        # What comes of time passing is written within a minute, or as soon as anybody looks at the queue.
        self.account.seen("/v1/today")
        found: list[Made] = []
        page = self.account.seen("/v1/events", limit=100)
        while page["items"]:
            found += page["items"]
            page = self.account.seen("/v1/events", limit=100, after=found[-1]["number"])
        return found

    def plan(self, interview: Made) -> Made:
        """The plan after an interview."""
        return self.account.seen(f"/v1/interviews/{interview['id']}/plan")

    def steps(self, interview: Made) -> dict[str, str]:
        """How far each step of it is."""
        return {step["step"]: step["state"] for step in self.plan(interview)["steps"]}


def _line(task: Mapping[str, Any]) -> str:
    local = task["due_at_local"]
    until = "any time" if local is None else str(local)[:16].replace("T", " ")
    mark = " (optional)" if task["is_optional"] else " (waiting)" if task["state"] == "waiting" else ""
    return f"{until}: {task['title']}{mark}"
