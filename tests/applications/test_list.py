"""Lists of applications: filters, orders, search, pages."""

from typing import Any

import pytest

from tests.stored import ANY, Account

PATH = "/v1/applications"


@pytest.fixture
def several(account: Account, company: str) -> list[dict[str, Any]]:
    """Four applications, at two companies."""
    other = account.made("/v1/companies", {"name": "Umbrella"})["id"]
    bodies = (
        {"company_id": company, "position": "Ébéniste", "country": "FR", "status": "applied"},
        {"company_id": company, "position": "データアナリスト", "country": "JP", "notes": "大阪 office"},
        {"company_id": other, "position": "Analyst", "country": "JP", "status": "offer"},
        {"company_id": other, "position": "zookeeper", "country": "NZ", "status": "rejected", "notes": "Night SHIFT"},
    )
    return [account.made(PATH, body) for body in bodies]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"status": "applied"}, [0]),
        ({"status": "applied,rejected"}, [0, 3]),
        ({"status": "withdrawn"}, []),
        ({"open": "true"}, [0, 1, 2]),
        ({"open": "false"}, [3]),
        ({"country": "JP"}, [1, 2]),
        ({"country": "JP", "status": "offer"}, [2]),
        ({"query": "ebeniste"}, [0]),
        ({"query": "ÉBÉNISTE"}, [0]),
        ({"query": "でーたあなりすと"}, [1]),
        ({"query": "大阪"}, [1]),
        ({"query": "shift night"}, [3]),
        ({"query": "100%"}, []),
        ({"query": "analyst night"}, []),
    ],
    ids=str,
)
def test_filters_keep_what_fits(
    account: Account, several: list[dict[str, Any]], filters: dict[str, str], expected: list[int]
) -> None:
    seen = account.seen(PATH, sort="created_at", **filters)["items"]
    assert seen == [several[number] for number in expected]


def test_applications_at_a_company(account: Account, several: list[dict[str, Any]]) -> None:
    seen = account.seen(PATH, sort="created_at", company_id=several[2]["company_id"])["items"]
    assert seen == several[2:]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("created_at", [0, 1, 2, 3]),
        ("-created_at", [3, 2, 1, 0]),
        ("updated_at", [1, 2, 3, 0]),
        ("-updated_at", [0, 3, 2, 1]),
        ("position", [2, 0, 3, 1]),
        ("-position", [1, 3, 0, 2]),
    ],
)
def test_pages_lead_through_every_order(
    account: Account, several: list[dict[str, Any]], sort: str, expected: list[int]
) -> None:
    several[0] = account.changed(f"{PATH}/{several[0]['id']}", {"notes": "changed last"})
    page = account.seen(PATH, sort=sort, limit=1)
    found = page["items"]
    while page["next_cursor"]:
        page = account.seen(PATH, sort=sort, limit=1, cursor=page["next_cursor"])
        found += page["items"]
    assert [several.index(one) for one in found] == expected


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("status", "hired"),
        ("status", "applied,"),
        ("open", "perhaps"),
        ("country", "Japan"),
        ("company_id", "initech"),
        ("sort", "salary"),
        ("limit", "101"),
        ("query", "\0"),
        ("cursor", "abc"),
        ("title", "Analyst"),
    ],
)
def test_a_filter_that_cannot_be_is_refused_by_its_name(account: Account, parameter: str, value: str) -> None:
    problem = account.refused("GET", PATH, 422, params={parameter: value})
    assert [error["parameter"] for error in problem["errors"]] == [parameter]


def test_a_cursor_of_another_order_is_refused(account: Account, several: list[dict[str, Any]]) -> None:
    cursor = account.seen(PATH, sort="position", limit=len(several) - 1)["next_cursor"]
    problem = account.refused("GET", PATH, 422, params={"sort": "created_at", "cursor": cursor})
    assert problem["errors"][0]["parameter"] == "cursor"


def test_who_may_not_see_applications_gets_none(account: Account) -> None:
    account.token = ""
    assert account.refused("GET", PATH, 401, headers=ANY)["code"] == "unauthenticated"
