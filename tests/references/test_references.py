"""References as a resource."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.http import clock
from app.http.caller import SCOPES
from app.main import create_app
from app.references.consent import CONSENTS
from app.settings import Settings
from tests.people import NOBODY, a_person
from tests.references.conftest import PATH, Events, an_application
from tests.rules.whole_book import whole_book
from tests.stored import ANY, Account

FULL = {
    "relationship": "manager",
    "consent_given_on": "2026-09-01",
    "consent_for": "Jobs in data engineering,\nby phone.",
    "consent_until": "2027-06-30",
    "unavailable": [
        {"from_on": "2026-12-20", "until_on": "2027-01-06"},
        {"from_on": "2027-03-01", "until_on": "2027-03-01"},
    ],
    "is_confidential": True,
    "notes": "Prefers to be called in the morning.",
}


def ago(days: int) -> str:
    """The day so many days before today, in UTC."""
    return str(clock.now().date() - timedelta(days=days))


def test_a_reference_is_added_and_read_back(account: Account, contact: str) -> None:
    answer = account.ask("POST", PATH, json={**FULL, "contact_id": contact})
    made = answer.json()
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"{PATH}/{made['id']}"
    assert {name: made[name] for name in FULL} == FULL
    assert (made["contact_id"], made["display_name"], made["applications"]) == (contact, "Ada", [])
    read = account.get(f"{PATH}/{made['id']}")
    assert (read.json(), read.headers["etag"]) == (made, answer.headers["etag"])
    assert account.seen(PATH)["items"] == [made]


def test_only_a_contact_is_needed(account: Account, contact: str) -> None:
    made = account.made(PATH, {"contact_id": contact})
    assert (made["consent_status"], made["is_available_today"], made["is_confidential"]) == ("none", True, False)
    assert made["unavailable"] == []
    assert all(made[name] is None for name in ("relationship", "consent_given_on", "consent_for", "notes"))


def test_a_change_leaves_what_it_does_not_name_and_null_takes_away(account: Account, contact: str) -> None:
    made = account.made(PATH, {**FULL, "contact_id": contact})
    changed = account.changed(f"{PATH}/{made['id']}", {"relationship": "mentor", "consent_until": None, "notes": None})
    different = {name for name in made if made[name] != changed[name]}
    assert different == {"relationship", "consent_until", "notes", "updated_at"}
    assert account.seen(f"{PATH}/{made['id']}") == changed


def test_a_change_that_changes_nothing_leaves_the_version(account: Account, contact: str, events: Events) -> None:
    path = f"{PATH}/{account.made(PATH, {**FULL, 'contact_id': contact})['id']}"
    before, written = account.get(path).headers["etag"], events()
    account.changed(path, FULL)
    assert account.get(path).headers["etag"] == before
    assert events() == written


def test_a_reference_needs_the_version_that_was_read(account: Account, reference: str) -> None:
    path = f"{PATH}/{reference}"
    tag = account.get(path).headers["etag"]
    assert account.ask("GET", path, headers={"If-None-Match": tag}).status_code == 304
    for method in ("PATCH", "DELETE"):
        given = {"json": {"notes": "x"}} if method == "PATCH" else {}
        assert account.refused(method, path, 428, **given)["code"] == "precondition_required"
    account.changed(path, {"notes": "x"}, match=tag)
    for method in ("PATCH", "DELETE"):
        given = {"json": {"notes": "y"}} if method == "PATCH" else {}
        stale = account.refused(method, path, 412, headers={"If-Match": tag}, **given)
        assert stale["code"] == "changed_meanwhile"


def test_the_same_key_adds_one_reference(account: Account, contact: str) -> None:
    first, second = (
        account.ask("POST", PATH, json={"contact_id": contact}, headers={"Idempotency-Key": "one"}) for _ in range(2)
    )
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    other = account.refused(
        "POST", PATH, 422, json={"contact_id": a_person(account)}, headers={"Idempotency-Key": "one"}
    )
    assert other["code"] == "idempotency_key_reused"


def test_a_deleted_reference_is_gone_and_the_contact_stays(account: Account, reference: str, contact: str) -> None:
    account.deleted(f"{PATH}/{reference}")
    assert account.refused("GET", f"{PATH}/{reference}", 404)["code"] == "no_such_resource"
    assert account.seen(f"/v1/contacts/{contact}")["id"] == contact


def test_who_is_forgotten_is_no_reference_any_more(account: Account, reference: str, contact: str) -> None:
    account.deleted(f"/v1/contacts/{contact}")
    account.refused("GET", f"{PATH}/{reference}", 404)
    assert account.seen(PATH)["items"] == []


def test_a_contact_is_a_reference_once(account: Account, reference: str, contact: str) -> None:
    problem = account.refused("POST", PATH, 409, json={"contact_id": contact})
    assert problem["code"] == "already_a_reference"
    assert [error["pointer"] for error in problem["errors"]] == ["#/contact_id"]
    assert [one["id"] for one in account.seen(PATH)["items"]] == [reference]


def test_a_reference_stays_the_same_person(account: Account, reference: str) -> None:
    body = {"contact_id": a_person(account)}
    problem = account.refused("PATCH", f"{PATH}/{reference}", 422, json=body, headers=ANY)
    assert [(error["pointer"], error["hint"]) for error in problem["errors"]] == [
        ("#/contact_id", "It stays: consent is one person's. Make the other contact a reference of its own.")
    ]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"contact_id": None}, "#/contact_id"),
        ({"contact_id": NOBODY}, "#/contact_id"),
        ({"contact_id": "Ada"}, "#/contact_id"),
        ({"relationship": "boss"}, "#/relationship"),
        ({"consent_given_on": "yesterday"}, "#/consent_given_on"),
        ({"consent_given_on": "2098-01-01", "consent_until": None}, "#/consent_given_on"),
        ({"consent_given_on": None, "consent_until": None}, "#/consent_for"),
        ({"consent_given_on": None, "consent_for": None}, "#/consent_until"),
        ({"consent_until": "2026-08-31"}, "#/consent_until"),
        ({"consent_for": " "}, "#/consent_for"),
        ({"consent_for": "x" * 2001}, "#/consent_for"),
        ({"consent_for": "a\u0007b"}, "#/consent_for"),
        ({"notes": "x" * 20_001}, "#/notes"),
        ({"is_confidential": "yes"}, "#/is_confidential"),
        ({"is_confidential": None}, "#/is_confidential"),
        ({"unavailable": [{"from_on": "2026-12-20"}]}, "#/unavailable/0/until_on"),
        ({"unavailable": [{"from_on": "2026-12-20", "until_on": "2026-12-19"}]}, "#/unavailable/0/until_on"),
        ({"unavailable": [{"from_on": "2026-12-20", "until_on": "2026-12-20", "why": "x"}]}, "#/unavailable/0/why"),
        ({"unavailable": [{"from_on": 1, "until_on": "2026-12-20"}]}, "#/unavailable/0/from_on"),
        ({"unavailable": [{"from_on": "2026-12-20", "until_on": "2026-12-20"}] * 51}, "#/unavailable"),
        ({"consent_status": "current"}, "#/consent_status"),
        ({"applications": []}, "#/applications"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_what_cannot_be_is_refused_at_its_place(
    account: Account, contact: str, change: dict[str, Any], pointer: str
) -> None:
    problem = account.refused("POST", PATH, 422, json={**FULL, "contact_id": contact, **change})
    assert [error["pointer"] for error in problem["errors"]] == [pointer]
    assert account.seen(PATH)["items"] == []


def test_a_change_is_looked_at_as_a_whole(account: Account, contact: str) -> None:
    path = f"{PATH}/{account.made(PATH, {**FULL, 'contact_id': contact})['id']}"
    problem = account.refused("PATCH", path, 422, json={"consent_given_on": None}, headers=ANY)
    assert [error["pointer"] for error in problem["errors"]] == ["#/consent_for"]
    assert problem["errors"][0]["hint"] == "Give consent_given_on with it, or leave it out."
    body = {"consent_given_on": ago(-3), "consent_until": None}
    problem = account.refused("PATCH", path, 422, json=body, headers=ANY)
    assert [error["pointer"] for error in problem["errors"]] == ["#/consent_given_on"]
    withdrawn = account.changed(path, {"consent_given_on": None, "consent_for": None, "consent_until": None})
    assert withdrawn["consent_status"] == "none"


def test_periods_are_kept_in_their_order_and_do_not_overlap(account: Account, contact: str) -> None:
    later, earlier = FULL["unavailable"][1], FULL["unavailable"][0]  # type: ignore[index]
    path = f"{PATH}/{account.made(PATH, {'contact_id': contact, 'unavailable': [later, earlier]})['id']}"
    assert account.seen(path)["unavailable"] == [earlier, later]
    overlapping = [later, {"from_on": "2027-01-06", "until_on": "2027-01-07"}, earlier]
    problem = account.refused("PATCH", path, 422, json={"unavailable": overlapping}, headers=ANY)
    assert [(error["pointer"], error["hint"]) for error in problem["errors"]] == [
        ("#/unavailable/1/from_on", "Make one period of the two.")
    ]
    adjacent = [{"from_on": "2027-01-07", "until_on": "2027-01-07"}, earlier]
    assert account.changed(path, {"unavailable": adjacent})["unavailable"] == [earlier, adjacent[0]]
    assert account.changed(path, {"unavailable": None})["unavailable"] == []


@pytest.mark.parametrize(("first", "last", "available"), [(0, 0, False), (3, 0, False), (0, -3, False), (3, 1, True)])
def test_whether_somebody_can_be_asked_is_told_for_today(
    account: Account, contact: str, first: int, last: int, *, available: bool
) -> None:
    period = {"from_on": ago(first), "until_on": ago(last)}
    made = account.made(PATH, {"contact_id": contact, "unavailable": [period]})
    assert made["is_available_today"] == available
    assert account.seen(f"{PATH}/{made['id']}") == made


def test_today_is_the_day_where_the_user_is(account: Account, contact: str) -> None:
    body = {
        "contact_id": contact,
        "consent_given_on": "2026-11-01",
        "consent_until": "2026-11-20",
        "unavailable": [{"from_on": "2026-11-21", "until_on": "2026-11-21"}],
    }
    with clock.stopped_at(datetime(2026, 11, 20, 20, tzinfo=UTC)):
        assert clock.now().date() == date(2026, 11, 20)
        path = f"{PATH}/{account.made(PATH, body)['id']}"
        before = account.seen(path)
        assert (before["consent_status"], before["is_available_today"]) == ("current", True)
        assert account.seen(PATH, consent="current")["items"] == [before]
        account.changed("/v1/me", {"time_zone": "Asia/Tokyo"})
        after = account.seen(path)
        assert (after["consent_status"], after["is_available_today"]) == ("ended", False)
        assert account.changed(path, {"notes": "x"})["consent_status"] == "ended"
        assert [one["id"] for one in account.seen(PATH, consent="ended")["items"]] == [before["id"]]


@pytest.fixture
def by_consent(account: Account) -> dict[str, str]:
    """The id of a reference for each word of consent, the bounds among them."""
    bodies = {
        "none": {},
        "current": {"consent_given_on": ago(365)},
        "old": {"consent_given_on": ago(366), "consent_until": ago(0)},
        "ended": {"consent_given_on": ago(366), "consent_until": ago(1)},
    }
    return {
        word: str(account.made(PATH, {"contact_id": a_person(account, word), **body})["id"])
        for word, body in bodies.items()
    }


@pytest.mark.parametrize("wanted", [*CONSENTS, "none,old,ended", ",".join(CONSENTS)])
def test_the_filter_by_consent_finds_what_is_shown(account: Account, by_consent: dict[str, str], wanted: str) -> None:
    found = account.seen(PATH, consent=wanted)["items"]
    assert {one["id"] for one in found} == {by_consent[word] for word in wanted.split(",")}
    assert all(by_consent[one["consent_status"]] == one["id"] for one in found)


def test_how_long_consent_is_good_is_a_setting(account: Account, stored_app: FastAPI, contact: str) -> None:
    path = f"{PATH}/{account.made(PATH, {'contact_id': contact, 'consent_given_on': ago(31)})['id']}"
    url = stored_app.state.settings.database_url
    with TestClient(create_app(Settings(database_url=url, consent_days=30), whole_book())) as client:
        elsewhere = replace(account, client=client)
        assert elsewhere.seen(path)["consent_status"] == "old"
        assert [one["contact_id"] for one in elsewhere.seen(PATH, consent="old")["items"]] == [contact]
        assert elsewhere.changed(path, {"notes": "x"})["consent_status"] == "old"
    assert account.seen(path)["consent_status"] == "current"


def test_a_word_of_consent_that_there_is_not_is_refused(account: Account) -> None:
    problem = account.refused("GET", f"{PATH}?consent=maybe", 422)
    assert problem["errors"][0]["parameter"] == "consent"


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, ["Ärne", "Zoe Quinn", "愛子"]),
        ({"sort": "-name"}, ["愛子", "Zoe Quinn", "Ärne"]),
        ({"sort": "created_at"}, ["Zoe Quinn", "愛子", "Ärne"]),
        ({"sort": "-created_at"}, ["Ärne", "愛子", "Zoe Quinn"]),
        ({"query": "ARNE"}, ["Ärne"]),
        ({"query": "アイコ"}, ["愛子"]),
        ({"query": "わいこ"}, ["愛子"]),
        ({"query": "quinn ZOE"}, ["Zoe Quinn"]),
        ({"query": "Zo-e"}, ["Zoe Quinn"]),
        ({"query": "initrode"}, []),
        ({"query": "zoe@initrode.example"}, []),
        ({"query": "100%"}, []),
        ({"query": "z_e"}, []),
        ({"contact_id": NOBODY}, []),
        ({"application_id": NOBODY}, []),
    ],
)
def test_lists_are_filtered_sorted_and_searched(account: Account, params: dict[str, str], found: list[str]) -> None:
    company = account.made("/v1/companies", {"name": "Initrode"})["id"]
    for name in (
        {
            "name": {"given_name": "Zoe", "family_name": "Quinn"},
            "company_id": company,
            "emails": [{"address": "zoe@initrode.example"}],
        },
        {"name": {"given_name": "愛子", "phonetic_given_name": "わいこ"}, "other_names": [{"given_name": "あいこ"}]},
        {"name": {"given_name": "Ärne"}},
    ):
        account.made(PATH, {"contact_id": account.made("/v1/contacts", name)["id"]})
    assert [one["display_name"] for one in account.seen(PATH, **params)["items"]] == found


def test_lists_find_who_is_a_contact_and_who_is_named_in_an_application(
    account: Account, reference: str, contact: str, application: str
) -> None:
    other = account.made(PATH, {"contact_id": a_person(account, "Bo")})["id"]
    account.made(f"{PATH}/{other}/applications", {"application_id": application})
    assert [one["id"] for one in account.seen(PATH, contact_id=contact)["items"]] == [reference]
    assert [one["id"] for one in account.seen(PATH, application_id=application)["items"]] == [other]
    assert account.seen(PATH, application_id=an_application(account))["items"] == []


@pytest.mark.parametrize("sort", ["name", "-name", "created_at", "-created_at"])
def test_every_page_follows_the_one_before_until_the_last(account: Account, sort: str) -> None:
    for number in range(7):
        # Three of them share a name, so that only the id tells them apart.
        account.made(PATH, {"contact_id": a_person(account, f"Ada {number // 3}")})
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = account.seen(PATH, sort=sort, limit=2, **cursor)
        seen += [one["id"] for one in page["items"]]
        if page["next_cursor"] is None:
            break
        assert len(page["items"]) == 2
        cursor = {"cursor": page["next_cursor"]}
    assert seen == [one["id"] for one in account.seen(PATH, sort=sort)["items"]]
    assert len(set(seen)) == 7


def test_a_cursor_of_the_contacts_is_none_of_the_references(account: Account, reference: str) -> None:
    other = account.made(PATH, {"contact_id": a_person(account, "Bo")})["id"]
    assert reference != other
    cursor = account.seen("/v1/contacts", sort="name", limit=1)["next_cursor"]
    problem = account.refused("GET", f"{PATH}?sort=name&cursor={cursor}", 422)
    assert problem["errors"][0]["parameter"] == "cursor"


def test_nobody_sees_the_references_of_another_user(account: Account, stranger: Account, reference: str) -> None:
    theirs = a_person(stranger)
    assert stranger.seen(PATH)["items"] == []
    for method in ("GET", "PATCH", "DELETE"):
        given = {"json": {"notes": "x"}} if method == "PATCH" else {}
        assert stranger.refused(method, f"{PATH}/{reference}", 404, headers=ANY, **given)["code"] == "no_such_resource"
    problem = account.refused("POST", PATH, 422, json={"contact_id": theirs})
    assert [error["pointer"] for error in problem["errors"]] == ["#/contact_id"]


def test_what_happened_to_a_reference_is_told(account: Account, contact: str, events: Events) -> None:
    made = account.made(PATH, {"contact_id": contact})["id"]
    account.changed(f"{PATH}/{made}", {"notes": "A secret"})
    account.deleted(f"{PATH}/{made}")
    assert events() == [
        ("reference.created", made, {"contact_id": contact}),
        ("reference.changed", made, {}),
        ("reference.deleted", made, {"touches": "all"}),
    ]


def test_what_is_refused_tells_no_event(account: Account, reference: str, contact: str, events: Events) -> None:
    before = events()
    account.refused("POST", PATH, 409, json={"contact_id": contact})
    account.refused("PATCH", f"{PATH}/{reference}", 422, json={"notes": ""}, headers=ANY)
    assert events() == before


def test_few_statements_are_needed(account: Account, contact: str, queries: list[str]) -> None:
    queries.clear()
    made = account.made(PATH, {**FULL, "contact_id": contact})
    assert len(queries) <= 6
    for path in (f"{PATH}/{made['id']}", PATH, f"{PATH}?consent=current&query=ada"):
        queries.clear()
        account.seen(path)
        assert len(queries) <= 3


def test_there_are_scopes_of_their_own(account: Account) -> None:
    assert {"references:read", "references:write"} <= SCOPES.keys()
    key = account.made("/v1/api-keys", {"name": "Program", "scopes": ["references:read"]})["secret"]
    program = Account(account.client, account.id, key)
    assert program.seen(PATH)["items"] == []
    assert program.refused("POST", PATH, 403, json={"contact_id": NOBODY})["code"] == "scope_missing"
