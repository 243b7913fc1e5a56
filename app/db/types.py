"""Column types and identifiers that mean the same on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count
from typing import Any, get_args
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Dialect, String, Uuid
from sqlalchemy.types import TypeDecorator
from uuid_utils.compat import uuid7

_maker: ContextVar[Callable[[], UUID]] = ContextVar("maker", default=uuid7)


def new_id() -> UUID:
    """A new identifier: UUID version 7 (RFC 9562), so that rows sort by the time they were made."""
    return _maker.get()()


@contextmanager
def counted_ids(moment: datetime) -> Iterator[None]:
    """Let new identifiers count up from one moment for what is called inside: the same in every process."""
    numbers = count(1)
    first = int(moment.timestamp() * 1000) << 80 | 7 << 76 | 0b10 << 62

    def made() -> UUID:
        return UUID(int=first | next(numbers))

    token = _maker.set(made)
    try:
        yield
    finally:
        _maker.reset(token)


_parsed = lru_cache(4096)(UUID)


class Identifier(Uuid[UUID]):
    """A UUID.

    SQLite keeps the digits. Of the ids in an answer most came before, and to look one up is ten times as fast as to
    read it.
    """

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], UUID | None] | None:
        """What makes a UUID of a value from the database; None where the driver gives one."""
        made: Callable[[Any], UUID | None] | None = super().result_processor(dialect, coltype)  # type: ignore[no-untyped-call]
        return made and _found


def _found(digits: str | None) -> UUID | None:
    return None if digits is None else _parsed(digits)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Takes aware datetimes only and gives them back in UTC.

    PostgreSQL keeps a `timestamptz`, SQLite the UTC wall clock as text.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """What a value is; cursors are read by it."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The instant in UTC. Raises `ValueError` for a datetime without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone; an instant needs one")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The instant in UTC."""
        return None if value is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """What makes an instant of a value from the database.

        The text of SQLite is read as one with its offset: to read it without and to replace the zone takes four times
        as long, which shows in a list with some hundred of them.
        """
        return _instant if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")


def sorted_text(length: int) -> String:
    """A text that lists are sorted by: in the order of its characters' numbers, on every database and in every locale.

    PostgreSQL would sort by the locale that the database was made with, and by other rules after an update of that,
    which leaves indexes wrong.
    """
    return String(length).with_variant(String(length, collation="C"), "postgresql")


def one_of(column: str, words: Any) -> CheckConstraint:  # noqa: ANN401 - a Literal
    """The named CHECK that holds a text column to the words of a `Literal`."""
    listed = ", ".join(f"'{word}'" for word in get_args(words))
    return CheckConstraint(f"{column} IN ({listed})", name=column)
