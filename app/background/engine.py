"""Has the work and the jobs done by DBOS Transact, which keeps its tables in the same database as we.

Nothing outside of this package knows DBOS. It is imported where the work begins, beside the first requests: to import
it takes a third of a second, and a server that leaves the work to others does without until it enqueues something.
"""

import logging
import os
import socket
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from app.background.doing import doing
from app.background.heartbeat import Heartbeat
from app.background.log import use_our_log
from app.background.work import Work
from app.db.database import Database
from app.db.errors import Busy, DatabaseUnavailable
from app.http import clock
from app.http.jobs import Job
from app.settings import Settings

if TYPE_CHECKING:
    from dbos import DBOSConfig

APPLICATION = "afterword"
"""What DBOS calls us."""
QUEUE, URGENT_QUEUE = "messages", "urgent"
"""The queue of most jobs, and that of those that must not wait behind them."""
AT_ONCE = {QUEUE: 32, URGENT_QUEUE: 4}
"""Jobs of each queue that one process does at the same time."""
CONNECTIONS = 4
"""To our database, for the work and the jobs, which wait for other servers most of their time."""
EVERY_MINUTE = "every_minute"
"""The name of the schedule and of its workflow."""
REMEMBERED_FOR = timedelta(days=1)
"""How long DBOS remembers a workflow that has come to its end."""

_SECONDS_TO_NEXT_TRY = 2
_SECONDS_TO_NEXT_LOOK = 0.5
"""Between two looks into a queue, each of which takes as many jobs as the process has room for."""
_PORTION = 500
_FINISHED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_VERSION = "1"
"""Of the workflows: DBOS lets only the version that began one go on with it, and would by itself take every change of
their source for a new one."""
_log = logging.getLogger(__name__)


def migrate(database_url: str) -> None:
    """Bring DBOS's own tables to the schema of its version."""
    from dbos import DBOS  # noqa: PLC0415 - as above

    use_our_log()
    DBOS.migrate(database_url)


class Engine:
    """DBOS in this process, which can have it once."""

    def __init__(
        self, settings: Settings, database: Database, work: Work, jobs: Mapping[str, Job], stop: Event
    ) -> None:
        """Does `work` each minute, and of what is enqueued the jobs that have a name in `jobs`.

        That it lives is said by a connection of its own beside those of `database`, which jobs may hold.
        """
        self._settings = settings
        self._jobs = jobs
        self._own = database.beside(connections=1)
        self._work = work
        self._stop = stop
        self._name = f"{socket.gethostname()}:{os.getpid()}:{clock.now():%Y%m%dT%H%M%S.%f}"
        self._beats_every = timedelta(seconds=settings.heartbeat_seconds)
        self._heartbeat = Heartbeat(self._own, self._name, self._beats_every)

    def run(self) -> None:
        """Have the work done until `stop` is set; while the database is not ready for it, try again and again."""
        try:
            self._run()
        finally:
            self._own.close()

    def _run(self) -> None:
        said = ""
        while not self._stop.is_set():
            obstacle = self._begin()
            if obstacle is None:
                _log.info("background work has begun")
                self._stay()
                with self._seen_to_live():
                    _end(self._settings.shutdown_seconds)
                return
            if obstacle != said:
                _log.warning("background work waits: %s", obstacle)
                said = obstacle
            self._stop.wait(_SECONDS_TO_NEXT_TRY)

    def _begin(self) -> str | None:
        """Start DBOS; gives what is in the way."""
        try:
            if not self._own.is_migrated():
                return "the database is not migrated; run `afterword migrate`"
            # Before it can hold anything, lest others take it for dead.
            self._heartbeat.beat()
        except (Busy, DatabaseUnavailable):
            return "the database does not answer"
        return self._launch()

    def _stay(self) -> None:
        """Be seen to live, and look for those that are not, until `stop` is set."""
        while not self._stop.wait(self._beats_every.total_seconds()):
            try:
                living = self._heartbeat.beat()
            except (Busy, DatabaseUnavailable):
                continue
            if living is not None:
                take_over(living)

    @contextmanager
    def _seen_to_live(self) -> Iterator[None]:
        """Go on saying that this process lives, lest others take over what it is about to finish."""
        over = Event()

        def beat() -> None:
            while not over.wait(self._beats_every.total_seconds()):
                with suppress(Busy, DatabaseUnavailable):
                    self._heartbeat.beat()

        beating = Thread(target=beat, name="heartbeat", daemon=True)
        beating.start()
        try:
            yield
        finally:
            over.set()
            beating.join()

    def _launch(self) -> str | None:
        from dbos import DBOS, error  # noqa: PLC0415 - as above

        use_our_log()
        DBOS(config=self._config())

        @DBOS.workflow(name=EVERY_MINUTE)
        def every_minute(_scheduled_at: datetime, _context: None) -> None:
            self._work.run()
            # In a step: outside of one, DBOS would keep what it lists.
            DBOS.run_step({"name": "forget_workflows"}, forget_workflows, clock.now() - REMEMBERED_FOR)

        for name, job in self._jobs.items():
            DBOS.workflow(name=name)(doing(name, job, self._stop))

        schedule = self._settings.background_schedule
        try:
            DBOS.launch()
            for queue, most in AT_ONCE.items():
                DBOS.register_queue(queue, worker_concurrency=most, polling_interval_sec=_SECONDS_TO_NEXT_LOOK)
            DBOS.apply_schedules(
                [{"schedule_name": EVERY_MINUTE, "workflow_fn": every_minute, "schedule": schedule}],
            )
        except error.DBOSInitializationError:
            obstacle = "the tables of DBOS are not migrated; run `afterword migrate`"
        except SQLAlchemyError:
            obstacle = "the database does not answer"
        else:
            return None
        _end(0)
        return obstacle

    def _config(self) -> "DBOSConfig":
        level = self._settings.log_level.upper()
        return {
            "name": APPLICATION,
            "system_database_url": self._settings.database,
            "db_engine_kwargs": {
                "pool_size": 5,
                "hide_parameters": True,
                "connect_args": {"application_name": "afterword-background"},
            },
            # As for our own tables: only an embedded database is migrated by the server.
            "run_migrations": self._own.is_embedded,
            "application_version": _VERSION,
            "executor_id": self._name,
            "enable_otlp": False,
            "log_level": level if level in {"ERROR", "CRITICAL"} else "WARNING",
        }


def take_over(living: Collection[str]) -> None:
    """Enqueue again what processes had begun that live no longer.

    It is done once however many do this at the same time: DBOS hands on only what is still held by one of the dead.
    """
    from dbos import DBOS  # noqa: PLC0415 - as above

    begun = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
    dead = sorted({one.executor_id for one in begun if one.executor_id} - set(living))
    if dead:
        _log.warning("going on with what was begun by %s", ", ".join(dead))
        # As its administration does; the public `resume_workflows` would begin again what has been handed on already.
        DBOS._recover_pending_workflows(dead)  # noqa: SLF001


def forget_workflows(before: datetime) -> None:
    """Let DBOS forget what had come to its end then, and what a process that has died since had begun."""
    from dbos import DBOS  # noqa: PLC0415 - as above

    day = before.isoformat()
    listed = partial(DBOS.list_workflows, limit=_PORTION, load_input=False, load_output=False)
    finished = listed(status=_FINISHED, completed_before=day)
    left = listed(name=EVERY_MINUTE, end_time=day)
    ids = {one.workflow_id for one in (*finished, *left)}
    if ids:
        DBOS.delete_workflows(sorted(ids))


def _end(seconds: int) -> None:
    """Stop DBOS; what it is doing gets so many seconds."""
    from dbos import DBOS  # noqa: PLC0415 - as above

    DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=seconds)
