"""The calendar over the holiday library."""

from datetime import date, timedelta

import pytest

from app.rules.calendar import weekends
from app.working_days import WorkingDays


def works(country: str, day: str, subdivision: str | None = None) -> bool:
    when = date.fromisoformat(day)
    return when not in WorkingDays().days_off(country, subdivision, when.year)


def test_friday_and_saturday_are_the_weekend_of_saudi_arabia() -> None:
    assert [works("SA", day) for day in ("2026-11-26", "2026-11-27", "2026-11-28", "2026-11-29")] == [
        *(True, False, False, True)
    ]


def test_friday_alone_is_the_weekend_of_iran() -> None:
    assert [works("IR", day) for day in ("2026-11-26", "2026-11-27", "2026-11-28", "2026-11-29")] == [
        *(True, False, True, True)
    ]


def test_brunei_rests_on_fridays_and_sundays() -> None:
    assert [works("BN", day) for day in ("2026-11-27", "2026-11-28", "2026-11-29")] == [False, True, False]


def test_the_weekend_moves_with_the_law_of_the_land() -> None:
    # Until 2021 the Emirates rested on Friday and Saturday.
    assert not works("AE", "2021-11-26")
    assert works("AE", "2021-11-28")
    assert works("AE", "2026-11-27")
    assert not works("AE", "2026-11-29")


def test_epiphany_is_a_holiday_in_bavaria_and_a_working_day_in_berlin() -> None:
    assert not works("DE", "2026-01-06", "DE-BY")
    assert works("DE", "2026-01-06", "DE-BE")
    assert works("DE", "2026-01-06")


def test_a_weekend_that_is_worked_to_make_a_holiday_longer_counts_as_working_day() -> None:
    # China works on Sunday 2024-02-04 and rests through the week of the New Year.
    assert works("CN", "2024-02-04")
    assert not works("CN", "2024-02-12")


def test_a_country_that_the_library_does_not_know_has_weekends_only() -> None:
    assert WorkingDays().days_off("ZZ", None, 2026) == weekends(2026)


@pytest.mark.parametrize("subdivision", ["DE-XX", "DE-"])
def test_a_subdivision_that_the_library_does_not_know_has_the_holidays_of_its_country(subdivision: str) -> None:
    assert WorkingDays().days_off("DE", subdivision, 2026) == WorkingDays().days_off("DE", None, 2026)


@pytest.mark.parametrize("year", [2000, 2036, 2099, 2101])
@pytest.mark.parametrize("country", ["IN", "CN", "SA", "IL", "US"])
def test_far_years_have_their_weekends_and_no_warning(country: str, year: int) -> None:
    off = WorkingDays().days_off(country, None, year)
    assert 52 <= len(off) <= 150


def test_nowhere_and_never_is_there_no_working_day_for_a_month() -> None:
    for country in ("MM", "RU", "CN", "SA", "BN", "IR", "JP"):
        for year in (2012, 2026, 2045):
            off, longest, run, day = WorkingDays().days_off(country, None, year), 0, 0, date(year, 1, 1)
            while day.year == year:
                run = run + 1 if day in off else 0
                longest, day = max(longest, run), day + timedelta(days=1)
            assert longest <= 14, (country, year)


def test_the_calendar_names_its_library_and_version_for_the_rules_version() -> None:
    name, _, version = WorkingDays().version.partition("-")
    assert name == "holidays"
    assert version[0].isdigit()
