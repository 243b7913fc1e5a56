"""By which the processes that do background work know which of them live."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from app.background.models import Worker
from app.db.database import Database, Writing
from app.http import clock

BEATS_MISSED = 6
"""Who has said nothing for so many beats is taken to be dead."""
_KEPT_FOR = timedelta(days=1)


class Heartbeat:
    """That of one process."""

    def __init__(self, database: Database, name: str, every: timedelta) -> None:
        self._database = database
        self._name = name
        self._silence = BEATS_MISSED * every
        self._last: datetime | None = None
        self._regular_since: datetime | None = None

    def beat(self) -> Collection[str] | None:
        """Say that this process lives; gives the names of all that do.

        None where it cannot tell: who was away itself, as all are while the database is, has not seen the others.
        Raises `Busy` and `DatabaseUnavailable`.
        """
        with self._database.session() as session:
            now = self._now(session)
            values = {"name": self._name, "seen_at": now}
            session.execute(
                session.inserting(Worker)
                .values(values)
                .on_conflict_do_update(index_elements=["name"], set_={"seen_at": now})
            )
            session.execute(delete(Worker).where(Worker.seen_at < now - _KEPT_FOR))
            living = session.scalars(select(Worker.name).where(Worker.seen_at >= now - self._silence)).all()
        if self._last is None or now - self._last >= self._silence:
            self._regular_since = now
        self._last = now
        is_sure = self._regular_since is not None and now - self._regular_since >= self._silence
        return frozenset(living) if is_sure else None

    def _now(self, session: Writing) -> datetime:
        """The time by a clock that all share: that of the database's machine, which for an SQLite file is this one."""
        if self._database.is_embedded:
            return clock.now()
        now: datetime = session.execute(select(func.now())).scalar_one()
        return now
