"""The clock, read in one place."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_stopped: ContextVar[datetime | None] = ContextVar("stopped", default=None)


def now() -> datetime:
    """The present instant, in UTC."""
    return _stopped.get() or datetime.now(UTC)  # noqa: TID251 - this is the place


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Let it be one moment for what is called inside: the examples in the documentation are the same on every day."""
    token = _stopped.set(moment)
    try:
        yield
    finally:
        _stopped.reset(token)
