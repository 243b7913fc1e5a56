"""What cannot be is refused: what happened lies in the past, and what comes after an interview not before it."""

from datetime import timedelta
from typing import Any

import pytest

from app.http import clock
from tests.interviews.conftest import OSAKA
from tests.stored import ANY, Account

PATH = "/v1/interviews"
NEXT_WEEK = clock.now() + timedelta(days=7)
TO_COME = {"starts_at": NEXT_WEEK.isoformat(), "time_zone": "Asia/Tokyo"}


def wrong_in(account: Account, method: str, path: str, body: object) -> dict[str, str]:
    """The one place that a request is refused for."""
    (wrong,) = account.refused(method, path, 422, json=body, headers=ANY)["errors"]
    assert wrong["detail"]
    assert wrong["hint"]
    return dict(wrong)


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"said": {"answer_by": "2026-11-19"}}, "#/said/answer_by"),
        ({"enquiries": 1, "last_enquiry_on": "2026-11-18"}, "#/last_enquiry_on"),
    ],
)
def test_what_follows_an_interview_is_not_before_its_day(
    account: Account, application: str, said: dict[str, Any], pointer: str
) -> None:
    wrong = wrong_in(account, "POST", PATH, {**OSAKA, "application_id": application, **said})
    assert (wrong["pointer"], wrong["detail"]) == (pointer, "This is before the day of the interview, 2026-11-20.")


def test_an_interview_cannot_be_moved_behind_what_follows_it(account: Account, interview: dict[str, Any]) -> None:
    path = f"{PATH}/{interview['id']}"
    account.changed(path, {"said": {"answer_by": "2026-11-20"}})
    later = {"starts_at": "2026-11-22T14:00:00", "ends_at": None}
    assert wrong_in(account, "PATCH", path, later)["pointer"] == "#/said/answer_by"
    assert account.seen(path)["starts_at"] == interview["starts_at"]


def test_the_day_of_an_interview_is_the_one_where_it_is_held(account: Account, application: str) -> None:
    early = {"starts_at": "2026-11-20T08:00:00", "time_zone": "Asia/Tokyo", "application_id": application}
    made = account.made(PATH, {**early, "said": {"answer_by": "2026-11-20"}})
    assert made["starts_at"] == "2026-11-19T23:00:00Z"
    assert wrong_in(account, "POST", PATH, {**early, "said": {"answer_by": "2026-11-19"}})["pointer"] == (
        "#/said/answer_by"
    )


def test_an_enquiry_may_be_of_the_day_before_by_clocks_further_west(account: Account, application: str) -> None:
    body = {**OSAKA, "application_id": application, "enquiries": 1, "last_enquiry_on": "2026-11-19"}
    assert account.made(PATH, body)["last_enquiry_on"] == "2026-11-19"


def test_nobody_has_asked_on_a_day_to_come(account: Account, interview: dict[str, Any]) -> None:
    later = {"enquiries": 1, "last_enquiry_on": str(NEXT_WEEK.date())}
    wrong = wrong_in(account, "PATCH", f"{PATH}/{interview['id']}", later)
    assert (wrong["pointer"], "lies in the future" in wrong["detail"]) == ("#/last_enquiry_on", True)


def test_no_note_was_sent_at_a_moment_to_come(account: Account, interview: dict[str, Any], people: list[str]) -> None:
    path, later = f"{PATH}/{interview['id']}/participants", {"note_sent_at": NEXT_WEEK.isoformat()}
    added = wrong_in(account, "POST", path, {"contact_id": people[1], **later})
    changed = wrong_in(account, "PATCH", f"{path}/{interview['participants'][0]['id']}", later)
    assert added == changed
    assert (added["pointer"], "the moment lies in the future" in added["detail"]) == ("#/note_sent_at", True)
    assert account.seen(f"{PATH}/{interview['id']}")["participants"] == interview["participants"]


def test_a_clock_may_be_a_little_ahead(account: Account, interview: dict[str, Any], people: list[str]) -> None:
    soon = (clock.now() + timedelta(minutes=4)).isoformat()
    path = f"{PATH}/{interview['id']}/participants"
    assert account.made(path, {"contact_id": people[1], "note_sent_at": soon})["note_sent_at"]


def test_every_participant_of_a_new_one_is_looked_at(account: Account, application: str, people: list[str]) -> None:
    sent = {"note_sent_at": NEXT_WEEK.isoformat()}
    participants = [{"contact_id": people[0]}, {"contact_id": people[1], **sent}]
    body = {**OSAKA, "application_id": application, "participants": participants}
    assert wrong_in(account, "POST", PATH, body)["pointer"] == "#/participants/1/note_sent_at"


def test_nobody_was_thanked_at_the_end_of_an_interview_to_come(account: Account, application: str) -> None:
    body = {**TO_COME, "application_id": application, "thanked_in_person": True}
    assert wrong_in(account, "POST", PATH, body)["pointer"] == "#/thanked_in_person"
    assert account.made(PATH, {**body, "thanked_in_person": False})["thanked_in_person"] is False


def test_nobody_has_attended_an_interview_to_come(account: Account, application: str, people: list[str]) -> None:
    there = {"contact_id": people[0], "attended": True}
    body = {**TO_COME, "application_id": application}
    new = wrong_in(account, "POST", PATH, {**body, "participants": [there]})
    assert new["pointer"] == "#/participants/0/attended"
    made = account.made(PATH, {**body, "participants": [{"contact_id": people[1], "attended": False}]})
    path = f"{PATH}/{made['id']}/participants"
    assert wrong_in(account, "POST", path, there)["pointer"] == "#/attended"
    part = f"{path}/{made['participants'][0]['id']}"
    assert wrong_in(account, "PATCH", part, {"attended": True})["pointer"] == "#/attended"
    assert account.seen(part)["attended"] is False


def test_an_interview_that_somebody_attended_cannot_be_moved_to_come(
    account: Account, interview: dict[str, Any]
) -> None:
    path = f"{PATH}/{interview['id']}"
    account.changed(f"{path}/participants/{interview['participants'][0]['id']}", {"attended": True})
    later = {"starts_at": TO_COME["starts_at"], "ends_at": None}
    assert wrong_in(account, "PATCH", path, later)["pointer"] == "#/starts_at"
    assert account.seen(path)["starts_at"] == interview["starts_at"]
