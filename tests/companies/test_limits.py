"""What is refused before it reaches the database, and what is cut to fit into it."""

import pytest

from tests.stored import Account

PATH = "/v1/companies"


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ("Germany", 'Write "DE".'),
        ("de", 'Write "DE".'),
        ("UK", 'Write "GB".'),
        ("Germny", "Did you mean DE (Germany)?"),
        ("QQ", "/v1/rules/countries lists them."),
    ],
)
def test_a_country_that_is_no_code_is_refused_with_the_one_that_is_meant(
    account: Account, given: str, hint: str
) -> None:
    problem = account.refused("POST", PATH, 422, json={"name": "Initech", "country": given})
    (wrong,) = problem["errors"]
    assert "ISO 3166-1 alpha-2 code" in wrong["detail"]
    assert (wrong["pointer"], wrong["hint"]) == ("#/country", hint)


def test_a_link_is_measured_as_it_is_kept(account: Account) -> None:
    company = account.made(PATH, {"name": "Initech"})
    report = {"reported_on": "2026-11-20", "link": "https://initech.example/" + "ü" * 400}
    problem = account.refused("POST", f"{PATH}/{company['id']}/reports", 422, json=report)
    assert [wrong["pointer"] for wrong in problem["errors"]] == ["#/link"]


def test_a_name_of_letters_that_stand_for_words_is_kept(account: Account) -> None:
    name = "\ufdfa" * 200
    assert account.made(PATH, {"name": name})["name"] == name
