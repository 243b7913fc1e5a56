"""Users with messages that wait to be sent from their mailboxes."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe
from time import sleep
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, select, update

from app.accounts.on_behalf import OnBehalfOf
from app.accounts.sample import logged_in
from app.accounts.tokens import AccessTokens
from app.background.engine import migrate
from app.background.queue import Queue
from app.contacts.models import Contact
from app.db import migrations
from app.db.database import Database
from app.db.types import new_id
from app.http.jobs import Jobs
from app.messages.leaving import enqueue
from app.messages.mailboxes.models import Mailbox
from app.messages.mailboxes.passwords import Vault
from app.messages.models import Message
from benchmarks import rows
from tests.mail.server import HOST, PASSWORD, USERNAME

_OF_A_USER = 20
_INTERVIEWS = rows.PARTICIPANTS * -(-_OF_A_USER // rows.PARTICIPANTS)
_SECONDS_TO_ENQUEUE, _SECONDS_EACH = 3.0, 0.01
_BETWEEN_LOOKS = 0.2
_MOST_SECONDS_EACH = 1.0
_CONTACTS: Any = Contact.__table__
_ADDRESS = (
    update(_CONTACTS)
    .where(_CONTACTS.c.owner_id == bindparam("owner"), _CONTACTS.c.id == bindparam("contact"))
    .values(emails=bindparam("given"))
)


class Sender(NamedTuple):
    """Who sends, and from where."""

    owner: UUID
    mailbox_id: UUID | None


def scheduled(
    database: Database, jobs: Jobs, sender: Sender, to: Iterable[tuple[UUID, UUID]], send_at: datetime
) -> None:
    """Write messages of a user that are scheduled, each about an interview to a contact, and enqueue their jobs."""
    now = datetime.now(UTC)
    with database.writing(OnBehalfOf(sender.owner)) as session:
        for interview_id, contact_id in to:
            message = Message(
                owner_id=sender.owner,
                id=new_id(),
                created_at=now,
                updated_at=now,
                interview_id=interview_id,
                contact_id=contact_id,
                mailbox_id=sender.mailbox_id,
                purpose="thank_you",
                state="scheduled",
                channel="email",
                language="en-GB",
                level="neutral",
                subject="Thank you",
                body="Thank you for showing me the drawing of the pipeline.",
                missing=[],
                warnings=[],
                # The rules advise against it at most companies there.
                override_reason="Measuring.",
                override_prohibition=False,
                send_at=send_at,
                turn=1,
                attempts=0,
            )
            session.add(message)
            enqueue(session, jobs, message, now)


class Outboxes:
    """A new database with so many messages to be sent, all to different people."""

    def __init__(self, url: str, folder: Path, port: int, number: int) -> None:
        """Writes all but the messages; `port` is that of the mail server."""
        self._key = token_urlsafe(32)
        self._url, self._folder, self._number = url, folder, number
        self._database = Database(url, connections=1)
        migrations.upgrade(self._database.engine)
        migrate(url)
        self.addresses: set[str] = set()
        self._senders = [self._user(port) for _ in range(-(-number // _OF_A_USER))]
        rows.settle(self._database.engine)

    @property
    def settings(self) -> dict[str, str]:
        """Environment variables for a worker."""
        return {
            "AFTERWORD_DATABASE_URL": self._url,
            "AFTERWORD_DATA_DIR": str(self._folder),
            "AFTERWORD_SECRET_KEYS": self._key,
            "AFTERWORD_MAIL_PRIVATE_HOSTS": "true",
        }

    def send(self) -> Sequence[float]:
        """Schedule all messages for one moment, and wait until all are sent: how many seconds late each was, sorted.

        Raises `RuntimeError` where that takes too long, and where one is not sent.
        """
        queue = Queue(self._database)
        queue.prepare()
        due = datetime.now(UTC) + timedelta(seconds=_SECONDS_TO_ENQUEUE + _SECONDS_EACH * self._number)
        left = self._number
        for sender in self._senders:
            scheduled(self._database, queue, sender, _people(min(left, _OF_A_USER)), due)
            left -= _OF_A_USER
        # What was not enqueued in time is not late before it was.
        due = max(due, datetime.now(UTC))
        for _ in range(int(self._number * _MOST_SECONDS_EACH / _BETWEEN_LOOKS) + 100):
            with self._database.engine.connect() as connection:
                if self._are_sent(connection):
                    sent = connection.execute(select(Message.sent_at)).scalars()
                    return sorted((one - due).total_seconds() for one in sent if one is not None)
            sleep(_BETWEEN_LOOKS)
        raise RuntimeError("The messages are not sent.")

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def _are_sent(self, connection: Connection) -> bool:
        counted = connection.execute(select(Message.state, func.count()).group_by(Message.state))
        states: dict[str, int] = dict(counted.all())
        if wrong := states.keys() - {"scheduled", "sending", "sent"}:
            raise RuntimeError(f"Messages are {', '.join(sorted(wrong))}.")
        return states == {"sent": self._number}

    def _user(self, port: int) -> Sender:
        """A user whose interviews were held hours ago, with a mailbox."""
        engine, now = self._database.engine, datetime.now(UTC)
        owner, _ = logged_in(self._database, AccessTokens([self._key]), ())
        rows.write_down(engine, owner, _INTERVIEWS, _INTERVIEWS, now - timedelta(hours=3))
        mailbox = Mailbox(
            owner_id=owner,
            id=new_id(),
            created_at=now,
            updated_at=now,
            name="Private",
            from_address=USERNAME,
            host=HOST,
            port=port,
            security="starttls",
            username=USERNAME,
            tested_at=now,
        )
        mailbox.password_encrypted = Vault([self._key]).sealed(mailbox.login, PASSWORD)
        given = min(_OF_A_USER, self._number - len(self.addresses))
        contacts = {contact_id: f"{contact_id.hex[-2:]}.{owner.hex}@example.com" for _, contact_id in _people(given)}
        self.addresses.update(contacts.values())
        with self._database.session() as session:
            session.add(mailbox)
            values = [
                {"owner": owner, "contact": contact, "given": [{"address": address}]}
                for contact, address in contacts.items()
            ]
            session.connection().execute(_ADDRESS, values)
        return Sender(owner, mailbox.id)


def _people(number: int) -> list[tuple[UUID, UUID]]:
    """So many contacts, each with an interview that they took part in."""
    everybody = [
        (rows.interview_id(interview), contact)
        # Of interviews that are so far apart nobody took part in two.
        for interview in range(0, _INTERVIEWS, rows.PARTICIPANTS)
        for contact in rows.participants_of(interview)
    ]
    return everybody[:number]
