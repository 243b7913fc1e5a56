"""What a program learns with the scopes that its key has."""

from typing import Any

import pytest

from tests.stored import Account

ALL_READ = ("companies:read", "contacts:read", "applications:read", "interviews:read")


def program(account: Account, *scopes: str) -> Account:
    key = account.made("/v1/api-keys", {"name": "Program", "scopes": list(scopes)})
    return Account(account.client, account.id, key["secret"])


@pytest.fixture
def held(account: Account) -> dict[str, Any]:
    """An interview at Initech with somebody who works there."""
    company = account.made("/v1/companies", {"name": "Initech"})
    aiko = account.made("/v1/contacts", {"name": {"given_name": "Aiko"}, "company_id": company["id"]})
    application = account.made(
        "/v1/applications", {"company_id": company["id"], "position": "Engineer", "country": "JP"}
    )
    return account.made(
        "/v1/interviews",
        {
            "application_id": application["id"],
            "starts_at": "2026-11-20T10:00:00",
            "time_zone": "Asia/Tokyo",
            "status": "awaiting_feedback",
            "place": "Osaka",
            "participants": [{"contact_id": aiko["id"], "role": "interviewer"}],
        },
    )


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(("what", "own"), [("contacts", "aiko"), ("applications", "engineer"), ("interviews", "osaka")])
def test_only_who_may_see_companies_finds_by_their_names(account: Account, what: str, own: str) -> None:
    without, also = program(account, f"{what}:read"), program(account, f"{what}:read", "companies:read")
    for query, who, found in (("initech", without, 0), ("initech", also, 1), (own, without, 1), (own, also, 1)):
        assert len(who.seen(f"/v1/{what}", query=query)["items"]) == found


def test_a_decision_is_made_for_those_who_may_see_what_it_shows(account: Account, held: dict[str, Any]) -> None:
    path = f"/v1/interviews/{held['id']}/decisions"
    program(account, "decisions:write", *ALL_READ).made(path, {})
    for missing in ALL_READ:
        scopes = [scope for scope in ALL_READ if scope != missing]
        problem = program(account, "decisions:write", *scopes).refused("POST", path, 403, json={})
        assert problem["detail"] == f"This needs the scope {missing}."
