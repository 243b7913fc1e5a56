"""What is done each minute."""

import logging
from collections.abc import Callable
from threading import Event, Lock

from prometheus_client import CollectorRegistry, Counter

from app.background import plans
from app.db.database import Database
from app.db.errors import Busy, DatabaseUnavailable
from app.events import forgetting
from app.follow_up.plan.upkeep import Planner
from app.http import clock

_log = logging.getLogger(__name__)


class Work:
    """Everything that follows from time alone.

    None of it has to be done exactly once: each part looks at what is in the database, and does what is left to do in
    the transaction in which it looks. So it may be broken off anywhere, and two processes may do it at the same time.
    """

    def __init__(self, database: Database, planner: Planner, registry: CollectorRegistry, stop: Event) -> None:
        """Counts in `registry`. Once `stop` is set, what goes on comes to its end soon."""
        self._database = database
        self._planner = planner
        self._stop = stop
        self._going_on = Lock()
        self._runs = Counter("afterword_background_runs", "Runs of the work that follows from time.", registry=registry)
        self._users = Counter("afterword_plans_brought_up_to_date", "Users whose plans were.", registry=registry)

    def run(self) -> None:
        """Do what is to be done now, unless this process is still at it."""
        if not self._going_on.acquire(blocking=False):
            return
        try:
            self._runs.inc()
            for part in (self._bring_plans_up_to_date, self._forget_events):
                _each_for_itself(part)
        finally:
            self._going_on.release()

    def _bring_plans_up_to_date(self) -> None:
        self._users.inc(plans.bring_up_to_date(self._database, self._planner, clock.now(), self._stop))

    def _forget_events(self) -> None:
        is_more = True
        while is_more and not self._stop.is_set():
            with self._database.session() as session:
                is_more = forgetting.forget(session, clock.now())


def _each_for_itself(part: Callable[[], None]) -> None:
    try:
        part()
    except (Busy, DatabaseUnavailable):
        # What does not answer is in the log; in a minute there is another try.
        return
