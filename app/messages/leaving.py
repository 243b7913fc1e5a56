"""The job that sends a message when its time has come: enqueued with each turn of the message."""

from datetime import datetime

from app.db.database import Writing
from app.http.jobs import Jobs
from app.messages.models import Message

DELIVER = "deliver_message"
"""The name of the job."""


def enqueue(session: Writing, jobs: Jobs, message: Message, now: datetime) -> None:
    """Let a message that is scheduled be sent at its `send_at`, in its present turn."""
    delay = None if message.send_at is None else message.send_at - now
    jobs.enqueue(
        session,
        DELIVER,
        _key(message),
        delay=delay,
        owner_id=str(message.owner_id),
        message_id=str(message.id),
        turn=message.turn,
    )


def cancel(session: Writing, jobs: Jobs, message: Message) -> None:
    """Spare the job of the present turn. One that has begun finds that the message is not scheduled any more."""
    jobs.cancel(session, _key(message))


def _key(message: Message) -> str:
    return f"message:{message.id}:{message.turn}"
