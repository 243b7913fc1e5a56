"""Local times that exist once, twice or never."""

from datetime import datetime

import pytest

from app.rules import zones


def readings(local: str, name: str) -> list[str]:
    return [moment.isoformat() for moment in zones.readings(datetime.fromisoformat(local), name)]


def test_zones_are_known_by_their_iana_names() -> None:
    assert zones.exists("Asia/Tokyo")
    assert not zones.exists("Tokyo")


def test_a_local_time_in_no_zone_means_nothing() -> None:
    assert readings("2026-11-23T15:00:00", "Tokyo") == []


def test_a_local_time_that_exists_once_is_one_moment() -> None:
    assert readings("2026-11-23T15:00:00", "Asia/Tokyo") == ["2026-11-23T15:00:00+09:00"]


@pytest.mark.parametrize(
    ("local", "name", "before", "after"),
    [
        ("2026-11-01T01:30:00", "America/New_York", "2026-11-01T01:30:00-04:00", "2026-11-01T01:30:00-05:00"),
        ("2026-10-25T02:30:00", "Europe/Berlin", "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"),
        ("2026-04-05T01:45:00", "Australia/Lord_Howe", "2026-04-05T01:45:00+11:00", "2026-04-05T01:45:00+10:30"),
    ],
)
def test_a_local_time_that_happens_twice_has_two_readings(local: str, name: str, before: str, after: str) -> None:
    assert readings(local, name) == [before, after]
    assert not zones.in_gap(datetime.fromisoformat(local), name)


@pytest.mark.parametrize(
    ("local", "name", "before", "after"),
    [
        ("2026-03-08T02:30:00", "America/New_York", "2026-03-08T02:30:00-05:00", "2026-03-08T02:30:00-04:00"),
        ("2026-03-29T02:30:00", "Europe/Berlin", "2026-03-29T02:30:00+01:00", "2026-03-29T02:30:00+02:00"),
        ("2026-10-04T02:15:00", "Australia/Lord_Howe", "2026-10-04T02:15:00+10:30", "2026-10-04T02:15:00+11:00"),
    ],
)
def test_a_local_time_that_the_clocks_jump_over_has_two_readings_too(
    local: str, name: str, before: str, after: str
) -> None:
    assert readings(local, name) == [before, after]
    assert zones.in_gap(datetime.fromisoformat(local), name)


def test_a_moment_is_shown_as_the_clocks_of_a_zone_show_it() -> None:
    moment = datetime.fromisoformat("2026-11-23T06:30:00+00:00")
    assert zones.local(moment, "Asia/Tokyo").isoformat() == "2026-11-23T15:30:00+09:00"
