"""The job that sends a message when its time has come: enqueued with each turn of the message."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Self
from uuid import UUID

from app.db.database import Writing
from app.http.jobs import Jobs
from app.messages.models import Message

DELIVER = "deliver_message"
"""The name of the job."""
_WAITS = (1, 5, 15, 30, 60)
"""Minutes between one try and the next; the last for all that follow."""
_LONGEST = timedelta(hours=24)


class Turn(NamedTuple):
    """One turn of a message, as its job knows it."""

    owner_id: UUID
    message_id: UUID
    number: int
    due: datetime
    """When the user wanted it to be sent; later tries keep it."""
    tries: int
    """How many came before."""

    @classmethod
    def told(cls, *, owner_id: str, message_id: str, turn: int, due: int, tries: int) -> Self:
        """From the arguments of the job."""
        return cls(UUID(owner_id), UUID(message_id), turn, datetime.fromtimestamp(due, UTC), tries)

    def is_over(self, message: Message, now: datetime) -> bool:
        """Whether it is too late: its window has closed since it was due, or a day has passed."""
        return now > (_closes_at(message, self.due) or self.due + _LONGEST)

    def next_try(self, message: Message, now: datetime) -> datetime | None:
        """When to try it again; None where that would be too late."""
        then = now + timedelta(minutes=_WAITS[min(self.tries, len(_WAITS) - 1)])
        return None if self.is_over(message, then) else then


def enqueue(session: Writing, jobs: Jobs, message: Message, now: datetime, after: Turn | None = None) -> None:
    """Let a message that is scheduled be sent at its `send_at`, in its present turn: another try after one that failed.

    Without one before, it is due when it is sent first.
    """
    send_at = message.send_at or now
    jobs.enqueue(
        session,
        DELIVER,
        _key(message),
        delay=send_at - now,
        owner_id=str(message.owner_id),
        message_id=str(message.id),
        turn=message.turn,
        due=int((send_at if after is None else after.due).timestamp()),
        tries=0 if after is None else after.tries + 1,
    )


def cancel(session: Writing, jobs: Jobs, message: Message) -> None:
    """Spare the job of the present turn. One that has begun finds that the message is not scheduled any more."""
    jobs.cancel(session, _key(message))


def _key(message: Message) -> str:
    return f"message:{message.id}:{message.turn}"


def _closes_at(message: Message, due: datetime) -> datetime | None:
    """The end of the window, unless the user chose a time after it."""
    return message.closes_at if message.closes_at is not None and message.closes_at >= due else None
