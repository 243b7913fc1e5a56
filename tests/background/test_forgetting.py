"""Events are kept for thirty days."""

from datetime import timedelta
from threading import Event

from prometheus_client import CollectorRegistry
from sqlalchemy import insert, update

from app.accounts.on_behalf import OnBehalfOf
from app.background.work import Work
from app.db.database import Database
from app.db.types import new_id
from app.events.forgetting import KEPT_FOR
from app.events.models import Event as Happened
from app.events.models import EventCounter
from app.events.recording import happened
from app.follow_up.plan.upkeep import Planner
from app.http import clock
from tests.background.conftest import Seekers, numbers


def test_events_older_than_thirty_days_go_and_numbers_go_on(
    database: Database, planner: Planner, seekers: Seekers
) -> None:
    forgetful, other = seekers(2)
    work = Work(database, planner, CollectorRegistry(), Event())
    work.run()
    last, of_other = numbers(database, forgetful)[-1], numbers(database, other)
    old, kept = clock.now() - KEPT_FOR - timedelta(seconds=1), clock.now() - KEPT_FOR + timedelta(hours=1)
    with database.session() as session:
        of_forgetful = update(Happened).where(Happened.owner_id == forgetful.id)
        session.execute(of_forgetful.where(Happened.number < last).values(occurred_at=old))
        session.execute(of_forgetful.where(Happened.number == last).values(occurred_at=kept))
    work.run()
    assert numbers(database, forgetful) == [last]
    assert numbers(database, other) == of_other
    with database.writing(OnBehalfOf(forgetful.id)) as session:
        happened(session, "company.created", new_id())
    assert numbers(database, forgetful) == [last, last + 1]


def test_more_old_events_than_go_at_once_all_go(database: Database, planner: Planner, seekers: Seekers) -> None:
    [account] = seekers(1)
    work = Work(database, planner, CollectorRegistry(), Event())
    work.run()
    last = numbers(database, account)[-1]
    event = {"owner_id": account.id, "type": "company.changed", "subject_id": new_id(), "data": {}}
    old = clock.now() - KEPT_FOR - timedelta(days=1)
    with database.session() as session:
        rows = [event | {"number": last + more, "id": new_id(), "occurred_at": old} for more in range(1, 2502)]
        session.execute(insert(Happened), rows)
        session.execute(
            update(EventCounter)
            .where(EventCounter.owner_id == account.id)
            .values(last_number=last + 2501, planned_number=last + 2501)
        )
    work.run()
    assert numbers(database, account)[-1] == last


def test_a_stop_leaves_the_rest_for_another_time(database: Database, planner: Planner, seekers: Seekers) -> None:
    [account] = seekers(1)
    with database.session() as session:
        session.execute(update(Happened).values(occurred_at=clock.now() - 2 * KEPT_FOR))
    stop = Event()
    stop.set()
    before = numbers(database, account)
    Work(database, planner, CollectorRegistry(), stop).run()
    assert numbers(database, account) == before
