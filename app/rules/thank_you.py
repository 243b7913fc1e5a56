"""When to send a thank-you: the window, in the reader's own day."""

from datetime import UTC, datetime, time, timedelta, tzinfo

from app.rules.calendar import ONE_DAY, Place
from app.rules.decision import Window

WORK_BEGINS, WORK_ENDS = time(9), time(17)
"""Local hours inside which a message is suggested."""


def window(  # noqa: PLR0913 - the facts of a window
    ended_at: datetime,
    zone: tzinfo,
    place: Place,
    *,
    not_before_hours: int,
    send_within_hours: int,
    same_day: bool,
) -> Window:
    """The time to send.

    `ended_at` is aware. The suggestion is the next working morning if the customary hours reach it; else (or where the
    same day is the custom) the first working hour after the opening; and where the customary hours hold no
    working hour at all, the window reaches to the end of the next working day.
    """
    ended = ended_at.astimezone(UTC)
    opens = ended + timedelta(hours=not_before_hours)
    closes = ended + timedelta(hours=max(send_within_hours, not_before_hours))
    next_day = place.on_or_after(ended.astimezone(zone).date() + ONE_DAY)
    suggested = datetime.combine(next_day, WORK_BEGINS, zone).astimezone(UTC)
    if same_day or not opens <= suggested <= closes:
        suggested = _first_working_hour(opens, zone, place)
    extended = suggested > closes
    if extended:
        closes = datetime.combine(suggested.astimezone(zone).date(), WORK_ENDS, zone).astimezone(UTC)
    return Window(opens, suggested, closes, str(zone), extended)


def _first_working_hour(opens: datetime, zone: tzinfo, place: Place) -> datetime:
    """The first moment from `opens` on that lies in working hours of a working day; both in UTC."""
    local = opens.astimezone(zone)
    day = local.date()
    working = place.on_or_after(day if local.time() < WORK_ENDS else day + ONE_DAY)
    begins = datetime.combine(working, WORK_BEGINS, zone).astimezone(UTC)
    return max(opens, begins) if working == day else begins
