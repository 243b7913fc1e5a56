"""A job search with interviews that are over, and short ways to write to their people."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import text

from app.http import clock
from app.messages.mailboxes.sample import PretendedPost
from tests.follow_up.plan.stories import Story
from tests.messages.mailboxes.sending import PRIVATE
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

    def mailbox(self, *, is_tested: bool = True) -> str:
        """The id of a new mailbox; testing it sends nothing."""
        made = self.story.account.made("/v1/mailboxes", PRIVATE)
        if is_tested:
            app: Any = self.story.account.client.app
            pretended = PretendedPost(app.state.settings, app.state.post.vault)
            with pytest.MonkeyPatch.context() as patch:
                patch.setitem(app.state._state, "post", pretended)  # noqa: SLF001 - a State gives nothing back
                assert self.story.account.ask("POST", f"/v1/mailboxes/{made['id']}/test").status_code == 200
        return str(made["id"])

    def jobs(self, message: Made) -> list[str]:
        """How far the jobs of a message are, in the order of its turns."""
        app: Any = self.story.account.client.app
        engine = app.state.database.engine
        schema = "" if app.state.database.is_embedded else "dbos."
        rows = text(
            f"SELECT status FROM {schema}workflow_status "  # noqa: S608 - a constant
            "WHERE workflow_uuid LIKE :key ORDER BY workflow_uuid"
        )
        with engine.connect() as connection:
            return list(connection.execute(rows, {"key": f"message:{message['id']}:%"}).scalars())

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
