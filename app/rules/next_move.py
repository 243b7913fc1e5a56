"""Whose turn it is, until when an answer is due, and when the candidate may ask."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.rules import vocabulary as v
from app.rules.calendar import Place

Basis = Literal["promised", "policy", "customary"]
ENQUIRY_CAP = 2
"""A candidate asks at most twice, then closes the matter and moves on."""


@dataclass(slots=True)
class Expected:
    """What is expected of the next move before anybody looks at the date."""

    who: v.Mover
    promised_on: date | None
    promised_within: int | None
    typical_wait: tuple[int, ...] | None
    enquire_after: int | None
    grace: int
    enquiry_forbidden: bool
    ended_on: date | None
    """Local day on which the interview ended."""


@dataclass(slots=True)
class Asked:
    """What the candidate has asked so far, as of a day."""

    as_of: date | None
    enquiries: int
    last_on: date | None


@dataclass(slots=True)
class Turn:
    """Whose turn it is on a day."""

    who: v.Mover
    advice: v.Advice
    since: date | None
    answer_expected_on: date | None
    answer_basis: Basis | None
    enquire_from: date | None
    enquiries_left: int


def turn(expected: Expected, place: Place, asked: Asked) -> Turn:
    """Whose turn it is.

    A date that was promised comes first, then the employer's published promise, then custom. Once the day has come
    from which asking is fair, the turn is the candidate's since that day. Unknown dates give unknown answers.
    """
    answer_on, basis = _answer(expected, place)
    left = 0 if expected.enquiry_forbidden else max(0, ENQUIRY_CAP - asked.enquiries)
    ask_from = None
    if left and expected.who != "nobody":
        ask_from = _enquire_from(expected, place, answer_on if basis in {"promised", "policy"} else None, asked)
    who, since = expected.who, None
    if ask_from and asked.as_of and asked.as_of >= ask_from:
        who, since = "candidate", ask_from
    if who == "nobody" or (asked.enquiries >= ENQUIRY_CAP and not expected.enquiry_forbidden):
        advice: v.Advice = "close"
    elif since or (who == "candidate" and left and ask_from is None):
        advice = "ask_again" if asked.enquiries else "ask"
    else:
        advice = "check_portal" if who == "portal" else "wait"
    return Turn(who, advice, since, answer_on, basis, ask_from, left)


def _answer(expected: Expected, place: Place) -> tuple[date | None, Basis | None]:
    """The day by which an answer is due or usual, and what that rests on."""
    if expected.promised_on:
        return expected.promised_on, "promised"
    if expected.ended_on is None:
        return None, None
    if expected.promised_within is not None:
        return place.after(expected.ended_on, expected.promised_within), "policy"
    if expected.typical_wait:
        return place.after(expected.ended_on, expected.typical_wait[-1]), "customary"
    return None, None


def _enquire_from(expected: Expected, place: Place, promised: date | None, asked: Asked) -> date | None:
    """The first working day on which asking (again) is fair."""
    if promised:
        fair = place.after(promised, expected.grace)
    elif expected.ended_on is not None and expected.enquire_after is not None:
        fair = place.after(expected.ended_on, expected.enquire_after)
    else:
        return None
    if asked.enquiries and asked.last_on and expected.enquire_after is not None:
        fair = max(fair, place.after(asked.last_on, expected.enquire_after))
    return fair
