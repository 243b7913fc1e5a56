"""Whose turn it is, until when an answer is due, and when the candidate may ask."""

from dataclasses import dataclass
from datetime import date

from app.rules import vocabulary as v
from app.rules.calendar import Place

ENQUIRY_CAP = 2


def times_asked(enquiries: int | None, last_on: date | None) -> int:
    """How often the candidate has asked, of whom perhaps only the last day is known."""
    return int(last_on is not None) if enquiries is None else enquiries


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
    offered: bool
    """The employer has made an offer, which is not answered."""
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
    answer_basis: v.AnswerBasis | None
    asking_basis: v.AnswerBasis | None
    """What the day for asking rests on."""
    enquire_from: date | None
    enquiries_left: int


def turn(expected: Expected, place: Place, asked: Asked) -> Turn:
    """Whose turn it is.

    A date that was promised comes first, then the employer's published or reported promise, then custom. Once the day
    has come from which asking is fair, the turn is the candidate's since that day, but never before the interview.
    Unknown dates give unknown answers. Once an offer was made or the process has ended, no answer is due and there is
    nothing to ask for.
    """
    if expected.offered or expected.who == "nobody":
        advice: v.Advice = "accept_or_decline" if expected.offered else "close"
        return Turn(expected.who, advice, None, None, None, None, None, 0)
    answer_on, basis = _answer(expected, place)
    promised = answer_on if basis in {"promised", "policy"} else None
    left = 0 if expected.enquiry_forbidden else max(0, ENQUIRY_CAP - asked.enquiries)
    ask_from = _enquire_from(expected, place, promised, asked) if left else None
    who, since = expected.who, None
    over = asked.as_of is not None and (expected.ended_on is None or asked.as_of >= expected.ended_on)
    if ask_from and over and asked.as_of and asked.as_of >= ask_from:
        who, since = "candidate", ask_from
    asking_basis: v.AnswerBasis | None = None
    if ask_from:
        asking_basis = basis if promised else "customary"
    return Turn(who, _advice(expected, asked, since, ask_from), since, answer_on, basis, asking_basis, ask_from, left)


def _advice(expected: Expected, asked: Asked, since: date | None, ask_from: date | None) -> v.Advice:
    """What the candidate does now."""
    if asked.enquiries >= ENQUIRY_CAP and not expected.enquiry_forbidden:
        return "close"
    to_ask = expected.who == "candidate" and not expected.enquiry_forbidden and ask_from is None
    if since or (to_ask and not asked.enquiries):
        return "ask_again" if asked.enquiries else "ask"
    return "check_portal" if expected.who == "portal" else "wait"


def _answer(expected: Expected, place: Place) -> tuple[date | None, v.AnswerBasis | None]:
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
    """The first working day on which asking (again) is fair; unknown where the day of the last enquiry is."""
    if asked.enquiries and asked.last_on is None:
        return None
    if promised:
        fair = place.after(promised, expected.grace)
    elif expected.ended_on is not None and expected.enquire_after is not None:
        fair = place.after(expected.ended_on, expected.enquire_after)
    else:
        return None
    if asked.last_on and expected.enquire_after is not None:
        fair = max(fair, place.after(asked.last_on, expected.enquire_after))
    return fair
