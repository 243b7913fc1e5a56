"""References of a user's, with applications and interviews."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.events.models import Event
from tests.people import a_person
from tests.stored import Account

PATH = "/v1/references"
Events = Callable[[], list[tuple[str, str, dict[str, Any]]]]


@pytest.fixture
def contact(account: Account) -> str:
    """The id of a contact of the user's."""
    return a_person(account, "Ada")


@pytest.fixture
def reference(account: Account, contact: str) -> str:
    """The id of a reference."""
    return str(account.made(PATH, {"contact_id": contact})["id"])


@pytest.fixture
def application(account: Account) -> str:
    """The id of an application."""
    return an_application(account)


@pytest.fixture
def interview(account: Account, application: str) -> str:
    """The id of an interview for it."""
    return an_interview(account, application)


@pytest.fixture
def events(account: Account, stored_app: FastAPI) -> Events:
    """The events about references that were written so far: type, subject and data."""

    def read() -> list[tuple[str, str, dict[str, Any]]]:
        statement = select(Event.type, Event.subject_id, Event.data).where(
            Event.owner_id == account.id, Event.type.startswith("reference.")
        )
        with stored_app.state.database.session() as session:
            rows = session.execute(statement.order_by(Event.number)).all()
        return [(row.type, str(row.subject_id), row.data) for row in rows]

    return read


def an_application(account: Account) -> str:
    """The id of a new application."""
    company = account.made("/v1/companies", {"name": "Initech"})["id"]
    return str(account.made("/v1/applications", {"company_id": company, "position": "Engineer", "country": "DE"})["id"])


def an_interview(account: Account, application: str) -> str:
    """The id of a new interview for an application."""
    body = {"application_id": application, "starts_at": "2026-11-20T14:00:00", "time_zone": "Asia/Tokyo"}
    return str(account.made("/v1/interviews", body)["id"])
