"""Jobs are enqueued, or not, with the change that asks for them."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from fastapi import APIRouter, FastAPI
from sqlalchemy import text
from starlette.testclient import TestClient

from app.accounts.system_mail import SEND_SYSTEM_MAIL
from app.background.engine import AT_ONCE, QUEUE, migrate
from app.background.queue import Queue
from app.db import migrations
from app.db.database import Database, Writing
from app.db.errors import DatabaseUnavailable
from app.errors import NotReady
from app.http import clock
from app.http.caller import Stored
from app.http.jobs import Enqueuing, NoJobs
from app.http.problems import responses
from app.http.routes import JsonRoute
from app.main import create_app
from app.messages.leaving import DELIVER
from app.settings import Settings
from tests.background import jobs
from tests.background.running import known, running, table, wait_until
from tests.rules.whole_book import whole_book


class Refused(Exception):
    """A write that comes to nothing."""


@contextmanager
def refused(database: Database) -> Iterator[Writing]:
    """A write that is rolled back."""
    with suppress(Refused), database.session() as session:
        yield session
        raise Refused


@pytest.fixture
def queue(database: Database) -> Queue:
    """The queue of a database with all tables."""
    made = Queue(database)
    made.prepare()
    return made


def set_status(database: Database, key: str, status: str) -> None:
    """Let a job be in a state that a worker would bring it to."""
    change = text(f"UPDATE {table(database.engine, 'workflow_status')} SET status = :status WHERE workflow_uuid = :key")  # noqa: S608 - a constant
    with database.engine.begin() as connection:
        connection.execute(change, {"status": status, "key": key})


def test_a_job_is_enqueued_when_the_transaction_is_committed(database: Database, queue: Queue) -> None:
    with database.session() as session:
        queue.enqueue(session, "greet", "greet:1", user="anna", number=7)
    found = known(database.engine, "greet:1")
    assert found.pop("delay_until_epoch_ms") is None
    assert found == {
        "name": "greet",
        "status": "ENQUEUED",
        "queue_name": "messages",
        "serialization": "portable_json",
        "inputs": '{"namedArgs":{"user":"anna","number":7},"positionalArgs":[]}',
    }


def test_mails_of_the_system_do_not_wait_behind_messages(app: FastAPI) -> None:
    database: Database = app.state.database
    app.state.jobs.prepare()
    with database.session() as session:
        for job in (DELIVER, SEND_SYSTEM_MAIL):
            app.state.jobs.enqueue(session, job, job)
    queues = {job: known(database.engine, job)["queue_name"] for job in (DELIVER, SEND_SYSTEM_MAIL)}
    assert queues == {DELIVER: "messages", SEND_SYSTEM_MAIL: "urgent"}


def test_a_write_that_is_refused_takes_its_job_back(database: Database, queue: Queue) -> None:
    with refused(database) as session:
        queue.enqueue(session, "greet", "greet:1")
    assert known(database.engine, "greet:1") == {}


def test_a_part_of_a_write_that_is_undone_takes_its_job_back(database: Database, queue: Queue) -> None:
    with database.session() as session:
        queue.enqueue(session, "greet", "greet:1")
        with suppress(Refused), session.attempt():
            queue.enqueue(session, "greet", "greet:2")
            raise Refused
    assert known(database.engine, "greet:1") != {}
    assert known(database.engine, "greet:2") == {}


def test_a_job_waits_for_its_time(database: Database, queue: Queue) -> None:
    before = clock.now()
    with database.session() as session:
        queue.enqueue(session, "greet", "later", delay=timedelta(hours=1))
        queue.enqueue(session, "greet", "at once", delay=timedelta(hours=-1))
    later, at_once = known(database.engine, "later"), known(database.engine, "at once")
    assert (later["status"], at_once["status"]) == ("DELAYED", "ENQUEUED")
    waits = later["delay_until_epoch_ms"] / 1000 - before.timestamp()
    assert timedelta(hours=1) <= timedelta(seconds=waits) + timedelta(milliseconds=1) < timedelta(hours=1, minutes=1)


def test_a_key_that_is_known_is_not_enqueued_again(database: Database, queue: Queue) -> None:
    for status in ("ENQUEUED", "DELAYED", "PENDING", "SUCCESS", "ERROR", "CANCELLED"):
        with database.session() as session:
            queue.enqueue(session, "greet", status, number=1)
        set_status(database, status, status)
        with database.session() as session:
            queue.enqueue(session, "greet", status, number=2)
        found = known(database.engine, status)
        assert found["status"] == status
        assert '"number":1' in found["inputs"]


def test_what_nobody_has_begun_is_cancelled(database: Database, queue: Queue) -> None:
    becomes = {"ENQUEUED": "CANCELLED", "DELAYED": "CANCELLED", "PENDING": "PENDING", "SUCCESS": "SUCCESS"}
    for before, after in becomes.items():
        with database.session() as session:
            queue.enqueue(session, "greet", before)
        set_status(database, before, before)
        with refused(database) as session:
            queue.cancel(session, before)
        assert known(database.engine, before)["status"] == before
        with database.session() as session:
            queue.cancel(session, before)
            queue.cancel(session, "never heard of")
        assert known(database.engine, before)["status"] == after


def test_a_queue_that_was_not_prepared_says_so(database: Database) -> None:
    with pytest.raises(RuntimeError, match="was not prepared"), database.session() as session:
        Queue(database).enqueue(session, "greet", "greet:1")


def test_a_database_that_does_not_answer_is_no_queue() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/afterword", connections=1)
    queue = Queue(database)
    with pytest.raises(DatabaseUnavailable):
        queue.prepare()
    assert not queue.is_ready
    database.close()


router = APIRouter(tags=["jobs"], route_class=JsonRoute)


@router.post("/v1/greetings", responses=responses(NotReady))
def greet(jobs: Enqueuing, database: Stored) -> dict[str, bool]:
    with database.session() as session:
        jobs.enqueue(session, "greet", "greet:1")
    return {"is_enqueued": True}


@pytest.fixture
def bare(url: str) -> Iterator[TestClient]:
    """A client of an application whose database has our tables and none of DBOS, as when no worker has been here."""
    app = create_app(Settings(database_url=url), whole_book())
    app.include_router(router)
    migrations.upgrade(app.state.database.engine)
    with TestClient(app) as client:
        yield client
    app.state.database.close()


def test_tables_that_are_missing_are_made_or_asked_for_before_the_transaction(
    bare: TestClient, url: str, backend: str
) -> None:
    if backend == "postgresql":
        answer = bare.post("/v1/greetings")
        assert answer.status_code == 503
        assert answer.json()["code"] == "not_ready"
        assert answer.json()["detail"].endswith("run `afterword migrate`.")
        assert answer.headers["Retry-After"] == "1"
        migrate(url)
    assert bare.post("/v1/greetings").json() == {"is_enqueued": True}
    database: Database = bare.app.state.database  # type: ignore[attr-defined]
    assert known(database.engine, "greet:1") != {}


def test_two_requests_that_come_first_are_both_served(bare: TestClient, url: str, backend: str) -> None:
    if backend == "postgresql":
        migrate(url)
    answers = []
    asking = [Thread(target=lambda: answers.append(bare.post("/v1/greetings").status_code)) for _ in range(2)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert answers == [200, 200]


def test_no_job_of_an_example_is_done(database: Database) -> None:
    nowhere = NoJobs()
    nowhere.prepare()
    assert nowhere.is_ready
    with database.session() as session:
        nowhere.enqueue(session, "greet", "greet:1")
        nowhere.cancel(session, "greet:1")
    assert known(database.engine, "greet:1") == {}


def test_the_application_starts_without_importing_dbos() -> None:
    program = "import sys, app.main; app.main.create_app(); assert 'dbos' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_worker_does_jobs_when_their_time_has_come(
    url: str, database: Database, queue: Queue, tmp_path: Path
) -> None:
    file = tmp_path / "notes"
    with running(url, program=jobs.PROGRAM) as worker:
        worker.wait_until_it_works()
        with database.session() as session:
            queue.enqueue(session, "note", "later", delay=timedelta(seconds=2), file=str(file), line="later")
            queue.enqueue(session, "note", "cancelled", delay=timedelta(seconds=1), file=str(file), line="cancelled")
            queue.enqueue(session, "note", "now", file=str(file), line="now")
            queue.enqueue(session, "fail", "failed", name="Anna")
        with database.session() as session:
            queue.cancel(session, "cancelled")
        wait_until(lambda: jobs.lines(file) == ["now", "later"])
        wait_until(lambda: known(database.engine, "failed")["status"] == "ERROR")
        assert worker.end() == 0
    [failed] = [line for line in worker.lines if line["level"] == "error"]
    assert "JobFailed: fail fails with ValueError in do, line " in failed["exception"]
    assert "Anna" not in str(failed)


def test_an_urgent_job_is_done_while_all_others_hang(url: str, database: Database, tmp_path: Path) -> None:
    queue = Queue(database, urgent={"note"})
    queue.prepare()
    file = tmp_path / "notes"
    hanging = AT_ONCE[QUEUE]
    with running(url, program=jobs.PROGRAM) as worker:
        with database.session() as session:
            for number in range(hanging + 1):
                queue.enqueue(session, "hold", f"hold:{number}", file=str(file), name="it")
        wait_until(lambda: jobs.lines(file) == ["it begun"] * hanging)
        with database.session() as session:
            queue.enqueue(session, "note", "note", file=str(file), line="urgent")
        wait_until(lambda: jobs.lines(file)[hanging:] == ["urgent"])
        Path(f"{file}.it").touch()
        wait_until(lambda: jobs.lines(file).count("it done") == hanging + 1)
        assert worker.end() == 0


def test_a_job_that_waits_for_the_database_is_not_over_when_its_worker_ends(
    url: str, database: Database, queue: Queue, tmp_path: Path
) -> None:
    file = tmp_path / "notes"
    with running(url, program=jobs.PROGRAM) as worker:
        with database.session() as session:
            queue.enqueue(session, "miss", "missed", file=str(file))
        wait_until(lambda: jobs.lines(file)[:2] == ["missed", "missed"])
        assert worker.end() == 0
    assert known(database.engine, "missed")["status"] == "PENDING"
