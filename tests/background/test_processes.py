"""Processes that do the work beside each other, that are killed, and that are asked to end."""

import json
from datetime import timedelta
from http.client import HTTPConnection
from time import perf_counter
from urllib.parse import urlsplit

from sqlalchemy import text

from app.background.engine import REMEMBERED_FOR
from app.db.database import Database
from app.http import clock
from tests.background.conftest import Seekers, is_up_to_date, told
from tests.background.running import INSIDE, SERVE, Running, running, runs, table, wait_for_runs, wait_until
from tests.stored import Account

SECONDS_TO_END = 10


def all_told(database: Database, accounts: list[Account]) -> set[int]:
    """How often things were told that come of time, where every user was told of both kinds."""
    found = [told(database, account) for account in accounts]
    assert all({kind for kind, _ in one} == {"task.due", "turn.changed"} for one in found)
    return {times for one in found for times in one.values()}


def quiet(process: Running) -> bool:
    """Whether it has said no more than that it began."""
    assert [line for line in process.lines if line["level"] != "info"] == []
    return True


def test_two_workers_tell_once_what_time_has_brought(url: str, database: Database, seekers: Seekers) -> None:
    accounts = seekers(3)
    before = [told(database, account) for account in accounts]
    with running(url) as one, running(url) as other:
        one.wait_until_it_works()
        other.wait_until_it_works()
        wait_until(lambda: all(is_up_to_date(database, account) for account in accounts))
        # Both go on, and neither tells it again.
        wait_for_runs(database.engine, 4)
    assert all(
        sum(earlier.values()) < sum(told(database, each).values())
        for each, earlier in zip(accounts, before, strict=True)
    )
    assert all_told(database, accounts) == {1}
    assert quiet(one)
    assert quiet(other)


def test_what_a_killed_worker_has_left_is_told_once(url: str, database: Database, seekers: Seekers) -> None:
    accounts = seekers(20)
    with running(url) as worker:
        wait_until(lambda: any(is_up_to_date(database, account) for account in accounts))
        worker.process.kill()
        worker.process.wait()
    left = [account for account in accounts if not is_up_to_date(database, account)]
    assert left, "it was killed too late"
    with running(url) as another:
        wait_until(lambda: all(is_up_to_date(database, account) for account in accounts))
        wait_for_runs(database.engine, 2)
    assert all_told(database, accounts) == {1}
    assert quiet(another)


def test_a_server_does_the_work_beside_its_requests(url: str, database: Database, seekers: Seekers) -> None:
    [account] = seekers(1)
    with running(url, *SERVE, **INSIDE) as server:
        wait_until(lambda: is_up_to_date(database, account))
        origin = server.wait_until_it_says("Uvicorn running on ").split()[-1]
        connection = HTTPConnection(urlsplit(origin).netloc)
        connection.request("GET", "/metrics")
        metrics = connection.getresponse().read().decode()
        assert "\nafterword_plans_brought_up_to_date_total 1.0\n" in metrics
        connection.request("GET", "/readyz")
        assert json.load(connection.getresponse())["status"] == "ready"
        connection.close()
        begun = perf_counter()
        assert server.end() == 0
        assert perf_counter() - begun < SECONDS_TO_END
    assert all_told(database, [account]) == {1}


def test_a_server_leaves_the_work_to_others_where_it_is_told_to(url: str, database: Database, seekers: Seekers) -> None:
    [account] = seekers(1)
    with running(url, *SERVE, AFTERWORD_BACKGROUND="elsewhere") as server, running(url) as worker:
        server.wait_until_it_says("Uvicorn running on ")
        wait_until(lambda: is_up_to_date(database, account))
    assert "background work has begun" in worker.said
    assert "background work has begun" not in server.said
    assert quiet(worker)


def test_workflows_that_have_ended_are_forgotten_and_so_are_those_of_the_dead(url: str, database: Database) -> None:
    with running(url):
        wait_for_runs(database.engine, 2)
    status = table(database.engine, "workflow_status")
    finished, broken_off, *_ = ids = runs(database.engine)
    long_ago = int((clock.now() - REMEMBERED_FOR - timedelta(minutes=1)).timestamp() * 1000)
    aged = text(f"UPDATE {status} SET created_at = :then, completed_at = :then WHERE workflow_uuid IN (:one, :other)")  # noqa: S608 - a constant
    killed = text(
        f"UPDATE {status} SET status = 'PENDING', completed_at = NULL, executor_id = 'dead' WHERE workflow_uuid = :id"  # noqa: S608 - as above
    )
    with database.engine.begin() as connection:
        connection.execute(aged, {"then": long_ago, "one": finished, "other": broken_off})
        connection.execute(killed, {"id": broken_off})
    with running(url) as worker:
        wait_for_runs(database.engine, 2)
        begun = perf_counter()
        assert worker.end() == 0
        assert perf_counter() - begun < SECONDS_TO_END
    known = text(f"SELECT workflow_uuid FROM {status}")  # noqa: S608 - as above
    steps = text(f"SELECT workflow_uuid FROM {table(database.engine, 'operation_outputs')}")  # noqa: S608 - as above
    with database.engine.connect() as connection:
        left = set(connection.execute(known).scalars())
        assert set(connection.execute(steps).scalars()) <= left
    assert left & {finished, broken_off} == set()
    assert set(ids) - {finished, broken_off} <= left
    assert quiet(worker)
