"""What a process had begun when it died goes on in another."""

import os
import signal
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select, text

from app.background.engine import CONNECTIONS
from app.background.heartbeat import BEATS_MISSED
from app.background.models import Worker
from app.background.queue import Queue
from app.db.database import Database
from tests.background import jobs
from tests.background.running import INSIDE, SECONDS, SERVE, Running, running, table, wait_until

BEAT = 0.2
BEATS = {"AFTERWORD_HEARTBEAT_SECONDS": str(BEAT)}


@pytest.fixture
def queue(database: Database) -> Queue:
    """The queue of a database with all tables."""
    made = Queue(database)
    made.prepare()
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where jobs write."""
    return tmp_path / "notes"


@pytest.fixture
def workers(url: str) -> Iterator[tuple[Running, Running]]:
    """Two processes that do the jobs of tests."""
    with (
        running(url, program=jobs.PROGRAM, **BEATS) as one,
        running(url, program=jobs.PROGRAM, **BEATS) as other,
    ):
        one.wait_until_it_works()
        other.wait_until_it_works()
        yield one, other


def holder(database: Database, workers: tuple[Running, Running]) -> tuple[Running, Running]:
    """The process that is at job `a`, and the other."""
    rows = text(f"SELECT executor_id FROM {table(database.engine, 'workflow_status')} WHERE workflow_uuid = 'a'")  # noqa: S608 - a constant
    with database.engine.connect() as connection:
        name = connection.execute(rows).scalar_one()
    one, other = workers
    return (one, other) if f":{one.process.pid}:" in name else (other, one)


def statuses(database: Database) -> dict[str, str]:
    """How DBOS calls the state of each job."""
    rows = text(f"SELECT workflow_uuid, status FROM {table(database.engine, 'workflow_status')} WHERE name = 'hold'")  # noqa: S608 - a constant
    with database.engine.connect() as connection:
        return {row.workflow_uuid: row.status for row in connection.execute(rows)}


def let_go(file: Path, name: str) -> None:
    """Let a job come to its end."""
    Path(f"{file}.{name}").touch()


def test_what_a_killed_worker_held_goes_on_in_another(
    database: Database, queue: Queue, file: Path, workers: tuple[Running, Running]
) -> None:
    with database.session() as session:
        queue.enqueue(session, "hold", "a", file=str(file), name="a")
    wait_until(lambda: jobs.lines(file) == ["a begun"])
    dead, living = holder(database, workers)
    dead.process.kill()
    dead.process.wait()
    wait_until(lambda: jobs.lines(file) == ["a begun", "a begun"])
    let_go(file, "a")
    wait_until(lambda: statuses(database) == {"a": "SUCCESS"})
    assert jobs.lines(file) == ["a begun", "a begun", "a done"]
    living.wait_until_it_says("going on with what was begun by ")
    assert living.end() == 0


def test_a_worker_that_only_stalls_is_taken_for_dead_and_what_it_makes_of_a_job_does_not_count(
    database: Database, queue: Queue, file: Path, workers: tuple[Running, Running]
) -> None:
    with database.session() as session:
        queue.enqueue(session, "hold", "a", file=str(file), name="a")
    wait_until(lambda: jobs.lines(file) == ["a begun"])
    # Long enough for each to be sure of the other: while both live, neither takes anything from the other.
    wait_until_all_have_beaten(database, 2 * BEATS_MISSED * BEAT)
    assert jobs.lines(file) == ["a begun"]
    stalled, other = holder(database, workers)
    os.kill(stalled.process.pid, signal.SIGSTOP)
    other.wait_until_it_says("going on with what was begun by ")
    wait_until(lambda: jobs.lines(file) == ["a begun", "a begun"])
    os.kill(stalled.process.pid, signal.SIGCONT)
    # Both are at it now: what must not be done twice has to see to that itself, as `attempts` of a message does.
    let_go(file, "a")
    wait_until(lambda: jobs.lines(file) == ["a begun", "a begun", "a done", "a done"])
    stalled.wait_until_it_says("Workflow a outcome was not recorded")
    wait_until(lambda: statuses(database) == {"a": "SUCCESS"})


def beats(database: Database) -> dict[str, float]:
    """When each process last said that it lives, in seconds."""
    with database.session() as session:
        return {row.name: row.seen_at.timestamp() for row in session.execute(select(Worker.name, Worker.seen_at))}


def wait_until_all_have_beaten(database: Database, seconds: float) -> None:
    """Until each process has said that it lives for so long from now on."""
    began = beats(database)
    wait_until(lambda: min(seen - began[name] for name, seen in beats(database).items()) > seconds)


def test_a_process_that_is_ending_is_not_taken_for_dead_while_it_finishes_a_job(
    url: str, database: Database, queue: Queue, file: Path
) -> None:
    with running(url, program=jobs.PROGRAM, **BEATS) as ending:
        ending.wait_until_it_works()
        with database.session() as session:
            queue.enqueue(session, "hold", "a", file=str(file), name="a")
        wait_until(lambda: jobs.lines(file) == ["a begun"])
        with running(url, program=jobs.PROGRAM, **BEATS) as other:
            other.wait_until_it_works()
            wait_until_all_have_beaten(database, BEATS_MISSED * BEAT)
            ending.process.terminate()
            wait_until_all_have_beaten(database, 2 * BEATS_MISSED * BEAT)
            assert jobs.lines(file) == ["a begun"]
            let_go(file, "a")
            assert ending.process.wait(SECONDS) == 0
            assert statuses(database) == {"a": "SUCCESS"}
            assert other.end() == 0
    assert jobs.lines(file) == ["a begun", "a done"]


def test_jobs_that_hold_connections_keep_neither_the_heart_from_beating_nor_requests_from_being_answered(
    url: str, database: Database, queue: Queue, file: Path
) -> None:
    threads = {"AFTERWORD_WORKER_THREADS": "1"}
    with running(url, *SERVE, program=jobs.PROGRAM, **BEATS, **INSIDE, **threads) as process:
        process.wait_until_it_works()
        with database.session() as session:
            for number in range(CONNECTIONS + 1):
                queue.enqueue(session, "occupy", f"{number}", file=str(file), name="it")
        wait_until(lambda: jobs.lines(file).count("it comes") == CONNECTIONS + 1)
        wait_until(lambda: jobs.lines(file).count("it begun") >= CONNECTIONS)
        wait_until_all_have_beaten(database, 2 * BEATS_MISSED * BEAT)
        origin = process.wait_until_it_says("Uvicorn running on ").split()[-1]
        connection = HTTPConnection(urlsplit(origin).netloc)
        connection.request("GET", "/readyz")
        assert connection.getresponse().status == 200
        connection.close()
        let_go(file, "it")
        assert process.end() == 0
