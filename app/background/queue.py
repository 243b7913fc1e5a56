"""Enqueues jobs in the tables of DBOS, which are in the same database: so the caller's own transaction does it."""

from collections.abc import Collection
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.background.engine import APPLICATION, QUEUE, URGENT_QUEUE, migrate
from app.background.log import use_our_log
from app.db.database import Database, Writing
from app.db.errors import SECONDS_TO_RETRY, DatabaseUnavailable
from app.errors import NotReady
from app.http import clock
from app.http.jobs import Argument

if TYPE_CHECKING:
    from dbos import DBOSClient, EnqueueOptions

_SOON = {"Retry-After": SECONDS_TO_RETRY}
# DBOS cancels in a transaction of its own only, for which SQLite would have to wait until the caller's has ended.
_CANCEL = """
UPDATE {tables}workflow_status SET status = 'CANCELLED', queue_name = NULL, updated_at = :now, completed_at = :now
WHERE workflow_uuid = :key AND status IN ('DELAYED', 'ENQUEUED')
"""


class Queue:
    """The jobs of a database. Imports DBOS when it is first needed, and makes its tables where we may."""

    def __init__(self, database: Database, urgent: Collection[str] = ()) -> None:
        """`urgent` names the jobs that are not to wait behind all others."""
        self._database = database
        self._urgent = urgent
        self._client: DBOSClient | None = None
        self._preparing = Lock()
        self._cancel = text(_CANCEL.format(tables="" if database.is_embedded else "dbos."))

    @property
    def is_ready(self) -> bool:
        """Whether the tables were there when this process looked."""
        return self._client is not None

    def prepare(self) -> None:
        """Make sure of the tables, once in a process: those in an SQLite file are made, as our own are.

        Raises `NotReady` and `DatabaseUnavailable`.
        """
        with self._preparing:
            if self._client is None:
                self._client = self._prepared()

    def _prepared(self) -> "DBOSClient":
        from dbos import DBOSClient, error  # noqa: PLC0415 - as in the engine

        use_our_log()
        engine = self._database.engine
        client = DBOSClient(system_database_engine=engine, application_name=APPLICATION, lazy=True)
        try:
            if self._database.is_embedded:
                migrate(engine.url.render_as_string(hide_password=False))
            client._sys_db.verify_migrations()  # noqa: SLF001 - of what `DBOS.launch` asks, a client offers nothing
        except error.DBOSInitializationError:
            raise NotReady(
                "The database is not migrated for background work; run `afterword migrate`.", headers=_SOON
            ) from None
        except SQLAlchemyError as wrong:
            raise DatabaseUnavailable("The database did not answer.", headers=_SOON) from wrong
        return client

    def enqueue(
        self, session: Writing, job: str, key: str, *, delay: timedelta | None = None, **arguments: Argument
    ) -> None:
        """Add a job to the session's transaction; its `key` is the workflow's id."""
        from dbos import WorkflowSerializationFormat  # noqa: PLC0415 - as above

        options: EnqueueOptions = {
            "queue_name": URGENT_QUEUE if job in self._urgent else QUEUE,
            "workflow_name": job,
            "workflow_id": key,
            # As JSON, not as a pickle.
            "serialization_type": WorkflowSerializationFormat.PORTABLE,
        }
        if delay is not None and delay > timedelta():
            options["delay_seconds"] = delay.total_seconds()
        self._ready().enqueue_in_transaction(session, options, **arguments)

    def cancel(self, session: Writing, key: str) -> None:
        """Let a job that waits wait for ever; DBOS forgets it like one that was done."""
        self._ready()
        session.execute(self._cancel, {"key": key, "now": int(clock.now().timestamp() * 1000)})

    def _ready(self) -> "DBOSClient":
        if self._client is None:
            raise RuntimeError("the queue was not prepared before the transaction")
        return self._client
