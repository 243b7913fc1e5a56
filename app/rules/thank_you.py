"""When to send a thank-you: the window, in the reader's own day."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from app.rules import vocabulary as v
from app.rules.calendar import ONE_DAY, Place
from app.rules.decision import Window

WORK_BEGINS, WORK_ENDS = time(9), time(17)
"""Local hours inside which a message is suggested."""
LEAD = timedelta(hours=1)
"""Nobody writes on the way out of the door."""


def window(  # noqa: PLR0913 - the facts of a window
    ended_at: datetime,
    zone: tzinfo,
    place: Place,
    *,
    not_before_hours: int,
    send_within_hours: int,
    same_day: bool,
    as_of: date | None,
) -> Window:
    """The time to send.

    `ended_at` is aware. The suggestion is the next working morning if the customary hours reach it; else (or where the
    same day is the custom) a working hour soon after the opening, an hour after the interview where that day and the
    customary hours still allow it; and where the customary hours hold no working hour at all, the window reaches to the
    end of the next working day. `as_of` is the day of the decision.
    """
    ended = ended_at.astimezone(UTC)
    opens = ended + timedelta(hours=not_before_hours)
    closes = ended + timedelta(hours=max(send_within_hours, not_before_hours))
    next_day = place.on_or_after(ended.astimezone(zone).date() + ONE_DAY)
    suggested = datetime.combine(next_day, WORK_BEGINS, zone).astimezone(UTC)
    if same_day or not opens <= suggested <= closes:
        at_once, later = (_first_working_hour(soon, zone, place) for soon in (opens, max(opens, ended + LEAD)))
        suggested = later if later <= closes and later - at_once <= LEAD else at_once
    extended = suggested > closes
    if extended:
        closes = datetime.combine(suggested.astimezone(zone).date(), WORK_ENDS, zone).astimezone(UTC)
    return Window(opens, suggested, closes, str(zone), _status(opens, closes, zone, as_of), extended)


def _first_working_hour(opens: datetime, zone: tzinfo, place: Place) -> datetime:
    """The first moment from `opens` on that lies in working hours of a working day; both in UTC."""
    local = opens.astimezone(zone)
    day = local.date()
    working = place.on_or_after(day if local.time() < WORK_ENDS else day + ONE_DAY)
    begins = datetime.combine(working, WORK_BEGINS, zone).astimezone(UTC)
    return max(opens, begins) if working == day else begins


def _status(opens: datetime, closes: datetime, zone: tzinfo, as_of: date | None) -> v.WindowStatus:
    """Whether a day lies before, in or after a window, both counted in local days."""
    if as_of is None:
        return "unknown"
    if as_of < opens.astimezone(zone).date():
        return "not_yet"
    return "passed" if as_of > closes.astimezone(zone).date() else "open"
