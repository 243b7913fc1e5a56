"""The calendar as a port: which days are working days is told from outside, so that the rules stay pure.

The adapter over a holiday library is `app/working_days.py`; tests and callers without one use `MondayToFriday`.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

SATURDAY = 5
ONE_DAY = timedelta(days=1)
LONGEST_HOLIDAY = 60
"""Days after which the search for a working day ends with the day it started from."""


class Calendar(Protocol):
    """Working days of the world."""

    version: str
    """Changes whenever answers may change; part of `rules_version`."""

    def days_off(self, country: str, subdivision: str | None, year: int) -> frozenset[date]:
        """Every day of a year on which people in a country (and subdivision) are not at work."""
        ...


class MondayToFriday:
    """A calendar without holidays."""

    version = "monday-to-friday"

    def days_off(self, country: str, subdivision: str | None, year: int) -> frozenset[date]:  # noqa: ARG002 - the port
        """Saturdays and Sundays, everywhere."""
        return weekends(year)


@lru_cache(maxsize=256)
def weekends(year: int) -> frozenset[date]:
    """Every Saturday and Sunday of a year."""
    return frozenset(day for day in days_of(year) if day.weekday() >= SATURDAY)


def days_of(year: int) -> list[date]:
    """Every day of a year."""
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return [date.fromordinal(number) for number in range(first, last + 1)]


class Place:
    """A calendar seen from one country and subdivision."""

    __slots__ = ("_calendar", "_country", "_off", "_subdivision", "_year")

    def __init__(self, calendar: Calendar, country: str, subdivision: str | None) -> None:
        """Working days of `country` and `subdivision` as `calendar` has them."""
        self._calendar, self._country, self._subdivision = calendar, country, subdivision
        self._year: int | None = None
        self._off: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is a working day here."""
        if day.year != self._year:
            self._year, self._off = day.year, self._calendar.days_off(self._country, self._subdivision, day.year)
        return day not in self._off

    def on_or_after(self, day: date) -> date:
        """The first working day from `day` on."""
        found = day
        for _ in range(LONGEST_HOLIDAY):
            if self.is_working_day(found):
                return found
            found += ONE_DAY
        return day

    def after(self, day: date, business_days: int) -> date:
        """The day that lies `business_days` working days after `day`; for 0 the first working day from it on."""
        if business_days == 0:
            return self.on_or_after(day)
        found, left, year, off = day, business_days, 0, self._off
        for _ in range(business_days * 7 + LONGEST_HOLIDAY):
            found += ONE_DAY
            if found.year != year:
                year = found.year
                off = self._calendar.days_off(self._country, self._subdivision, year)
            if found not in off:
                left -= 1
                if not left:
                    break
        return found
