"""Brings a database to the schema of this program, and tells whether it has it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import alembic.command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from app.db import statistics
from app.db.engine import IMMEDIATE

_HERE = Path(__file__).resolve()
_ADVISORY_LOCK = 0x41667465
"""Held on PostgreSQL while migrating, so that of several processes that start at once only one does."""


class UnknownRevision(Exception):
    """The database has a revision that this program does not know, as a sentence."""


@cache
def scripts() -> ScriptDirectory:
    """The folder `migrations`: beside `app` in a checkout, inside it where the package was installed."""
    places = (_HERE.parents[2] / "migrations", _HERE.parents[1] / "migrations")
    return ScriptDirectory(str(next(place for place in places if (place / "env.py").is_file())))


def newest_revision() -> str:
    """The revision that this program needs."""
    return str(scripts().get_current_head())


def current_revision(connection: Connection) -> str | None:
    """The revision of a database; None where it has none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def is_current(connection: Connection) -> bool:
    """Whether the database has the schema of this program."""
    return current_revision(connection) == newest_revision()


def upgrade(engine: Engine) -> tuple[str | None, str]:
    """Bring the database to the newest revision, or leave it as it was. Gives the revisions before and after.

    Raises `UnknownRevision` for a database of a newer program, and `DBAPIError` where the database does not answer.
    """
    with migrating(engine) as connection:
        current = _known_revision(connection)
        if current != newest_revision():
            alembic.command.upgrade(config(connection), "head")
        if connection.dialect.name == "sqlite":
            statistics.assume(connection)
    return current, newest_revision()


def require_known(engine: Engine) -> None:
    """Make sure, without changing anything, that the database answers and can be upgraded.

    Raises what `upgrade` raises.
    """
    with engine.connect() as connection:
        _known_revision(connection)


def _known_revision(connection: Connection) -> str | None:
    current = current_revision(connection)
    if current is not None and current not in {one.revision for one in scripts().walk_revisions()}:
        raise UnknownRevision(
            f"The database has revision {current}, which this version of Afterword does not know; it was probably "
            "migrated by a newer one. Run that version, or restore a backup."
        )
    return current


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """A transaction in which the schema may change, alone; committed on leaving."""
    with engine.connect().execution_options(**{IMMEDIATE: True}) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET lock_timeout = 0"))
            connection.execute(text("SET statement_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _ADVISORY_LOCK})
        else:
            # Making a table anew would otherwise delete every row that refers to it. Only works outside a transaction.
            connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        try:
            yield connection
            connection.commit()
        finally:
            # Closed rather than handed back: its settings and its lock were for this.
            connection.invalidate()


def config(connection: Connection) -> Config:
    """Alembic's configuration for one connection; there is no alembic.ini."""
    made = Config()
    made.set_main_option("script_location", scripts().dir)
    made.attributes["connection"] = connection
    return made
