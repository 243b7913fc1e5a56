"""The tables of DBOS come with ours."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, inspect, make_url, text

from app.background.engine import migrate
from app.db import migrations
from app.db.database import Database
from app.db.engine import make_engine
from app.tables import METADATA
from tests import postgres
from tests.background.running import INSIDE, SERVE, running, table, wait_for_runs

MIGRATE = "from app.cli import cli; cli(['migrate'])"


def migrated(url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What `afterword migrate` says."""
    monkeypatch.setenv("AFTERWORD_DATABASE_URL", url)
    done = subprocess.run([sys.executable, "-c", MIGRATE], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout


def test_migrating_twice_changes_nothing(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = migrations.newest_revision()
    assert migrated(url, monkeypatch) == f"Migrated to revision {newest}.\n"
    assert migrated(url, monkeypatch) == f"The database is at revision {newest} already.\n"
    engine = make_engine(url, connections=1)
    schema = None if engine.dialect.name == "sqlite" else "dbos"
    assert "workflow_status" in inspect(engine).get_table_names(schema)
    engine.dispose()


def test_what_cannot_be_migrated_is_said_in_a_sentence_and_no_server_is_ready(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(url, connections=1)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("CREATE SCHEMA dbos"))
        connection.execute(text(f"CREATE TABLE {table(engine, 'workflow_status')} (nonsense INTEGER)"))
    monkeypatch.setenv("AFTERWORD_DATABASE_URL", url)
    done = subprocess.run([sys.executable, "-c", MIGRATE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("The database cannot be used: ")
    assert done.stderr.count("\n") == 1, done.stderr
    assert "alembic_version" not in names(engine)
    engine.dispose()


def test_no_database_is_made_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = make_url(postgres.new_database()).set(database="nowhere")
    monkeypatch.setenv("AFTERWORD_DATABASE_URL", nowhere.render_as_string(hide_password=False))
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", MIGRATE], capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "does not exist." in done.stderr


def test_a_server_on_postgresql_works_once_it_is_migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    url = postgres.new_database()
    with running(url, *SERVE, **INSIDE) as process:
        process.wait_until_it_says("Uvicorn running on ")
        process.wait_until_it_says("background work waits: the database is not migrated; run `afterword migrate`")
        migrated(url, monkeypatch)
        process.wait_until_it_works()
        database = Database(url, connections=1)
        wait_for_runs(database.engine, 1)
        database.close()


def test_tables_of_dbos_that_are_missing_are_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    url = postgres.new_database()
    engine = make_engine(url, connections=1)
    migrations.upgrade(engine)
    engine.dispose()
    with running(url) as worker:
        worker.wait_until_it_says("background work waits: the tables of DBOS are not migrated; run `afterword migrate`")
        migrated(url, monkeypatch)
        worker.wait_until_it_works()
    assert [line["level"] for line in worker.lines if line["event"].startswith("background work")] == [
        "warning",
        "info",
    ]


def test_a_database_that_does_not_answer_is_waited_for() -> None:
    url = "postgresql://nobody@127.0.0.1:1/afterword"
    with running(url) as worker:
        worker.wait_until_it_says("background work waits: the database does not answer")
        assert worker.end() == 0


def test_no_table_of_ours_has_a_name_that_dbos_has_in_the_same_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'dbos.db'}"
    migrate(url)
    engine = create_engine(url)
    assert names(engine) & set(METADATA.tables) == set()
    engine.dispose()


def names(engine: Engine) -> set[str]:
    """The tables that there are."""
    return set(inspect(engine).get_table_names())


def test_migrations_that_are_generated_leave_the_tables_of_dbos_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'afterword.db'}"
    engine = make_engine(url, connections=1)
    migrations.upgrade(engine)
    migrate(url)
    done = subprocess.run(
        [sys.executable, "-m", "alembic", "check"],
        capture_output=True,
        text=True,
        check=False,
        env={"AFTERWORD_DATABASE_URL": url},
    )
    assert "No new upgrade operations detected." in done.stdout, done.stdout + done.stderr
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    engine.dispose()
