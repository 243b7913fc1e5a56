"""A company, an application there, and people to meet."""

from typing import Any

import pytest

from tests.people import a_person
from tests.stored import Account

OSAKA = {
    "starts_at": "2026-11-20T14:00:00",
    "ends_at": "2026-11-20T15:30:00",
    "time_zone": "Asia/Tokyo",
}


@pytest.fixture
def company(account: Account) -> str:
    """The id of a company of the user's."""
    return str(account.made("/v1/companies", {"name": "Initech GmbH", "country": "DE", "sector": "technology"})["id"])


@pytest.fixture
def application(account: Account, company: str) -> str:
    """The id of an application there."""
    body = {"company_id": company, "position": "Data engineer", "country": "JP"}
    return str(account.made("/v1/applications", body)["id"])


@pytest.fixture
def people(account: Account) -> list[str]:
    """The ids of two contacts."""
    return [a_person(account, "Tanaka"), a_person(account, "Sato")]


@pytest.fixture
def interview(account: Account, application: str, people: list[str]) -> dict[str, Any]:
    """An interview with the first of them."""
    participants = [{"contact_id": people[0], "role": "interviewer"}]
    return account.made("/v1/interviews", {**OSAKA, "application_id": application, "participants": participants})
