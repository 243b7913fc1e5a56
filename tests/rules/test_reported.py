"""What is reported of a company: where it stands in the chain, how sure it is, what it says of itself."""

from datetime import date
from typing import Any

import pytest

from app.rules.book import RuleBook
from app.rules.decide import decide
from app.rules.decision import Decision, Reason
from app.rules.facts import Facts
from tests.rules.small_book import SmallBook, entry, note_expected, source, variation
from tests.rules.test_properties import watched
from tests.rules.whole_book import TODAY

EVERYTHING: dict[str, Any] = {
    "who_contacts": "portal",
    "within_business_days": 0,
    "note_welcome": True,
    "channel": "phone",
    "reported_on": "2026-11-02",
}


def decided(book: RuleBook, reported: dict[str, Any], today: date | None = TODAY, **facts: Any) -> Decision:  # noqa: ANN401 - as a client sends them
    return decide(book, Facts.model_validate({"country": "DE", "reported": reported, **facts}), today)


def of_the_report(decision: Decision) -> dict[str, Reason]:
    return {reason.field: reason for reason in decision.reasons if reason.scope == "company:reported"}


def test_each_fact_of_a_report_sets_its_fields_and_nothing_else() -> None:
    found = of_the_report(decided(RuleBook(SmallBook().in_memory()), EVERYTHING))
    assert {field: reason.value for field, reason in found.items()} == {
        "thank_you.expectation": "appreciated",
        "thank_you.channels": ("phone",),
        "next_move.who": "portal",
        "next_move.promised_within_business_days": 0,
        "next_move.enquire_via": "phone",
    }


def test_a_report_is_of_low_confidence_and_cites_nobody() -> None:
    found = of_the_report(decided(RuleBook(SmallBook().in_memory()), EVERYTHING)).values()
    assert {(reason.confidence, reason.sources) for reason in found} == {("low", ())}


@pytest.mark.parametrize("reported", [{}, {"reported_on": "2026-11-02"}])
def test_a_report_that_says_nothing_changes_nothing(reported: dict[str, Any]) -> None:
    book = RuleBook(SmallBook().in_memory())
    assert decided(book, reported).reasons == decide(book, Facts(country="DE"), TODAY).reasons


def test_a_report_comes_after_everything_published_of_the_company() -> None:
    promise: dict[str, Any] = {"next_move": [entry("advice", promised_within_business_days=3)]}
    known: dict[str, Any] = {"track": "experienced", "stage": "final", "size": "large", "format": "panel"}
    small = SmallBook().company(
        "example",
        when={"ownership": "foreign"},
        variations=[variation("final", known, **promise)],
        sources={"advice": source("next_move.promised_within_business_days")},
        **promise,
    )
    book = RuleBook(small.in_memory())
    decision = decided(book, {"within_business_days": 8}, company="example", ownership="foreign", **known)
    reason = of_the_report(decision)["next_move.promised_within_business_days"]
    assert [weaker.scope for weaker in reason.overrode] == ["company:example/final", "company:example"]


@pytest.mark.parametrize(("welcome", "outcome"), [(True, "send"), (False, "do_not_send")])
def test_a_report_about_notes_decides_the_outcome_and_says_why_no_more(welcome: bool, outcome: str) -> None:  # noqa: FBT001 - a parameter
    decision = decided(RuleBook(SmallBook().in_memory()), {"note_welcome": welcome})
    assert decision.thank_you.outcome == outcome
    by_the_user, why = of_the_report(decision)["thank_you.expectation"].notes
    assert by_the_user == "Reported by the user."
    assert why.startswith("A report that notes are ")


@pytest.mark.parametrize(
    ("today", "notes"),
    [
        (date(2026, 11, 30), ("Reported by the user on 2024-11-30.",)),
        (
            date(2026, 12, 1),
            (
                "Reported by the user on 2024-11-30.",
                "That is more than 24 months ago; the practice may have changed.",
            ),
        ),
        (None, ("Reported by the user on 2024-11-30.",)),
    ],
)
def test_an_old_report_says_so_and_stays_as_sure(today: date | None, notes: tuple[str, ...]) -> None:
    book = RuleBook(SmallBook().in_memory())
    reason = of_the_report(decided(book, {"channel": "phone", "reported_on": "2024-11-30"}, today))[
        "thank_you.channels"
    ]
    assert (reason.notes, reason.confidence) == (notes, "low")


def test_a_report_lifts_no_stop_and_makes_none() -> None:
    stop = {**note_expected("avoid"), "thank_you_note": [entry("advice", expectation="avoid", prohibits=True)]}
    small = SmallBook().company("example", **stop)
    for welcome in (True, False):
        forbidden = decided(RuleBook(small.in_memory()), {"note_welcome": welcome}, company="example")
        assert (forbidden.thank_you.prohibited, forbidden.thank_you.outcome) == (True, "do_not_send")
        assert [one.scope for one in forbidden.stops] == ["company:example"]
        assert decided(RuleBook(SmallBook().in_memory()), {"note_welcome": welcome}).stops == ()


def test_a_promised_day_that_rests_on_a_report_is_as_sure_as_the_report() -> None:
    ended: dict[str, Any] = {"ended_at": "2026-11-02T15:00:00+01:00", "as_of": "2026-11-23"}
    move = decided(RuleBook(SmallBook().in_memory()), {"within_business_days": 3}, **ended).next_move
    assert (move.answer_expected_on, move.answer_basis) == (date(2026, 11, 5), "policy")
    assert (move.who, move.turn_since, move.confidence) == ("candidate", date(2026, 11, 9), "low")


def test_what_would_change_the_decision_names_no_report_and_holds_what_a_report_says() -> None:
    small = SmallBook().country(
        variations=[variation("large", {"size": "large"}, thank_you_note=[entry("advice", expectation="expected")])],
        **note_expected("uncommon"),
    )
    small.situation("welcome", {"said.note_welcome": True}, thank_you_note=[entry(expectation="appreciated")])
    book = RuleBook(small.in_memory())
    without = decide(book, Facts(country="DE"), TODAY)
    reported = decided(book, {"note_welcome": False})
    assert watched(reported) == watched(without)
    assert {(one.fact, one.value) for one in without.would_change_if} == {
        ("size", "large"),
        ("said.note_welcome", True),
    }
    assert {(one.fact, one.value) for one in reported.would_change_if} == {("said.note_welcome", True)}
