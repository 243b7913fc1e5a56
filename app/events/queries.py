"""Reading events."""

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import bindparam, func, select

from app.db.database import OWNER, Reading
from app.events import schemas
from app.events.errors import EventsExpired
from app.events.models import Event, EventCounter
from app.http.pages import Page, Wanted, both_ways, rows_of

EventSort = Literal["number", "-number"]
SORTS = both_ways(number=(Event.number,))
_EVENTS = select(Event).where(Event.owner_id == bindparam(OWNER))
_OLDEST = select(
    EventCounter.last_number,
    select(func.min(Event.number)).where(Event.owner_id == bindparam(OWNER)).scalar_subquery().label("oldest"),
).where(EventCounter.owner_id == bindparam(OWNER))


def events(
    reading: Reading, wanted: Wanted, *, after: int | None = None, types: Sequence[str] = ()
) -> Page[schemas.Event]:
    """A page of events.

    Raises `EventsExpired` where some that came after `after` are kept no longer, and `Invalid` for a cursor that is not
    of this list.
    """
    statement = _EVENTS
    if after is not None:
        _require_kept(reading, after)
        statement = statement.where(Event.number > after)
    if types:
        statement = statement.where(Event.type.in_(types))
    rows, next_cursor = rows_of(reading, statement, SORTS, wanted)
    return Page(list(map(schemas.Event.model_validate, rows)), next_cursor)


def _require_kept(reading: Reading, after: int) -> None:
    found = reading.execute(_OLDEST).first()
    if found is None:
        return
    oldest = found.last_number + 1 if found.oldest is None else found.oldest
    if after < oldest - 1:
        raise EventsExpired(f"The oldest event that is kept is number {oldest}.")
