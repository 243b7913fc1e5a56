"""Which key of a table a change has broken."""

from typing import Any

from sqlalchemy import ForeignKeyConstraint, PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import ColumnCollectionConstraint

from app.db.base import Base


def repeats(error: IntegrityError, table: type[Base], *columns: str) -> bool:
    """Whether a row was to have the same values in these columns as another one, which a key of the table forbids."""
    made: Any = table.__table__
    name = _name(table, columns, PrimaryKeyConstraint, UniqueConstraint)
    return _broken(error) == (name if _is_named(error) else ", ".join(f"{made.name}.{one}" for one in columns))


def lacks(error: IntegrityError, table: type[Base], *columns: str) -> bool:
    """Whether there was no row to which these columns lead.

    Never on SQLite: its writers take turns, and what one has looked up stays until it ends.
    """
    return _is_named(error) and _broken(error) == _name(table, columns, ForeignKeyConstraint)


def _name(table: type[Base], columns: tuple[str, ...], *kinds: type[ColumnCollectionConstraint]) -> str:
    made: Any = table.__table__
    (name,) = (one.name for one in made.constraints if isinstance(one, kinds) and tuple(one.columns.keys()) == columns)
    return str(name)


def _is_named(error: IntegrityError) -> bool:
    """PostgreSQL names the key, SQLite tells columns."""
    return hasattr(error.orig, "diag")


def _broken(error: IntegrityError) -> str | None:
    told: Any = error.orig
    if _is_named(error):
        name: str | None = told.diag.constraint_name
        return name
    return str(told).removeprefix("UNIQUE constraint failed: ")
