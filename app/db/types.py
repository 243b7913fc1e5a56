"""Column types and identifiers that mean the same on SQLite and on PostgreSQL."""

from datetime import UTC, datetime
from typing import Any, get_args
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Dialect
from sqlalchemy.types import TypeDecorator
from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new identifier: UUID version 7 (RFC 9562), so that rows sort by the time they were made."""
    return uuid7()


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Takes aware datetimes only and gives them back in UTC.

    PostgreSQL keeps a `timestamptz`, SQLite the UTC wall clock as text.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The instant in UTC. Raises `ValueError` for a datetime without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone; an instant needs one")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The instant in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def one_of(column: str, words: Any) -> CheckConstraint:  # noqa: ANN401 - a Literal
    """The named CHECK that holds a text column to the words of a `Literal`."""
    listed = ", ".join(f"'{word}'" for word in get_args(words))
    return CheckConstraint(f"{column} IN ({listed})", name=column)
