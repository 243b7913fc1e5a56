"""A search for work that was planned three weeks ago, and at which nobody has looked since."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from starlette.testclient import TestClient

from app.accounts.on_behalf import OnBehalfOf
from app.background.engine import migrate
from app.background.plans import bring_up_to_date
from app.db import migrations
from app.db.database import Database
from app.events.models import Event as Happened
from app.events.models import EventCounter
from app.follow_up.plan.models import Plan
from app.follow_up.plan.upkeep import Planner
from app.http import clock
from app.main import create_app
from app.settings import Settings
from tests.rules.whole_book import whole_book
from tests.stored import Account, new_account, new_database_url

OF_TIME = ("task.due", "turn.changed")
THREE_WEEKS = timedelta(weeks=3)
Seekers = Callable[[int], list[Account]]


@pytest.fixture
def url(backend: str, tmp_path: Path) -> str:
    """The URL of an empty database."""
    return new_database_url(backend, tmp_path)


@pytest.fixture
def app(url: str) -> Iterator[FastAPI]:
    """The application on a migrated database of its own."""
    app = create_app(Settings(database_url=url), whole_book())
    migrations.upgrade(app.state.database.engine)
    migrate(url)
    yield app
    app.state.database.close()


@pytest.fixture
def database(app: FastAPI) -> Database:
    """Its database."""
    found: Database = app.state.database
    return found


@pytest.fixture
def planner() -> Planner:
    """What keeps plans."""
    return Planner(whole_book(), timedelta(days=365))


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client of the application."""
    with TestClient(app) as client:
        yield client


def seek(client: TestClient, now: datetime) -> Account:
    """A new user with an application and an interview on the next day."""
    account = new_account(client)
    company = account.made("/v1/companies", {"name": "Initech GmbH", "country": "DE", "sector": "technology"})
    application = account.made(
        "/v1/applications",
        {"company_id": company["id"], "position": "Data engineer", "country": "DE", "status": "interviewing"},
    )
    begins = now + timedelta(days=1)
    account.made(
        "/v1/interviews",
        {
            "application_id": application["id"],
            "starts_at": begins.isoformat(),
            "ends_at": (begins + timedelta(hours=1)).isoformat(),
            "time_zone": "Europe/Berlin",
        },
    )
    return account


@pytest.fixture
def seekers(client: TestClient, database: Database, planner: Planner, monkeypatch: pytest.MonkeyPatch) -> Seekers:
    """Makes users who had their plans three weeks ago, each with an interview to come then."""

    def make(number: int) -> list[Account]:
        then = datetime.now(UTC) - THREE_WEEKS
        with monkeypatch.context() as patched:
            patched.setattr(clock, "now", lambda: then)
            made = [seek(client, then) for _ in range(number)]
            assert bring_up_to_date(database, planner, then, Event()) >= number
        return made

    return make


def told(database: Database, account: Account) -> Counter[tuple[str, UUID]]:
    """How often each thing was told that comes of time."""
    events = select(Happened.type, Happened.subject_id).where(
        Happened.owner_id == account.id, Happened.type.in_(OF_TIME)
    )
    with database.reading(OnBehalfOf(account.id)) as reading:
        return Counter((kind, subject) for kind, subject in reading.execute(events))


def is_up_to_date(database: Database, account: Account) -> bool:
    """Whether nothing of a user's waits to be looked at."""
    left = select(Plan.owner_id).where(Plan.owner_id == account.id, Plan.recheck_at <= clock.now())
    counter = select(EventCounter.last_number == EventCounter.planned_number).where(EventCounter.owner_id == account.id)
    with database.reading(OnBehalfOf(account.id)) as reading:
        return reading.execute(left).first() is None and reading.execute(counter).scalar() is True


def numbers(database: Database, account: Account) -> list[int]:
    """The numbers of a user's events."""
    statement = select(Happened.number).where(Happened.owner_id == account.id).order_by(Happened.number)
    with database.reading(OnBehalfOf(account.id)) as reading:
        found: list[Any] = list(reading.execute(statement).scalars())
    return found
