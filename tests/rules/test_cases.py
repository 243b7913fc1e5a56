"""Runs the sentences of `tests/rules/cases`, which say in YAML what the rules are to answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.rules.book import RuleBook
from app.rules.decide import decide
from app.rules.decision import Decision
from app.rules.facts import Facts
from app.rules.findings import all_entries
from app.rules.load import BookData
from tests.rules.whole_book import TODAY

CASES = Path(__file__).parent / "cases"
AMONG = {"remarks", "stops"}
"""Expectations that name scopes which must be there, beside others."""


@dataclass(frozen=True)
class Case:
    file: str
    name: str
    facts: dict[str, Any]
    expect: dict[str, Any]

    @property
    def label(self) -> str:
        return f"{self.file}: {self.name}"


@cache
def cases() -> tuple[Case, ...]:
    # Plain YAML with safe defaults: dates may be written as dates, and null means that nothing is said.
    return tuple(
        Case(path.relative_to(CASES).with_suffix("").as_posix(), **case)
        for path in sorted(CASES.rglob("*.yaml"))
        for case in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    )


def answer(book: RuleBook, case: Case) -> Decision:
    return decide(book, Facts.model_validate(case.facts), TODAY)


def at(decision: Decision, path: str) -> object:
    """What stands at a dotted path, as YAML can say it; None where a part of the path is absent."""
    found: object = decision
    for name in path.split("."):
        found = getattr(found, name) if found is not None else None
    if path in AMONG:
        return [entry.scope for entry in found]  # type: ignore[attr-defined]
    return plain(found)


def plain(value: object) -> object:
    """Tuples as lists and dates as text, on both sides of a comparison."""
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def scopes(decision: Decision) -> Iterator[str]:
    """Every layer and statute that had a say, also one whose value was overridden."""
    for reason in decision.reasons:
        yield reason.scope
        yield from (overridden.scope for overridden in reason.overrode)
    yield from (remark.scope for remark in decision.remarks)
    yield from (stop.scope for stop in decision.stops)
    if decision.next_move.statutory:
        yield f"statute:{decision.next_move.statutory.statute}"
    if decision.references.consent:
        yield f"statute:{decision.references.consent.statute}"


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.label)
def test_the_rules_answer_as_the_sentence_says(book: RuleBook, case: Case) -> None:
    decision = answer(book, case)
    for path, wanted in case.expect.items():
        found = at(decision, path)
        if path in AMONG:
            assert set(wanted) <= set(found), path  # type: ignore[call-overload]
        else:
            assert found == plain(wanted), path


def test_no_two_cases_of_a_file_carry_the_same_sentence() -> None:
    labels = [case.label for case in cases()]
    assert sorted(labels) == sorted(set(labels))


def test_every_case_says_what_it_expects() -> None:
    assert [case.label for case in cases() if not case.expect] == []


def test_a_statute_that_is_never_shown_has_a_case_that_says_so(data: BookData) -> None:
    silent = [
        key for key, law in data.statutes.items() if not law.shown_in_next_move and law.topic != "reference_consent"
    ]
    files = {case.file for case in cases()}
    assert [key for key in silent if f"statutes/{key}" not in files] == []


def rules_with_conditions(data: BookData) -> Iterator[set[str]]:
    """Every rule of the book that says something under a condition: the scopes of which a case must show one."""
    for code, country in data.countries.items():
        yield from ({f"variation:{code}/{variation.id}"} for variation in country.variations)
        yield from ({f"subdivision:{place}" for place in practice.codes} for practice in country.subdivisions.values())
    for kind, files in (("sector", data.sectors), ("format", data.formats), ("company", data.companies)):
        for key, file in files.items():
            if any(entry.values() for _, entry in all_entries(file)):
                yield {f"{kind}:{key}"} | {f"{kind}:{key}/{variation.id}" for variation in file.variations}
            yield from ({f"{kind}:{key}/{variation.id}"} for variation in file.variations)
    yield from ({f"{situation.layer}:{key}"} for key, situation in data.situations.items())
    for key, law in data.statutes.items():
        if law.shown_in_next_move or law.topic == "reference_consent":
            yield {f"statute:{key}"}


def test_every_rule_of_the_book_is_exercised_by_a_case(book: RuleBook, data: BookData) -> None:
    exercised = {scope for case in cases() for scope in scopes(answer(book, case))}
    assert [sorted(rule) for rule in rules_with_conditions(data) if not rule & exercised] == []


def test_every_stop_of_the_book_is_provoked_by_a_case(book: RuleBook) -> None:
    edition = book.at(TODAY)
    places = {case.facts["country"] for case in cases()}
    layers = [*edition.compiler.general, *(layer for own in edition.compiler.companies.values() for layer in own)]
    layers += [layer for place in places for layer in edition.compiler.variations(place)]
    stops = {(stop.scope, stop.forbids) for layer in layers for stop in layer.stops}
    provoked = {(stop.scope, stop.forbids) for case in cases() for stop in answer(book, case).stops}
    assert stops
    assert sorted(stops - provoked) == []


def test_at_least_sixty_countries_have_cases(data: BookData) -> None:
    with_cases = {case.facts["country"] for case in cases()}
    assert len(with_cases) >= 60
    valued = {code for code, country in data.countries.items() if any(True for _ in all_entries(country))}
    assert sorted(valued - with_cases) == []
