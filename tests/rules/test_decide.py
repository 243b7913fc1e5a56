"""Decisions of small books: each layer, each stop, each override, on data made for it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.rules.book import RuleBook
from app.rules.decide import decide
from app.rules.decision import Decision, Reason
from app.rules.facts import Facts
from tests.rules.small_book import Content, SmallBook, entry, note_expected, source, variation
from tests.rules.whole_book import TODAY

NOTE = "thank_you_note.expectation"
STOP: Content = {
    "thank_you_note": [entry("advice", expectation="avoid", prohibits=True)],
    "sources": {"advice": source(NOTE)},
}


def decided(book: RuleBook, **facts: Any) -> Decision:  # noqa: ANN401 - as a client sends them
    return decide(book, Facts.model_validate({"country": "DE", **facts}), TODAY)


def reason(decision: Decision, field: str) -> Reason:
    return next(one for one in decision.reasons if one.field == field)


def chain(decision: Decision, field: str) -> list[str]:
    """The scopes that had a say about a field, strongest first."""
    found = reason(decision, field)
    return [found.scope, *(weaker.scope for weaker in found.overrode)]


# ---- layers


def test_every_kind_of_layer_overrides_the_one_before_it(tmp_path: Path) -> None:
    small = SmallBook()
    for code in ("150", "155"):
        small.put(f"regions/{code}", code=code, **note_expected())
    small.country(
        variations=[variation("large", {"size": "large"}, thank_you_note=[entry("advice", expectation="uncommon")])],
        subdivisions={
            "south": {
                "codes": ["DE-BY"],
                "because": "It is so.",
                "thank_you_note": [entry("advice", expectation="expected")],
            }
        },
        **note_expected(),
    )
    small.put("sectors/public", key="public", title="Public", description="Public.", **note_expected("uncommon"))
    small.put(
        *["sectors/police"], key="police", title="Police", description="Police.", parent="public", **note_expected()
    )
    small.put("formats/panel", key="panel", title="Panel", description="Panel.", **note_expected("uncommon"))
    small.company(
        "example",
        variations=[variation("final", {"stage": "final"}, thank_you_note=[entry("advice", expectation="optional")])],
        **note_expected("expected"),
    )
    small.situation("welcome", {"said.note_welcome": True}, thank_you_note=[entry(expectation="expected")])
    small.situation(
        *("wish", {"recipient.wishes_note": False}, "recipient"), thank_you_note=[entry(expectation="avoid")]
    )
    assert small.findings(tmp_path) == []
    decision = decided(
        small.book(tmp_path),
        subdivision="DE-BY",
        size="large",
        sector="police",
        format="panel",
        company="example",
        stage="final",
        reported={"note_welcome": False},
        said={"note_welcome": True},
        recipient={"wishes_note": False},
    )
    assert chain(decision, "thank_you.expectation") == [
        "recipient:wish",
        "said:welcome",
        "company:reported",
        "company:example/final",
        "company:example",
        "variation:DE/large",
        "format:panel",
        "sector:police",
        "sector:public",
        "subdivision:DE-BY",
        "country:DE",
        "region:155",
        "region:150",
        "world",
    ]


def test_layers_are_merged_field_by_field(tmp_path: Path) -> None:
    large = variation("large", {"size": "large"}, thank_you_note=[entry("advice", formality="casual")])
    small = SmallBook().country(
        variations=[large],
        thank_you_note=[entry("advice", expectation="expected", channels=["letter"])],
        sources={"advice": source(NOTE, "thank_you_note.channels", "thank_you_note.formality")},
    )
    note = decided(small.book(tmp_path), size="large").thank_you
    assert (note.expectation, note.channels, note.formality) == ("expected", ("letter",), "casual")
    assert (note.languages, note.gifts) == (("en",), "avoid")


def test_an_agency_changes_ways_and_recipient_and_never_whether_a_note_is_valued(tmp_path: Path) -> None:
    own = variation(
        "agency",
        {"via_agency": True},
        thank_you_note=[entry("advice", expectation="uncommon", channels=["phone"])],
    )
    small = SmallBook().country(variations=[own], sources={"advice": source(NOTE, "thank_you_note.channels")})
    small.situation(
        *("agent", {"via_agency": True}, "agency"),
        thank_you_note=[entry(channels=["via_recruiter"], recipients="consultant")],
    )
    small.company("example", **note_expected("expected", channels=["letter"]))
    decision = decided(small.book(tmp_path), via_agency=True, company="example")
    assert chain(decision, "thank_you.expectation") == ["company:example", "variation:DE/agency", "world"]
    assert chain(decision, "thank_you.channels") == ["variation:DE/agency", "agency:agent", "company:example", "world"]
    assert decision.thank_you.recipients == "consultant"


def test_a_situation_beats_what_it_says_it_beats_however_much_the_other_demands(tmp_path: Path) -> None:
    small = SmallBook()
    small.situation("closed", {"process": "closed"}, over=["asked"], next_move=[entry(who="nobody")])
    small.situation(
        *("asked", {"said.who_contacts": "candidate", "said.no_contact": False, "stage": "final"}),
        next_move=[entry(who="candidate")],
    )
    facts = {"process": "closed", "stage": "final", "said": {"who_contacts": "candidate", "no_contact": False}}
    decision = decided(small.book(tmp_path), **facts)
    assert chain(decision, "next_move.who") == ["said:closed", "said:asked", "world"]
    assert decision.next_move.advice == "close"


def test_a_rule_of_a_narrower_sector_beats_one_with_as_many_words_of_a_wider_one(tmp_path: Path) -> None:
    small = SmallBook().put("sectors/police", key="police", title="Police", description="Police.", parent="public")
    rules = [
        variation("police", {"sector": "police"}, thank_you_note=[entry("advice", expectation="expected")]),
        variation("public", {"sector": "public"}, thank_you_note=[entry("advice", expectation="uncommon")]),
    ]
    small.country(variations=rules, sources={"advice": source(NOTE)})
    decision = decided(small.book(tmp_path), sector="police")
    assert chain(decision, "thank_you.expectation") == ["variation:DE/police", "variation:DE/public", "world"]


def test_a_usual_wait_that_a_stronger_layer_knows_puts_off_the_day_for_asking(tmp_path: Path) -> None:
    small = SmallBook().country(
        next_move=[entry("advice", typical_wait_business_days=[10, 30])],
        sources={"advice": source("next_move.typical_wait_business_days")},
    )
    decision = decided(small.book(tmp_path))
    assert decision.next_move.enquire_after_business_days == 30
    assert chain(decision, "next_move.enquire_after_business_days") == ["country:DE", "world"]
    assert reason(decision, "next_move.enquire_after_business_days").confidence == "low"


@pytest.mark.parametrize(
    "content",
    [
        {"typical_wait_business_days": [2, 5]},
        {"typical_wait_business_days": [10, 30], "enquire_after_business_days": 12},
    ],
)
def test_a_shorter_wait_or_one_beside_its_own_day_for_asking_puts_nothing_off(
    tmp_path: Path, content: dict[str, Any]
) -> None:
    small = SmallBook().country(
        next_move=[entry("advice", **content)], sources={"advice": source(*(f"next_move.{name}" for name in content))}
    )
    days = decided(small.book(tmp_path)).next_move.enquire_after_business_days
    assert days == content.get("enquire_after_business_days", 10)


def test_a_weaker_layers_wait_leaves_a_stronger_layers_day_for_asking_alone(tmp_path: Path) -> None:
    small = SmallBook().country(
        next_move=[entry("advice", typical_wait_business_days=[10, 30])],
        variations=[variation("large", {"size": "large"}, next_move=[entry("advice", enquire_after_business_days=5)])],
        sources={"advice": source("next_move.typical_wait_business_days", "next_move.enquire_after_business_days")},
    )
    assert decided(small.book(tmp_path), size="large").next_move.enquire_after_business_days == 5


@pytest.mark.parametrize(
    ("spoken", "languages"),
    [("en", ("en",)), ("de", ("de", "en")), ("en-GB", ("en",)), (None, ("en",))],
)
def test_the_language_of_the_interview_comes_first(
    tmp_path: Path, spoken: str | None, languages: tuple[str, ...]
) -> None:
    assert decided(SmallBook().book(tmp_path), language=spoken).thank_you.languages == languages


def test_the_ways_that_the_recipient_offered_come_before_every_rule(tmp_path: Path) -> None:
    decision = decided(SmallBook().book(tmp_path), recipient={"channels": ["phone", "email"]})
    assert decision.thank_you.channels == ("phone", "email")
    assert chain(decision, "thank_you.channels") == ["recipient", "world"]
    assert decided(SmallBook().book(tmp_path), recipient={"channels": []}).thank_you.channels == ("email",)


# ---- stops


@pytest.mark.parametrize(
    ("scope", "place", "facts"),
    [
        ("country:DE", lambda small: small.country(**STOP), {}),
        (
            "subdivision:DE-BY",
            lambda small: small.country(
                subdivisions={
                    "south": {"codes": ["DE-BY"], "because": "So.", "thank_you_note": STOP["thank_you_note"]}
                },
                sources=STOP["sources"],
            ),
            {"subdivision": "DE-BY"},
        ),
        ("company:example", lambda small: small.company("example", **STOP), {"company": "example"}),
        (
            "sector:public",
            lambda small: small.put("sectors/public", key="public", title="Public", description="So.", **STOP),
            {"sector": "public"},
        ),
    ],
)
def test_a_prohibition_holds_at_any_level(tmp_path: Path, scope: str, place: Any, facts: dict[str, Any]) -> None:  # noqa: ANN401 - a function of a small book
    small = place(
        SmallBook().situation("welcome", {"said.note_welcome": True}, thank_you_note=[entry(expectation="expected")])
    )
    decision = decided(small.book(tmp_path), said={"note_welcome": True}, **facts)
    assert [(stop.scope, stop.forbids, stop.overridden_by_user) for stop in decision.stops] == [
        (scope, "thank_you", False)
    ]
    assert (decision.thank_you.outcome, decision.thank_you.prohibited) == ("do_not_send", True)
    assert chain(decision, "thank_you.expectation")[0] == f"stop:{scope}"
    assert decision.sources[decision.stops[0].sources[0]].publisher == "Example Careers"


def test_a_stop_tells_why_in_the_words_of_its_rule_or_of_its_notes(tmp_path: Path) -> None:
    noted = {**STOP, "thank_you_note": [{**STOP["thank_you_note"][0], "notes": "The law says so."}]}
    small = SmallBook().country("DE", **noted).country("FR", **STOP).company("example", **STOP)
    book = small.book(tmp_path)
    assert decided(book).stops[0].because == "The law says so."
    assert decided(book, country="FR").stops[0].because == ""
    silent = SmallBook().situation("quiet", {"said.no_contact": True}, next_move=[entry(prohibits=True)])
    [stop] = decided(silent.book(tmp_path / "quiet"), said={"no_contact": True}).stops
    assert (stop.forbids, stop.because) == ("enquiry", "About quiet.")


def test_a_stop_in_a_subdivision_would_change_the_decision(tmp_path: Path) -> None:
    south = {"codes": ["DE-BY"], "because": "So.", "thank_you_note": STOP["thank_you_note"]}
    book = SmallBook().country(subdivisions={"south": south}, sources=STOP["sources"]).book(tmp_path)
    [change] = [one for one in decided(book).would_change_if if one.fact == "subdivision"]
    assert (change.value, change.then) == (
        *("DE-BY", {"thank_you.prohibited": True, "thank_you.outcome": "do_not_send"}),
    )


# ---- the user's own decision, and what was done already


def test_the_users_choice_overrides_custom_and_shows_what_it_overrode(tmp_path: Path) -> None:
    book = SmallBook().country(**note_expected("uncommon")).book(tmp_path)
    decision = decided(book, choice={"thank_you": "send"}, ended_at="2026-11-23T15:00:00+01:00")
    assert (decision.thank_you.outcome, decision.thank_you.expectation) == ("send", "uncommon")
    assert decision.thank_you.window is not None
    outcome = reason(decision, "thank_you.outcome")
    assert (outcome.scope, outcome.notes) == ("choice", ("The user's own decision.",))
    assert [(one.scope, one.value) for one in outcome.overrode] == [("country:DE", "do_not_send")]


def test_a_choice_that_agrees_with_custom_overrides_nothing(tmp_path: Path) -> None:
    book = SmallBook().country(**note_expected("uncommon")).book(tmp_path)
    assert reason(decided(book, choice={"thank_you": "do_not_send"}), "thank_you.outcome").overrode == ()


@pytest.mark.parametrize(
    ("choice", "outcome", "overridden"),
    [
        ({"thank_you": "send"}, "do_not_send", False),
        ({"thank_you": "send", "override_prohibition": False}, "do_not_send", False),
        ({"override_prohibition": True}, "do_not_send", False),
        ({"thank_you": "do_not_send", "override_prohibition": True}, "do_not_send", False),
        ({"thank_you": "send", "override_prohibition": True}, "send", True),
    ],
)
def test_only_an_explicit_override_lifts_a_stop_and_it_is_recorded(
    tmp_path: Path, choice: dict[str, Any], outcome: str, *, overridden: bool
) -> None:
    decision = decided(SmallBook().country(**STOP).book(tmp_path), choice=choice)
    assert decision.thank_you.outcome == outcome
    assert decision.thank_you.prohibited
    assert [stop.overridden_by_user for stop in decision.stops] == [overridden]


def test_nobody_gets_a_second_note(tmp_path: Path) -> None:
    book = SmallBook().country(**note_expected("expected")).book(tmp_path)
    decision = decided(book, note_sent_at="2026-11-22T10:00:00Z", choice={"thank_you": "send"})
    assert (decision.thank_you.outcome, decision.thank_you.window) == ("do_not_send", None)
    outcome = reason(decision, "thank_you.outcome")
    assert (outcome.scope, outcome.notes) == (
        *("history", ("A note was sent on 2026-11-22; nobody gets a second one.",)),
    )
    assert [(one.scope, one.value) for one in outcome.overrode] == [("country:DE", "send")]


# ---- when


def test_local_time_is_read_in_its_zone(tmp_path: Path) -> None:
    decision = decided(SmallBook().book(tmp_path), ended_at="2026-11-23T15:00:00", time_zone="America/New_York")
    window = decision.thank_you.window
    assert window is not None
    assert (window.time_zone, window.opens_at.isoformat()) == ("America/New_York", "2026-11-23T20:00:00+00:00")


def test_where_a_country_has_several_zones_the_offset_of_the_interview_is_taken(tmp_path: Path) -> None:
    decision = decided(SmallBook().book(tmp_path), country="US", ended_at="2026-11-23T15:00:00-06:00")
    window = decision.thank_you.window
    assert window is not None
    assert window.time_zone == "UTC-06:00"
    assert window.suggested_at.isoformat() == "2026-11-24T15:00:00+00:00"


def test_once_the_day_has_come_the_turn_is_the_candidates_and_the_reason_is_time(tmp_path: Path) -> None:
    book = SmallBook().book(tmp_path)
    before = decided(book, ended_at="2026-11-02T15:00:00+01:00", as_of="2026-11-13")
    then = decided(book, ended_at="2026-11-02T15:00:00+01:00", as_of="2026-11-16")
    assert (before.next_move.who, then.next_move.who) == ("employer", "candidate")
    assert then.next_move.turn_since == date(2026, 11, 16)
    assert chain(then, "next_move.who") == ["time", "world"]
    assert reason(then, "next_move.who").notes == ("The day for asking came on 2026-11-16.",)
    assert (before.next_move.confidence, then.next_move.confidence) == ("none", "none")


def test_the_turn_is_as_sure_as_what_the_day_rests_on(tmp_path: Path) -> None:
    promise = entry("advice", who="employer", promised_within_business_days=3)
    supports = source("next_move.who", "next_move.promised_within_business_days")
    small = SmallBook().company("example", next_move=[promise], sources={"advice": supports})
    ended = {"ended_at": "2026-11-02T15:00:00+01:00", "as_of": "2026-11-23"}
    published = decided(small.book(tmp_path), company="example", **ended)
    assert (published.next_move.answer_basis, published.next_move.confidence) == ("policy", "low")
    assert reason(published, "next_move.who").sources == ("example:advice",)
    said = decided(small.book(tmp_path), said={"answer_by": "2026-11-06"}, **ended)
    assert (said.next_move.answer_basis, said.next_move.confidence) == ("promised", "high")


def test_a_day_of_an_enquiry_implies_that_there_was_one(tmp_path: Path) -> None:
    ended = {"ended_at": "2026-11-02T15:00:00+01:00", "as_of": "2026-11-23"}
    move = decided(SmallBook().book(tmp_path), last_enquiry_on="2026-11-20", **ended).next_move
    assert (move.enquiries_left, move.advice, move.enquire_from) == (1, "wait", date(2026, 12, 4))


def test_a_choice_that_a_stop_forbids_is_not_followed_and_that_is_said(tmp_path: Path) -> None:
    book = SmallBook().country(**STOP).book(tmp_path)
    decision = decided(book, choice={"thank_you": "send"})
    assert decision.thank_you.outcome == "do_not_send"
    assert [remark.scope for remark in decision.remarks] == ["choice"]


def test_a_subdivision_of_which_nothing_is_known_is_named_as_such(tmp_path: Path) -> None:
    [remark] = decided(SmallBook().book(tmp_path), subdivision="DE-ZZ").remarks
    assert (remark.scope, remark.text) == (
        *("subdivision", "Nothing of its own is known of DE-ZZ; this is what holds in DE."),
    )


# ---- the whole answer


def test_a_decision_has_an_id_that_is_a_uuid_of_its_facts_day_and_rules(tmp_path: Path) -> None:
    book = SmallBook().book(tmp_path)
    ids = {
        decided(book).decision_id,
        decided(book, size="large").decision_id,
        decided(book, as_of="2026-11-24").decision_id,
        decided(SmallBook().country().book(tmp_path / "other")).decision_id,
    }
    assert len(ids) == 4
    assert all(one[14] == "8" and one[19] == "a" and len(one) == 36 for one in ids)
    assert decided(book).decision_id == decided(book).decision_id


def test_a_decision_cites_each_source_that_a_reason_stop_or_remark_rests_on(tmp_path: Path) -> None:
    large = variation("large", {"size": "large"}, sources=["other"])
    small = SmallBook().country(
        thank_you_note=[entry("advice", expectation="uncommon")],
        variations=[large],
        sources={"advice": source(NOTE), "other": source("variations.large"), "unused": source("gifts.to_interviewer")},
    )
    decision = decided(small.book(tmp_path), size="large")
    assert set(decision.sources) == {"DE:advice", "DE:other"}
    assert decision.sources["DE:advice"].says == "It is so."


def test_notes_of_an_entry_go_with_its_first_value(tmp_path: Path) -> None:
    note = [entry("advice", expectation="uncommon", formality="casual", notes="Two of three say so.")]
    small = SmallBook().country(thank_you_note=note, sources={"advice": source(NOTE, "thank_you_note.formality")})
    decision = decided(small.book(tmp_path))
    assert reason(decision, "thank_you.expectation").notes == ("Two of three say so.",)
    assert reason(decision, "thank_you.formality").notes == ()


def test_a_subdivisions_clock_of_the_same_state_as_the_countrys_changes_nothing(tmp_path: Path) -> None:
    conditions = {"headcount_at_least": 25}
    small = SmallBook().statute("all", "DE", conditions=conditions).statute("south", "DE-BY", conditions=conditions)
    decision = decided(small.statute("north", "DE-HH").book(tmp_path))
    changes = {(one.fact, one.value): one.then for one in decision.would_change_if}
    assert changes == {
        ("headcount", 24): {"next_move.statutory.status": "not_met"},
        ("headcount", 25): {"next_move.statutory.status": "met"},
        ("process", "offered"): {"next_move.statutory.status": None},
        ("process", "closed"): {"next_move.statutory.status": None},
        ("subdivision", "DE-HH"): {"next_move.statutory.status": "met"},
    }
