import logging
import threading
from types import SimpleNamespace

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from starlette.testclient import TestClient

from app.db import migrations
from app.db.engine import make_engine
from app.main import create_app
from app.settings import Settings
from tests import postgres
from tests.rules.whole_book import whole_book


def test_a_process_without_rules_is_alive(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "alive"}


def test_a_process_without_rules_is_not_ready_and_says_when_to_ask_again(client: TestClient) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")


def test_a_process_with_rules_is_ready_and_names_their_version(app: FastAPI, client: TestClient) -> None:
    app.state.rule_book = SimpleNamespace(version="2026-11-ab12")
    migrations.upgrade(app.state.database.engine)
    assert client.get("/readyz").json() == {"status": "ready", "rules_version": "2026-11-ab12"}


def test_the_metrics_are_prometheus_text_about_this_process(client: TestClient) -> None:
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert "process_resident_memory_bytes" in answer.text


def test_a_process_whose_database_is_behind_is_not_ready_and_says_what_to_do(url: str) -> None:
    app = create_app(Settings(database_url=url), whole_book())
    engine = app.state.database.engine
    migrations.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    answer = TestClient(app).get("/readyz")
    assert (answer.status_code, answer.json()["code"]) == (503, "not_ready")
    assert "afterword migrate" in answer.json()["detail"]
    app.state.database.close()


def test_a_process_without_its_database_is_alive_and_not_ready() -> None:
    url = "postgresql://nobody@127.0.0.1:1/nothing"
    client = TestClient(create_app(Settings(database_url=url), whole_book()))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["code"]) == (503, "database_unavailable")
    assert answer.headers["retry-after"] == "1"
    assert client.get("/healthz").status_code == 200


def test_a_connection_that_breaks_while_the_revision_is_read_is_a_database_that_does_not_answer() -> None:
    url = postgres.new_database()
    app = create_app(Settings(database_url=url), whole_book())
    migrations.upgrade(app.state.database.engine)
    client = TestClient(app)
    assert client.get("/readyz").status_code == 200
    killer = make_engine(url, connections=1)
    with killer.begin() as connection:
        kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        connection.execute(text(f"{kill} WHERE datname = current_database() AND pid <> pg_backend_pid()"))
    assert [client.get("/readyz").status_code for _ in range(2)] == [503, 200]
    killer.dispose()
    app.state.database.close()


@pytest.mark.parametrize(
    ("database", "said"),
    [
        ("not migrated", "the database is not migrated; run `afterword migrate`"),
        ("away", "the database did not answer"),
    ],
)
def test_a_server_whose_database_cannot_be_used_says_so_in_the_log_when_it_starts(
    database: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    url = postgres.new_database() if database == "not migrated" else "postgresql://nobody@127.0.0.1:1/nothing"
    app = create_app(Settings(database_url=url), whole_book())
    with caplog.at_level(logging.ERROR), TestClient(app) as client:
        client.get("/healthz")
        for thread in threading.enumerate():
            if thread.name == "database":
                thread.join()
    assert said in caplog.text
