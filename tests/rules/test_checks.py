"""Every check, provoked by the smallest data that is wrong in that way."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.rules import load
from app.rules.checks import CHECKS, check, refuse
from app.rules.findings import Finding
from app.rules.load import BookData
from tests.rules.small_book import REGIONS, WORLD, SmallBook, entry, note_expected, source, variation


def only(findings: list[Finding]) -> tuple[str, str, str, str]:
    """The one finding there is: file, path, problem, remedy."""
    assert len(findings) == 1, [str(finding) for finding in findings]
    return findings[0].file, findings[0].path, findings[0].problem, findings[0].remedy


def test_the_small_book_and_the_delivered_one_have_no_findings(tmp_path: Path, data: BookData) -> None:
    small = SmallBook().country("DE", **note_expected()).company("example", domains=["example.com"])
    assert small.statute("tell", "DE").findings(tmp_path) == []
    assert [str(finding) for finding in check(data)] == []


def test_a_finding_is_one_line_that_names_file_path_fault_and_remedy() -> None:
    plain = Finding("world.yaml", "gifts", "lacks x", "Add x")
    assert str(plain) == "world.yaml: gifts: lacks x. Add x."
    mendable = Finding("world.yaml", "gifts", "lacks x", "Add x", fixable=True)
    assert str(mendable) == "world.yaml: gifts: lacks x. Add x. [fix can mend this]"


# ---- form and text


def spoiled(folder: Path, name: str, old: str, new: str) -> list[Finding]:
    """Findings after one piece of a file's text was replaced."""
    path = SmallBook().country("DE", **note_expected(), notes="Ubung macht den Meister.").write(folder) / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return check(load.read(folder))


def test_a_file_that_is_not_in_canonical_form_can_be_mended_by_fix(tmp_path: Path) -> None:
    findings = spoiled(tmp_path, "countries/DE.yaml", 'region: "155"', "region: '155'")
    assert only(findings) == ("countries/DE.yaml", "(file)", "is not in canonical form", "Run `afterword rules fix`")
    assert findings[0].fixable


def test_text_that_is_not_in_nfc_is_found_by_its_line(tmp_path: Path) -> None:
    findings = spoiled(tmp_path, "countries/DE.yaml", "Ubung", "U\u0308bung")
    assert only(findings)[1:3] == ("line 17", "is not in NFC")
    assert findings[0].fixable


def test_a_control_character_is_found_by_its_line(tmp_path: Path) -> None:
    findings = spoiled(tmp_path, "countries/DE.yaml", "Ubung", "Ub\ue000ung")
    assert ("has a control character", "Remove it") in {(finding.problem, finding.remedy) for finding in findings}


# ---- the single checks: (what is put into the book, file, path, problem, remedy)

Change = Callable[[SmallBook], SmallBook]


def de(**content: Any) -> Change:  # noqa: ANN401 - YAML content
    return lambda small: small.country("DE", **content)


def both(first: str, second: str, **settling: Any) -> Change:  # noqa: ANN401 - YAML content
    """Two variations that can hold together and disagree, and perhaps more."""
    return de(
        variations=[
            variation("one", {"size": "large"}, thank_you_note=[entry("advice", expectation=first)]),
            variation("other", {"track": "executive"}, thank_you_note=[entry("advice", expectation=second)]),
            *([variation("third", **settling)] if settling else []),
        ],
        sources={"advice": source("thank_you_note.expectation")},
    )


def primary_zone(name: str) -> dict[str, Any]:
    """The list of regions and countries with another zone to assume in Germany."""
    germany = {**REGIONS["countries"]["DE"], "primary_zone": name}
    return {**REGIONS, "countries": {**REGIONS["countries"], "DE": germany}}


NOTE = "thank_you_note.expectation"
FAULTS: dict[str, tuple[Change, str, str, str, str]] = {
    "a source that is not defined": (
        de(thank_you_note=[entry("advice", "nowhere", expectation="uncommon")], sources={"advice": source(NOTE)}),
        *("countries/DE.yaml", "sources", "'nowhere' is cited but not defined", "Define it or correct the id"),
    ),
    "a source named twice in an entry": (
        de(thank_you_note=[entry("advice", "advice", expectation="uncommon")], sources={"advice": source(NOTE)}),
        *("countries/DE.yaml", "thank_you_note.0.sources", "names a source twice", "Keep one"),
    ),
    "a source named twice in a variation": (
        de(
            variations=[variation("large", {"size": "large"}, sources=["advice", "advice"])],
            sources={"advice": source("variations.large")},
        ),
        *("countries/DE.yaml", "variations.large.sources", "names a source twice", "Keep one"),
    ),
    "a value that no source supports": (
        de(
            thank_you_note=[entry("advice", expectation="uncommon", formality="formal")],
            sources={"advice": source(NOTE)},
        ),
        *("countries/DE.yaml", "thank_you_note.0.formality", "is supported by no source"),
        "Cite a source whose supports has thank_you_note.formality, or drop the value",
    ),
    "a value that only a source against it supports": (
        de(**note_expected() | {"sources": {"advice": source(NOTE, stance="against")}}),
        *("countries/DE.yaml", "thank_you_note.0.expectation", "is supported by no source"),
        "Cite a source whose supports has thank_you_note.expectation, or drop the value",
    ),
    "an entry without any value": (
        de(thank_you_note=[entry()]),
        *("countries/DE.yaml", "thank_you_note.0", "sets no value", "Drop the entry; what is absent is inherited"),
    ),
    "a source of a remark that does not say so": (
        de(variations=[variation("large", {"size": "large"}, sources=["advice"])], sources={"advice": source(NOTE)}),
        *("countries/DE.yaml", "sources.advice.supports", "lacks variations.large", "Add it, or cite another source"),
    ),
    "a source that supports what there is not": (
        de(**note_expected() | {"sources": {"advice": source(NOTE, "variations.gone")}}),
        *("countries/DE.yaml", "sources.advice.supports", "'variations.gone' is no field of this file"),
        "Name a field of a topic, or variations.<id>",
    ),
    "a source that is not cited where it supports a value": (
        de(**note_expected() | {"sources": {"advice": source(NOTE), "other": source(NOTE)}}),
        *("countries/DE.yaml", "sources.other", "supports a value here but no entry cites it"),
        "Cite it in the entry whose value it supports",
    ),
    "high confidence with one publisher": (
        de(**note_expected(confidence="high") | {"sources": {"advice": source(NOTE)}}),
        *("countries/DE.yaml", "thank_you_note.0.confidence", "is high with fewer than two publishers"),
        "Add an independent publisher or lower it to medium",
    ),
    "confidence none outside the world": (
        de(**note_expected(confidence="none") | {"sources": {"advice": source(NOTE)}}),
        *("countries/DE.yaml", "thank_you_note.0.confidence", "is none"),
        "World entries have confidence none, all others low, medium or high",
    ),
    "a region that is sure of itself": (
        lambda small: small.put(
            "regions/150", code="150", **note_expected(confidence="medium") | {"sources": {"advice": source(NOTE)}}
        ),
        *("regions/150.yaml", "thank_you_note.0.confidence", "is above low for a region", "Write low"),
    ),
    "less sure of a field without value": (
        de(**note_expected(less_sure={"formality": "low"}) | {"sources": {"advice": source(NOTE)}}),
        *("countries/DE.yaml", "thank_you_note.0.less_sure", "'formality' has no value here", "Remove it"),
    ),
    "less sure that is as sure": (
        de(**note_expected(less_sure={"expectation": "low"}) | {"sources": {"advice": source(NOTE)}}),
        *("countries/DE.yaml", "thank_you_note.0.less_sure.expectation", "does not lower the confidence"),
        "Name a confidence below low, or remove it",
    ),
    "evidence from after the review": (
        de(**note_expected(since="2026-02-01") | {"sources": {"advice": source(NOTE)}}),
        *("countries/DE.yaml", "thank_you_note.0.since", "is after reviewed_on", "Correct one of the two"),
    ),
    "entries with the oldest first": (
        de(
            thank_you_note=[
                entry("advice", since="2020-01-01", expectation="uncommon"),
                entry("advice", since="2024-01-01", expectation="optional"),
            ],
            sources={"advice": source(NOTE)},
        ),
        *("countries/DE.yaml", "thank_you_note", "is not ordered newest first", "Order it by since"),
    ),
    "an undated entry before a dated one": (
        de(
            thank_you_note=[
                entry("advice", expectation="uncommon"),
                entry("advice", since="2024-01-01", expectation="optional"),
            ],
            sources={"advice": source(NOTE)},
        ),
        *("countries/DE.yaml", "thank_you_note", "is not ordered newest first", "Order it by since"),
    ),
    "two entries of one day": (
        de(
            thank_you_note=[
                entry("advice", since="2024-01-01", expectation="uncommon"),
                entry("advice", since="2024-01-01", expectation="optional"),
            ],
            sources={"advice": source(NOTE)},
        ),
        *("countries/DE.yaml", "thank_you_note", "has two entries since 2024-01-01", "Keep one, or correct since"),
    ),
    "two variations of one name": (
        de(variations=[variation("same", {"size": "large"}), variation("same", {"size": "small"})]),
        *("countries/DE.yaml", "variations.same", "stands twice", "Give each variation its own id"),
    ),
    "variations that contradict each other": (
        both("appreciated", "uncommon"),
        *("countries/DE.yaml", "variations.one"),
        "can hold together with other and differs in thank_you_note.expectation",
        "Make one's conditions include the other's, or add a variation for where both hold",
    ),
    "a situation that beats itself": (
        lambda small: (
            small.situation("a", {"process": "open"}, over=["b"])
            .situation("b", {"stage": "final"}, over=["c"])
            .situation("c", {"size": "large"}, over=["b"])
        ),
        *("situations/b.yaml", "over", "leads back to itself", "Break the circle"),
    ),
    "a situation that beats one of another layer": (
        lambda small: small.situation("a", {"process": "open"}, over=["b"]).situation(
            "b", {"stage": "final"}, layer="format"
        ),
        *("situations/a.yaml", "over", "'b' is no situation of the same layer", "Correct the key"),
    ),
    "situations that contradict each other": (
        lambda small: small.situation("a", {"process": "open"}, next_move=[entry(who="candidate")]).situation(
            "b", {"stage": "final"}, next_move=[entry(who="portal")]
        ),
        *("situations/a.yaml", "over", "can hold together with b and differs in next_move.who"),
        "Add b to over, or a to the over of b",
    ),
    "an agency that decides about the note": (
        lambda small: small.situation(
            "agent", {"via_agency": True}, layer="agency", thank_you_note=[entry(expectation="uncommon")]
        ),
        *("situations/agent.yaml", "thank_you_note.0.expectation", "is not for the agency layer to set"),
        "Move it to another layer; agency may set channels, enquire_via, recipients",
    ),
    "a recipient who decides about the answer": (
        lambda small: small.situation(
            "friend", {"recipient.known_personally": True}, layer="recipient", next_move=[entry(who="candidate")]
        ),
        *("situations/friend.yaml", "next_move.0.who", "is not for the recipient layer to set"),
        "Move it to another layer; recipient may set channels, expectation, formality, languages, recipients",
    ),
    "a stop that does not say avoid": (
        lambda small: small.situation("quiet", {"said.no_contact": True}, thank_you_note=[entry(prohibits=True)]),
        *("situations/quiet.yaml", "thank_you_note.0.prohibits", "stands without expectation: avoid"),
        "Add expectation: avoid",
    ),
    "a world without a harmless value": (
        lambda small: small.put("world", **{**WORLD, "gifts": []}),
        *("world.yaml", "gifts", "lacks to_interviewer", "Add the harmless value"),
    ),
    "a sector without a file": (
        lambda small: (small.files.pop("sectors/law.yaml"), small)[1],
        *("sectors/law.yaml", "(file)", "is missing", "Write it; title and description suffice"),
    ),
    "a sector above itself": (
        lambda small: small.put("sectors/law", key="law", title="Law", description="Of law.", parent="law"),
        *("sectors/law.yaml", "parent", "leads back to itself", "Break the circle"),
    ),
    "a country in another region than the list has it": (
        de(region="021"),
        *("countries/DE.yaml", "region", "is '021' but regions.yaml says '155'", "Make the two agree"),
    ),
    "a country that is not in the list": (
        lambda small: small.country("ZZ"),
        *("countries/ZZ.yaml", "region", "is '155' but regions.yaml does not know the country", "Make the two agree"),
    ),
    "a subdivision of another country": (
        de(subdivisions={"south": {"codes": ["DE-BY", "FR-ARA"], "because": "It is so."}}),
        *("countries/DE.yaml", "subdivisions.south.codes", "FR-ARA is not in DE", "Correct the code"),
    ),
    "a subdivision in two places": (
        de(
            subdivisions={
                "south": {"codes": ["DE-BY"], "because": "It is so."},
                "alps": {"codes": ["DE-BY"], "because": "It is so."},
            }
        ),
        *("countries/DE.yaml", "subdivisions.alps.codes", "DE-BY stands twice", "Keep it in one place"),
    ),
    "a time zone that there is not": (
        de(subdivisions={"south": {"codes": ["DE-BY"], "because": "It is so.", "time_zone": "Europe/Berlinn"}}),
        *("countries/DE.yaml", "subdivisions.south.time_zone", "Europe/Berlinn is no IANA time zone"),
        "Did you mean Europe/Berlin? Correct it",
    ),
    "a time zone like no other": (
        lambda small: small.put("regions", **primary_zone("Mars/Base")),
        *("regions.yaml", "countries.DE.primary_zone", "Mars/Base is no IANA time zone"),
        "Write one such as Europe/Berlin",
    ),
    "a time zone of another country": (
        lambda small: small.put("regions", **primary_zone("Europe/Paris")),
        *("regions.yaml", "countries.DE.primary_zone", "Europe/Paris is not a zone of DE"),
        "Write one of Europe/Berlin, Europe/Busingen",
    ),
    "practice in a country that there is not": (
        lambda small: small.company("example", applies_in=["DE", "QZ"]),
        *("companies/example.yaml", "applies_in", "QZ is no country", "Write ISO 3166-1 codes"),
    ),
    "a region derived from a country that there is not": (
        lambda small: small.put("regions/155", code="155", derived_from=["QZ"]),
        *("regions/155.yaml", "derived_from", "QZ is no country", "Write ISO 3166-1 codes"),
    ),
    "a review of years to come": (
        de(**note_expected(reviewed_on="2036-01-15") | {"sources": {"advice": source(NOTE)}}),
        *("countries/DE.yaml", "thank_you_note.0.reviewed_on"),
        *("2036-01-15 is years after the reviews of other files", "Correct the day"),
    ),
    "a law reviewed in years to come": (
        lambda small: small.statute("tell", "DE", reviewed_on="2036-01-15"),
        *("statutes/tell.yaml", "reviewed_on"),
        *("2036-01-15 is years after the reviews of other files", "Correct the day"),
    ),
    "a region that is not in the list": (
        lambda small: small.put("regions/999", code="999"),
        *("regions/999.yaml", "code", "is not in regions.yaml", "Correct the code"),
    ),
    "a region derived from one member": (
        lambda small: small.country("DE", **note_expected("uncommon")).put(
            "regions/155", code="155", derived_from=["DE", "FR"], **note_expected("uncommon")
        ),
        *("regions/155.yaml", "thank_you_note.0.expectation", "rests on fewer than two members", "Drop the value"),
    ),
    "a region derived from members that disagree": (
        lambda small: (
            small.country("DE", **note_expected("uncommon"))
            .country("FR", **note_expected("appreciated"))
            .put("regions/155", code="155", derived_from=["DE", "FR"], **note_expected("uncommon"))
        ),
        *("regions/155.yaml", "thank_you_note.0.expectation", "does not agree with FR", "Drop the value"),
    ),
    "a domain of two companies": (
        lambda small: small.company("one", domains=["example.com"]).company("two", domains=["example.com"]),
        *("companies/two.yaml", "name", "example.com belongs to one too, with the same conditions"),
        "Keep it in one, or narrow applies_in or when",
    ),
    "a company named like a report": (
        lambda small: small.company("reported"),
        *("companies/reported.yaml", "key", "stands for what is reported of any company", "Choose another key"),
    ),
    "a statute of nowhere": (
        lambda small: small.statute("tell", "ZZ"),
        *("statutes/tell.yaml", "jurisdiction", "is no country", "Write an ISO 3166 code or EU"),
    ),
    "two clocks in one place": (
        lambda small: small.statute("tell", "DE").statute("write", "DE"),
        *("statutes/write.yaml", "topic", "tell already has the clock of this place", "Keep one of the two"),
    ),
    "a duty to inform without a clock": (
        lambda small: small.statute("tell", "DE", clock=None),
        *("statutes/tell.yaml", "clock", "is missing", "Add the clock, or choose another topic"),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_where_it_is_with_the_way_to_mend_it(fault: str, tmp_path: Path) -> None:
    change, *found = FAULTS[fault]
    findings = change(SmallBook()).findings(tmp_path)
    assert tuple(found) in {(one.file, one.path, one.problem, one.remedy) for one in findings}, [*map(str, findings)]
    assert {one.file for one in findings} == {found[0]} or fault == "a situation that beats itself"


def test_every_check_is_provoked_above() -> None:
    assert len(FAULTS) > len(CHECKS)


def test_data_that_could_not_be_answered_from_is_refused(tmp_path: Path) -> None:
    broken = note_expected()
    del broken["sources"]
    SmallBook().country("DE", **broken).write(tmp_path)
    with pytest.raises(load.DataError, match=r"countries/DE.yaml: sources: 'advice' is cited but not defined"):
        refuse(load.read(tmp_path))


def test_data_that_is_only_badly_formed_is_not_refused(tmp_path: Path) -> None:
    SmallBook().write(tmp_path)
    (tmp_path / "world.yaml").write_text("notes:   'Spelled oddly.'\n" + (tmp_path / "world.yaml").read_text())
    data = load.read(tmp_path)
    assert check(data) != []
    refuse(data)
