from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import IntegrityError

from app.accounts.models import User
from app.companies.models import Company
from app.db.base import Base
from app.db.database import Database, Writing, owned
from app.db.engine import make_engine
from app.db.errors import Busy, ChangedMeanwhile, DatabaseUnavailable
from app.db.types import new_id
from app.http import clock
from tests import postgres
from tests.db.conftest import COUNTERS
from tests.stored import new_database_url

WRITERS, INCREMENTS = 6, 20


class Somebody:
    """A caller who is let in."""

    use = None

    def __init__(self, owner_id: UUID) -> None:
        self.owner_id = owner_id

    def admit(self, connection: Connection) -> UUID:
        connection.execute(text("SELECT 1"))
        return self.owner_id

    def allows(self, scope: str) -> bool:
        return bool(scope)

    def require(self, scope: str) -> None:
        """Whatever it is."""


def new_user(database: Database) -> Somebody:
    user_id, now = new_id(), clock.now()
    with database.session() as session:
        session.add(User(id=user_id, email=f"{user_id}@example.com", password_hash="", created_at=now, updated_at=now))
    return Somebody(user_id)


def new_company(session: Writing, name: str = "initech") -> Company:
    now = clock.now()
    company = Company(
        owner_id=session.owner_id, name=name, name_key=name, search_text=name, created_at=now, updated_at=now
    )
    session.add(company)
    session.flush()
    return company


def test_what_was_written_is_there_once_the_block_is_left(database: Database) -> None:
    caller = new_user(database)
    with database.writing(caller) as session:
        made = new_company(session)
    with database.reading(caller) as reading:
        assert [row.id for row in reading.execute(owned(Company))] == [made.id]


def test_nothing_is_written_when_the_block_fails(database: Database) -> None:
    caller = new_user(database)

    def fail() -> None:
        with database.writing(caller) as session:
            new_company(session)
            raise RuntimeError("on purpose")

    with pytest.raises(RuntimeError, match="on purpose"):
        fail()
    with database.reading(caller) as reading:
        assert reading.execute(owned(Company)).all() == []


def test_nobody_sees_what_is_anothers(database: Database) -> None:
    owner, other = new_user(database), new_user(database)
    with database.writing(owner) as session:
        made = new_company(session)
    with database.reading(other) as reading:
        assert reading.execute(owned(Company)).all() == []
    with database.writing(other) as session:
        assert session.find_all(owned(Company)) == []
        assert session.find(owned(Company).where(Company.id == made.id)) is None


def test_a_row_cannot_refer_to_a_row_of_another_owner(database: Database) -> None:
    owner, other = new_user(database), new_user(database)
    with database.writing(owner) as session:
        made = new_company(session)
    with pytest.raises(IntegrityError), database.writing(other) as session:
        session.execute(
            text(
                "INSERT INTO company_domains (owner_id, company_id, domain, position) VALUES (:o, :c, 'a.example', 0)"
            ),
            {"o": session.owner_id.hex, "c": made.id.hex},
        )


def in_threads(work: Callable[[int], object], number: int) -> list[object]:
    """What `work` returns, or the exception that it raises, in as many threads at once."""
    together = Barrier(number)

    def one(which: int) -> object:
        together.wait()
        try:
            return work(which)
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


def test_no_increment_is_lost_when_several_writers_read_and_write(database: Database) -> None:
    with database.session() as session:
        session.execute(COUNTERS.insert(), {"id": 1, "value": 0})

    def increment(_: int) -> None:
        for _ in range(INCREMENTS):
            with database.session() as session:
                value = session.scalar(select(COUNTERS.c.value).with_for_update())
                assert value is not None
                session.execute(COUNTERS.update().values(value=value + 1))

    assert in_threads(increment, WRITERS) == [None] * WRITERS
    with database.engine.connect() as connection:
        assert connection.scalar(select(COUNTERS.c.value)) == WRITERS * INCREMENTS


def test_of_two_changes_of_one_version_the_second_is_refused(database: Database) -> None:
    caller = new_user(database)
    with database.writing(caller) as session:
        made = new_company(session)

    def rename_after_somebody_else() -> None:
        with database.writing(caller) as session:
            company = session.find(owned(Company).where(Company.id == made.id))
            assert company is not None
            session.execute(text("UPDATE companies SET version = version + 1, name = 'theirs'"))
            company.name = "ours"
            session.touch(company, clock.now())

    with pytest.raises(ChangedMeanwhile):
        rename_after_somebody_else()
    with database.reading(caller) as reading:
        assert reading.execute(owned(Company)).one().name == "initech"


def test_touching_counts_a_change_once_and_nothing_where_nothing_changed(database: Database) -> None:
    caller = new_user(database)
    with database.writing(caller) as session:
        made = new_company(session)
        assert made.version == 1
        made.name = "another"
        session.touch(made, clock.now())
        assert made.version == 2
        before = made.updated_at
        session.touch(made, clock.now())
        assert (made.version, made.updated_at) == (2, before)


def test_a_connection_that_the_server_has_closed_is_replaced_unseen() -> None:
    url = postgres.new_database()
    database = Database(url, connections=1)
    somebody = Somebody(new_id())
    kill = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> :me"
    )
    killer = make_engine(url, connections=1)
    for block in (database.reading, database.writing):
        with block(somebody):
            pass
        with killer.begin() as connection:
            me = connection.scalar(text("SELECT pg_backend_pid()"))
            assert connection.execute(kill, {"me": me}).all()
        with block(somebody) as session:
            assert session.owner_id == somebody.owner_id
    database.close()
    killer.dispose()


def test_a_database_that_cannot_be_reached_is_said_to_be_unavailable() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/nothing", connections=1)
    with pytest.raises(DatabaseUnavailable) as raised:
        database.is_migrated()
    assert raised.value.headers == {"Retry-After": "1"}


def test_a_database_that_was_not_migrated_is_said_to_be_unavailable(url: str) -> None:
    database = Database(url, connections=1)
    with pytest.raises(DatabaseUnavailable), database.reading(Somebody(new_id())) as reading:
        reading.execute(owned(Company))
    database.close()


def test_who_waits_too_long_for_a_connection_is_told_to_come_again(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.db.engine.SECONDS_TO_WAIT", 0)
    database = Database(url, connections=1)
    somebody = Somebody(new_id())
    with database.reading(somebody), pytest.raises(Busy), database.reading(somebody):
        pass
    database.close()


def test_who_waits_too_long_for_the_writer_is_told_to_come_again(
    url: str, backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.db.engine.SECONDS_TO_WAIT", 0)
    monkeypatch.setattr("app.db.database.SECONDS_TO_WAIT", 0)
    database = Database(url, connections=2)
    COUNTERS.create(database.engine)
    wait = "SET LOCAL lock_timeout = '10ms'; LOCK TABLE counters" if backend == "postgresql" else "SELECT 1"
    with database.session() as first:
        first.execute(COUNTERS.insert(), {"id": 1, "value": 0})
        with pytest.raises(Busy), database.session() as second:
            second.execute(text(wait))
    database.close()


def test_a_database_beside_another_waits_for_none_of_its_connections_and_for_its_writer_only_in_a_file(
    url: str, backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.db.engine.SECONDS_TO_WAIT", 0)
    monkeypatch.setattr("app.db.database.SECONDS_TO_WAIT", 0)
    database = Database(url, connections=1)
    beside = database.beside(connections=1)
    somebody = Somebody(new_id())
    with database.reading(somebody), beside.reading(somebody), pytest.raises(Busy), beside.reading(somebody):
        pass
    in_turn = pytest.raises(Busy, match="Other changes") if backend == "sqlite" else nullcontext()
    with database.session(), in_turn, beside.session():
        pass
    database.close()
    beside.close()


def test_another_process_that_holds_the_file_makes_a_writer_come_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.db.engine._PRAGMAS", ("journal_mode = WAL", "busy_timeout = 10"))
    url = new_database_url("sqlite", tmp_path)
    database, other = Database(url, connections=1), Database(url, connections=1)
    with database.session() as holding:
        holding.execute(text("SELECT 1"))
        with pytest.raises(Busy), other.session() as session:
            session.execute(text("SELECT 1"))
    database.close()
    other.close()


def test_an_sqlite_file_is_for_its_owner_only_and_safe(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "for it"
    engine = make_engine(f"sqlite:///{folder / 'afterword.db'}", connections=1)
    with engine.connect() as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        assert [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas] == ["wal", 2, 1, 5000]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    engine.dispose()


def test_statements_in_errors_do_not_show_what_they_were_given(database: Database) -> None:
    with pytest.raises(IntegrityError) as raised, database.session() as session:
        session.execute(COUNTERS.insert(), [{"id": 1, "value": 815}, {"id": 1, "value": 4711}])
    assert "815" not in str(raised.value)
    assert "4711" not in str(raised.value)


def test_deleting_a_user_deletes_every_row_of_theirs(database: Database) -> None:
    caller = new_user(database)
    with database.writing(caller) as session:
        new_company(session)
        owner_id = session.owner_id
    with database.session() as session:
        session.execute(User.__table__.delete().where(User.id == owner_id))  # type: ignore[attr-defined]
    with database.engine.connect() as connection:
        owners = [table for table in Base.metadata.sorted_tables if "owner_id" in table.c]
        assert len(owners) > 4
        for table in owners:
            rows = select(func.count()).select_from(table).where(table.c.owner_id == owner_id)
            assert connection.scalar(rows) == 0, table.name
