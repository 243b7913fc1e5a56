"""What cannot be read of events."""

from app.errors import AppError


class EventsExpired(
    AppError,
    code="events_expired",
    status=410,
    title="Events after this one were deleted",
    explanation="Events are kept for 30 days. Some that came after the one named in `after` are older than that, so a "
    "client that goes on from there would miss them.",
    remedy="Read again what you keep a copy of, then go on without `after`, or after the newest event.",
):
    """A client has been away for too long."""
