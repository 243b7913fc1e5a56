"""How a job is done: what goes wrong in it is told without quoting anybody."""

from collections.abc import Callable
from pathlib import Path
from traceback import extract_tb

from app.http.jobs import Argument, Job

_APP = Path(__file__).resolve().parents[1]


class JobFailed(Exception):
    """A job has come to its end by an error that it did not expect."""


def doing(name: str, job: Job) -> Callable[..., None]:
    """The function that does a job and fails with `JobFailed` only, which is what DBOS logs and keeps."""

    def do(**arguments: Argument) -> None:
        try:
            job(**arguments)
        except Exception as error:  # noqa: BLE001 - whatever it is
            raise JobFailed(f"{name} {told(error)}") from None

    return do


def told(error: Exception) -> str:
    """What an error is and where it comes from, without its message: it may quote what somebody wrote."""
    where = [one for one in extract_tb(error.__traceback__) if Path(one.filename).is_relative_to(_APP)][-1]
    return f"fails with {type(error).__name__} in {where.name}, line {where.lineno}"
