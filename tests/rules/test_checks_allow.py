"""What looks like a fault and is none."""

from pathlib import Path
from typing import Any

from tests.rules.small_book import SmallBook, entry, note_expected, source, variation
from tests.rules.test_checks import NOTE, both, only


def test_an_undated_entry_may_stand_below_a_dated_one(tmp_path: Path) -> None:
    dated = [entry("advice", since="2024-01-01", expectation="uncommon"), entry("advice", expectation="optional")]
    small = SmallBook().country("DE", thank_you_note=dated, sources={"advice": source(NOTE)})
    assert small.findings(tmp_path) == []


def test_an_institution_may_be_sure_of_what_it_says_about_itself(tmp_path: Path) -> None:
    sure = {**note_expected(confidence="high"), "sources": {"advice": source(NOTE, kind="official_policy")}}
    assert SmallBook().company("example", **sure).findings(tmp_path) == []
    hearsay = {**sure, "sources": {"advice": source(NOTE, kind="forum")}}
    assert only(SmallBook().company("example", **hearsay).findings(tmp_path))[2] == (
        "is high with fewer than two publishers"
    )


def test_two_sources_that_repeat_one_text_are_one_voice(tmp_path: Path) -> None:
    def sources(origin: str | None) -> dict[str, Any]:
        repeated = {"origin": origin} if origin else {}
        return {
            "advice": source(NOTE, **repeated),
            "other": source(NOTE, publisher="Example Times", **repeated),
        }

    note = [entry("advice", "other", expectation="uncommon", confidence="high")]
    assert SmallBook().country("DE", thank_you_note=note, sources=sources(None)).findings(tmp_path) == []
    findings = SmallBook().country("DE", thank_you_note=note, sources=sources("one-press-release")).findings(tmp_path)
    assert only(findings)[2] == "is high with fewer than two publishers"


def test_variations_that_exclude_each_other_may_differ(tmp_path: Path) -> None:
    sizes = [
        variation("large", {"size": "large"}, thank_you_note=[entry("advice", expectation="uncommon")]),
        variation("small", {"size": "small"}, thank_you_note=[entry("advice", expectation="appreciated")]),
    ]
    small = SmallBook().country("DE", variations=sizes, sources={"advice": source(NOTE)})
    assert small.findings(tmp_path) == []


def test_a_variation_that_demands_more_may_differ(tmp_path: Path) -> None:
    nested = [
        variation("large", {"size": "large"}, thank_you_note=[entry("advice", expectation="uncommon")]),
        variation(
            "large-executive",
            {"size": "large", "track": "executive"},
            thank_you_note=[entry("advice", expectation="appreciated")],
        ),
    ]
    small = SmallBook().country("DE", variations=nested, sources={"advice": source(NOTE)})
    assert small.findings(tmp_path) == []


def test_a_variation_of_a_narrower_sector_demands_more(tmp_path: Path) -> None:
    small = SmallBook().put("sectors/police", key="police", title="Police", description="Of police.", parent="public")
    nested = [
        variation("public", {"sector": "public"}, thank_you_note=[entry("advice", expectation="uncommon")]),
        variation("police", {"sector": "police"}, thank_you_note=[entry("advice", expectation="appreciated")]),
    ]
    small.country("DE", variations=nested, sources={"advice": source(NOTE)})
    assert small.findings(tmp_path) == []


def test_a_third_variation_settles_where_two_contradict_each_other(tmp_path: Path) -> None:
    settled = both(
        "appreciated",
        "uncommon",
        when={"size": "large", "track": "executive"},
        thank_you_note=[entry("advice", expectation="optional")],
    )
    assert settled(SmallBook()).findings(tmp_path) == []


def test_a_third_variation_that_is_silent_on_the_field_settles_nothing(tmp_path: Path) -> None:
    silent = both("appreciated", "uncommon", when={"size": "large", "track": "executive"})
    assert only(silent(SmallBook()).findings(tmp_path))[1] == "variations.one"


def test_situations_in_different_countries_never_meet(tmp_path: Path) -> None:
    small = SmallBook()
    small.situation("a", {"process": "open"}, applies_in=["DE"], next_move=[entry(who="candidate")])
    small.situation("b", {"stage": "final"}, applies_in=["FR"], next_move=[entry(who="portal")])
    assert small.findings(tmp_path) == []


def test_a_situation_that_beats_another_through_a_third_may_differ(tmp_path: Path) -> None:
    small = SmallBook()
    small.situation("a", {"process": "open"}, over=["b"], next_move=[entry(who="candidate")])
    small.situation("b", {"stage": "final"}, over=["c"])
    small.situation("c", {"size": "large"}, next_move=[entry(who="portal")])
    assert small.findings(tmp_path) == []


def test_a_situation_that_demands_more_settles_where_two_contradict_each_other(tmp_path: Path) -> None:
    small = SmallBook()
    small.situation("a", {"process": "open"}, next_move=[entry(who="candidate")])
    small.situation("b", {"stage": "final"}, next_move=[entry(who="portal")])
    small.situation("both", {"process": "open", "stage": "final"}, next_move=[entry(who="either")])
    assert small.findings(tmp_path) == []


def test_a_region_may_repeat_what_all_its_members_say(tmp_path: Path) -> None:
    small = SmallBook().country("DE", **note_expected("uncommon")).country("FR", **note_expected("uncommon"))
    small.put("regions/155", code="155", derived_from=["DE", "FR", "US"], **note_expected("uncommon"))
    assert small.findings(tmp_path) == []


def test_a_domain_may_stand_for_different_practice_in_different_countries(tmp_path: Path) -> None:
    small = SmallBook().company("one", domains=["example.com"], applies_in=["DE"])
    assert small.company("two", domains=["example.com"], applies_in=["FR"]).findings(tmp_path) == []


def test_a_sector_whose_wider_one_has_no_file_is_no_circle(tmp_path: Path) -> None:
    small = SmallBook().put("sectors/police", key="police", title="Police", description="Of police.", parent="public")
    small.country("DE", variations=[variation("police", {"sector": "police"}), variation("law", {"sector": "law"})])
    del small.files["sectors/public.yaml"]
    assert only(small.findings(tmp_path))[:2] == ("sectors/public.yaml", "(file)")


def test_a_union_statute_has_its_jurisdiction(tmp_path: Path) -> None:
    assert SmallBook().statute("pay", "EU", topic="pay_information").findings(tmp_path) == []
