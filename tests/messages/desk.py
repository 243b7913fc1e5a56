"""A job search with interviews that are over, and short ways to write to their people."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from httpx2 import Response

from app.http import clock
from tests.follow_up.plan.stories import Story
from tests.stored import ANY

Made = dict[str, Any]


@dataclass
class Desk:
    """An interview, and who belongs to it."""

    story: Story
    application: Made
    interview: Made
    boss: Made

    def draft(self, purpose: str = "thank_you", **more: object) -> Made:
        """Draft a message; a note to the boss, unless it is said otherwise."""
        to = (
            {"contact_id": self.boss["id"]}
            if purpose == "thank_you" and not {"contact_id", "participant_id"} & more.keys()
            else {}
        )
        return self.story.account.made(self.path, {"purpose": purpose, **to, **more})

    def refused(self, status: int, **body: object) -> Made:
        """The problem with which drafting is refused."""
        return self.story.account.refused("POST", self.path, status, json=body)

    @contextmanager
    def logged_in(self) -> Iterator[None]:
        """Let it be now for what is asked inside: a login holds for minutes, and the story plays another day."""
        with clock.stopped_at(datetime.now(UTC)):
            yield

    @property
    def participant(self) -> str:
        """Where the boss takes part."""
        return f"/v1/interviews/{self.interview['id']}/participants/{self.interview['participants'][0]['id']}"

    @property
    def path(self) -> str:
        """Where messages are drafted."""
        return f"/v1/interviews/{self.interview['id']}/messages"

    def ask(self, message: Made, what: str, body: object = None, **headers: str) -> Response:
        """Ask for something to become of a message."""
        given = {} if body is None else {"json": body}
        return self.story.account.ask(
            "POST", f"/v1/messages/{message['id']}/{what}", headers={**ANY, **headers}, **given
        )

    def done(self, message: Made, what: str, body: object = None) -> Made:
        """The message after that."""
        answer = self.ask(message, what, body)
        assert answer.status_code == 200, answer.text
        made: Made = answer.json()
        return made

    def problem(self, message: Made, what: str, code: str, body: object = None) -> Made:
        """The problem with which that is refused."""
        answer = self.ask(message, what, body)
        assert answer.json().get("code") == code, answer.text
        problem: Made = answer.json()
        return problem

    def seen(self, message: Made, part: str = "") -> Made:
        """A message as it is now, or something of it."""
        return self.story.account.seen(f"/v1/messages/{message['id']}{part}")

    def change(self, message: Made, **members: object) -> Made:
        """Edit it."""
        return self.story.account.changed(f"/v1/messages/{message['id']}", members)

    def events(self) -> list[str]:
        """What has happened to messages."""
        items = self.story.account.seen("/v1/events", limit=100)["items"]
        return [one["type"].removeprefix("message.") for one in items if one["type"].startswith("message.")]
