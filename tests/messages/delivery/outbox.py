"""A user with an interview behind them, a mailbox, and messages that wait to be sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID

from sqlalchemy import update

from app.accounts.on_behalf import OnBehalfOf
from app.background.queue import Queue
from app.db.database import Database
from app.messages.delivery import Delivery
from app.messages.guard import Guard
from app.messages.leaving import enqueue
from app.messages.mailboxes.models import Mailbox
from app.messages.mailboxes.passwords import Vault
from app.messages.mailboxes.post import Post
from app.messages.models import Message
from app.messages.outcomes import held
from app.settings import Settings
from tests.mail.server import HOST, PASSWORD, USERNAME, MailServer
from tests.messages.rows import a_message
from tests.rules.whole_book import whole_book
from tests.stored import Account

KEY = "a key of thirty-two characters and more"
SENDER = "kim@example.com"


@dataclass
class Outbox:
    """Where they wait."""

    account: Account
    database: Database
    ca_file: Path
    interview_id: UUID
    application_id: UUID
    stop: Event

    @property
    def settings(self) -> Settings:
        """Those of a process that sends."""
        return Settings(mail_ca_file=self.ca_file, mail_private_hosts=True, environment="development")

    @cached_property
    def queue(self) -> Queue:
        """The queue of the database."""
        return Queue(self.database)

    @property
    def delivery(self) -> Delivery:
        """What sends, as a worker has it."""
        guard = Guard(whole_book(), timedelta(days=365), per_day=20)
        return Delivery(self.database, guard, Post(self.settings, Vault([KEY])), self.queue, self.stop)

    def contact(self, address: str | None = "ann.lee@example.com") -> UUID:
        """Somebody who took part in the interview."""
        emails = [] if address is None else [{"address": address}]
        made = self.account.made(
            "/v1/contacts", {"name": {"given_name": "Ann", "family_name": "Lee"}, "emails": emails}
        )
        self.account.made(
            f"/v1/interviews/{self.interview_id}/participants", {"contact_id": made["id"], "role": "interviewer"}
        )
        return UUID(made["id"])

    def mailbox(self, server: MailServer, **changed: Any) -> UUID:  # noqa: ANN401 - columns
        """A mailbox at a server, tested."""
        now = datetime.now(UTC)
        mailbox = Mailbox(
            owner_id=self.account.id,
            created_at=now,
            updated_at=now,
            **{
                "name": "Private",
                "from_name": "Kim Berger",
                "from_address": SENDER,
                "host": HOST,
                "port": server.port,
                "security": server.security,
                "username": USERNAME,
                "tested_at": now,
                **changed,
            },
        )
        mailbox.password_encrypted = Vault([KEY]).sealed(mailbox.login, PASSWORD)
        with self.database.session() as session:
            session.add(mailbox)
        return mailbox.id

    def scheduled(self, mailbox_id: UUID | None, contact_id: UUID, **more: Any) -> UUID:  # noqa: ANN401 - columns
        """A thank-you note that is due now, and is not enqueued."""
        now = datetime.now(UTC)
        about = {"state": "scheduled", "turn": 1, "mailbox_id": mailbox_id, "contact_id": contact_id, "send_at": now}
        with self.database.writing(OnBehalfOf(self.account.id)) as session:
            return a_message(session, self.interview_id, now, **{**about, **more}).id

    def deliver(self, message_id: UUID, *, turn: int = 1, due: datetime | None = None, tries: int = 0) -> None:
        """Do the job of a message."""
        self.delivery.deliver(**self.job(message_id, turn=turn, due=due, tries=tries))

    def job(
        self, message_id: UUID, *, turn: int = 1, due: datetime | None = None, tries: int = 0
    ) -> Mapping[str, str | int]:
        """What the job is told."""
        return {
            "owner_id": str(self.account.id),
            "message_id": str(message_id),
            "turn": turn,
            "due": int((due or datetime.now(UTC)).timestamp()),
            "tries": tries,
        }

    def enqueue(self, message_id: UUID) -> None:
        """Enqueue its job, as whoever schedules it does."""
        self.queue.prepare()
        with self.database.writing(OnBehalfOf(self.account.id)) as session:
            message = held(session, message_id)
            enqueue(session, self.queue, message, datetime.now(UTC))

    def change(self, message_id: UUID, **columns: object) -> None:
        """Let a message be as something else has left it."""
        with self.database.writing(OnBehalfOf(self.account.id)) as session:
            message = held(session, message_id)
            for name, value in columns.items():
                setattr(message, name, value)

    def change_mailbox(self, mailbox_id: UUID, **columns: object) -> None:
        """Let a mailbox be as something else has left it."""
        with self.database.session() as session:
            session.execute(update(Mailbox).where(Mailbox.id == mailbox_id).values(columns))

    def seen(self, message_id: UUID) -> Message:
        """A message as it is now."""
        with self.database.writing(OnBehalfOf(self.account.id)) as session:
            return held(session, message_id)

    def state(self, message_id: UUID) -> tuple[str, str | None, str | None]:
        """How far it has come, and what the problem is."""
        message = self.seen(message_id)
        return message.state, message.phase, message.problem

    def events(self) -> list[str]:
        """What has happened to messages."""
        items = self.account.seen("/v1/events", limit=100)["items"]
        return [one["type"] for one in items if one["type"].startswith("message.")]

    def tasks(self) -> dict[str, str]:
        """The states of the tasks to find out about a message."""
        items = self.account.seen("/v1/tasks", kind="check_message")["items"]
        return {one["facts"]["message_id"]: one["state"] for one in items}


def new_outbox(account: Account, database: Database, ca_file: Path) -> Outbox:
    """A user whose interview in New York ended two hours ago."""
    company = account.made("/v1/companies", {"name": "Hudson Analytics", "country": "US", "sector": "technology"})
    application = account.made(
        "/v1/applications",
        {"company_id": company["id"], "position": "Engineer", "country": "US", "status": "interviewing"},
    )
    now = datetime.now(UTC)
    interview = account.made(
        "/v1/interviews",
        {
            "application_id": application["id"],
            "starts_at": (now - timedelta(hours=3)).isoformat(),
            "ends_at": (now - timedelta(hours=2)).isoformat(),
            "time_zone": "America/New_York",
        },
    )
    return Outbox(account, database, ca_file, UUID(interview["id"]), UUID(application["id"]), Event())
