"""What a reference was told."""

from datetime import timedelta
from typing import Any

import pytest

from app.http import clock
from tests.people import NOBODY, a_person
from tests.references.conftest import PATH, Events, an_application, an_interview
from tests.stored import ANY, Account


@pytest.fixture
def path(account: Account, reference: str, application: str) -> str:
    """Where the briefings are of the reference, who is named in the application."""
    account.made(f"{PATH}/{reference}/applications", {"application_id": application})
    return f"{PATH}/{reference}/briefings"


def test_a_reference_is_told_and_that_is_taken_back(
    account: Account, reference: str, path: str, interview: str
) -> None:
    answer = account.ask("POST", path, json={"interview_id": interview, "told_at": "2026-11-20T18:00:00+09:00"})
    made = answer.json()
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"{path}/{made['id']}"
    assert (made["reference_id"], made["interview_id"]) == (reference, interview)
    assert made["told_at"] == "2026-11-20T09:00:00Z"
    read = account.get(f"{path}/{made['id']}")
    assert (read.json(), read.headers["etag"]) == (made, answer.headers["etag"])
    tag = {"If-None-Match": read.headers["etag"]}
    assert account.ask("GET", f"{path}/{made['id']}", headers=tag).status_code == 304
    assert account.seen(path)["items"] == [made]
    assert account.refused("DELETE", f"{path}/{made['id']}", 428)["code"] == "precondition_required"
    stale = account.refused("DELETE", f"{path}/{made['id']}", 412, headers={"If-Match": '"other.1.x"'})
    assert stale["code"] == "changed_meanwhile"
    account.deleted(f"{path}/{made['id']}", match=answer.headers["etag"])
    assert account.refused("GET", f"{path}/{made['id']}", 404)["code"] == "no_such_resource"
    assert account.seen(path)["items"] == []


def test_without_a_moment_it_was_now(account: Account, path: str, interview: str) -> None:
    before = clock.now()
    made = account.made(path, {"interview_id": interview})
    assert before.isoformat() <= made["told_at"].replace("Z", "+00:00") <= clock.now().isoformat()


def test_a_briefing_never_changes(account: Account, path: str, interview: str) -> None:
    made = account.made(path, {"interview_id": interview})["id"]
    problem = account.refused("PATCH", f"{path}/{made}", 405, json={"told_at": "2026-11-20T18:00:00Z"}, headers=ANY)
    assert problem["code"] == "method_not_allowed"


def test_somebody_without_consent_was_told_all_the_same(
    account: Account, reference: str, path: str, interview: str
) -> None:
    assert account.seen(f"{PATH}/{reference}")["consent_status"] == "none"
    assert account.made(path, {"interview_id": interview})["interview_id"] == interview


def test_who_is_not_named_in_the_application_is_not_told_about_its_interviews(
    account: Account, reference: str, path: str
) -> None:
    other = an_application(account)
    body = {"interview_id": an_interview(account, other)}
    problem = account.refused("POST", path, 409, json=body)
    assert problem["code"] == "not_named"
    assert [(error["pointer"], error["hint"]) for error in problem["errors"]] == [
        ("#/interview_id", f"POST the application_id {other} to /v1/references/{reference}/applications first.")
    ]
    account.made(f"{PATH}/{reference}/applications", {"application_id": other})
    assert account.made(path, body)["interview_id"] == body["interview_id"]


def test_a_reference_is_told_about_an_interview_once(account: Account, path: str, interview: str) -> None:
    made = account.made(path, {"interview_id": interview})
    problem = account.refused("POST", path, 409, json={"interview_id": interview})
    assert problem["code"] == "already_told"
    assert [error["pointer"] for error in problem["errors"]] == ["#/interview_id"]
    assert account.seen(path)["items"] == [made]


def test_taking_somebody_out_of_an_application_keeps_what_they_were_told(
    account: Account, reference: str, path: str, interview: str
) -> None:
    made = account.made(path, {"interview_id": interview})
    uses = f"{PATH}/{reference}/applications"
    account.deleted(f"{uses}/{account.seen(uses)['items'][0]['id']}")
    assert account.seen(path)["items"] == [made]
    account.deleted(f"/v1/interviews/{interview}")
    assert account.seen(path)["items"] == []


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/interview_id"),
        ({"interview_id": NOBODY}, "#/interview_id"),
        ({"interview_id": "x"}, "#/interview_id"),
        ({"interview_id": NOBODY, "told_at": "2026-11-20"}, "#/told_at"),
        ({"interview_id": NOBODY, "told_at": "2026-11-20T18:00:00"}, "#/told_at"),
        ({"interview_id": NOBODY, "told_at": (clock.now() + timedelta(hours=1)).isoformat()}, "#/told_at"),
        ({"interview_id": NOBODY, "reference_id": NOBODY}, "#/reference_id"),
    ],
    ids=["nothing", "nobody", "no id", "a day", "no zone", "to come", "unknown"],
)
def test_what_cannot_be_is_refused_at_its_place(
    account: Account, path: str, body: dict[str, Any], pointer: str
) -> None:
    problem = account.refused("POST", path, 422, json=body)
    assert [error["pointer"] for error in problem["errors"]] == [pointer]


def test_the_same_key_tells_once(account: Account, path: str, interview: str) -> None:
    first, second = (
        account.ask("POST", path, json={"interview_id": interview}, headers={"Idempotency-Key": "one"})
        for _ in range(2)
    )
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()


def test_pages_are_read_to_the_end_in_both_orders(account: Account, path: str, application: str) -> None:
    made = [account.made(path, {"interview_id": an_interview(account, application)})["id"] for _ in range(3)]
    for sort, expected in (("created_at", made), ("-created_at", made[::-1])):
        page = account.seen(path, sort=sort, limit=2)
        rest = account.seen(path, sort=sort, limit=2, cursor=page["next_cursor"])
        assert [one["id"] for one in page["items"] + rest["items"]] == expected
        assert rest["next_cursor"] is None


def test_briefings_of_another_reference_or_user_are_not_found(
    account: Account, stranger: Account, path: str, interview: str
) -> None:
    made = account.made(path, {"interview_id": interview})["id"]
    other = account.made(PATH, {"contact_id": a_person(account)})["id"]
    for who, where in ((account, f"{PATH}/{other}/briefings"), (stranger, path)):
        for method in ("GET", "DELETE"):
            assert who.refused(method, f"{where}/{made}", 404, headers=ANY)["code"] == "no_such_resource"
    theirs = an_interview(stranger, an_application(stranger))
    for where in (path, f"{PATH}/{NOBODY}/briefings"):
        stranger.refused("GET", where, 404)
        stranger.refused("POST", where, 404, json={"interview_id": theirs})
    problem = account.refused("POST", path, 422, json={"interview_id": theirs})
    assert [error["pointer"] for error in problem["errors"]] == ["#/interview_id"]


def test_telling_is_told_with_application_and_interview(
    account: Account, reference: str, path: str, interview: str, events: Events
) -> None:
    application = account.seen(f"/v1/interviews/{interview}")["application_id"]
    account.deleted(f"{path}/{account.made(path, {'interview_id': interview})['id']}")
    about = {"application_id": application, "interview_id": interview}
    assert events()[2:] == [("reference.told", reference, about), ("reference.changed", reference, about)]


def test_few_statements_are_needed(account: Account, path: str, interview: str, queries: list[str]) -> None:
    queries.clear()
    made = account.made(path, {"interview_id": interview})
    assert len(queries) <= 6
    for where in (f"{path}/{made['id']}", path):
        queries.clear()
        account.seen(where)
        assert len(queries) <= 3
