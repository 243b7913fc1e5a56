"""Periods in which a reference cannot be asked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from app.http.resources import Sent, Shown
from app.rules.calendar import ONE_DAY
from app.rules.facts import Day


class PeriodWrite(Sent):
    """Days in a row, both ends included."""

    from_on: Day
    """The first day."""
    until_on: Day
    """The last day."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until_on < self.from_on:
            message = "until_on must not be before from_on"
            raise PydanticCustomError("period", message, {"field": "until_on"})
        return self


class Period(Shown):
    """Days in a row, both ends included."""

    from_on: date
    until_on: date


def in_order(given: list[PeriodWrite]) -> list[PeriodWrite]:
    """Periods in their order. Raises `PydanticCustomError` at one that begins before an earlier one has ended."""
    places = sorted(range(len(given)), key=lambda place: given[place].from_on)
    for before, place in pairwise(places):
        if given[place].from_on <= given[before].until_on:
            message = "This period begins before another one has ended, on {day}"
            context = {"field": (place, "from_on"), "day": str(given[before].until_on)}
            raise PydanticCustomError("overlap", message, {**context, "hint": "Make one period of the two."})
    return [given[place] for place in places]


def away_until(periods: Sequence[Mapping[str, str]], day: date) -> date | None:
    """The last day of the period, of those that are kept, in which a day lies; None where it lies in none."""
    today = day.isoformat()
    return next(
        (date.fromisoformat(one["until_on"]) for one in periods if one["from_on"] <= today <= one["until_on"]), None
    )


def changes_on(periods: Sequence[Mapping[str, str]], day: date) -> date | None:
    """The first day after a day on which a period begins, or on which one is over; None where none does."""
    firsts = (date.fromisoformat(one["from_on"]) for one in periods)
    overs = (date.fromisoformat(one["until_on"]) + ONE_DAY for one in periods)
    return min((one for one in (*firsts, *overs) if one > day), default=None)


def joined(periods: Iterable[PeriodWrite]) -> Iterator[PeriodWrite]:
    """The days of all periods as periods that do not overlap, in their order."""
    current: PeriodWrite | None = None
    for one in sorted(periods, key=lambda period: period.from_on):
        if current is not None and one.from_on <= current.until_on:
            current = PeriodWrite(from_on=current.from_on, until_on=max(current.until_on, one.until_on))
        else:
            if current is not None:
                yield current
            current = one
    if current is not None:
        yield current
