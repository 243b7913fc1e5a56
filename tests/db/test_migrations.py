import re
from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import alembic.command
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, Engine, inspect, text
from starlette.testclient import TestClient

from app.background.heartbeat import Heartbeat
from app.db import migrations
from app.db.engine import make_engine
from app.http.jobs import NoJobs
from app.main import create_app
from app.settings import Settings
from app.tables import METADATA, MODULES
from tests.accounts.test_matrix import User
from tests.house.repository import ROOT
from tests.rules.whole_book import whole_book
from tests.stored import new_account

REVISIONS = [one.revision for one in migrations.scripts().walk_revisions()][::-1]


def to(engine: Engine, revision: str) -> None:
    """Bring a database up or down to a revision."""
    with migrations.migrating(engine) as connection:
        current = migrations.current_revision(connection) or "base"
        order = ["base", *REVISIONS]
        up = order.index(revision) >= order.index(current)
        (alembic.command.upgrade if up else alembic.command.downgrade)(migrations.config(connection), revision)


def is_current(engine: Engine) -> bool:
    with engine.connect() as connection:
        return migrations.is_current(connection)


def tables(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(inspect(connection).get_table_names())


def test_an_empty_database_gets_every_table(url: str) -> None:
    engine = make_engine(url, connections=1)
    assert migrations.upgrade(engine) == (None, REVISIONS[-1])
    assert tables(engine) == {*METADATA.tables, "alembic_version"}
    assert is_current(engine)
    assert migrations.upgrade(engine) == (REVISIONS[-1], REVISIONS[-1])
    engine.dispose()


def test_the_tables_of_the_migrations_are_those_of_the_models(url: str) -> None:
    engine = make_engine(url, connections=1)
    migrations.upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, METADATA) == []
        assert checks_in(connection) == checks_of_models()
    engine.dispose()


def checks_of_models() -> Mapping[str, set[str]]:
    """The words of each CHECK of the models, by its name."""
    return {
        str(check.name): set(re.findall(r"'(\w+)'", str(check.sqltext)))
        for table in METADATA.tables.values()
        for check in table.constraints
        if isinstance(check, CheckConstraint)
    }


def checks_in(connection: Connection) -> Mapping[str, set[str]]:
    """The same as the database has them; Alembic does not compare them."""
    found = inspect(connection)
    return {
        str(check["name"]): set(re.findall(r"'(\w+)'", check["sqltext"]))
        for table in METADATA.tables
        for check in found.get_check_constraints(table)
    }


def columns(engine: Engine) -> dict[str, list[str]]:
    """The names of the columns of every table."""
    with engine.connect() as connection:
        found = inspect(connection)
        names = set(found.get_table_names()) - {"alembic_version"}
        return {name: sorted(column["name"] for column in found.get_columns(name)) for name in names}


def rows(engine: Engine) -> dict[str, list[dict[str, str]]]:
    """Every row of every table, by its columns, as text."""
    with engine.connect() as connection:
        names = set(inspect(connection).get_table_names()) - {"alembic_version"}
        found = {name: connection.execute(text(f'SELECT * FROM "{name}"')).mappings() for name in names}  # noqa: S608 - names of tables
        return {name: [{key: str(value) for key, value in row.items()} for row in found[name]] for name in names}


def only(content: Mapping[str, list[dict[str, str]]], kept: Mapping[str, list[str]]) -> dict[str, list[list[str]]]:
    """What rows say in some columns of some tables."""
    return {name: sorted([row[key] for key in keys] for row in content[name]) for name, keys in kept.items()}


def filled(url: str) -> None:
    """Run the examples of the document against a database."""
    app = create_app(Settings(database_url=url), whole_book())
    # The tables of DBOS are its own to migrate.
    app.state.jobs = NoJobs()
    with TestClient(app) as client:
        user = User(new_account(client))
        user.makes_everything()
        # Plans are made when they are first looked at.
        assert user.account.get("/v1/today").status_code == 200
        Heartbeat(app.state.database, "worker", timedelta(seconds=5)).beat()
        body = {"grant_type": "password", "username": "nobody@example.com", "password": "wrong password"}
        assert client.post("/v1/auth/token", data=body).status_code == 400


def test_every_revision_can_be_taken_back_and_made_again_with_data_in_every_table(url: str) -> None:
    engine = make_engine(url, connections=1)
    migrations.upgrade(engine)
    filled(url)
    assert [name for name, content in rows(engine).items() if not content] == []
    # The newest first: what a revision has made is full when it is taken back, and then gone for the older ones.
    for revision, before in pairwise(["base", *REVISIONS][::-1]):
        whole, full = columns(engine), rows(engine)
        to(engine, before)
        kept = columns(engine)
        assert only(rows(engine), kept) == only(full, kept), revision
        to(engine, revision)
        assert columns(engine) == whole, revision
        again = rows(engine)
        assert only(again, kept) == only(full, kept), revision
        assert [name for name, content in again.items() if content and name not in kept] == [], revision
        to(engine, before)
    assert migrations.upgrade(engine) == (None, REVISIONS[-1])
    engine.dispose()


def test_of_several_programs_that_migrate_at_once_one_does(url: str) -> None:
    from tests.db.test_database import in_threads  # noqa: PLC0415 - only this test has several

    engines = [make_engine(url, connections=1) for _ in range(4)]
    outcomes = in_threads(lambda number: migrations.upgrade(engines[number]), 4)
    assert sorted(outcomes, key=str) == [*[(REVISIONS[-1], REVISIONS[-1])] * 3, (None, REVISIONS[-1])]
    for engine in engines:
        engine.dispose()


def test_a_database_of_a_newer_version_is_left_alone(url: str) -> None:
    engine = make_engine(url, connections=1)
    migrations.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(
        migrations.UnknownRevision, match="revision 9999, which this version of Afterword does not know"
    ):
        migrations.upgrade(engine)
    assert not is_current(engine)
    engine.dispose()


def test_revisions_are_numbered_in_their_order() -> None:
    assert [f"{number:04}" for number in range(1, len(REVISIONS) + 1)] == REVISIONS
    files = sorted(path.name[:4] for path in (ROOT / "migrations" / "versions").glob("*.py"))
    assert files == REVISIONS


def test_every_module_with_tables_is_known_to_migrations() -> None:
    defining = {
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        for path in (ROOT / "app").rglob("*.py")
        if "__tablename__ = " in path.read_text(encoding="utf-8")
    }
    assert defining == {module.__name__ for module in MODULES}


def test_migrations_are_found_inside_an_installed_package_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = tmp_path / "app"
    (installed / "migrations").mkdir(parents=True)
    (installed / "migrations" / "env.py").touch()
    monkeypatch.setattr(migrations, "_HERE", installed / "db" / "migrations.py")
    monkeypatch.setattr(migrations, "scripts", migrations.scripts.__wrapped__)
    assert Path(migrations.scripts().dir) == installed / "migrations"
