"""Who lives, and who may say so."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.background.heartbeat import BEATS_MISSED, Heartbeat
from app.background.models import Worker
from app.db import migrations
from app.db.database import Database
from app.http import clock
from tests.stored import new_database_url

EVERY = timedelta(seconds=5)
BEGIN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """An SQLite file, for which this process's clock counts."""
    made = Database(new_database_url("sqlite", tmp_path), connections=2)
    migrations.upgrade(made.engine)
    return made


def beat(heartbeat: Heartbeat, number: int) -> object:
    """What a heart finds that beats at its time."""
    with clock.stopped_at(BEGIN + number * EVERY):
        return heartbeat.beat()


def test_who_beats_lives_and_who_has_missed_six_beats_does_not(database: Database) -> None:
    one, other = (Heartbeat(database, name, EVERY) for name in ("one", "other"))
    for number in range(BEATS_MISSED + 1):
        beat(other, number)
        found = beat(one, number)
    assert found == {"one", "other"}
    last = BEATS_MISSED
    assert [beat(one, last + more) for more in range(1, BEATS_MISSED + 2)] == [
        *[{"one", "other"}] * BEATS_MISSED,
        {"one"},
    ]
    beat(other, last + BEATS_MISSED + 2)
    assert beat(one, last + BEATS_MISSED + 2) == {"one", "other"}


def test_who_has_only_begun_says_nothing_of_others(database: Database) -> None:
    one = Heartbeat(database, "one", EVERY)
    assert [beat(one, number) for number in range(BEATS_MISSED)] == [None] * BEATS_MISSED
    assert beat(one, BEATS_MISSED) == {"one"}


def test_who_was_away_itself_says_nothing_of_others_for_as_long_again(database: Database) -> None:
    one = Heartbeat(database, "one", EVERY)
    for number in range(BEATS_MISSED + 1):
        beat(one, number)
    back = 3 * BEATS_MISSED
    assert [beat(one, back + number) for number in range(BEATS_MISSED)] == [None] * BEATS_MISSED
    assert beat(one, back + BEATS_MISSED) == {"one"}


def test_processes_that_are_long_gone_are_forgotten(database: Database) -> None:
    beat(Heartbeat(database, "gone", EVERY), 0)
    with clock.stopped_at(BEGIN + timedelta(days=1, seconds=1)):
        Heartbeat(database, "one", EVERY).beat()
    with database.session() as session:
        assert session.scalars(select(Worker.name)).all() == ["one"]


def test_beats_on_postgresql_are_timed_by_its_clock() -> None:
    made = Database(new_database_url("postgresql", Path()), connections=1)
    migrations.upgrade(made.engine)
    with clock.stopped_at(BEGIN):
        Heartbeat(made, "one", EVERY).beat()
    with made.session() as session:
        assert session.scalars(select(Worker.seen_at)).one() > BEGIN
    made.close()
