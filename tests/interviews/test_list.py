"""Lists of interviews: filters, orders, search, pages, and what they lead to."""

from typing import Any

import pytest

from tests.stored import Account, new_account

PATH = "/v1/interviews"


@pytest.fixture
def several(account: Account, application: str, people: list[str]) -> list[dict[str, Any]]:
    """Four interviews for two applications, of which the first is still to come."""
    other = account.made("/v1/companies", {"name": "Umbrella"})["id"]
    second = account.made("/v1/applications", {"company_id": other, "position": "Cook", "country": "IE"})["id"]
    taking_part = [{"contact_id": one} for one in people]
    bodies: tuple[dict[str, Any], ...] = (
        {"application_id": application, "starts_at": "2090-03-01T10:00:00", "place": "Café Übersee"},
        {
            "application_id": second,
            "starts_at": "2026-03-02T10:00:00",
            "status": "complete",
            "participants": taking_part,
        },
        {"application_id": second, "starts_at": "2026-01-05T10:00:00", "status": "no_show", "notes": "大阪 オフィス"},
        {
            "application_id": application,
            "starts_at": "2090-02-01T10:00:00",
            "status": "cancelled",
            "participants": taking_part[:1],
        },
    )
    return [account.made(PATH, {"time_zone": "Europe/Dublin", **body}) for body in bodies]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"status": "complete"}, [1]),
        ({"status": "complete,no_show"}, [1, 2]),
        ({"status": "awaiting_feedback"}, []),
        ({"upcoming": "true"}, [0]),
        ({"upcoming": "false"}, [1, 2, 3]),
        ({"starts_from": "2026-03-02T10:00:00Z"}, [0, 1, 3]),
        ({"starts_before": "2026-03-02T10:00:00Z"}, [2]),
        ({"starts_from": "2026-01-05T19:00:00+09:00", "starts_before": "2090-01-01T00:00:00Z"}, [1, 2]),
        ({"query": "cafe ubersee"}, [0]),
        ({"query": "CAFÉ"}, [0]),
        ({"query": "おふぃす"}, [2]),
        ({"query": "大阪"}, [2]),
        ({"query": "_"}, []),
    ],
    ids=str,
)
def test_filters_keep_what_fits(
    account: Account, several: list[dict[str, Any]], filters: dict[str, str], expected: list[int]
) -> None:
    assert account.seen(PATH, sort="created_at", **filters)["items"] == [several[number] for number in expected]


def test_interviews_for_an_application_or_with_a_company(
    account: Account, several: list[dict[str, Any]], company: str, application: str
) -> None:
    wanted = [several[0], several[3]]
    assert account.seen(PATH, sort="created_at", application_id=application)["items"] == wanted
    assert account.seen(PATH, sort="created_at", company_id=company)["items"] == wanted
    assert account.seen(PATH, sort="created_at", company_id=company, status="cancelled")["items"] == [several[3]]
    first = account.seen(PATH, sort="created_at", company_id=company, limit=1)
    second = account.seen(PATH, sort="created_at", company_id=company, limit=1, cursor=first["next_cursor"])
    assert first["items"] + second["items"] == wanted


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("starts_at", [2, 1, 3, 0]),
        ("-starts_at", [0, 3, 1, 2]),
        ("created_at", [0, 1, 2, 3]),
        ("-created_at", [3, 2, 1, 0]),
    ],
)
def test_pages_lead_through_every_order(
    account: Account, several: list[dict[str, Any]], sort: str, expected: list[int]
) -> None:
    page = account.seen(PATH, sort=sort, limit=1)
    found = page["items"]
    while page["next_cursor"]:
        page = account.seen(PATH, sort=sort, limit=1, cursor=page["next_cursor"])
        found += page["items"]
    assert [several.index(one) for one in found] == expected


def test_interviews_that_begin_at_once_are_all_on_some_page(account: Account, application: str) -> None:
    body = {"application_id": application, "starts_at": "2026-03-01T10:00:00", "time_zone": "Europe/Dublin"}
    made = [account.made(PATH, body)["id"] for _ in range(5)]
    first = account.seen(PATH, sort="starts_at", limit=3)
    second = account.seen(PATH, sort="starts_at", limit=3, cursor=first["next_cursor"])
    assert [one["id"] for one in first["items"] + second["items"]] == made


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("status", "done"),
        ("upcoming", "perhaps"),
        ("application_id", "engineer"),
        ("company_id", "initech"),
        ("starts_from", "2026-03-01"),
        ("starts_from", "2026-03-01T10:00:00"),
        ("starts_before", "tomorrow"),
        ("expand", "owner"),
        ("expand", "application,"),
        ("sort", "-updated_at"),
        ("limit", "0"),
        ("cursor", "abc"),
        ("from", "2026-03-01"),
    ],
)
def test_a_filter_that_cannot_be_is_refused_by_its_name(account: Account, parameter: str, value: str) -> None:
    problem = account.refused("GET", PATH, 422, params={parameter: value})
    assert [error["parameter"] for error in problem["errors"]] == [parameter]


def test_what_an_interview_leads_to_is_shown_where_it_is_asked_for(
    account: Account, several: list[dict[str, Any]], company: str, application: str, people: list[str]
) -> None:
    (wanted,) = account.seen(PATH, status="cancelled", expand="application,company,contacts")["items"]
    assert wanted["application"] == {
        "id": application,
        "position": "Data engineer",
        "status": "interested",
        "country": "JP",
        "subdivision": None,
    }
    assert wanted["company"] == {"id": company, "name": "Initech GmbH", "country": "DE", "sector": "technology"}
    (tanaka,) = wanted["contacts"]
    assert (tanaka["id"], tanaka["display_name"], tanaka["company_id"]) == (people[0], "Tanaka", None)
    assert {name for name in wanted if name not in several[3]} == {"application", "company", "contacts"}
    both = account.seen(f"{PATH}/{several[1]['id']}", expand="contacts")
    assert [one["id"] for one in both["contacts"]] == people
    assert not both.keys() & {"application", "company"}
    assert account.seen(f"{PATH}/{several[0]['id']}", expand="contacts")["contacts"] == []


def test_what_is_shown_besides_needs_its_own_scope(account: Account, interview: dict[str, Any]) -> None:
    narrow = new_account(account.client, ("interviews:read", "companies:read"))
    for where in (PATH, f"{PATH}/{interview['id']}"):
        problem = narrow.refused("GET", where, 403, params={"expand": "company,contacts"})
        assert (problem["code"], problem["detail"]) == ("scope_missing", "This needs the scope contacts:read.")
    assert narrow.seen(PATH, expand="company")["items"] == []


def test_an_api_key_shows_what_it_may(account: Account, interview: dict[str, Any]) -> None:
    body = {"name": "Calendar", "scopes": ["interviews:read", "applications:read"]}
    account.token = account.made("/v1/api-keys", body)["secret"]
    path = f"{PATH}/{interview['id']}"
    assert account.seen(path, expand="application")["application"]["position"] == "Data engineer"
    assert account.refused("GET", path, 403, params={"expand": "contacts"})["code"] == "scope_missing"


@pytest.mark.parametrize("query", ["initech", "INITECH GmbH"])
def test_what_is_searched_is_found_by_the_company_too(
    account: Account, application: str, interview: dict[str, Any], query: str
) -> None:
    for path, found in (("/v1/interviews", interview["id"]), ("/v1/applications", application)):
        assert [one["id"] for one in account.seen(path, query=query)["items"]] == [found]
        assert account.seen(path, query="initrode")["items"] == []


def test_what_is_searched_by_its_company_can_be_shown_with_it(
    account: Account, interview: dict[str, Any], company: str
) -> None:
    wanted = {"query": "initech", "company_id": company, "expand": "company,contacts", "sort": "starts_at"}
    (found,) = account.seen("/v1/interviews", **wanted)["items"]
    assert (found["id"], found["company"]["name"]) == (interview["id"], "Initech GmbH")
    assert [one["id"] for one in found["contacts"]] == [interview["participants"][0]["contact_id"]]
    assert "application" not in found
