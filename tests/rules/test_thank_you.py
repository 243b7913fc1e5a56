"""When a note is sent: the window in the reader's own day."""

from datetime import UTC, date, datetime

import pytest

from app.rules.calendar import Calendar, MondayToFriday, Place
from app.rules.decision import Window
from app.rules.load import zone
from app.rules.thank_you import window
from app.working_days import WorkingDays

WORLD = WorkingDays()


def note(  # noqa: PLR0913 - the facts of a window
    ended_at: str,
    place: str,
    name: str,
    *,
    after: int = 0,
    within: int = 24,
    same_day: bool = False,
    calendar: Calendar = WORLD,
    as_of: date | None = None,
) -> Window:
    country, _, rest = place.partition("-")
    here = zone(name)
    assert here is not None
    moment = datetime.fromisoformat(ended_at).replace(tzinfo=here)
    return window(
        moment,
        here,
        Place(calendar, country, f"{country}-{rest}" if rest else None),
        not_before_hours=after,
        send_within_hours=within,
        same_day=same_day,
        as_of=as_of,
    )


def local(moment: datetime, name: str) -> str:
    assert moment.tzinfo is UTC
    return moment.astimezone(zone(name)).strftime("%a %Y-%m-%d %H:%M")


def suggested(ended_at: str, place: str, name: str, **rest: object) -> str:
    return local(note(ended_at, place, name, **rest).suggested_at, name)  # type: ignore[arg-type]


NEW_YORK, BERLIN, RIYADH, LORD_HOWE = "America/New_York", "Europe/Berlin", "Asia/Riyadh", "Australia/Lord_Howe"


def test_a_note_is_suggested_for_the_next_working_morning_within_the_customary_hours() -> None:
    found = note("2026-11-23T15:00", "US", NEW_YORK)
    assert local(found.opens_at, NEW_YORK) == "Mon 2026-11-23 15:00"
    assert local(found.suggested_at, NEW_YORK) == "Tue 2026-11-24 09:00"
    assert local(found.closes_at, NEW_YORK) == "Tue 2026-11-24 15:00"
    assert (found.time_zone, found.extended) == (NEW_YORK, False)


def test_an_american_friday_evening_is_answered_on_monday_by_extending_the_window() -> None:
    found = note("2026-11-20T18:00", "US", NEW_YORK)
    assert local(found.suggested_at, NEW_YORK) == "Mon 2026-11-23 09:00"
    assert local(found.closes_at, NEW_YORK) == "Mon 2026-11-23 17:00"
    assert found.extended


def test_an_american_friday_afternoon_is_answered_the_same_day() -> None:
    found = note("2026-11-20T15:00", "US", NEW_YORK)
    assert local(found.suggested_at, NEW_YORK) == "Fri 2026-11-20 16:00"
    assert not found.extended


def test_at_the_end_of_a_friday_a_note_goes_out_at_once_while_people_are_still_there() -> None:
    assert suggested("2026-11-20T16:59", "US", NEW_YORK) == "Fri 2026-11-20 16:59"
    assert suggested("2026-11-20T17:00", "US", NEW_YORK) == "Mon 2026-11-23 09:00"


def test_thanksgiving_is_no_day_for_a_note() -> None:
    assert suggested("2026-11-25T18:00", "US", NEW_YORK, within=48) == "Fri 2026-11-27 09:00"


def test_a_saudi_thursday_evening_is_answered_on_sunday_at_nine() -> None:
    found = note("2026-11-26T20:00", "SA", RIYADH)
    assert local(found.suggested_at, RIYADH) == "Sun 2026-11-29 09:00"
    assert local(found.closes_at, RIYADH) == "Sun 2026-11-29 17:00"
    assert found.extended


def test_christmas_in_germany_is_waited_out() -> None:
    # Christmas Eve is a Thursday in 2026; Friday and Saturday are public holidays.
    assert suggested("2026-12-24T18:00", "DE", BERLIN, within=48) == "Mon 2026-12-28 09:00"


def test_epiphany_is_waited_out_in_bavaria_only() -> None:
    assert suggested("2026-01-05T18:00", "DE-BY", BERLIN) == "Wed 2026-01-07 09:00"
    assert suggested("2026-01-05T18:00", "DE-BE", BERLIN) == "Tue 2026-01-06 09:00"


@pytest.mark.parametrize(
    ("ended_at", "place", "name", "opens", "suggests"),
    [
        # The clocks change in the night between: 09:00 is 09:00 by the wall, and the hours in between are real ones.
        ("2026-03-07T22:00", "US", NEW_YORK, "Sat 2026-03-07 22:00", "Mon 2026-03-09 09:00"),
        ("2026-10-31T22:00", "US", NEW_YORK, "Sat 2026-10-31 22:00", "Mon 2026-11-02 09:00"),
        ("2026-03-28T22:00", "DE", BERLIN, "Sat 2026-03-28 22:00", "Mon 2026-03-30 09:00"),
        ("2026-10-24T22:00", "DE", BERLIN, "Sat 2026-10-24 22:00", "Mon 2026-10-26 09:00"),
        ("2026-10-03T22:00", "AU", LORD_HOWE, "Sat 2026-10-03 22:00", "Mon 2026-10-05 09:00"),
        ("2026-04-04T22:00", "AU", LORD_HOWE, "Sat 2026-04-04 22:00", "Tue 2026-04-07 09:00"),
    ],
)
def test_the_morning_is_nine_by_the_wall_also_after_the_clocks_have_changed(
    ended_at: str, place: str, name: str, opens: str, suggests: str
) -> None:
    found = note(ended_at, place, name, within=72)
    assert local(found.opens_at, name) == opens
    assert local(found.suggested_at, name) == suggests


@pytest.mark.parametrize(
    ("day", "name", "hours"),
    [
        ("2026-03-07", NEW_YORK, 47),
        ("2026-10-31", NEW_YORK, 49),
        ("2026-03-28", BERLIN, 47),
        ("2026-10-24", BERLIN, 49),
        ("2026-10-03", LORD_HOWE, 47.5),
        ("2026-04-04", LORD_HOWE, 48.5),
    ],
)
def test_two_days_over_a_change_of_clocks_are_longer_or_shorter_by_what_was_changed(
    day: str, name: str, hours: float
) -> None:
    found = note(f"{day}T09:00", "ZZ", name, within=48, same_day=True)
    assert (found.suggested_at - found.opens_at).total_seconds() / 3600 == hours


def test_a_note_is_not_suggested_before_the_time_at_which_it_would_look_hasty() -> None:
    found = note("2026-11-23T10:00", "US", NEW_YORK, after=3, same_day=True)
    assert local(found.opens_at, NEW_YORK) == "Mon 2026-11-23 13:00"
    assert local(found.suggested_at, NEW_YORK) == "Mon 2026-11-23 13:00"


def test_hours_of_waiting_that_outlast_the_customary_ones_hold_the_window_open() -> None:
    found = note("2026-11-23T10:00", "US", NEW_YORK, after=48, within=24)
    assert found.opens_at <= found.suggested_at <= found.closes_at
    assert local(found.suggested_at, NEW_YORK) == "Wed 2026-11-25 10:00"


def test_where_the_same_day_is_the_custom_a_working_hour_of_it_is_taken() -> None:
    assert suggested("2026-11-23T10:30", "US", NEW_YORK, same_day=True) == "Mon 2026-11-23 11:30"
    assert suggested("2026-11-23T07:30", "US", NEW_YORK, same_day=True) == "Mon 2026-11-23 09:00"
    assert suggested("2026-11-23T17:00", "US", NEW_YORK, same_day=True) == "Tue 2026-11-24 09:00"


def test_with_few_hours_to_spare_the_note_goes_out_an_hour_later() -> None:
    assert suggested("2026-11-23T10:00", "US", NEW_YORK, within=2) == "Mon 2026-11-23 11:00"


def test_a_window_is_to_come_open_or_passed_by_local_days() -> None:
    statuses = {
        day: note("2026-11-23T10:00", "US", NEW_YORK, as_of=date(2026, 11, day)).status for day in (22, 23, 24, 25)
    }
    assert statuses == {22: "not_yet", 23: "open", 24: "open", 25: "passed"}
    assert note("2026-11-23T10:00", "US", NEW_YORK).status == "unknown"


def test_a_calendar_without_holidays_knows_no_christmas() -> None:
    found = suggested("2026-12-24T10:00", "DE", BERLIN, calendar=MondayToFriday())
    assert found == "Fri 2026-12-25 09:00"
