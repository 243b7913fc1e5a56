"""What one process does for everybody, without DBOS."""

import logging
from threading import Event
from uuid import uuid4

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import update

from app.accounts.on_behalf import AccountIsGone, OnBehalfOf
from app.applications.models import Application
from app.background import plans
from app.background.plans import bring_up_to_date
from app.background.work import Work
from app.db.database import Database
from app.db.errors import DatabaseUnavailable
from app.follow_up.plan.upkeep import Planner
from app.http import clock
from tests.background.conftest import Seekers, is_up_to_date, told


def test_what_time_has_brought_is_told_once(database: Database, planner: Planner, seekers: Seekers) -> None:
    [account] = seekers(1)
    before = told(database, account)
    assert bring_up_to_date(database, planner, clock.now(), Event()) == 1
    after = told(database, account) - before
    assert {kind for kind, _ in after} == {"task.due", "turn.changed"}
    assert set(after.values()) == {1}
    assert bring_up_to_date(database, planner, clock.now(), Event()) == 0
    assert told(database, account) - before == after


def test_broken_data_of_one_user_spoil_no_others_plans(
    database: Database, planner: Planner, seekers: Seekers, caplog: pytest.LogCaptureFixture
) -> None:
    accounts = seekers(3)
    broken = sorted(accounts, key=lambda one: one.id)[1]
    with database.session() as session:
        # No country has it; nothing that is asked through the API could write it.
        session.execute(update(Application).where(Application.owner_id == broken.id).values(country="QQ"))
    with caplog.at_level(logging.ERROR):
        assert bring_up_to_date(database, planner, clock.now(), Event()) == 2
    assert [is_up_to_date(database, one) for one in accounts] == [one is not broken for one in accounts]
    [line] = caplog.messages
    assert line.startswith(f"bringing the plans of user {broken.id} up to date fails with ")
    assert "QQ" not in line


def test_a_user_who_has_gone_meanwhile_is_passed_over(
    database: Database,
    planner: Planner,
    seekers: Seekers,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    [account] = seekers(1)
    monkeypatch.setattr(plans, "waiting", lambda *_: [uuid4(), account.id])
    assert bring_up_to_date(database, planner, clock.now(), Event()) == 1
    assert caplog.messages == []


def test_nobody_is_admitted_on_behalf_of_a_user_who_is_not_there(database: Database) -> None:
    with pytest.raises(AccountIsGone), database.writing(OnBehalfOf(uuid4())):
        pass


def test_no_scope_is_missing_to_work_on_behalf_of_a_user(database: Database, seekers: Seekers) -> None:
    [account] = seekers(1)
    caller = OnBehalfOf(account.id)
    caller.require("account:write")
    assert caller.allows("account:write")
    with database.reading(caller) as reading:
        assert reading.owner_id == account.id


def test_a_stop_is_heeded_between_two_users(database: Database, planner: Planner, seekers: Seekers) -> None:
    accounts = seekers(2)
    stop = Event()
    stop.set()
    assert bring_up_to_date(database, planner, clock.now(), stop) == 0
    assert not any(is_up_to_date(database, account) for account in accounts)


def test_a_database_that_is_not_migrated_ends_a_run_and_not_the_process(
    url: str, planner: Planner, caplog: pytest.LogCaptureFixture
) -> None:
    database = Database(url, connections=1)
    with pytest.raises(DatabaseUnavailable):
        bring_up_to_date(database, planner, clock.now(), Event())
    caplog.clear()
    registry = CollectorRegistry()
    Work(database, planner, registry, Event()).run()
    assert len(caplog.messages) == 2
    assert all(message.startswith("the database did not answer: ") for message in caplog.messages)
    assert registry.get_sample_value("afterword_background_runs_total") == 1
    database.close()


def test_runs_and_users_are_counted(database: Database, planner: Planner, seekers: Seekers) -> None:
    seekers(2)
    registry = CollectorRegistry()
    work = Work(database, planner, registry, Event())
    work.run()
    work.run()
    assert registry.get_sample_value("afterword_background_runs_total") == 2
    assert registry.get_sample_value("afterword_plans_brought_up_to_date_total") == 2


def test_a_run_that_is_still_going_on_is_not_joined_by_another(
    database: Database, seekers: Seekers, planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    seekers(1)
    registry = CollectorRegistry()
    work = Work(database, planner, registry, Event())
    monkeypatch.setattr(Planner, "bring_up_to_date", lambda *_: work.run())
    work.run()
    assert registry.get_sample_value("afterword_background_runs_total") == 1
