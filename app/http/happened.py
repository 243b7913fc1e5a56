"""Days and moments at which something happened: none of them is still to come."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from app.errors import FieldError
from app.http.problems import invalid_request

A_DAY = timedelta(days=1)
"""How far the days of two people can be apart, each by the clocks of their own time zone."""
CLOCKS_DIFFER = timedelta(minutes=5)
"""How far the clock of a client may be ahead of ours."""


def is_to_come(when: date, now: datetime) -> bool:
    """Whether a day or moment lies in the future, whatever time zone or clock it was written down by."""
    if isinstance(when, datetime):
        return when > now + CLOCKS_DIFFER
    return when > now.date() + A_DAY


def require_happened(now: datetime, wanted: Mapping[str, date | None]) -> None:
    """Make sure that days and moments, by their JSON Pointers, are none to come. Raises `Invalid` that names each."""
    errors = tuple(
        FieldError(
            f"This is about what has happened, and {'the moment' if isinstance(when, datetime) else when} lies in the "
            "future.",
            pointer,
            hint="Correct it, or leave it out until it has happened.",
        )
        for pointer, when in wanted.items()
        if when is not None and is_to_come(when, now)
    )
    if errors:
        raise invalid_request(errors, len(errors))
