"""Transactions: one for a request, of the caller's rows only, committed before the answer leaves."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from copy import copy
from datetime import datetime
from threading import Lock
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine, Result, Select, Update, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.db import migrations
from app.db.base import Base, Owned, Versioned
from app.db.engine import IMMEDIATE, SECONDS_TO_WAIT, make_engine
from app.db.errors import SECONDS_TO_RETRY, Busy, ChangedMeanwhile, DatabaseUnavailable

_LOCKED = ("database is locked", "database table is locked")
_BUSY_STATES = frozenset({"55P03", "40P01", "40001", "57014"})
"""SQLSTATEs of PostgreSQL: lock not available, deadlock, serialization failure, statement cancelled."""
_REFERRED_IS_GONE = "23503"
"""A foreign key leads to no row."""
_NOT_MIGRATED = frozenset({"42P01", "42703"})
"""A table or a column is not there."""

_log = logging.getLogger(__name__)

OWNER = "caller_id"
"""The parameter of a statement that stands for the caller."""

Row = TypeVar("Row", bound=Owned)


class Caller(Protocol):
    """Somebody who may use the database: what `app.http.caller` makes of a request's credentials."""

    def admit(self, connection: Connection) -> UUID:
        """The user whose rows the caller may see. Raises `AppError` where the credentials hold no longer."""
        ...

    def allows(self, scope: str) -> bool:
        """After `admit`: whether the credentials have another scope than those that the operation needs."""
        ...

    def require(self, scope: str) -> None:
        """After `admit`: make sure of another scope, which a request needs for what it asks for besides.

        Raises `AppError` where the credentials do not have it.
        """
        ...

    @property
    def use(self) -> Update | None:
        """After `admit`: what notes that the credentials were used, where that is to be noted."""
        ...


class Reading:
    """A read of one user's rows. Statements give plain rows; nothing can be written."""

    def __init__(self, connection: Connection, owner_id: UUID) -> None:
        self._connection = connection
        self.owner_id = owner_id

    def execute(self, statement: Select[*tuple[Any, ...]], **values: object) -> Result[*tuple[Any, ...]]:
        """The rows of a SELECT that starts at `owned`, given values for its own parameters.

        Of `owned(SomeTable)` they have an attribute for each column.
        """
        return self._connection.execute(statement, {OWNER: self.owner_id, **values})


class Writing(Session):
    """A change to one user's rows. Services add, change and delete, and flush; they never commit."""

    owner_id: UUID

    def find(self, statement: Select[Row], **values: object) -> Row | None:
        """The one object that a SELECT gives which starts at `owned`, given values for its own parameters, or None."""
        return self.scalars(statement, {OWNER: self.owner_id, **values}).one_or_none()

    def find_all(self, statement: Select[Row], **values: object) -> Sequence[Row]:
        """All objects that it gives."""
        return self.scalars(statement, {OWNER: self.owner_id, **values}).all()

    def inserting(self, table: type[Base]) -> postgresql.Insert:
        """An INSERT that knows `ON CONFLICT`, which both databases have and SQLAlchemy has once for each."""
        insert: Any = postgresql.insert if self.get_bind().dialect.name == "postgresql" else sqlite.insert
        made: postgresql.Insert = insert(table)
        return made

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Undo what is done inside where it fails, what is noted in `info` too; the rest of the change goes on."""
        noted = {name: copy(value) for name, value in self.info.items()}
        try:
            with self.begin_nested():
                yield
        except Exception:
            self.info.clear()
            self.info.update(noted)
            raise

    def touch(self, row: Versioned, now: datetime) -> bool:
        """Send the changes of a resource to the database, and count them as one; whether there are any.

        Raises `StaleDataError` where another change came first.
        """
        is_changed = self.is_modified(row)
        if is_changed:
            row.updated_at = now
        self.flush()
        return is_changed


class Database:
    """The database of a process, with so many connections at most."""

    def __init__(self, url: str, *, connections: int) -> None:
        """Connects at the first use."""
        self._url = url
        self.engine: Engine = make_engine(url, connections=connections)
        self.is_embedded = self.engine.dialect.name == "sqlite"
        """An SQLite file of this machine's; the server migrates it when it starts."""
        # SQLite has one writer at a time. Who waits for it here wakes at once; SQLite itself would poll.
        self._writer: Lock | None = Lock() if self.is_embedded else None
        # On PostgreSQL every statement sees what is committed then, and two round trips are saved. On SQLite a
        # transaction costs nothing, and all statements of a request see the same state.
        self._to_read = self.engine if self.is_embedded else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._to_write = self.engine.execution_options(**{IMMEDIATE: True})

    def beside(self, *, connections: int) -> "Database":
        """The same database with connections of its own, for what must neither wait for others nor keep them waiting.

        In an SQLite file both write in turn, as one does.
        """
        other = Database(self._url, connections=connections)
        other._writer = self._writer
        return other

    @contextmanager
    def reading(self, caller: Caller) -> Iterator[Reading]:
        """Read the caller's rows.

        Raises what `caller.admit` raises; `Busy`, `DatabaseUnavailable`.
        """
        with _translated(), ExitStack() as stack:
            connection = stack.enter_context(self._to_read.connect())
            try:
                owner_id = caller.admit(connection)
            except DBAPIError as error:
                # The server has closed a connection that lay idle, as it does when it restarts: the next one is new.
                if not error.connection_invalidated:
                    raise
                stack.close()
                connection = stack.enter_context(self._to_read.connect())
                owner_id = caller.admit(connection)
            try:
                yield Reading(connection, owner_id)
            finally:
                stack.close()
                self._note(caller)

    def _note(self, caller: Caller) -> None:
        """Note that credentials were used, if that can be done: what was read is good without it."""
        if caller.use is not None:
            with suppress(Busy, DatabaseUnavailable), self.session() as session:
                session.execute(caller.use)

    @contextmanager
    def writing(self, caller: Caller) -> Iterator[Writing]:
        """Change the caller's rows in one transaction: committed on leaving, rolled back by any exception.

        Raises what `caller.admit` raises; `Busy`, `DatabaseUnavailable`; `ChangedMeanwhile` where another change of the
        same row came first.
        """
        with self._while_there(caller), self.session() as session:
            try:
                session.owner_id = caller.admit(session.connection())
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                session.rollback()
                session.owner_id = caller.admit(session.connection())
            if caller.use is not None:
                session.execute(caller.use)
            yield session

    @contextmanager
    def _while_there(self, caller: Caller) -> Iterator[None]:
        """Admit the caller again where a row has no owner any more: another request has deleted the account since.

        Raises what `caller.admit` raises.
        """
        try:
            yield
        except IntegrityError as error:
            if _state(error) == _REFERRED_IS_GONE:
                with _translated(), self._to_read.connect() as connection:
                    caller.admit(connection)
            raise

    @contextmanager
    def session(self) -> Iterator[Writing]:
        """The same without a caller: for what happens before anybody is known, such as registration."""
        with _translated(), self._write_lock(), Writing(self._to_write, expire_on_commit=False) as session:
            yield session
            session.commit()

    def is_migrated(self) -> bool:
        """Whether it has the tables of this program. Raises `DatabaseUnavailable` and `Busy`."""
        with _translated(), self._to_read.connect() as connection:
            return migrations.is_current(connection)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def _write_lock(self) -> AbstractContextManager[None]:
        return nullcontext() if self._writer is None else _held(self._writer)


def owned(table: type[Row]) -> Select[Row]:
    """The SELECT of all rows in `table` that are the caller's; every query of a user's rows starts here.

    Who the caller is becomes known when `Reading` or `Writing` runs it. So a statement that is always the same can be
    made once, for a module: making it costs as much as running it.
    """
    return select(table).where(table.owner_id == bindparam(OWNER))


@contextmanager
def _held(lock: Lock) -> Iterator[None]:
    if not lock.acquire(timeout=SECONDS_TO_WAIT):
        raise Busy("Other changes took too long.", headers={"Retry-After": SECONDS_TO_RETRY})
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what the database cannot do into what a client can understand."""
    try:
        yield
    except StaleDataError as error:
        raise ChangedMeanwhile("Another change came first.") from error
    except PoolTimeout as error:
        raise Busy("No connection to the database came free.", headers={"Retry-After": SECONDS_TO_RETRY}) from error
    except DBAPIError as error:
        if _is_busy(error):
            raise Busy(
                "Another change held what this one needed.", headers={"Retry-After": SECONDS_TO_RETRY}
            ) from error
        if isinstance(error, OperationalError) or _state(error) in _NOT_MIGRATED or error.connection_invalidated:
            detail = "The database did not answer."
            _log.error("the database did not answer: %s", " ".join(str(error.orig).split()))
            raise DatabaseUnavailable(detail, headers={"Retry-After": SECONDS_TO_RETRY}) from error
        raise


def _is_busy(error: DBAPIError) -> bool:
    return _state(error) in _BUSY_STATES or str(error.orig) in _LOCKED


def _state(error: DBAPIError) -> str | None:
    """The SQLSTATE; SQLite has none."""
    return getattr(error.orig, "sqlstate", None)
