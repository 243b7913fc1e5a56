from typing import Any

import pytest

from tests.contacts.people import PATH, TANAKA, called, named
from tests.people import NOBODY
from tests.stored import Account


@pytest.fixture
def people(account: Account) -> Account:
    """A user who knows four people."""
    company = account.made("/v1/companies", {"name": "Umbrella Ltd"})
    account.made(PATH, TANAKA)
    account.made(PATH, named("Zoë", "Ångström", tags=["panel"], languages=["pt"], company_id=company["id"]))
    account.made(PATH, named("Ken", "Satō", languages=["en-GB"], emails=[{"address": "ken@example.com"}]))
    account.made(
        PATH, named("Suryani", profiles=[{"url": "https://suryani.example.com", "kind": "website"}], tags=["Agency"])
    )
    return account


ZOE, KEN, TANAKA_AIKO, SURYANI = "Zoë Ångström", "Ken Satō", "田中 愛子", "Suryani"


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"tag": "PANEL"}, [ZOE, TANAKA_AIKO]),
        ({"tag": "ubersee"}, [TANAKA_AIKO]),
        ({"tag": "pan"}, []),
        ({"language": "pt"}, [ZOE, TANAKA_AIKO]),
        ({"language": "PT-br"}, [TANAKA_AIKO]),
        ({"language": "e"}, None),
        ({"email": "AIKO.TANAKA@INITECH.EXAMPLE"}, [TANAKA_AIKO]),
        ({"reachable": "true"}, [KEN, TANAKA_AIKO]),
        ({"reachable": "false"}, [ZOE, SURYANI]),
        ({"reachable": "false", "tag": "agency"}, [SURYANI]),
        ({"company_id": NOBODY}, []),
    ],
)
def test_filters(people: Account, params: dict[str, str], expected: list[str] | None) -> None:
    if expected is None:
        wrong = people.refused("GET", PATH, 422, params=params)["errors"]
        assert [error["parameter"] for error in wrong] == list(params)
    else:
        assert sorted(called(people, **params)) == sorted(expected)


def test_the_people_of_a_company(people: Account) -> None:
    (company,) = people.seen("/v1/companies")["items"]
    assert called(people, company_id=company["id"]) == [ZOE]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("TANAKA aiko", [TANAKA_AIKO]),
        ("田中愛子", [TANAKA_AIKO]),
        ("愛子 田中", [TANAKA_AIKO]),
        ("タナカ", [TANAKA_AIKO]),
        ("ﾀﾅｶ", [TANAKA_AIKO]),
        ("angstrom", [ZOE]),
        ("sato", [KEN]),
        ("initech.example", [TANAKA_AIKO]),
        ("0612345678", [TANAKA_AIKO]),
        ("06-1234-5678", [TANAKA_AIKO]),
        ("+81 6-1234-5678", [TANAKA_AIKO]),
        ("head of engineering", [TANAKA_AIKO]),
        ("platform", [TANAKA_AIKO]),
        ("osaka", [TANAKA_AIKO]),
        ("uberSEE", [TANAKA_AIKO]),
        ("queues", [TANAKA_AIKO]),
        ("umbrella", [ZOE]),
        ("umbrella zoe", [ZOE]),
        ("umbrella ken", []),
        ("%", []),
    ],
)
def test_search_looks_at_every_script_and_detail(people: Account, query: str, expected: list[str]) -> None:
    assert called(people, query=query) == expected


def test_names_are_sorted_by_family_name_and_reading(account: Account) -> None:
    account.made(PATH, named("Zed", "Adams"))
    account.made(PATH, named("Amy", "Zorn"))
    account.made(PATH, TANAKA)
    account.made(
        PATH,
        {
            "name": {
                "given_name": "次郎",
                "family_name": "青木",
                "phonetic_family_name": "アオキ",
                "phonetic_given_name": "ジロウ",
            }
        },
    )
    expected = ["Zed Adams", "Amy Zorn", "青木 次郎", "田中 愛子"]
    assert called(account) == called(account, sort="name") == expected
    assert called(account, sort="-name") == expected[::-1]


def test_contacts_are_sorted_by_when_they_were_added(people: Account) -> None:
    assert called(people, sort="created_at") == [TANAKA_AIKO, ZOE, KEN, SURYANI]
    assert called(people, sort="-created_at") == [SURYANI, KEN, ZOE, TANAKA_AIKO]


@pytest.mark.parametrize("sort", ["name", "-name", "created_at", "-created_at"])
def test_pages_lead_to_the_end_and_show_everybody_once(account: Account, sort: str) -> None:
    for number in range(5):
        account.made(PATH, named("Aiko", f"Tanaka {number // 2}"))
    seen: list[dict[str, Any]] = []
    page = account.seen(PATH, sort=sort, limit=2)
    seen += page["items"]
    while page["next_cursor"]:
        page = account.seen(PATH, sort=sort, limit=2, cursor=page["next_cursor"])
        seen += page["items"]
    assert len({one["id"] for one in seen}) == len(seen) == 5
    assert seen == account.seen(PATH, sort=sort, limit=100)["items"]


@pytest.mark.parametrize(
    ("params", "parameter"),
    [
        ({"sort": "age"}, "sort"),
        ({"limit": "0"}, "limit"),
        ({"cursor": "nonsense"}, "cursor"),
        ({"company_id": "1"}, "company_id"),
        ({"email": "nobody"}, "email"),
        ({"reachable": "perhaps"}, "reachable"),
        ({"tag": " "}, "tag"),
        ({"name": "aiko"}, "name"),
    ],
)
def test_what_no_list_has_is_refused(account: Account, params: dict[str, str], parameter: str) -> None:
    problem = account.refused("GET", PATH, 422, params=params)
    assert [error["parameter"] for error in problem["errors"]] == [parameter]


def test_names_of_every_script_have_the_same_order_on_every_database(account: Account) -> None:
    in_order = [
        *("Ana de la Cruz", "ana dela Cruz", "ANA Delacruz", "Ana-Maria", "Ana_Maria", "Anaïs", "ANB", "Zoë"),
        *("Ωμέγα", "Анна", "ياسمين", "アイ", "あいこ", "愛子", "지우", "𠮷野"),
    ]
    for name in reversed(in_order):
        account.made(PATH, named(name))
    assert called(account, limit=100) == in_order
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while len(seen) < len(in_order):
        page = account.seen(PATH, limit=1, sort="-name", **cursor)
        seen += [item["display_name"] for item in page["items"]]
        cursor = {"cursor": page["next_cursor"]}
    assert seen == in_order[::-1]
