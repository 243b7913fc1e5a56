from datetime import date, timedelta

import pytest

from app.references.consent import Consent, consent_on, last_day

DAY, A_YEAR = date(2026, 11, 23), timedelta(days=365)


@pytest.mark.parametrize(
    ("given_on", "until", "expected"),
    [
        (None, None, "none"),
        (date(2026, 11, 23), None, "current"),
        (date(2025, 11, 23), None, "current"),
        (date(2025, 11, 22), None, "old"),
        (date(2026, 9, 1), date(2026, 11, 23), "current"),
        (date(2026, 9, 1), date(2026, 11, 22), "ended"),
        (date(2020, 1, 1), date(2026, 11, 22), "ended"),
        (date(2020, 1, 1), date(2027, 1, 1), "old"),
    ],
)
def test_consent_grows_old_and_ends(given_on: date | None, until: date | None, expected: Consent) -> None:
    assert consent_on(DAY, given_on, until, A_YEAR) == expected


@pytest.mark.parametrize(
    ("given_on", "until", "expected"),
    [
        (None, None, None),
        (date(2026, 9, 1), None, date(2027, 9, 1)),
        (date(2026, 9, 1), date(2026, 12, 31), date(2026, 12, 31)),
        (date(2026, 9, 1), date(2028, 12, 31), date(2027, 9, 1)),
    ],
)
def test_the_last_day_of_consent_is_the_last_on_which_it_is_current(
    given_on: date | None, until: date | None, expected: date | None
) -> None:
    last = last_day(given_on, until, A_YEAR)
    assert last == expected
    if last:
        assert consent_on(last, given_on, until, A_YEAR) == "current"
        assert consent_on(last + timedelta(days=1), given_on, until, A_YEAR) != "current"
