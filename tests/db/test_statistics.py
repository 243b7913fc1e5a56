"""What SQLite is told of the size of tables, and which indexes it chooses by it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.db import migrations
from app.db.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'afterword.db'}", connections=1)
    migrations.upgrade(database.engine)
    yield database
    database.close()


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with database.engine.connect() as connection:
        yield connection


def plan(connection: Connection, statement: str) -> str:
    """How SQLite would find the rows."""
    return "; ".join(row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}"))


@pytest.mark.parametrize("which", ["interview_id = 'i'", "interview_id IN ('i', 'j')"])
def test_participants_of_an_interview_are_not_looked_for_among_all_of_the_user(
    connection: Connection, which: str
) -> None:
    statement = f"SELECT id FROM participants WHERE owner_id = 'o' AND {which} ORDER BY id"  # noqa: S608 - no input
    assert "(owner_id=? AND interview_id=?)" in plan(connection, statement)


@pytest.mark.parametrize("order", ["starts_at DESC, id DESC", "id"])
def test_interviews_for_an_application_are_found_by_it_in_whatever_order(connection: Connection, order: str) -> None:
    statement = f"SELECT id FROM interviews WHERE owner_id = 'o' AND application_id = 'a' ORDER BY {order} LIMIT 26"  # noqa: S608 - no input
    assert "(owner_id=? AND application_id=?)" in plan(connection, statement)


def test_a_page_of_all_is_read_in_the_order_of_an_index_from_the_row_after_the_cursor(connection: Connection) -> None:
    statement = (
        "SELECT id FROM interviews WHERE owner_id = 'o' AND (starts_at, id) < ('2026', 'i') "
        "ORDER BY starts_at DESC, id DESC LIMIT 26"
    )
    found = plan(connection, statement)
    assert "(owner_id=? AND (starts_at,id)<(?,?))" in found
    assert "ORDER BY" not in found


def test_every_index_has_its_statistics_and_another_start_changes_none(database: Database) -> None:
    read = "SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY tbl, idx"
    with database.engine.connect() as connection:
        before = connection.exec_driver_sql(read).all()
        indexes = connection.exec_driver_sql("SELECT tbl_name, name FROM sqlite_schema WHERE type = 'index'").all()
    migrations.upgrade(database.engine)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql(read).all() == before
    assert [(row.tbl, row.idx) for row in before] == sorted((row.tbl_name, row.name) for row in indexes)
