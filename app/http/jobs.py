"""Work that is left for later: enqueued in the transaction that decides on it, done by whoever does background work."""

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Any, Protocol

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool

from app.db.database import Writing

Argument = str | int
"""What a job can be given: ids, numbers and codes. They are kept in the clear, so no text of a person and no secret."""
Job = Callable[..., None]
"""What is done: a function that is called with the arguments that were enqueued, perhaps more than once."""


class Jobs(Protocol):
    """The queue of jobs, each known by its name."""

    @property
    def is_ready(self) -> bool:
        """Whether jobs can be enqueued, as far as this process knows without asking the database."""
        ...

    def prepare(self) -> None:
        """Make sure that jobs can be enqueued; not within a transaction.

        Raises `NotReady` and `DatabaseUnavailable`.
        """
        ...

    def enqueue(
        self, session: Writing, job: str, key: str, *, delay: timedelta | None = None, **arguments: Argument
    ) -> None:
        """Have a job done once the session's transaction is committed, and not before `delay` has passed.

        It is begun at least once, and may be begun again after a worker has died at it. A job whose `key` is known
        already, done or cancelled too, is not enqueued again.
        """
        ...

    def cancel(self, session: Writing, key: str) -> None:
        """Spare a job that nobody has begun, once the session's transaction is committed.

        It may be begun at this very moment: what a job finds in the database has to tell it that its turn is over.
        """
        ...


class NoJobs:
    """Takes every job and has none done: for the examples in the documentation."""

    is_ready = True

    def prepare(self) -> None:
        """Nothing is needed."""

    def enqueue(
        self, session: Writing, job: str, key: str, *, delay: timedelta | None = None, **arguments: Argument
    ) -> None:
        """Leave it undone."""

    def cancel(self, session: Writing, key: str) -> None:
        """Nobody would begin it."""


async def _jobs(request: Request) -> Any:  # noqa: ANN401 - a `Jobs`
    jobs: Jobs = request.app.state.jobs
    if not jobs.is_ready:
        await run_in_threadpool(jobs.prepare)
    return jobs


Enqueuing = Annotated[Jobs, Depends(_jobs)]
"""The queue, for endpoints whose transaction enqueues or cancels jobs; they document `NotReady` as one answer."""
