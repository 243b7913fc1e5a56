"""Whose turn it is, until when an answer is due, and when asking is fair."""

from datetime import date
from typing import Any

import pytest

from app.rules.calendar import MondayToFriday, Place
from app.rules.next_move import ENQUIRY_CAP, Asked, Expected, Turn, turn

PLACE = Place(MondayToFriday(), "US", None)
MONDAY = date(2026, 11, 2)
"""The day of the interview."""


def asked(as_of: str | None = None, enquiries: int = 0, last_on: str | None = None) -> Asked:
    return Asked(
        date.fromisoformat(as_of) if as_of else None, enquiries, date.fromisoformat(last_on) if last_on else None
    )


def expected(**known: Any) -> Expected:  # noqa: ANN401 - fields of Expected
    usual: dict[str, Any] = {
        "who": "employer",
        "promised_on": None,
        "promised_within": None,
        "typical_wait": None,
        "enquire_after": 10,
        "grace": 2,
        "enquiry_forbidden": False,
        "offered": False,
        "ended_on": MONDAY,
    }
    return Expected(**{**usual, **known})


def on(day: str | None = None, enquiries: int = 0, last_on: str | None = None, **known: Any) -> Turn:  # noqa: ANN401 - fields of Expected
    return turn(expected(**known), PLACE, asked(day, enquiries, last_on))


def test_a_date_that_was_promised_comes_before_every_general_number() -> None:
    found = on(promised_on=date(2026, 11, 6), promised_within=3, typical_wait=(5, 15))
    assert (found.answer_expected_on, found.answer_basis) == (date(2026, 11, 6), "promised")
    assert found.enquire_from == date(2026, 11, 10)


def test_a_promised_saturday_is_waited_out_and_then_the_grace() -> None:
    found = on(promised_on=date(2026, 11, 7), grace=0)
    assert (found.answer_expected_on, found.enquire_from) == (date(2026, 11, 7), date(2026, 11, 9))


def test_a_promised_date_needs_no_known_interview_day() -> None:
    found = on(promised_on=date(2026, 11, 6), ended_on=None)
    assert found.enquire_from == date(2026, 11, 10)


def test_the_employers_published_promise_comes_before_custom() -> None:
    found = on(promised_within=5, typical_wait=(5, 15))
    assert (found.answer_expected_on, found.answer_basis) == (date(2026, 11, 9), "policy")
    assert found.enquire_from == date(2026, 11, 11)


def test_custom_expects_an_answer_by_the_longest_usual_wait_and_asks_after_the_customary_days() -> None:
    found = on(typical_wait=(5, 15))
    assert (found.answer_expected_on, found.answer_basis) == (date(2026, 11, 23), "customary")
    assert found.enquire_from == date(2026, 11, 16)


def test_where_no_wait_is_known_no_date_is_made_up() -> None:
    found = on()
    assert (found.answer_expected_on, found.answer_basis) == (None, None)
    assert found.enquire_from == date(2026, 11, 16)


@pytest.mark.parametrize("unknown", [{"ended_on": None}, {"enquire_after": None}])
def test_unknown_dates_give_unknown_answers(unknown: dict[str, Any]) -> None:
    found = on("2027-01-04", **unknown)
    assert (found.who, found.advice, found.since) == ("employer", "wait", None)
    assert (found.answer_expected_on, found.enquire_from) == (None, None)


def test_the_turn_goes_to_the_candidate_on_the_day_from_which_asking_is_fair() -> None:
    before, then = on("2026-11-15"), on("2026-11-16")
    assert (before.who, before.advice, before.since) == ("employer", "wait", None)
    assert (then.who, then.advice, then.since) == ("candidate", "ask", date(2026, 11, 16))
    assert on("2026-12-31").since == date(2026, 11, 16)


def test_without_a_day_nobody_knows_that_it_has_come() -> None:
    assert on(None).who == "employer"


def test_a_second_enquiry_waits_as_long_as_the_first_did() -> None:
    found = on("2026-11-20", enquiries=1, last_on="2026-11-16")
    assert (found.who, found.advice, found.enquire_from) == ("employer", "wait", date(2026, 11, 30))
    later = on("2026-11-30", enquiries=1, last_on="2026-11-16")
    assert (later.who, later.advice, later.since) == ("candidate", "ask_again", date(2026, 11, 30))


def test_a_second_enquiry_never_comes_before_the_first_was_due() -> None:
    assert on(enquiries=1, last_on="2026-10-01").enquire_from == date(2026, 11, 16)


def test_after_an_enquiry_on_an_unknown_day_the_day_for_the_next_is_unknown() -> None:
    found = on("2027-01-04", enquiries=1)
    assert (found.who, found.advice, found.enquire_from) == ("employer", "wait", None)


def test_nobody_asks_before_the_interview_has_taken_place() -> None:
    found = on("2026-10-26", promised_on=date(2026, 10, 20))
    assert (found.who, found.advice, found.since) == ("employer", "wait", None)


def test_after_two_enquiries_the_matter_is_closed() -> None:
    found = on("2027-01-04", enquiries=ENQUIRY_CAP, last_on="2026-11-30")
    assert (found.advice, found.enquiries_left, found.enquire_from) == ("close", 0, None)
    assert on(enquiries=1).enquiries_left == 1
    assert on().enquiries_left == 2


def test_where_asking_is_forbidden_the_candidate_waits() -> None:
    found = on("2027-01-04", enquiry_forbidden=True)
    assert (found.who, found.advice, found.enquiries_left, found.enquire_from) == ("employer", "wait", 0, None)


def test_where_asking_is_forbidden_two_enquiries_too_many_change_nothing() -> None:
    assert on("2027-01-04", enquiries=2, enquiry_forbidden=True).advice == "wait"


def test_a_portal_is_looked_at_until_asking_is_fair() -> None:
    assert on("2026-11-03", who="portal").advice == "check_portal"
    late = on("2026-11-16", who="portal")
    assert (late.who, late.advice) == ("candidate", "ask")
    assert on(who="portal", enquiry_forbidden=True).advice == "check_portal"


def test_where_either_may_move_the_candidate_waits_until_asking_is_fair() -> None:
    assert (on("2026-11-03", who="either").who, on("2026-11-03", who="either").advice) == ("either", "wait")
    assert on("2026-11-16", who="either").advice == "ask"


def test_a_candidate_who_is_to_move_asks_when_the_day_has_come_or_is_not_known() -> None:
    assert on("2026-11-03", who="candidate").advice == "wait"
    assert on("2026-11-16", who="candidate").advice == "ask"
    assert on(who="candidate", ended_on=None).advice == "ask"
    assert on(who="candidate", ended_on=None, enquiries=1).advice == "wait"
    assert on(who="candidate", ended_on=None, enquiry_forbidden=True).advice == "wait"


PROMISES: tuple[dict[str, Any], ...] = (
    {},
    {"promised_on": date(2026, 11, 6)},
    {"promised_within": 5},
    {"typical_wait": (5, 15)},
    {"enquiry_forbidden": True},
    {"ended_on": None},
)


@pytest.mark.parametrize("known", PROMISES)
def test_a_process_that_is_closed_is_nobodys_turn_and_no_answer_is_due(known: dict[str, Any]) -> None:
    closed = Turn("nobody", "close", None, None, None, None, None, 0)
    assert on("2027-01-04", who="nobody", **known) == closed
    assert on("2027-01-04", 1, "2026-11-16", who="nobody", **known) == closed


@pytest.mark.parametrize("known", PROMISES)
def test_an_offer_is_answered_and_there_is_nothing_to_ask_for(known: dict[str, Any]) -> None:
    answering = Turn("candidate", "accept_or_decline", None, None, None, None, None, 0)
    assert on("2026-11-03", who="candidate", offered=True, **known) == answering
    assert on("2027-01-04", ENQUIRY_CAP, "2026-11-30", who="candidate", offered=True, **known) == answering
