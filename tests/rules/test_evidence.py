"""What the delivered data promises about its evidence (decisions 4 and 5)."""

from collections.abc import Iterator
from datetime import date
from typing import get_args

import pytest

from app.rules import entries
from app.rules.book import RuleBook
from app.rules.decide import decide
from app.rules.facts import Facts
from app.rules.findings import all_entries, practice_files
from app.rules.load import BookData
from tests.rules.whole_book import TODAY

RAISED = {"expected", "appreciated"}
"""Expectations above optional, which advise to send a note."""


def raising(data: BookData) -> Iterator[tuple[str, entries.PracticeFile]]:
    """Files in which some entry raises a note above optional."""
    for name, file in practice_files(data):
        if any(isinstance(e, entries.ThankYouNote) and e.expectation in RAISED for _, e in all_entries(file)):
            yield name, file


def oldest_evidence(entry: entries.Entry, file: entries.PracticeFile) -> date | None:
    """The first of January of the year from which the evidence of an entry speaks, if that is known."""
    values = {f"{entry.topic}.{field}" for field in entry.values()}
    speaking = [
        source
        for key in entry.sources
        if (source := file.sources[key]).stance != "against" and values.intersection(source.supports)
    ]
    years = [source.year for source in speaking if source.year]
    if not years:
        return None
    oldest = min(years)
    recent = oldest >= entry.reviewed_on.year - 1
    return None if recent and len(years) < len(speaking) else date(oldest, 1, 1)


def test_no_sector_format_or_situation_raises_a_note_above_optional_in_countries_where_it_has_no_evidence(
    data: BookData,
) -> None:
    everywhere = [
        name
        for name, file in raising(data)
        if isinstance(file, entries.SectorPractice | entries.FormatPractice | entries.Situation)
        and not file.applies_in
        and not (isinstance(file, entries.Situation) and file.fact_is_evidence)
    ]
    assert everywhere == []


def test_neither_the_world_nor_a_region_raises_a_note_above_optional(data: BookData) -> None:
    wide = [name for name, file in raising(data) if isinstance(file, entries.World | entries.RegionPractice)]
    assert wide == []


@pytest.mark.parametrize("kind", [member for member in get_args(entries.PracticeFile) if member is not entries.World])
def test_an_entry_speaks_from_its_oldest_dated_evidence(data: BookData, kind: type[entries.PracticeFile]) -> None:
    wrong = [
        f"{name}: {path}: since {entry.since}, evidence from {oldest_evidence(entry, file)}"
        for name, file in practice_files(data)
        if isinstance(file, kind)
        for path, entry in all_entries(file)
        if entry.since != oldest_evidence(entry, file)
    ]
    assert wrong == []


def test_what_is_labelled_no_evidence_shows_no_source_though_its_file_cites_some(
    book: RuleBook, data: BookData
) -> None:
    assert any(entry.sources for entry in (*data.world.next_move, *data.world.gifts))
    decision = decide(book, Facts(country="TD"), TODAY)
    assert {reason.scope for reason in decision.reasons if reason.confidence == "none"} == {"world"}
    assert [reason.field for reason in decision.reasons if reason.scope == "world" and reason.sources] == []
    assert [key for key in decision.sources if key.startswith("world:")] == []
