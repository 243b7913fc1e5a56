"""Writing down what happened, in the transaction in which it happens."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy import bindparam, event, insert, select
from sqlalchemy.orm import Session

from app.db.database import OWNER, Writing
from app.db.types import new_id
from app.events.models import Event, EventCounter
from app.events.vocabulary import EventType
from app.http import clock

_COLLECTED = "afterword.events"
_PLANNED = "afterword.planned"
_EVENTS = insert(Event.__table__)  # type: ignore[arg-type]
_COUNTER = select(EventCounter).where(EventCounter.owner_id == bindparam(OWNER)).with_for_update()
_NOTHING_PLANNED = {"last_number": 0, "planned_number": -1}
"""Nobody has looked at the user's data yet, so all of it is looked at first."""

Datum = UUID | str | int | bool | date | datetime | None


def happened(session: Writing, kind: EventType, subject_id: UUID, /, **data: Datum | Sequence[str]) -> None:
    """Note that something happened; it is written with everything else, right before the commit.

    `data` holds ids, codes, numbers and days, and no name or text of anybody's.
    """
    session.info.setdefault(_COLLECTED, []).append(
        {
            "id": new_id(),
            "type": kind,
            "occurred_at": clock.now(),
            "subject_id": subject_id,
            "data": to_jsonable_python(data),
        }
    )


def held_counter(session: Writing) -> EventCounter:
    """The counter of the user's events, locked: nobody else plans or writes events until the commit.

    Whoever changes tasks takes it first, as planning does: two that took it in different orders would wait for each
    other.
    """
    own = {OWNER: session.owner_id}
    counter = session.scalars(_COUNTER, own).one_or_none()
    if counter is None:
        making = session.inserting(EventCounter).values(owner_id=session.owner_id, **_NOTHING_PLANNED)
        session.execute(making.on_conflict_do_nothing(index_elements=[EventCounter.owner_id]))
        counter = session.scalars(_COUNTER, own).one()
    return counter


def all_planned(session: Writing) -> None:
    """Note that plans take every event into account, those of this transaction too. Its caller holds the counter."""
    session.info[_PLANNED] = True


@event.listens_for(Writing, "before_commit")
def _write(session: Session) -> None:
    """Number the events and write them.

    The user's counter is locked by the last statements of a transaction, and so for as short as can be: numbers come in
    the order of the commits, and nobody who has read as far as one of them can miss another that is smaller.
    """
    if session.in_nested_transaction():
        return  # the release of a savepoint
    collected: list[dict[str, Any]] = session.info.pop(_COLLECTED, [])
    is_planned: bool = session.info.pop(_PLANNED, False)
    if isinstance(session, Writing) and (collected or is_planned):
        session.flush()
        last = _counted(session, len(collected), is_planned=is_planned)
        first = last - len(collected) + 1
        rows = [{"owner_id": session.owner_id, "number": number, **one} for number, one in enumerate(collected, first)]
        if rows:
            session.connection().execute(_EVENTS, rows)


def _counted(session: Writing, more: int, *, is_planned: bool) -> int:
    """The number of the last of so many more events."""
    first = {**_NOTHING_PLANNED, "last_number": more}
    counting = session.inserting(EventCounter).values(owner_id=session.owner_id, **first)
    last_number = EventCounter.last_number + more
    counted: dict[str, Any] = {"last_number": last_number}
    if is_planned:
        counted["planned_number"] = last_number
    counting = counting.on_conflict_do_update(index_elements=[EventCounter.owner_id], set_=counted)
    last: int = session.execute(counting.returning(EventCounter.last_number)).scalar_one()
    return last
