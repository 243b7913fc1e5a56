"""Who takes part in an interview."""

from typing import Any

import pytest

from tests.people import NOBODY, a_person
from tests.stored import ANY, Account

PATH = "/v1/interviews"


def test_a_participant_lives_changes_and_goes(account: Account, interview: dict[str, Any], people: list[str]) -> None:
    path = f"{PATH}/{interview['id']}/participants"
    answer = account.ask("POST", path, json={"contact_id": people[1], "role": "observer", "attended": True})
    made = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"{path}/{made['id']}"
    assert (made["interview_id"], made["contact_id"], made["role"]) == (interview["id"], people[1], "observer")
    read = account.get(f"{path}/{made['id']}")
    assert (read.json(), read.headers["etag"]) == (made, answer.headers["etag"])
    first = account.seen(f"{path}/{interview['participants'][0]['id']}")
    assert account.seen(path)["items"] == [first, made]
    changed = account.changed(f"{path}/{made['id']}", {"role": None, "note_sent_at": "2026-11-21T09:00:00+09:00"})
    assert {name for name in made if made[name] != changed[name]} == {"role", "note_sent_at", "updated_at"}
    assert changed["note_sent_at"] == "2026-11-21T00:00:00Z"
    assert account.seen(f"{path}/{made['id']}") == changed
    account.deleted(f"{path}/{made['id']}")
    assert account.refused("GET", f"{path}/{made['id']}", 404)["code"] == "no_such_resource"
    assert account.seen(path)["items"] == [first]


def test_the_interview_changes_with_those_who_take_part(
    account: Account, interview: dict[str, Any], people: list[str]
) -> None:
    path = f"{PATH}/{interview['id']}"
    tags = [account.get(path).headers["etag"]]

    def is_new() -> bool:
        tags.append(account.get(path).headers["etag"])
        stale = account.refused("PATCH", path, 412, json={"notes": "x"}, headers={"If-Match": tags[-2]})
        return stale["code"] == "changed_meanwhile" and tags[-1] not in tags[:-1]

    made = account.made(f"{path}/participants", {"contact_id": people[1]})
    assert is_new()
    account.changed(f"{path}/participants/{made['id']}", {"attended": False})
    assert is_new()
    assert [one["attended"] for one in account.seen(path)["participants"]] == [None, False]
    account.deleted(f"{path}/participants/{made['id']}")
    assert is_new()


def test_a_change_that_changes_nothing_leaves_the_versions(account: Account, interview: dict[str, Any]) -> None:
    path = f"{PATH}/{interview['id']}"
    participant = f"{path}/participants/{interview['participants'][0]['id']}"
    before = [account.get(one).headers["etag"] for one in (path, participant)]
    account.changed(participant, {"role": "interviewer"})
    assert [account.get(one).headers["etag"] for one in (path, participant)] == before


def test_a_contact_takes_part_once(account: Account, interview: dict[str, Any], people: list[str]) -> None:
    path = f"{PATH}/{interview['id']}/participants"
    problem = account.refused("POST", path, 409, json={"contact_id": people[0]})
    assert problem["code"] == "already_a_participant"
    assert [error["pointer"] for error in problem["errors"]] == ["#/contact_id"]
    other = account.made(path, {"contact_id": people[1]})
    problem = account.refused("PATCH", f"{path}/{other['id']}", 409, json={"contact_id": people[0]}, headers=ANY)
    assert problem["code"] == "already_a_participant"
    assert len(account.seen(path)["items"]) == 2
    third = a_person(account)
    assert account.changed(f"{path}/{other['id']}", {"contact_id": third})["contact_id"] == third


def test_no_more_than_fifty_take_part(account: Account, application: str) -> None:
    contacts = [a_person(account) for _ in range(51)]
    body = {
        "application_id": application,
        "starts_at": "2026-11-20T14:00:00",
        "time_zone": "Asia/Tokyo",
        "participants": [{"contact_id": one} for one in contacts[:50]],
    }
    path = f"{PATH}/{account.made(PATH, body)['id']}"
    assert [one["contact_id"] for one in account.seen(path)["participants"]] == contacts[:50]
    problem = account.refused("POST", f"{path}/participants", 409, json={"contact_id": contacts[50]})
    assert problem["code"] == "too_many_participants"
    newest_first = account.seen(f"{path}/participants", sort="-created_at", limit=49)
    last = account.seen(f"{path}/participants", sort="-created_at", limit=49, cursor=newest_first["next_cursor"])
    assert [one["contact_id"] for one in newest_first["items"] + last["items"]] == contacts[49::-1]


def test_a_participant_needs_the_version_that_was_read(account: Account, interview: dict[str, Any]) -> None:
    path = f"{PATH}/{interview['id']}/participants/{interview['participants'][0]['id']}"
    tag = account.get(path).headers["etag"]
    assert account.ask("GET", path, headers={"If-None-Match": tag}).status_code == 304
    assert account.refused("PATCH", path, 428, json={"attended": True})["code"] == "precondition_required"
    account.changed(path, {"attended": True}, match=tag)
    for method in ("PATCH", "DELETE"):
        stale = account.refused(method, path, 412, json={"attended": False}, headers={"If-Match": tag})
        assert stale["code"] == "changed_meanwhile"


def test_the_same_key_adds_one_participant(account: Account, interview: dict[str, Any], people: list[str]) -> None:
    path, key = f"{PATH}/{interview['id']}/participants", {"Idempotency-Key": "one"}
    first, second = (account.ask("POST", path, json={"contact_id": people[1]}, headers=key) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/contact_id"),
        ({"contact_id": NOBODY}, "#/contact_id"),
        ({"contact_id": "Sato"}, "#/contact_id"),
        ({"contact_id": NOBODY, "role": "boss"}, "#/role"),
        ({"contact_id": NOBODY, "attended": "no"}, "#/attended"),
        ({"contact_id": NOBODY, "note_sent_at": "2026-11-21"}, "#/note_sent_at"),
        ({"contact_id": NOBODY, "interview_id": NOBODY}, "#/interview_id"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_at_its_place(
    account: Account, interview: dict[str, Any], body: dict[str, Any], pointer: str
) -> None:
    problem = account.refused("POST", f"{PATH}/{interview['id']}/participants", 422, json=body)
    assert [error["pointer"] for error in problem["errors"]] == [pointer]


def test_a_participant_of_another_interview_is_none_of_this_one(
    account: Account, application: str, interview: dict[str, Any]
) -> None:
    body = {"application_id": application, "starts_at": "2026-11-20T14:00:00", "time_zone": "Asia/Tokyo"}
    other = account.made(PATH, body)["id"]
    path = f"{PATH}/{other}/participants/{interview['participants'][0]['id']}"
    for method in ("GET", "PATCH", "DELETE"):
        given = {"json": {"attended": True}} if method == "PATCH" else {}
        assert account.refused(method, path, 404, headers=ANY, **given)["code"] == "no_such_resource"


def test_who_is_forgotten_is_no_longer_among_those_who_took_part(
    account: Account, interview: dict[str, Any], people: list[str]
) -> None:
    path = f"{PATH}/{interview['id']}"
    account.made(f"{path}/participants", {"contact_id": people[1]})
    account.deleted(f"/v1/contacts/{people[0]}")
    assert [one["contact_id"] for one in account.seen(path)["participants"]] == [people[1]]


def test_merging_two_contacts_of_one_interview_leaves_one_participant(
    account: Account, interview: dict[str, Any], people: list[str]
) -> None:
    path = f"{PATH}/{interview['id']}"
    sent = "2026-11-21T00:00:00Z"
    account.made(f"{path}/participants", {"contact_id": people[1], "role": "recruiter", "note_sent_at": sent})
    answer = account.ask("POST", f"/v1/contacts/{people[0]}/merge", json={"contact_id": people[1]}, headers=ANY)
    assert answer.status_code == 200, answer.text
    (left,) = account.seen(path)["participants"]
    assert left["contact_id"] == people[0]
    assert (left["role"], left["note_sent_at"]) == ("interviewer", sent)


def test_merging_contacts_takes_their_interviews_along(
    account: Account, interview: dict[str, Any], people: list[str]
) -> None:
    answer = account.ask("POST", f"/v1/contacts/{people[1]}/merge", json={"contact_id": people[0]}, headers=ANY)
    assert answer.status_code == 200, answer.text
    (moved,) = account.seen(f"{PATH}/{interview['id']}")["participants"]
    assert (moved["contact_id"], moved["role"]) == (people[1], "interviewer")


def test_forgetting_somebody_is_a_change_of_the_interviews_they_took_part_in(
    account: Account, interview: dict[str, Any], people: list[str]
) -> None:
    path = f"{PATH}/{interview['id']}"
    before = account.get(path)
    account.deleted(f"/v1/contacts/{people[0]}")
    account.require_changed(path, before)


@pytest.mark.parametrize("both", [True, False])
def test_merging_somebody_is_a_change_of_the_interviews_they_took_part_in(
    account: Account,
    interview: dict[str, Any],
    people: list[str],
    both: bool,  # noqa: FBT001 - a case
) -> None:
    path = f"{PATH}/{interview['id']}"
    if both:
        account.made(f"{path}/participants", {"contact_id": people[1]})
    before = account.get(path)
    account.ask("POST", f"/v1/contacts/{people[1]}/merge", json={"contact_id": people[0]}, headers=ANY)
    account.require_changed(path, before)


def test_an_interview_without_the_one_who_is_merged_or_forgotten_keeps_its_version(
    account: Account, interview: dict[str, Any], people: list[str]
) -> None:
    path, third = f"{PATH}/{interview['id']}", a_person(account)
    before = account.get(path).headers["etag"]
    account.ask("POST", f"/v1/contacts/{people[1]}/merge", json={"contact_id": third}, headers=ANY)
    account.deleted(f"/v1/contacts/{people[1]}")
    assert account.get(path).headers["etag"] == before


def test_participants_are_no_member_of_a_patch(account: Account, interview: dict[str, Any]) -> None:
    problem = account.refused("PATCH", f"{PATH}/{interview['id']}", 422, json={"participants": []}, headers=ANY)
    (wrong,) = problem["errors"]
    assert wrong["hint"] == "They are changed at /v1/interviews/{interview_id}/participants."
