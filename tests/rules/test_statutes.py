"""Duties with a clock against the facts."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.rules import entries, statutes
from app.rules.book import RuleBook
from app.rules.decide import decide
from app.rules.decision import StatutoryClock
from app.rules.facts import Facts
from app.rules.load import BookData
from tests.rules.small_book import SmallBook
from tests.rules.whole_book import TODAY

ONTARIO: dict[str, Any] = {"country": "CA", "subdivision": "CA-ON", "time_zone": "America/Toronto"}


def clock(book: RuleBook, today: date = TODAY, **facts: Any) -> StatutoryClock | None:  # noqa: ANN401 - as a client sends them
    return decide(book, Facts.model_validate(facts), today).next_move.statutory


def law(data: BookData, **conditions: object) -> entries.Statute:
    rules = entries.StatuteConditions.model_validate(conditions)
    return data.statutes["on-inform-interviewed"].model_copy(update={"conditions": rules})


@pytest.mark.parametrize(
    ("condition", "fact", "values", "wording"),
    [
        ({"headcount_at_least": 25}, "headcount", (25, 24), "the employer has 25 or more employees"),
        ({"publicly_advertised": True}, "publicly_advertised", (True, False), "the position was publicly advertised"),
        (
            *({"publicly_advertised": False}, "publicly_advertised", (False, True)),
            "the position was not publicly advertised",
        ),
        (
            *({"formats_excluded": ["informal", "phone_screen"]}, "format", ("panel", "informal")),
            "the format is not informal or phone_screen",
        ),
        ({"sectors_excluded": ["public"]}, "sector", ("law", "public"), "the sector is not public"),
        (
            *({"sent_by_employment_service": True}, "sent_by_employment_service", (True, False)),
            "the public employment service sent the candidate",
        ),
    ],
)
def test_each_condition_is_met_not_met_or_unknown(
    data: BookData, condition: dict[str, object], fact: str, values: tuple[object, object], wording: str
) -> None:
    for value, status in ((values[0], "met"), (values[1], "not_met"), (None, "unknown")):
        rules = statutes.conditions(law(data, **condition))
        assert [rule.text for rule in rules] == [wording]
        assert statutes.statuses(rules, {fact: value}) == [status]


def test_one_failed_condition_decides_and_one_unknown_leaves_it_open(data: BookData) -> None:
    both = statutes.conditions(law(data, headcount_at_least=25, publicly_advertised=True))

    def status(headcount: int | None, *, advertised: bool | None) -> str:
        facts = {"headcount": headcount, "publicly_advertised": advertised}
        return statutes.overall(statutes.statuses(both, facts))

    assert status(30, advertised=True) == "met"
    assert status(30, advertised=None) == "unknown"
    assert status(None, advertised=False) == "not_met"
    assert statutes.overall([]) == "met"


def test_ontarios_45_days_run_across_the_end_of_the_year(book: RuleBook) -> None:
    facts = {**ONTARIO, "ended_at": "2026-12-10T15:00:00-05:00", "headcount": 30, "publicly_advertised": True}
    found = clock(book, format="panel", **facts)
    assert found is not None
    assert (found.status, found.must_inform_by) == ("met", date(2027, 1, 24))
    assert found.in_force_since == date(2026, 1, 1)
    assert [check.status for check in found.conditions] == ["met", "met", "met"]
    assert found.clock.startswith("45 days from: ")


def test_an_interview_from_before_the_law_starts_no_clock(book: RuleBook) -> None:
    assert clock(book, **ONTARIO, ended_at="2025-12-31T15:00:00-05:00") is None
    assert clock(book, **ONTARIO, ended_at="2026-01-01T15:00:00-05:00") is not None


@pytest.mark.parametrize("place", [ONTARIO, {"country": "CA", "time_zone": "America/Toronto"}])
def test_no_fact_would_start_the_clock_of_an_interview_from_before_the_law(
    book: RuleBook, place: dict[str, Any]
) -> None:
    def facts_that_matter(ended_at: str) -> set[str]:
        facts = Facts.model_validate({**place, "ended_at": ended_at})
        changes = decide(book, facts, TODAY).would_change_if
        return {change.fact for change in changes if "next_move.statutory.status" in change.then}

    assert facts_that_matter("2025-12-31T15:00:00-05:00") == set()
    assert facts_that_matter("2026-01-01T15:00:00-05:00") & {"headcount", "subdivision"}


def test_a_law_that_is_not_yet_in_force_is_not_shown(book: RuleBook) -> None:
    assert clock(book, date(2025, 12, 31), **ONTARIO) is None
    assert clock(book, date(2026, 1, 1), **ONTARIO) is not None


@pytest.mark.parametrize("process", ["offered", "closed"])
@pytest.mark.parametrize(("topic", "told"), [("inform_interviewed_candidates", True), ("reasons_on_request", False)])
def test_an_answer_meets_the_duty_to_give_one_and_no_duty_that_begins_with_a_refusal(
    tmp_path: Path, topic: str, process: str, *, told: bool
) -> None:
    book = SmallBook().statute("tell", "DE", topic=topic).book(tmp_path)
    for earlier in ("open", "decided"):
        assert clock(book, country="DE", process=earlier) is not None
    assert (clock(book, country="DE", process=process) is None) == told
    decision = decide(book, Facts(country="DE"), TODAY)
    changes = {one.value: one.then for one in decision.would_change_if if one.fact == "process"}
    assert ("next_move.statutory.status" in changes.get(process, {})) == told


def test_a_duty_whose_conditions_fail_names_no_day(book: RuleBook) -> None:
    found = clock(book, **ONTARIO, ended_at="2026-11-02T15:00:00-05:00", headcount=3)
    assert found is not None
    assert (found.status, found.must_inform_by) == ("not_met", None)


def test_a_clock_that_does_not_start_at_the_interview_names_no_day(tmp_path: Path) -> None:
    start = {"days": 30, "unit": "calendar_day", "starts": "decision", "starts_text": "the decision"}
    book = SmallBook().statute("tell", "DE", clock=start).book(tmp_path)
    found = clock(book, country="DE", ended_at="2026-11-02T15:00:00+01:00")
    assert found is not None
    assert (found.must_inform_by, found.clock) == (None, "30 days from: the decision")


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ({"months": 6, "unit": "month"}, "6 months from: the end"),
        ({"unit": "without_delay"}, "without delay, from: the end"),
        ({"days": 10, "unit": "calendar_day", "also": "or on request"}, "10 days from: the end; or on request"),
    ],
)
def test_a_clock_is_told_in_words(limit: dict[str, object], words: str) -> None:
    start = {"starts": "selection_ended", "starts_text": "the end", **limit}
    assert statutes.describe(entries.Clock.model_validate(start)) == words


def test_the_narrower_jurisdiction_comes_first(tmp_path: Path) -> None:
    small = SmallBook().statute("all", "DE").statute("south", "DE-BY").statute("elsewhere", "FR")
    book = small.statute("referees", "DE", topic="reference_consent", clock=None).book(tmp_path)
    laws = book.data.statutes.values()
    assert [law.id for law in statutes.in_place(laws, "DE", "DE-BY")] == ["south", "all", "referees"]
    assert [law.id for law in statutes.in_place(laws, "DE", None)] == ["all", "referees"]
    assert [law.id for law in statutes.within(laws, "DE")] == ["all", "referees", "south"]
    bavarian, german = clock(book, country="DE", subdivision="DE-BY"), clock(book, country="DE", subdivision="DE-BE")
    assert bavarian is not None
    assert german is not None
    assert (bavarian.statute, german.statute) == ("south", "all")


@pytest.mark.parametrize(
    "duty",
    [
        {"binding": "guidance"},
        {"toward_candidate": False},
        {"topic": "data_retention"},
    ],
)
def test_what_does_not_bind_or_is_not_owed_to_the_candidate_is_no_clock(
    tmp_path: Path, duty: dict[str, object]
) -> None:
    assert clock(SmallBook().statute("tell", "DE", **duty).book(tmp_path), country="DE") is None


def test_a_rule_on_consent_is_shown_with_the_references(tmp_path: Path) -> None:
    book = SmallBook().statute("referees", "DE", topic="reference_consent", clock=None).book(tmp_path)
    decision = decide(book, Facts(country="DE"), TODAY)
    consent = decision.references.consent
    assert consent is not None
    assert (consent.statute, consent.jurisdiction, consent.sources) == ("referees", "DE", ("referees:act",))
    assert decision.sources["referees:act"].publisher == "Example"
    assert decide(book, Facts(country="FR"), TODAY).references.consent is None
