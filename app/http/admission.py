"""How many requests may wait for a thread. Beyond that the answer is 503 at once, instead of late for everybody."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from app.db.errors import SECONDS_TO_RETRY, Busy


class Admission:
    """Counts the requests that wait for a thread or have one; used on the event loop only."""

    def __init__(self, *, threads: int, most_waiting: int) -> None:
        self._most = threads + most_waiting
        self.inside = 0
        """How many there are now."""

    def __enter__(self) -> None:
        """Let one more in. Raises `Busy` when too many are."""
        if self.inside >= self._most:
            detail = f"{self.inside} requests are being worked on or wait."
            raise Busy(detail, headers={"Retry-After": SECONDS_TO_RETRY})
        self.inside += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the next one in."""
        self.inside -= 1

    @contextmanager
    def left(self) -> Iterator[None]:
        """Let one that is in give its place to others while it waits for something else than a thread.

        Then it has a place again, even where none is left: who bounds what it waited for, bounds how many come back.
        """
        self.inside -= 1
        try:
            yield
        finally:
            self.inside += 1
