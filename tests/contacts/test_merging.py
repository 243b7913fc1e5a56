from typing import Any

import pytest

from tests.contacts.people import PATH, TANAKA, called, named
from tests.people import NOBODY
from tests.stored import Account

ANY = {"If-Match": "*"}


def merged(account: Account, own: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The contact `own` after it took `other` in."""
    made, taken = account.made(PATH, own), account.made(PATH, other)
    answer = account.ask("POST", f"{PATH}/{made['id']}/merge", json={"contact_id": taken["id"]}, headers=ANY)
    assert answer.status_code == 200, answer.text
    assert account.refused("GET", f"{PATH}/{taken['id']}", 404)["code"] == "no_such_resource"
    result: dict[str, Any] = answer.json()
    assert account.seen(f"{PATH}/{made['id']}") == result
    assert result["id"] == made["id"]
    return result


def test_what_one_lacks_comes_from_the_other(account: Account) -> None:
    result = merged(account, named("Aiko", "Tanaka"), TANAKA)
    assert result["display_name"] == "Tanaka Aiko"
    (japanese,) = result["other_names"]
    assert (japanese["display_name"], japanese["phonetic_family_name"]) == ("田中 愛子", "たなか")
    assert (result["name"]["order"], result["name"]["language"]) == ("family_first", "ja-Latn")
    for field in (
        "pronouns",
        "job_title",
        "department",
        "time_zone",
        "wishes_note",
        "channels",
        "known_personally",
        "tags",
    ):
        assert result[field] == TANAKA[field], field
    assert result["emails"] == TANAKA["emails"]
    assert result["languages"] == ["ja", "pt-BR"]


def test_lists_are_united_and_every_detail_keeps_its_source_and_date(account: Account) -> None:
    own = named(
        "Aiko",
        "Tanaka",
        emails=[{"address": "a@example.com", "source": "website", "noted_on": "2026-01-02"}],
        phones=[{"number": "+81612345678"}],
        addresses=[{"locality": "Kobe", "country": "JP"}],
        tags=["one"],
        channels=["phone"],
    )
    other = named(
        "Aiko",
        "Tanaka",
        emails=[{"address": "b@example.com", "source": "said", "noted_on": "2026-03-04"}, {"address": "c@example.com"}],
        phones=[{"number": "+81612345678", "use": "work"}, {"number": "+81612345678", "extension": "9"}],
        addresses=[{"locality": "Osaka", "country": "JP"}, {"locality": "Kobe", "country": "JP"}],
        profiles=[{"url": "https://example.com", "kind": "website"}],
        tags=["One", "two"],
        channels=["email", "phone"],
        source="business_card",
        noted_on="2026-11-20",
    )
    result = merged(account, own, other)
    assert [(one["address"], one["source"], one["noted_on"]) for one in result["emails"]] == [
        ("a@example.com", "website", "2026-01-02"),
        ("b@example.com", "said", "2026-03-04"),
        ("c@example.com", "business_card", "2026-11-20"),
    ]
    assert [(one["extension"], one["use"], one["source"]) for one in result["phones"]] == [
        (None, "work", "business_card"),
        ("9", None, "business_card"),
    ]
    assert [one["locality"] for one in result["addresses"]] == ["Kobe", "Osaka"]
    assert [one["source"] for one in result["profiles"]] == ["business_card"]
    assert (result["tags"], result["channels"]) == (["one", "two"], ["phone", "email"])
    assert (result["source"], result["notes"]) == (None, None)
    assert called(account, email="c@example.com") == called(account, tag="two") == ["Aiko Tanaka"]


def test_what_differs_is_kept_in_the_notes(account: Account) -> None:
    ours, theirs = (account.made("/v1/companies", {"name": name})["id"] for name in ("Initech", "Umbrella"))
    own = named("Aiko", "Tanaka", company_id=ours, job_title="CTO", notes="Mine.", wishes_note=True, source="website")
    own["emails"] = [{"address": "a@example.com", "use": "work", "source": "website"}]
    other = named("Aiko", "Tanaka", company_id=theirs, job_title="Engineer", notes="Theirs.", wishes_note=False)
    other |= {"time_zone": "Asia/Tokyo", "source": "said", "noted_on": "2026-11-20"}
    other["emails"] = [{"address": "A@example.com", "use": "home", "noted_on": "2026-11-21"}]
    result = merged(account, own, other)
    assert (result["company_id"], result["job_title"], result["wishes_note"]) == (ours, "CTO", True)
    assert (result["time_zone"], result["source"], result["noted_on"]) == ("Asia/Tokyo", "website", None)
    assert result["emails"] == [{"address": "a@example.com", "use": "work", "source": "website", "noted_on": None}]
    assert result["notes"].splitlines() == [
        "Mine.",
        "",
        "Theirs.",
        "",
        "Merged with Aiko Tanaka (said, 2026-11-20).",
        "From there: time_zone",
        "Tanaka Aiko: said, 2026-11-20",
        "job_title: Engineer",
        "company_id: Umbrella",
        "wishes_note: False",
        "a@example.com: 2026-11-21, address A@example.com, use home",
    ]


def test_a_name_that_differs_is_kept_beside_the_others(account: Account) -> None:
    result = merged(
        account, named("Aiko", "Tanaka"), {**named("Aiko", "Suzuki"), "other_names": [{"given_name": "Ai"}]}
    )
    assert result["display_name"] == "Aiko Tanaka"
    assert [name["display_name"] for name in result["other_names"]] == ["Aiko Suzuki", "Ai"]
    assert called(account, query="suzuki") == ["Aiko Tanaka"]


def test_two_that_say_the_same_become_one(account: Account) -> None:
    made = account.made(PATH, TANAKA)
    result = merged(account, TANAKA, {**TANAKA, "notes": None})
    left_out = {"id", "created_at", "updated_at"}
    assert {key: result[key] for key in result.keys() - left_out} == {key: made[key] for key in made.keys() - left_out}


def test_what_refers_to_the_other_refers_to_this_one(account: Account) -> None:
    company = account.made("/v1/companies", {"name": "Initech"})["id"]
    mine, other = account.made(PATH, TANAKA)["id"], account.made(PATH, named("Aiko"))["id"]
    job = {"company_id": company, "position": "Engineer", "country": "JP", "agency_contact_id": other}
    address = f"/v1/applications/{account.made('/v1/applications', job)['id']}"
    before = account.get(address).headers["etag"]
    account.ask("POST", f"{PATH}/{mine}/merge", json={"contact_id": other}, headers=ANY)
    after = account.get(address)
    assert after.json()["agency_contact_id"] == mine
    assert after.headers["etag"] != before


def test_a_contact_is_not_merged_with_itself_or_with_nobodys(account: Account, stranger: Account) -> None:
    mine, theirs = account.made(PATH, TANAKA)["id"], stranger.made(PATH, TANAKA)["id"]
    for other in (mine, theirs, NOBODY):
        problem = account.refused("POST", f"{PATH}/{mine}/merge", 422, json={"contact_id": other}, headers=ANY)
        assert [error["pointer"] for error in problem["errors"]] == ["#/contact_id"]
    assert stranger.seen(f"{PATH}/{theirs}")["id"] == theirs


def test_what_is_too_much_for_one_contact_is_refused_and_both_stay(account: Account) -> None:
    many = [[{"address": f"{kind}{number}@example.com"} for number in range(11)] for kind in "ab"]
    mine, other = (account.made(PATH, named("Aiko", emails=emails)) for emails in many)
    problem = account.refused("POST", f"{PATH}/{mine['id']}/merge", 422, json={"contact_id": other["id"]}, headers=ANY)
    (error,) = problem["errors"]
    assert error["pointer"] == "#/contact_id"
    assert error["detail"] == "Together the two have more than one contact can: emails."
    for one in (mine, other):
        assert account.seen(f"{PATH}/{one['id']}") == one


@pytest.mark.parametrize(("headers", "status"), [({}, 428), ({"If-Match": '"00000000.1.0"'}, 412)])
def test_merging_names_the_version_it_changes(account: Account, headers: dict[str, str], status: int) -> None:
    mine, other = account.made(PATH, TANAKA)["id"], account.made(PATH, TANAKA)["id"]
    account.refused("POST", f"{PATH}/{mine}/merge", status, json={"contact_id": other}, headers=headers)
    assert account.seen(f"{PATH}/{other}")["id"] == other


def test_merging_sent_again_gets_the_first_answer(account: Account) -> None:
    mine, other = account.made(PATH, TANAKA)["id"], account.made(PATH, named("Aiko"))["id"]
    once = {**ANY, "Idempotency-Key": "merge"}
    first, second = (
        account.ask("POST", f"{PATH}/{mine}/merge", json={"contact_id": other}, headers=once) for _ in range(2)
    )
    assert first.json() == second.json()
    assert second.headers["idempotency-replayed"] == "true"
