"""What holds for every decision, whatever the facts."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from app.rules import load
from app.rules import vocabulary as v
from app.rules.book import RuleBook
from app.rules.chain import HEADLINE
from app.rules.decide import decide
from app.rules.decision import Decision
from app.rules.facts import Choice, Facts, Recipient, Reported, Said
from app.rules.profile import TRIED, TRIED_WHEN_KNOWN
from tests.rules import plain_chain, strategies
from tests.rules.small_book import SmallBook
from tests.rules.test_cases import at, plain
from tests.rules.whole_book import TODAY, whole_book

BOOK = whole_book()
JSON = TypeAdapter(Decision)
WATCHED = (*HEADLINE, "thank_you.prohibited", "next_move.statutory.status")
WAYS_OF_A_NOTE = {"thank_you.channels", "thank_you.recipients"}
NO_LAYER = {"time", "said", "recipient"}
"""Scopes of what is no layer of the chain and stands above it; layers are named as well: `said:answer-date-named`."""

pytestmark = pytest.mark.no_cover
"""They go over what other tests have covered again and again: traced, they take twice as long."""
few = settings(deadline=None, max_examples=30)
some = settings(deadline=None, max_examples=80)
many = settings(deadline=None, max_examples=200)


def bytes_of(decision: Decision) -> bytes:
    return JSON.dump_json(decision)


def with_fact(raw: dict[str, Any], path: str, value: object) -> Facts:
    """The facts with one more, or another, at a dotted path."""
    group, _, name = path.rpartition(".")
    changed = {**raw, group: {**raw.get(group, {}), name: value}} if group else {**raw, name: value}
    return Facts.model_validate(changed)


def fact_at(raw: dict[str, Any], path: str) -> object:
    group, _, name = path.rpartition(".")
    return (raw.get(group, {}) if group else raw).get(name)


def watched(decision: Decision) -> dict[str, object]:
    return {path: at(decision, path) for path in WATCHED}


# ---- total


@pytest.mark.parametrize("country", strategies.COUNTRIES)
def test_every_country_has_an_answer_with_nothing_else_known(country: str) -> None:
    decision = decide(BOOK, Facts(country=country), TODAY)
    assert decision.thank_in_person is True
    assert decision.thank_you.outcome == v.OUTCOME_OF[decision.thank_you.expectation]
    assert bytes_of(decision)


def test_all_249_countries_of_iso_3166_1_and_kosovo_are_asked() -> None:
    assert len(strategies.COUNTRIES) == 250


@many
@given(strategies.facts(), st.none() | strategies.rare_days)
def test_any_facts_have_an_answer(facts: Facts, today: date | None) -> None:
    decision = decide(BOOK, facts, today)
    assert {reason.field for reason in decision.reasons} >= {"thank_you.expectation", "next_move.who"}
    assert bytes_of(decision)
    cited = {
        key for part in (decision.reasons, decision.stops, decision.remarks) for one in part for key in one.sources
    }
    assert cited <= set(decision.sources)


# ---- the chain


def layered(decision: Decision) -> Iterator[tuple[str, list[tuple[str, Any]], Any]]:
    """Each field with the layers that had it, strongest first, and the reason if a layer's value stands."""
    for reason in decision.reasons:
        if reason.field == "thank_you.outcome":
            continue
        line = [(reason.scope, reason.value), *((weaker.scope, weaker.value) for weaker in reason.overrode)]
        stands = [
            (scope, value)
            for number, (scope, value) in enumerate(line)
            if scope not in NO_LAYER and not scope.startswith("stop:") and not raised(reason, number)
        ]
        yield reason.field, stands, reason if stands and stands[0] == line[0] else None


def raised(reason: Any, number: int) -> bool:  # noqa: ANN401 - a reason
    """Whether a value is the day for asking, put off to the end of a longer usual wait."""
    return bool(number == 0 and reason.notes and reason.notes[0].startswith("The usual wait here"))


@many
@given(strategies.facts())
def test_a_stronger_layer_never_loses_and_nothing_else_has_a_say(facts: Facts) -> None:
    decision = decide(BOOK, facts, TODAY)
    as_of = facts.as_of or TODAY
    company = BOOK.company(facts.company, facts.country) if facts.company else None
    rules = plain_chain.holding(BOOK.data, facts, company)
    said: dict[str, dict[tuple[str, Any], plain_chain.Rule]] = {}
    for rule in rules:
        for path, value, _ in rule.values(as_of):
            said.setdefault(path, {})[rule.scope, value] = rule
    found = {path: line for path, line, _ in layered(decision)}
    assert {path: set(line) for path, line in found.items()} == {path: set(by) for path, by in said.items()}
    for path, line in found.items():
        ordered = [said[path][item] for item in line]
        for place, rule in enumerate(ordered):
            beaten_by = [other.scope for other in ordered[place + 1 :] if other.stronger(rule, BOOK.data)]
            assert beaten_by == [], (path, rule.scope)
        top = [rule for rule in ordered if not any(other.stronger(rule, BOOK.data) for other in ordered)]
        assert ordered[0] in top


@many
@given(strategies.facts())
def test_what_is_remarked_and_forbidden_is_what_the_rules_that_hold_say(facts: Facts) -> None:
    decision = decide(BOOK, facts, TODAY)
    as_of = facts.as_of or TODAY
    company = BOOK.company(facts.company, facts.country) if facts.company else None
    rules = plain_chain.holding(BOOK.data, facts, company)
    remarked = {remark.scope for remark in decision.remarks} - {"company", "subdivision", "choice"}
    assert remarked == {rule.scope for rule in rules if rule.remark}
    stops = {
        (rule.scope, forbids)
        for rule in rules
        for topic, forbids in (("thank_you_note", "thank_you"), ("next_move", "enquiry"))
        if rule.only is None and getattr(rule.entry(topic, as_of), "prohibits", False)
    }
    assert {(stop.scope, stop.forbids) for stop in decision.stops} == stops


@many
@given(strategies.facts())
def test_confidence_never_rises_by_inheritance_or_with_age(facts: Facts) -> None:
    decision = decide(BOOK, facts, TODAY)
    as_of = facts.as_of or TODAY
    company = BOOK.company(facts.company, facts.country) if facts.company else None
    stated = {
        (path, rule.scope): plain_chain.confidence_of(
            path.split(".")[1] if path != "thank_you.gifts" else "to_interviewer", entry, as_of
        )
        for rule in plain_chain.holding(BOOK.data, facts, company)
        for path, _, entry in rule.values(as_of)
    }
    for path, _, reason in layered(decision):
        if reason is not None:
            confidence = stated[path, reason.scope]
            assert confidence is None or reason.confidence == confidence, path
            if reason.scope == "world":
                assert reason.confidence == "none"
            if reason.scope.startswith("region:"):
                assert reason.confidence in {"none", "low"}
    by_field = {reason.field: reason.confidence for reason in decision.reasons}
    assert decision.thank_you.confidence == by_field["thank_you.expectation"]
    assert decision.next_move.confidence == by_field["next_move.who"]
    assert decision.references.confidence == by_field["references.checked"]


# ---- the unknown


@many
@given(strategies.raw_facts())
def test_a_fact_that_is_null_is_the_same_as_one_that_is_absent(raw: dict[str, Any]) -> None:
    spelled: dict[str, Any] = {name: raw.get(name) for name in Facts.model_fields}
    groups = (("said", Said), ("reported", Reported), ("recipient", Recipient), ("choice", Choice))
    for group, model in groups:
        spelled[group] = {name: raw.get(group, {}).get(name) for name in model.model_fields}
    first = decide(BOOK, Facts.model_validate(raw), TODAY)
    second = decide(BOOK, Facts.model_validate(spelled), TODAY)
    assert bytes_of(first) == bytes_of(second)


@pytest.mark.parametrize("country", strategies.COUNTRIES)
def test_no_rule_with_a_condition_matches_where_no_fact_is_known(country: str) -> None:
    decision = decide(BOOK, Facts(country=country), TODAY)
    assert {reason.scope.partition(":")[0] for reason in decision.reasons} <= {"world", "region", "country"}
    assert decision.stops == ()
    assert decision.remarks == ()


# ---- what would change


def trials(book: RuleBook, raw: dict[str, Any]) -> Iterator[tuple[str, str | int | bool]]:
    """Every single fact that is to be tried: unknown ones, and known ones of few values."""
    for fact, values in TRIED.items():
        if fact_at(raw, fact) is None or fact in TRIED_WHEN_KNOWN:
            yield from ((fact, value) for value in values if value != fact_at(raw, fact))
    if "subdivision" not in raw:
        yield from (("subdivision", code) for code in strategies.SUBDIVISIONS if code.startswith(raw["country"]))
    for law in book.data.statutes.values():
        limit = law.conditions.headcount_at_least
        if limit and law.jurisdiction in {raw["country"], raw.get("subdivision")}:
            yield from (("headcount", count) for count in (limit - 1, limit) if count != raw.get("headcount"))


def difference(
    book: RuleBook, raw: dict[str, Any], changed: tuple[str, object], present: dict[str, object]
) -> dict[str, object]:
    """The watched values that another fact gives; how a note is sent is of no account where none would be."""
    after = watched(decide(book, with_fact(raw, *changed), TODAY))
    idle = WAYS_OF_A_NOTE if after["thank_you.outcome"] == "do_not_send" else set()
    return {path: new for path, new in after.items() if new != present[path] and path not in idle}


def told_changes(decision: Decision) -> dict[tuple[str, object], dict[str, object]]:
    told: dict[tuple[str, object], dict[str, object]] = {
        (change.fact, change.value): {path: plain(new) for path, new in change.then.items()}
        for change in decision.would_change_if
    }
    assert len(told) == len(decision.would_change_if)
    assert all(told.values())
    return told


def all_is_told_and_true(book: RuleBook, raw: dict[str, Any]) -> None:
    decision = decide(book, Facts.model_validate(raw), TODAY)
    present, told = watched(decision), told_changes(decision)
    for fact, value in {*trials(book, raw), *told}:
        different = difference(book, raw, (fact, value), present)
        if fact == "sector" and (fact, value) not in told and different:
            # A sector without practice of its own is not told beside the wider one that it follows.
            wider = book.data.sectors[str(value)].parent
            assert different == difference(book, raw, (fact, wider), present)
        else:
            assert told.get((fact, value), {}) == different, (fact, value)


@some
@given(strategies.raw_facts())
def test_whatever_would_change_the_decision_is_told_and_all_that_is_told_is_true(raw: dict[str, Any]) -> None:
    all_is_told_and_true(BOOK, raw)


@few
@given(strategies.small_books(), strategies.conditions, strategies.raw_facts(country="DE"))
def test_in_books_full_of_contradictions_too_all_that_would_change_is_told_and_true(
    small: SmallBook, when: dict[str, Any], raw: dict[str, Any]
) -> None:
    raw = {**raw, "company": "example", "format": "panel"}
    for fact, value in when.items():
        raw = with_fact(raw, fact, value).known()
    all_is_told_and_true(RuleBook(small.in_memory()), raw)


# ---- prohibitions


@many
@given(strategies.facts())
def test_where_a_stop_forbids_a_note_none_is_sent_unless_the_user_overrides_it(facts: Facts) -> None:
    decision = decide(BOOK, facts, TODAY)
    stops = [stop for stop in decision.stops if stop.forbids == "thank_you"]
    choice = facts.choice or Choice()
    overridden = choice.thank_you == "send" and choice.override_prohibition is True
    assert decision.thank_you.prohibited == bool(stops)
    assert all(stop.overridden_by_user == overridden for stop in stops)
    if stops and not (overridden and facts.note_sent_at is None):
        assert decision.thank_you.outcome == "do_not_send"
        assert decision.thank_you.expectation == "avoid"
        assert decision.thank_you.window is None


@many
@given(st.data(), strategies.raw_facts())
def test_a_prohibition_never_relaxes_whatever_else_becomes_known(draw: st.DataObject, raw: dict[str, Any]) -> None:
    forbidden = with_fact(
        raw, draw.draw(st.sampled_from(["said.no_contact", "said.canvassing_disqualifies"])), value=True
    )
    stops = {(stop.scope, stop.forbids) for stop in decide(BOOK, forbidden, TODAY).stops}
    assume(stops)  # on a day before its evidence a rule is silent
    more = draw.draw(strategies.raw_facts(country=raw["country"]))
    known = forbidden.known()
    groups = {name: {**more.get(name, {}), **known.get(name, {})} for name in ("said", "recipient")}
    same_day = {name: value for name, value in raw.items() if name in {"as_of", "company", "choice"}}
    merged = {**more, **known, **groups, **same_day}
    for name in {"as_of", "company", "choice"} - set(same_day):
        merged.pop(name, None)
    if merged.get("enquiries") == 0:
        merged.pop("last_enquiry_on", None)
    after = decide(BOOK, Facts.model_validate(merged), TODAY)
    assert stops <= {(stop.scope, stop.forbids) for stop in after.stops}


# ---- when


@many
@given(strategies.raw_facts(), strategies.moments)
def test_a_note_is_suggested_inside_its_window_in_working_hours_of_a_working_day(
    raw: dict[str, Any], ended_at: datetime
) -> None:
    raw = {**raw, "ended_at": ended_at.isoformat(), "choice": {"thank_you": "send", "override_prohibition": True}}
    raw.pop("note_sent_at", None)
    facts = Facts.model_validate(raw)
    window = decide(BOOK, facts, TODAY).thank_you.window
    assert window is not None
    assert ended_at <= window.opens_at <= window.suggested_at <= window.closes_at
    zone = load.zone(window.time_zone) or ended_at.tzinfo
    local = window.suggested_at.astimezone(zone)
    assert time(9) <= local.time() < time(17)
    assert strategies.working_day(facts.country, facts.subdivision, local.date())


@many
@given(strategies.facts())
def test_asking_starts_on_a_working_day_and_not_before_a_promised_one(facts: Facts) -> None:
    turn = decide(BOOK, facts, TODAY).next_move
    if turn.enquire_from is not None:
        assert strategies.working_day(facts.country, facts.subdivision, turn.enquire_from)
        if turn.answer_basis in {"promised", "policy"} and turn.answer_expected_on:
            assert turn.enquire_from >= turn.answer_expected_on
    if turn.turn_since is not None:
        assert turn.turn_since == turn.enquire_from
        assert turn.turn_since <= (facts.as_of or TODAY)
        assert turn.who == "candidate"
    assert 0 <= turn.enquiries_left <= 2


@some
@given(strategies.raw_facts(), strategies.days, st.integers(0, 400))
def test_a_later_day_never_takes_the_turn_back(raw: dict[str, Any], day: date, later: int) -> None:
    raw.pop("as_of", None)
    first = decide(BOOK, Facts.model_validate({**raw, "as_of": day}), TODAY)
    second = decide(BOOK, Facts.model_validate({**raw, "as_of": day + timedelta(days=later)}), TODAY)
    before, after = first.next_move, second.next_move
    # On another day other evidence may speak; the turn is compared under the same.
    assume([line for _, line, _ in layered(first)] == [line for _, line, _ in layered(second)])
    assert after.enquire_from == before.enquire_from
    if before.turn_since is not None:
        assert (after.turn_since, after.who, after.advice) == (before.turn_since, before.who, before.advice)
    if before.advice == "close":
        assert after.advice == "close"


# ---- the same


@some
@given(strategies.raw_facts())
def test_the_same_facts_and_rules_give_the_same_bytes(raw: dict[str, Any]) -> None:
    again = another_book()
    first = decide(BOOK, Facts.model_validate(raw), TODAY)
    second = decide(again, Facts.model_validate(dict(reversed(raw.items()))), TODAY)
    assert bytes_of(first) == bytes_of(second)
    assert first.decision_id == second.decision_id


def another_book(kept: list[RuleBook] = []) -> RuleBook:  # noqa: B006 - read once more, not a hundred times
    """The same book, read a second time."""
    if not kept:
        kept.append(RuleBook(BOOK.data, BOOK.calendar))
    return kept[0]
