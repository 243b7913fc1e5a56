"""How much the book knows of a country."""

from pathlib import Path
from typing import Any

import pytest

from app.rules.book import RuleBook
from app.rules.coverage import COUNTED, coverage, coverage_report
from tests.rules.small_book import SmallBook, entry, note_expected, source
from tests.rules.whole_book import TODAY

NOTE: dict[str, Any] = {
    "expectation": "uncommon",
    "channels": ["email"],
    "recipients": "named_contact",
    "send_within_hours": 24,
    "formality": "formal",
    "languages": ["de"],
    "address": "Formal.",
    "content": "Short.",
}
MOVE: dict[str, Any] = {
    "who": "employer",
    "enquire_after_business_days": 10,
    "grace_business_days": 1,
    "enquire_via": "email",
}


def known(note: dict[str, Any] | None = None, move: dict[str, Any] | None = None, *, references: bool = False) -> Any:  # noqa: ANN401 - YAML content
    """A country of which so much is known."""
    topics: dict[str, list[Any]] = {}
    if note:
        topics["thank_you_note"] = [entry("advice", **note)]
    if move:
        topics["next_move"] = [entry("advice", **move)]
    if references:
        topics["references"] = [entry("advice", checked="usual")]
    supports = [f"{topic}.{field}" for topic, [one] in topics.items() for field in one] or ["gifts.to_interviewer"]
    return {**topics, "sources": {"advice": source(*supports)}}


@pytest.mark.parametrize(
    ("content", "level"),
    [
        (known(), "none"),
        (known(move=MOVE, references=True), "basic"),
        (known(note={"expectation": "uncommon"}), "basic"),
        (known(note={"expectation": "uncommon"}, references=True), "moderate"),
        (known(note={"expectation": "uncommon"}, move={"who": "employer"}), "moderate"),
        (known(note={"expectation": "uncommon"}, move={"who": "employer"}, references=True), "moderate"),
        (known(note=NOTE, move=MOVE), "moderate"),
        (known(note=NOTE, move=MOVE, references=True), "full"),
    ],
)
def test_the_level_says_how_much_is_the_countrys_own(tmp_path: Path, content: dict[str, Any], level: str) -> None:
    book = SmallBook().country("DE", **content).book(tmp_path)
    assert coverage(book.at(TODAY), "DE").level == level


def test_a_field_is_real_inherited_or_missing(tmp_path: Path) -> None:
    small = SmallBook().country("DE", **known(move={"who": "candidate"}))
    book = small.put("regions/155", code="155", **note_expected("uncommon")).book(tmp_path)
    fields = coverage(book.at(TODAY), "DE").fields
    assert tuple(fields) == COUNTED
    assert (fields["next_move.who"], fields["thank_you.expectation"], fields["thank_you.gifts"]) == (
        *("real", "inherited", "missing"),
    )


def test_the_report_counts_every_country_once(book: RuleBook) -> None:
    report = coverage_report(book, book.at(TODAY))
    assert len(report.countries) == sum(report.levels.values()) == 250
    assert list(report.levels) == ["none", "basic", "moderate", "full"]
    assert all(sum(counts.values()) == 250 for counts in report.fields.values())
    assert report.countries["JP"].level == "full"
