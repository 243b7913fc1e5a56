"""In which applications a reference is named."""

from datetime import timedelta
from typing import Any

import pytest

from app.http import clock
from tests.people import NOBODY, a_person
from tests.references.conftest import PATH, Events, an_application
from tests.stored import ANY, Account


@pytest.fixture
def path(reference: str) -> str:
    """Where the applications of the reference are."""
    return f"{PATH}/{reference}/applications"


def test_a_reference_is_named_thanked_and_taken_out(
    account: Account, reference: str, path: str, application: str
) -> None:
    answer = account.ask("POST", path, json={"application_id": application})
    made = answer.json()
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"{path}/{made['id']}"
    assert (made["reference_id"], made["application_id"]) == (reference, application)
    assert (made["outcome_told_on"], made["thanked_on"]) == (None, None)
    read = account.get(f"{path}/{made['id']}")
    assert (read.json(), read.headers["etag"]) == (made, answer.headers["etag"])
    assert account.seen(path)["items"] == [made]
    changed = account.changed(f"{path}/{made['id']}", {"thanked_on": "2026-11-20"})
    assert {name for name in made if made[name] != changed[name]} == {"thanked_on", "updated_at"}
    assert account.changed(f"{path}/{made['id']}", {"outcome_told_on": "2026-11-19"})["thanked_on"] == "2026-11-20"
    assert account.changed(f"{path}/{made['id']}", {"thanked_on": None})["thanked_on"] is None
    account.deleted(f"{path}/{made['id']}")
    assert account.refused("GET", f"{path}/{made['id']}", 404)["code"] == "no_such_resource"
    assert account.seen(path)["items"] == []


def test_a_reference_who_is_named_can_be_deleted(account: Account, reference: str, path: str, application: str) -> None:
    account.made(path, {"application_id": application})
    account.deleted(f"{PATH}/{reference}", match=account.get(f"{PATH}/{reference}").headers["etag"])
    account.refused("GET", path, 404)


def test_what_was_done_long_ago_is_written_down_at_once(account: Account, path: str, application: str) -> None:
    days = {"outcome_told_on": "2026-05-01", "thanked_on": "2026-05-02"}
    made = account.made(path, {"application_id": application, **days})
    assert {name: made[name] for name in days} == days


def test_the_reference_shows_where_they_are_named(account: Account, reference: str, path: str) -> None:
    applications = [an_application(account) for _ in range(3)]
    made = [account.made(path, {"application_id": one}) for one in applications[::-1]]
    assert account.seen(f"{PATH}/{reference}")["applications"] == applications
    before = account.get(f"{PATH}/{reference}")
    account.deleted(f"{path}/{made[0]['id']}")
    account.require_changed(f"{PATH}/{reference}", before)
    assert account.seen(PATH)["items"][0]["applications"] == applications[:2]
    account.deleted(f"/v1/applications/{applications[0]}")
    assert account.seen(f"{PATH}/{reference}")["applications"] == [applications[1]]
    assert account.changed(f"{PATH}/{reference}", {"notes": "x"})["applications"] == [applications[1]]


def test_naming_is_a_change_of_the_reference(account: Account, reference: str, path: str, application: str) -> None:
    before = account.get(f"{PATH}/{reference}")
    account.made(path, {"application_id": application})
    account.require_changed(f"{PATH}/{reference}", before)


def test_somebody_without_consent_can_be_named(account: Account, reference: str, path: str, application: str) -> None:
    assert account.seen(f"{PATH}/{reference}")["consent_status"] == "none"
    assert account.made(path, {"application_id": application})["reference_id"] == reference


def test_a_reference_is_named_in_an_application_once(account: Account, path: str, application: str) -> None:
    made = account.made(path, {"application_id": application})
    problem = account.refused("POST", path, 409, json={"application_id": application})
    assert problem["code"] == "already_named"
    assert [error["pointer"] for error in problem["errors"]] == ["#/application_id"]
    assert account.seen(path)["items"] == [made]


def test_no_more_applications_than_there_may_be(
    account: Account, path: str, application: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.references.schemas.MOST_APPLICATIONS", 1)
    account.made(path, {"application_id": application})
    problem = account.refused("POST", path, 409, json={"application_id": an_application(account)})
    assert (problem["code"], problem["detail"]) == (
        "too_many_applications",
        "This reference is named in 1 applications.",
    )


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/application_id"),
        ({"application_id": NOBODY}, "#/application_id"),
        ({"application_id": "x"}, "#/application_id"),
        ({"application_id": NOBODY, "reference_id": NOBODY}, "#/reference_id"),
        ({"application_id": NOBODY, "thanked_on": "soon"}, "#/thanked_on"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_at_its_place(
    account: Account, path: str, body: dict[str, Any], pointer: str
) -> None:
    problem = account.refused("POST", path, 422, json=body)
    assert [error["pointer"] for error in problem["errors"]] == [pointer]


def test_what_is_refused_leaves_the_reference_as_it_was(account: Account, reference: str, path: str) -> None:
    before = account.get(f"{PATH}/{reference}").headers["etag"]
    account.refused("POST", path, 422, json={"application_id": NOBODY})
    assert account.get(f"{PATH}/{reference}").headers["etag"] == before


def test_days_to_come_and_other_applications_are_refused(account: Account, path: str, application: str) -> None:
    use = f"{path}/{account.made(path, {'application_id': application})['id']}"
    later = str(clock.now().date() + timedelta(days=3))
    for method, where, body in (("POST", path, {"application_id": an_application(account)}), ("PATCH", use, {})):
        days = {"outcome_told_on": later, "thanked_on": later}
        problem = account.refused(method, where, 422, json={**body, **days}, headers=ANY)
        assert [error["pointer"] for error in problem["errors"]] == ["#/outcome_told_on", "#/thanked_on"]
    problem = account.refused("PATCH", use, 422, json={"application_id": application}, headers=ANY)
    assert [error["pointer"] for error in problem["errors"]] == ["#/application_id"]


def test_a_change_needs_the_version_that_was_read(
    account: Account, path: str, application: str, events: Events
) -> None:
    use = f"{path}/{account.made(path, {'application_id': application})['id']}"
    tag = account.get(use).headers["etag"]
    assert account.ask("GET", use, headers={"If-None-Match": tag}).status_code == 304
    assert account.refused("PATCH", use, 428, json={})["code"] == "precondition_required"
    written = events()
    account.changed(use, {"thanked_on": None}, match=tag)
    assert (account.get(use).headers["etag"], events()) == (tag, written)
    account.changed(use, {"thanked_on": "2026-11-20"}, match=tag)
    for method in ("PATCH", "DELETE"):
        given = {"json": {"thanked_on": None}} if method == "PATCH" else {}
        stale = account.refused(method, use, 412, headers={"If-Match": tag}, **given)
        assert stale["code"] == "changed_meanwhile"


def test_the_same_key_names_once(account: Account, path: str, application: str) -> None:
    first, second = (
        account.ask("POST", path, json={"application_id": application}, headers={"Idempotency-Key": "one"})
        for _ in range(2)
    )
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()


def test_pages_are_read_to_the_end_in_both_orders(account: Account, path: str) -> None:
    made = [account.made(path, {"application_id": an_application(account)})["id"] for _ in range(3)]
    for sort, expected in (("created_at", made), ("-created_at", made[::-1])):
        page = account.seen(path, sort=sort, limit=2)
        rest = account.seen(path, sort=sort, limit=2, cursor=page["next_cursor"])
        assert [one["id"] for one in page["items"] + rest["items"]] == expected
        assert rest["next_cursor"] is None


def test_what_is_named_of_another_reference_or_user_is_not_found(
    account: Account, stranger: Account, path: str, application: str
) -> None:
    made = account.made(path, {"application_id": application})["id"]
    other = account.made(PATH, {"contact_id": a_person(account)})["id"]
    for who, where in ((account, f"{PATH}/{other}/applications"), (stranger, path)):
        for method in ("GET", "PATCH", "DELETE"):
            given = {"json": {"thanked_on": "2026-11-20"}} if method == "PATCH" else {}
            problem = who.refused(method, f"{where}/{made}", 404, headers=ANY, **given)
            assert problem["code"] == "no_such_resource"
    theirs = an_application(stranger)
    for where in (path, f"{PATH}/{NOBODY}/applications"):
        stranger.refused("GET", where, 404)
        stranger.refused("POST", where, 404, json={"application_id": theirs})
    problem = account.refused("POST", path, 422, json={"application_id": theirs})
    assert [error["pointer"] for error in problem["errors"]] == ["#/application_id"]


def test_naming_is_told_with_the_application(
    account: Account, reference: str, path: str, application: str, events: Events
) -> None:
    use = f"{path}/{account.made(path, {'application_id': application})['id']}"
    account.changed(use, {"thanked_on": "2026-11-20"})
    account.deleted(use)
    assert events()[1:] == [("reference.changed", reference, {"application_id": application})] * 3


def test_few_statements_are_needed(account: Account, path: str, application: str, queries: list[str]) -> None:
    queries.clear()
    made = account.made(path, {"application_id": application})
    assert len(queries) <= 6
    for where in (f"{path}/{made['id']}", path):
        queries.clear()
        account.seen(where)
        assert len(queries) <= 3
