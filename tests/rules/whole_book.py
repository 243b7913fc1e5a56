"""The rule book as it is delivered, for tests and strategies that cannot ask a fixture."""

from datetime import date
from functools import cache

from app.rules import load
from app.rules.book import RuleBook
from app.working_days import WorkingDays

TODAY = date(2026, 11, 23)
"""The day for which tests decide, unless they say otherwise."""


@cache
def whole_book() -> RuleBook:
    """The delivered data on the real calendar."""
    return RuleBook(load.read(), WorkingDays())
