"""How a job is done: what goes wrong in it is told without quoting anybody, and the database is waited for."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from traceback import extract_tb

from app.db.errors import Busy, ChangedMeanwhile, DatabaseUnavailable
from app.errors import NotReady
from app.http.jobs import Argument, Job

_APP = Path(__file__).resolve().parents[1]
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 30.0
"""Seconds until a job is tried again for which the database had no time."""


class JobFailed(Exception):
    """A job has come to its end by an error that it did not expect."""


class LeftToOthers(BaseException):
    """The process ends before the job could be done.

    No `Exception`, for which DBOS would note that the job has come to its end.
    """


def doing(name: str, job: Job, stop: Event) -> Callable[..., None]:
    """The function that does a job and fails with `JobFailed` only, which is what DBOS logs and keeps."""

    def do(**arguments: Argument) -> None:
        wait = _FIRST_WAIT
        while True:
            try:
                return job(**arguments)
            except (Busy, ChangedMeanwhile, DatabaseUnavailable, NotReady):
                if stop.wait(wait):
                    raise LeftToOthers from None
                wait = min(2 * wait, _LONGEST_WAIT)
            except Exception as error:  # noqa: BLE001 - whatever it is
                raise JobFailed(f"{name} {told(error)}") from None

    return do


def told(error: Exception) -> str:
    """What an error is and where it comes from, without its message: it may quote what somebody wrote."""
    where = [one for one in extract_tb(error.__traceback__) if Path(one.filename).is_relative_to(_APP)][-1]
    return f"fails with {type(error).__name__} in {where.name}, line {where.lineno}"
