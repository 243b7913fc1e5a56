"""Messages written straight into the database."""

from datetime import datetime
from typing import Any
from uuid import UUID

from app.db.database import Writing
from app.messages.models import Message


def a_message(session: Writing, interview_id: UUID, now: datetime, **more: Any) -> Message:  # noqa: ANN401 - columns
    """A draft about an interview, to nobody in particular unless `more` says to whom."""
    columns = {
        "purpose": "thank_you",
        "state": "draft",
        "channel": "email",
        "language": "en-US",
        "level": "polite",
        "subject": "Thank you",
        "body": "Thank you for your time.",
        "missing": [],
        "warnings": [],
        "override_prohibition": False,
        "turn": 0,
        "attempts": 0,
    }
    about = {"owner_id": session.owner_id, "interview_id": interview_id, "created_at": now, "updated_at": now}
    message = Message(**about, **{**columns, **more})
    session.add(message)
    session.flush()
    return message
