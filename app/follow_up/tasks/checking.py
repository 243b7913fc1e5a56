"""The task to see to a message: to find out whether it has arrived, or that it was not sent."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import bindparam

from app.db.database import Writing, owned
from app.db.types import new_id
from app.events.vocabulary import EventType
from app.follow_up.plan import vocabulary as words
from app.follow_up.plan.keeping import close, note_change, seen, tell
from app.follow_up.plan.models import Task

HAS_READER = "has_reader"
"""The fact whether the message is to a contact, with whom it goes where they are deleted."""
_TASK = owned(Task).where(Task.key == bindparam("key"))
Trouble = Literal["delivery_unknown", "delivery_failed"]
"""What is the matter with a message."""


def check_message(  # noqa: PLR0913 - what it takes
    session: Writing,
    message_id: UUID,
    now: datetime,
    *,
    because: Trouble,
    purpose: str,
    time_zone: str,
    **subjects: UUID | None,
) -> None:
    """Let the user see to a message. `subjects` are the ids of what it is about. The caller holds the counter."""
    task = session.find(_TASK, key=_key(message_id))
    if task is not None:
        # What became of it before, the user has seen to: it was sent again since.
        session.delete(task)
        session.flush()
    task = Task(
        owner_id=session.owner_id,
        id=new_id(),
        created_at=now,
        updated_at=now,
        key=_key(message_id),
        kind="check_message",
        state="open",
        because=because,
        weight=words.WEIGHT["check_message"],
        time_zone=time_zone,
        remind_at=now,
        due_order=now,
        is_optional=False,
        is_brought_up=False,
        facts={
            "message_id": str(message_id),
            "purpose": purpose,
            "outcome": because.removeprefix("delivery_"),
            HAS_READER: subjects.get("contact_id") is not None,
        },
        **subjects,
    )
    session.add(task)
    tell(session, "task.added", task)


def message_checked(session: Writing, message_id: UUID, now: datetime, reason: EventType) -> None:
    """Let the task be done: the user has seen to the message, as the event says. The caller holds the counter."""
    task = session.find(_TASK, key=_key(message_id))
    if task is not None and task.state not in words.CLOSED:
        before = seen(task)
        close(task, "done", "facts", now)
        note_change(session, task, before, reason, now)
        tell(session, "task.done", task)


def _key(message_id: UUID) -> str:
    return f"check_message:{message_id.hex}"
