"""What clients get about events."""

from datetime import datetime
from typing import Any
from uuid import UUID

from app.events.vocabulary import EventType
from app.http.resources import Shown


class Event(Shown):
    """Something that happened."""

    number: int
    """Counts the user's events, without a gap, in the order in which they happened; give it as `after`."""
    id: UUID
    """UUID version 7; the same event always has the same."""
    type: EventType
    occurred_at: datetime
    subject_id: UUID
    """The `id` of what it happened to: what the type begins with; of `turn.changed` the application."""
    data: dict[str, Any]
    """Ids, codes, numbers and days; it names nobody."""
