"""When an interview is: local times and moments, and clocks that change."""

from typing import Any

import pytest

from tests.stored import ANY, Account

PATH = "/v1/interviews"
CHANGES = [
    (
        "Europe/Berlin",
        "2026-03-29T02:30:00",
        "does not exist",
        "2026-03-29T02:30:00+01:00",
        "2026-03-29T02:30:00+02:00",
    ),
    ("Europe/Berlin", "2026-10-25T02:30:00", "happens twice", "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"),
    (
        "America/New_York",
        "2026-03-08T02:15:00",
        "does not exist",
        "2026-03-08T02:15:00-05:00",
        "2026-03-08T02:15:00-04:00",
    ),
    (
        "Australia/Lord_Howe",
        "2026-04-05T01:45:00",
        "happens twice",
        "2026-04-05T01:45:00+11:00",
        "2026-04-05T01:45:00+10:30",
    ),
]


@pytest.mark.parametrize("change", CHANGES, ids=str)
@pytest.mark.parametrize("field", ["starts_at", "ends_at"])
def test_a_local_time_that_is_none_or_two_is_refused_with_both_choices(
    account: Account, application: str, field: str, change: tuple[str, ...]
) -> None:
    zone, local, what, first, second = change
    times = {"starts_at": "2026-01-01T10:00:00Z", field: local}
    body = {"application_id": application, "time_zone": zone, **times}
    (wrong,) = account.refused("POST", PATH, 422, json=body)["errors"]
    assert wrong["pointer"] == f"#/{field}"
    assert wrong["detail"] == f"{field} {what} in {zone}, where the clocks change; write {first} or {second}."


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_each_of_the_choices_is_accepted(account: Account, application: str, change: tuple[str, ...]) -> None:
    zone, _, what, first, second = change
    base = {"application_id": application, "time_zone": zone}
    one, other = (account.made(PATH, {**base, "starts_at": choice}) for choice in (first, second))
    assert one["starts_at"] != other["starts_at"]
    if what == "happens twice":
        assert (one["starts_at_local"], other["starts_at_local"]) == (first, second)


def test_a_change_into_a_gap_is_refused_too(account: Account, application: str) -> None:
    body = {"application_id": application, "starts_at": "2026-03-20T10:00:00", "time_zone": "Europe/Berlin"}
    made = account.made(PATH, body)
    path = f"{PATH}/{made['id']}"
    (wrong,) = account.refused("PATCH", path, 422, json={"starts_at": "2026-03-29T02:30:00"}, headers=ANY)["errors"]
    assert wrong["pointer"] == "#/starts_at"
    assert "2026-03-29T02:30:00+02:00" in wrong["detail"]
    assert account.seen(path) == made


@pytest.mark.parametrize(
    ("sent", "moment", "local"),
    [
        ("2026-11-20T14:00:00", "2026-11-20T05:00:00Z", "2026-11-20T14:00:00+09:00"),
        ("2026-11-20T14:00", "2026-11-20T05:00:00Z", "2026-11-20T14:00:00+09:00"),
        ("2026-11-20T05:00:00Z", "2026-11-20T05:00:00Z", "2026-11-20T14:00:00+09:00"),
        ("2026-11-20T00:00:00-05:00", "2026-11-20T05:00:00Z", "2026-11-20T14:00:00+09:00"),
        ("2026-11-20T14:00:00.250", "2026-11-20T05:00:00.250000Z", "2026-11-20T14:00:00.250000+09:00"),
    ],
)
def test_a_time_is_shown_as_a_moment_and_as_the_clocks_show_it(
    account: Account, application: str, sent: str, moment: str, local: str
) -> None:
    body = {"application_id": application, "starts_at": sent, "time_zone": "Asia/Tokyo"}
    made = account.made(PATH, body)
    assert (made["starts_at"], made["starts_at_local"]) == (moment, local)
    assert account.seen(f"{PATH}/{made['id']}") == made


def test_an_interview_over_the_change_of_the_clocks_lasts_as_long_as_it_lasts(
    account: Account, application: str
) -> None:
    body = {
        "application_id": application,
        "starts_at": "2026-10-25T01:30:00",
        "ends_at": "2026-10-25T03:00:00",
        "time_zone": "Europe/Berlin",
    }
    made: dict[str, Any] = account.made(PATH, body)
    assert (made["starts_at"], made["ends_at"]) == ("2026-10-24T23:30:00Z", "2026-10-25T02:00:00Z")
    whole_week = {**body, "starts_at": "2026-10-20T10:00:00", "ends_at": "2026-10-27T09:00:00"}
    assert account.made(PATH, whole_week)["ends_at"] == "2026-10-27T08:00:00Z"
    (wrong,) = account.refused("POST", PATH, 422, json={**whole_week, "ends_at": "2026-10-27T10:00:00"})["errors"]
    assert wrong["pointer"] == "#/ends_at"
