import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Literal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, inspect, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from app.accounts import queries as api_keys
from app.applications import queries as applications
from app.companies import queries as companies
from app.contacts import queries as contacts
from app.db.database import Database
from app.db.types import UtcDateTime, counted_ids, new_id, one_of
from app.follow_up import decisions
from app.interviews import queries as interviews
from app.interviews import reflection_queries as reflections

MOMENT = datetime(2026, 11, 23, 18, 0, 0, 123456, tzinfo=timezone(timedelta(hours=9)))
INSTANTS = Table("instants", MetaData(), Column("id", Integer, primary_key=True), Column("at", UtcDateTime))


def test_an_instant_comes_back_in_utc_and_to_the_microsecond(database: Database) -> None:
    INSTANTS.create(database.engine)
    with database.engine.begin() as connection:
        connection.execute(INSTANTS.insert(), [{"id": 1, "at": MOMENT}, {"id": 2, "at": None}])
        found = list(connection.scalars(select(INSTANTS.c.at).order_by(INSTANTS.c.id)))
    assert found == [MOMENT, None]
    assert found[0].tzinfo is UTC


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    INSTANTS.create(database.engine)
    with database.engine.begin() as connection, pytest.raises(StatementError, match="has no time zone"):
        connection.execute(INSTANTS.insert(), {"id": 1, "at": MOMENT.replace(tzinfo=None)})


def test_instants_are_compared_by_when_they_are_and_not_by_how_they_are_written(database: Database) -> None:
    INSTANTS.create(database.engine)
    earlier, later = MOMENT, MOMENT.astimezone(UTC) + timedelta(hours=1)
    with database.engine.begin() as connection:
        connection.execute(INSTANTS.insert(), [{"id": 1, "at": later}, {"id": 2, "at": earlier}])
        found = list(connection.scalars(select(INSTANTS.c.id).order_by(INSTANTS.c.at)))
    assert found == [2, 1]


def test_a_word_that_is_not_on_the_list_is_refused_by_the_database_too(database: Database) -> None:
    words = Literal["red", "green"]
    table = Table("lights", MetaData(), Column("id", Integer, primary_key=True), one_of("id", words))
    assert "'red', 'green'" in str(next(iter(table.constraints - {table.primary_key})).sqltext)  # type: ignore[attr-defined]
    with database.session() as session, pytest.raises(IntegrityError):
        session.execute(
            text(
                "INSERT INTO companies VALUES "
                "(:owner, :id, 'A', 'a', 'a', 'DE', 'piracy', NULL, NULL, NULL, :at, :at, 1)"
            ),
            {"owner": uuid4().hex, "id": uuid4().hex, "at": "2026-11-23 00:00:00+00:00"},
        )


LISTS = (applications, companies, contacts, interviews, reflections, decisions, api_keys)


def test_every_text_that_a_list_is_sorted_by_has_the_same_order_in_every_locale(database: Database) -> None:
    maps = [value for module in LISTS for name, value in vars(module).items() if name.endswith("SORTS")]
    columns = {column for sorts in maps for sort in sorts.values() for column in sort.columns}
    texts = {(column.class_.__tablename__, column.key) for column in columns if column.type.python_type is str}
    assert {("companies", "name_key"), ("contacts", "sort_key"), ("applications", "position_key")} < texts
    with database.engine.connect() as connection:
        found = inspect(connection)
        types: dict[tuple[str, str], Any] = {
            (table, column["name"]): column["type"] for table, _ in texts for column in found.get_columns(table)
        }
    # SQLite compares bytes where nothing else is said.
    assert {types[one].collation for one in texts} == {None if database.is_embedded else "C"}


def test_new_ids_are_version_7_and_sort_by_when_they_were_made() -> None:
    made = [new_id() for _ in range(1000)]
    assert {one.version for one in made} == {7}
    assert sorted(made) == made
    assert len(set(made)) == 1000


def test_counted_ids_are_the_same_each_time_and_leave_others_alone() -> None:
    def some() -> list[UUID]:
        with counted_ids(MOMENT):
            return [new_id(), new_id()]

    first, second = some()
    assert some() == [first, second]
    assert first.version == 7
    assert first < second
    assert re.fullmatch("0{15}1", first.hex[16:].replace("8", "0", 1))
    assert new_id() not in {first, second}
