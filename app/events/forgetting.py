"""Events are kept for a while, not for ever."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, tuple_

from app.db.database import Writing
from app.events.models import Event

KEPT_FOR = timedelta(days=30)
_PORTION = 1000
"""So that nobody's change waits for long behind the deletion of what has gathered."""


def forget(session: Writing, now: datetime) -> bool:
    """Delete some events of all users that are old enough; whether there may be more. Numbers are not given again."""
    old = select(Event.owner_id, Event.number).where(Event.occurred_at < now - KEPT_FOR).limit(_PORTION)
    found = session.execute(old).all()
    if found:
        key = tuple_(Event.owner_id, Event.number)
        session.execute(delete(Event).where(key.in_(map(tuple, found))))
    return len(found) == _PORTION
