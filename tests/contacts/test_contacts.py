from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from app.accounts.models import User
from app.contacts.models import Contact, ContactKey
from app.db.base import Base
from tests.contacts.people import PATH, TANAKA, called, named
from tests.people import NOBODY
from tests.stored import Account


def test_a_contact_with_everything_is_read_back_as_it_was_written(account: Account) -> None:
    company = account.made("/v1/companies", {"name": "Initech"})
    made = account.made(PATH, {**TANAKA, "company_id": company["id"]})
    assert account.seen(f"{PATH}/{made['id']}") == made
    assert made["display_name"] == made["name"]["display_name"] == "田中 愛子"
    assert made["other_names"][0]["display_name"] == "Tanaka Aiko"
    assert made["emails"] == TANAKA["emails"]
    assert made["phones"] == [
        {
            "number": "+81612345678",
            "extension": "12",
            "country": "JP",
            "use": None,
            "source": "business_card",
            "noted_on": None,
        }
    ]
    assert made["addresses"][0]["street"] == "1-2-3 Umeda\n5F"
    assert made["languages"] == ["ja", "pt-BR"]
    assert made["reachable"] is True
    kept = ("pronouns", "job_title", "department", "time_zone", "wishes_note", "channels", "known_personally")
    for field in (*kept, "source", "noted_on", "tags", "notes"):
        assert made[field] == TANAKA[field], field


def test_one_name_is_enough(account: Account) -> None:
    made = account.made(PATH, {"name": {"given_name": "Suryani"}})
    assert made["display_name"] == "Suryani"
    assert made["reachable"] is False
    assert (made["emails"], made["tags"], made["wishes_note"], made["company_id"]) == ([], [], None, None)


def test_a_name_of_nothing_but_signs_is_a_name(account: Account) -> None:
    assert account.made(PATH, named("?!"))["display_name"] == "?!"


def test_a_patch_changes_parts_of_the_name_and_replaces_lists(account: Account) -> None:
    address = f"{PATH}/{account.made(PATH, TANAKA)['id']}"
    changed = account.changed(
        address,
        {
            "name": {"given_name": "藍子", "honorific_suffix": None},
            "emails": [{"address": "new@initech.example"}],
            "other_names": None,
            "wishes_note": None,
        },
    )
    assert changed["display_name"] == "田中 藍子"
    assert changed["name"]["honorific_suffix"] is None
    assert [email["address"] for email in changed["emails"]] == ["new@initech.example"]
    assert (changed["other_names"], changed["wishes_note"]) == ([], None)
    assert changed["phones"][0]["number"] == "+81612345678"
    assert account.seen(address) == changed
    assert called(account, email="aiko.tanaka@initech.example") == []
    assert called(account, email="NEW@initech.example") == ["田中 藍子"]


def test_a_patch_that_changes_nothing_makes_no_new_version(account: Account) -> None:
    address = f"{PATH}/{account.made(PATH, TANAKA)['id']}"
    before = account.get(address)
    again = account.ask("PATCH", address, json={"tags": TANAKA["tags"], "name": {}}, headers={"If-Match": "*"})
    assert again.headers["etag"] == before.headers["etag"]
    assert again.json() == before.json()


def test_a_deleted_contact_is_gone(account: Account) -> None:
    address = f"{PATH}/{account.made(PATH, TANAKA)['id']}"
    account.deleted(address)
    assert account.refused("GET", address, 404)["code"] == "no_such_resource"
    assert called(account) == []


def test_nothing_can_keep_a_contact_from_being_deleted() -> None:
    keeping = [
        f"{table.name}.{key.column_keys[-1]}"
        for table in Base.metadata.sorted_tables
        for key in table.foreign_key_constraints
        if key.referred_table.name == "contacts"
        and key.ondelete == "RESTRICT"
        and not table.c[key.column_keys[-1]].nullable
    ]
    assert keeping == []


def test_an_application_stays_without_a_contact_that_is_forgotten(account: Account) -> None:
    company = account.made("/v1/companies", {"name": "Initech"})["id"]
    person = account.made(PATH, TANAKA)["id"]
    job = {"company_id": company, "position": "Engineer", "country": "JP", "introduced_by_contact_id": person}
    address = f"/v1/applications/{account.made('/v1/applications', job)['id']}"
    account.deleted(f"{PATH}/{person}")
    assert account.seen(address)["introduced_by_contact_id"] is None


def test_a_contact_stays_when_its_company_is_deleted(account: Account) -> None:
    company = account.made("/v1/companies", {"name": "Initech"})
    made = account.made(PATH, {**named("Aiko"), "company_id": company["id"]})
    account.deleted(f"/v1/companies/{company['id']}")
    assert account.seen(f"{PATH}/{made['id']}")["company_id"] is None


def test_contacts_move_with_their_company_when_it_is_merged(account: Account) -> None:
    old, new = (account.made("/v1/companies", {"name": name})["id"] for name in ("Initech", "Initech GmbH"))
    made = account.made(PATH, {**named("Aiko"), "company_id": old})
    answer = account.ask("POST", f"/v1/companies/{new}/merge", json={"company_id": old}, headers={"If-Match": "*"})
    assert answer.status_code == 200
    assert account.seen(f"{PATH}/{made['id']}")["company_id"] == new


def test_versions_are_told_apart(account: Account) -> None:
    made = account.ask("POST", PATH, json=TANAKA)
    address, tag = made.headers["location"], made.headers["etag"]
    assert account.get(address, headers={"If-None-Match": tag}).status_code == 304
    account.changed(address, {"job_title": "CTO"}, match=tag)
    assert account.get(address, headers={"If-None-Match": tag}).status_code == 200
    for method, given in (("PATCH", {"json": {"job_title": "CEO"}}), ("DELETE", {})):
        stale = account.refused(method, address, 412, headers={"If-Match": tag}, **given)
        assert stale["code"] == "changed_meanwhile"
        assert account.refused(method, address, 428, **given)["code"] == "precondition_required"


def test_a_repeated_post_makes_one_contact(account: Account) -> None:
    first, second = (account.ask("POST", PATH, json=TANAKA, headers={"Idempotency-Key": "one"}) for _ in range(2))
    assert first.json() == second.json()
    assert second.headers["idempotency-replayed"] == "true"
    assert len(called(account)) == 1
    other = account.refused("POST", PATH, 422, json=named("Ken"), headers={"Idempotency-Key": "one"})
    assert other["code"] == "idempotency_key_reused"


def test_another_users_contact_is_as_if_it_were_not_there(account: Account, stranger: Account) -> None:
    theirs = stranger.made(PATH, TANAKA)["id"]
    mine = account.made(PATH, named("Ken"))["id"]
    any_version = {"If-Match": "*"}
    for contact_id in (theirs, NOBODY):
        for method, end, given in (
            ("GET", "", {}),
            ("GET", "/duplicates", {}),
            ("PATCH", "", {"json": {"notes": "x"}, "headers": any_version}),
            ("DELETE", "", {"headers": any_version}),
            ("POST", "/merge", {"json": {"contact_id": mine}, "headers": any_version}),
        ):
            problem = account.refused(method, f"{PATH}/{contact_id}{end}", 404, **given)
            assert problem["code"] == "no_such_resource"
            assert problem["detail"] == "No contact of yours has this id."
    assert called(account, query="tanaka") == []
    assert stranger.seen(f"{PATH}/{theirs}")["notes"] == TANAKA["notes"]


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_the_company_must_be_ones_own(account: Account, stranger: Account, method: str) -> None:
    theirs = stranger.made("/v1/companies", {"name": "Initech"})["id"]
    address = PATH if method == "POST" else f"{PATH}/{account.made(PATH, named('Ken'))['id']}"
    for company_id in (theirs, NOBODY):
        body = {**named("Ken"), "company_id": company_id}
        problem = account.refused(method, address, 422, json=body, headers={"If-Match": "*"})
        assert [error["pointer"] for error in problem["errors"]] == ["#/company_id"]
        assert problem["errors"][0]["detail"] == "No company of yours has this id."


def test_the_account_takes_its_contacts_with_it(account: Account, stored_app: FastAPI) -> None:
    company = account.made("/v1/companies", {"name": "Initech"})
    account.made(PATH, {**TANAKA, "company_id": company["id"]})
    with stored_app.state.database.session() as session:
        session.delete(session.get_one(User, account.id))
        session.flush()
        for table in (Contact, ContactKey):
            left: Any = session.scalar(select(func.count()).where(table.owner_id == account.id))
            assert left == 0


def test_reading_takes_two_statements_and_adding_four_and_two_for_the_event(
    account: Account, queries: list[str]
) -> None:
    company = account.made("/v1/companies", {"name": "Initech"})
    queries.clear()
    made = account.made(PATH, {**TANAKA, "company_id": company["id"]})
    assert len(queries) == 6, queries
    address = f"{PATH}/{made['id']}"
    for path, number in ((address, 2), (PATH, 2), (f"{address}/duplicates", 3)):
        queries.clear()
        account.seen(path)
        assert len(queries) == number, queries
