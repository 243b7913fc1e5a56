"""Working days of the world: the `holidays` library behind the rules' calendar port."""

import warnings
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from threading import Lock

import holidays

from app.rules.calendar import days_of, weekends

CALENDARS = 4096
"""Years of places kept; a year of a place is some 120 dates."""
_quiet = Lock()


class WorkingDays:
    """Public holidays, weekends and working weekends by country and subdivision.

    A country that the library does not know has Saturday and Sunday off and no holidays; a subdivision that it does
    not know has its country's.
    """

    version = f"holidays-{version('holidays')}"

    def days_off(self, country: str, subdivision: str | None, year: int) -> frozenset[date]:
        """Every day of a year on which people there are not at work."""
        return _days_off(country, subdivision, year)


@lru_cache(maxsize=1)
def _supported() -> dict[str, list[str]]:
    """Countries that the library knows, with their subdivisions."""
    return holidays.list_supported_countries(include_aliases=False)


@lru_cache(maxsize=CALENDARS)
def _days_off(country: str, subdivision: str | None, year: int) -> frozenset[date]:
    """The same, kept."""
    known = _supported()
    if country not in known:
        return weekends(year)
    code = subdivision.partition("-")[2] if subdivision else None
    # For years whose moon the library has not computed it warns, once per call; they then lack those holidays only.
    with _quiet, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        calendar = holidays.country_holidays(country, subdiv=code if code in known[country] else None, years=year)
    return frozenset(day for day in days_of(year) if not calendar.is_working_day(day))
