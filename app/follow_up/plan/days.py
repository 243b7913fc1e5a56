"""Days as instants, by the clocks of a place."""

from datetime import UTC, date, datetime, time

from app.rules import zones
from app.rules.calendar import ONE_DAY
from app.rules.load import zone

_MORNING = time(9)


def day_at(moment: datetime, time_zone: str) -> date:
    """The day it is in a zone at a moment."""
    return zones.local(moment, time_zone).date()


def start_of(day: date, time_zone: str) -> datetime:
    """The moment at which a day begins there."""
    return _at(day, time(0), time_zone)


def morning_of(day: date, time_zone: str) -> datetime:
    """Nine o'clock there: when a task that is due on the day is brought up."""
    return _at(day, _MORNING, time_zone)


def end_of(day: date, time_zone: str) -> datetime:
    """The moment at which a day ends there."""
    return start_of(day + ONE_DAY, time_zone)


def _at(day: date, clock: time, time_zone: str) -> datetime:
    return datetime.combine(day, clock, zone(time_zone)).astimezone(UTC)
