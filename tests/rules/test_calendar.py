"""Counting working days through the calendar port."""

from datetime import date

import pytest

from app.rules.calendar import LONGEST_HOLIDAY, MondayToFriday, Place, days_of, weekends
from app.working_days import WorkingDays


class Resting:
    """A calendar with given days off."""

    version = "resting"

    def __init__(self, *days: str) -> None:
        self.days = frozenset(map(date.fromisoformat, days))

    def days_off(self, country: str, subdivision: str | None, year: int) -> frozenset[date]:
        assert (country, subdivision) == ("DE", "DE-BY")
        return frozenset(day for day in self.days if day.year == year)


class Never:
    """A calendar on which nobody ever works."""

    version = "never"

    def days_off(self, country: str, subdivision: str | None, year: int) -> frozenset[date]:  # noqa: ARG002 - the port
        return frozenset(days_of(year))


def test_a_year_has_all_its_days_and_its_weekends() -> None:
    assert (len(days_of(2024)), len(days_of(2026))) == (366, 365)
    assert days_of(2026)[0] == date(2026, 1, 1)
    assert days_of(2026)[-1] == date(2026, 12, 31)
    assert len(weekends(2026)) == 104
    assert {day.weekday() for day in weekends(2026)} == {5, 6}


def test_without_a_calendar_monday_to_friday_are_working_days() -> None:
    place = Place(MondayToFriday(), "SA", None)
    assert place.is_working_day(date(2026, 11, 27))
    assert not place.is_working_day(date(2026, 11, 28))


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-11-23", 0, "2026-11-23"),
        ("2026-11-28", 0, "2026-11-30"),
        ("2026-11-23", 1, "2026-11-24"),
        ("2026-11-27", 1, "2026-11-30"),
        ("2026-11-28", 1, "2026-11-30"),
        ("2026-11-23", 10, "2026-12-07"),
        ("2026-12-31", 1, "2027-01-01"),
        ("2026-12-30", 3, "2027-01-04"),
        ("2026-01-01", 250, "2026-12-17"),
    ],
)
def test_business_days_are_counted_from_the_next_day_on(start: str, count: int, end: str) -> None:
    place = Place(MondayToFriday(), "US", None)
    assert place.after(date.fromisoformat(start), count) == date.fromisoformat(end)


def test_days_off_are_asked_for_the_place_and_skipped_across_the_years() -> None:
    place = Place(Resting("2026-12-31", "2027-01-01"), "DE", "DE-BY")
    assert place.on_or_after(date(2026, 12, 31)) == date(2027, 1, 2)
    assert place.after(date(2026, 12, 30), 1) == date(2027, 1, 2)
    assert place.is_working_day(date(2026, 12, 30))


def test_a_search_without_end_ends_where_it_began_or_after_the_longest_holiday() -> None:
    place = Place(Never(), "DE", None)
    assert place.on_or_after(date(2026, 1, 1)) == date(2026, 1, 1)
    assert (place.after(date(2026, 1, 1), 1) - date(2026, 1, 1)).days == 7 + LONGEST_HOLIDAY


def test_on_the_real_calendar_a_saudi_week_begins_on_sunday() -> None:
    place = Place(WorkingDays(), "SA", None)
    assert place.after(date(2026, 11, 26), 1) == date(2026, 11, 29)
