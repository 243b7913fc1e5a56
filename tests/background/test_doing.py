"""How jobs are done, and what DBOS may say about them."""

import logging
from threading import Event

import pytest

from app.background import doing as module
from app.background.doing import JobFailed, LeftToOthers, doing
from app.background.log import Seldom
from app.db.errors import Busy, ChangedMeanwhile, DatabaseUnavailable


def test_a_job_is_tried_again_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FIRST_WAIT", 0.001)
    obstacles: list[Exception] = [DatabaseUnavailable("It is away."), Busy("It is busy."), ChangedMeanwhile("Others.")]
    done = []

    def job(number: int) -> None:
        if obstacles:
            raise obstacles.pop()
        done.append(number)

    doing("count", job, Event())(number=1)
    assert done == [1]


def test_a_job_whose_database_is_away_is_left_to_others_when_the_process_ends() -> None:
    stop = Event()
    stop.set()

    def job() -> None:
        raise DatabaseUnavailable("It is away.")

    with pytest.raises(LeftToOthers) as left:
        doing("count", job, stop)()
    assert not isinstance(left.value, Exception)


def test_a_job_that_fails_quotes_nobody() -> None:
    def job(name: str) -> None:
        raise ValueError(name)

    with pytest.raises(JobFailed, match=r"greet fails with ValueError in do, line \d+") as failed:
        doing("greet", job, Event())(name="Anna")
    assert "Anna" not in str(failed.value)
    assert failed.value.__suppress_context__


def record(level: int, message: str, seconds: float) -> logging.LogRecord:
    """A record of a moment."""
    made = logging.LogRecord("dbos", level, "", 0, message, None, None)
    made.created = 1_000_000 + seconds
    return made


def test_the_same_warning_is_let_through_once_in_a_minute_and_every_error() -> None:
    seldom = Seldom()
    said = [seldom.filter(record(logging.WARNING, f"It is away: {second}", second)) for second in (0, 1, 59, 60, 61)]
    assert said == [True, False, False, True, False]
    assert seldom.filter(record(logging.WARNING, "It is back", 61))
    assert all(seldom.filter(record(logging.ERROR, "It is away", second)) for second in (0, 1))


def test_warnings_that_all_differ_fill_no_memory() -> None:
    seldom = Seldom()
    assert all(seldom.filter(record(logging.WARNING, f"Number {number}", 0)) for number in range(1000))
    assert len(seldom._said) <= 100  # noqa: SLF001 - what it is about
