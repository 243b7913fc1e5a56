"""Engines for SQLite and PostgreSQL with the settings that make each of them safe."""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import ConnectionPoolEntry

IMMEDIATE = "afterword_immediate"
"""Execution option: on SQLite a transaction takes the write lock when it begins, not at its first write."""

SECONDS_TO_WAIT = 5
"""How long a statement waits for a lock, and a request for a connection, before the answer is 503."""
_STATEMENT_SECONDS = 15
_OPTIONS = {
    "timezone": "UTC",
    "lock_timeout": f"{SECONDS_TO_WAIT}s",
    "statement_timeout": f"{_STATEMENT_SECONDS}s",
    "idle_in_transaction_session_timeout": f"{2 * _STATEMENT_SECONDS}s",
}
_PRAGMAS = (
    "journal_mode = WAL",
    # An acknowledged write is on the disk: with NORMAL it could be lost when the machine loses power.
    "synchronous = FULL",
    "foreign_keys = ON",
    f"busy_timeout = {SECONDS_TO_WAIT * 1000}",
)


def make_engine(url: str, *, connections: int) -> Engine:
    """An engine for a database URL with at most so many connections.

    `postgresql://` is taken to mean psycopg 3. A folder that an SQLite file needs is made, readable by its owner only.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(address, connections)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    options = " ".join(f"-c {name}={value}" for name, value in _OPTIONS.items())
    return _engine(address, connections, {"options": options, "application_name": "afterword"})


def _engine(address: URL, connections: int, arguments: dict[str, Any]) -> Engine:
    return create_engine(
        address,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=SECONDS_TO_WAIT,
        # The newest connection first: its caches are warm, and idle ones can be closed by the server.
        pool_use_lifo=True,
        connect_args=arguments,
        # A statement in the log or in an error would show people's data.
        hide_parameters=True,
    )


def _sqlite(address: URL, connections: int) -> Engine:
    if address.database:
        file = Path(address.database).absolute()
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # For its owner only, and so what SQLite keeps beside it.
        file.touch(mode=0o600)
    engine = _engine(address, connections, {"check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: ConnectionPoolEntry) -> None:  # noqa: ANN401 - a sqlite3.Connection
    # Transactions are begun by `_begin_sqlite`: the driver would begin them late, and without the write lock.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get(IMMEDIATE, False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        # On the driver's own connection: SQLAlchemy's way to it would cost a read a tenth of its time. It cannot fail
        # for a lock, which it takes at the first statement.
        connection.connection.cursor().execute("BEGIN")
