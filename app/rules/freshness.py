"""How long what somebody has seen counts as fresh."""

from calendar import monthrange
from datetime import date

from app.rules import entries

REVIEW_MONTHS = 24
"""An entry not reviewed for longer drops one step of confidence."""


def reviewed_until(entry: entries.Entry | entries.Statute) -> date:
    """The last day on which an entry or a statute counts as reviewed."""
    return fresh_until(entry.reviewed_on)


def fresh_until(seen_on: date) -> date:
    """The last day on which what was seen on a day counts as fresh."""
    years, month = divmod(seen_on.month - 1 + REVIEW_MONTHS, 12)
    year, month = seen_on.year + years, month + 1
    return date(year, month, min(seen_on.day, monthrange(year, month)[1]))
