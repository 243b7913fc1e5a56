"""Whether a reference has agreed to be named: consent grows old, and ends."""

from datetime import date, timedelta
from typing import Literal, get_args

Consent = Literal["current", "none", "old", "ended"]
"""`old`: given so long ago that it is kind, and in places a duty, to ask again; `ended`: the day has passed until which
it was given."""
CONSENTS: tuple[Consent, ...] = get_args(Consent)


def consent_on(day: date, given_on: date | None, until: date | None, good_for: timedelta) -> Consent:
    """What consent is worth on a day."""
    if given_on is None:
        return "none"
    if until is not None and day > until:
        return "ended"
    return "old" if day > given_on + good_for else "current"


def last_day(given_on: date | None, until: date | None, good_for: timedelta) -> date | None:
    """The last day on which consent is current; None where there is none."""
    if given_on is None:
        return None
    grown_old = given_on + good_for
    return min(grown_old, until) if until else grown_old
