"""The one way a data file is written down."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from app.rules import entries, load
from app.rules.canonical import canonical

words = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"], exclude_characters="\ufeff\ufffe\uffff"), min_size=2
).filter(lambda text: len(text) <= 1500)


@pytest.mark.parametrize("name", load.data_files())
def test_every_data_file_says_the_same_after_it_is_written_anew(name: str) -> None:
    model = load.model_of(name)
    record = load.parse(load.text_of(load.DATA, name), model, name)
    assert load.parse(canonical(record), model, name) == record


@settings(deadline=None, max_examples=200)
@given(words)
def test_any_text_survives_writing_and_reading(text: str) -> None:
    world = entries.World(notes=text)
    once = canonical(world)
    assert load.parse(once, entries.World, "world.yaml") == world
    assert canonical(load.parse(once, entries.World, "world.yaml")) == once


@pytest.mark.parametrize(
    "text", ["NO", "null", "~ ", "true", "030", "12:30", "2024-01-01", "- a", "a: b", "a #b", "& c", " x "]
)
def test_text_that_looks_like_something_else_stays_text(text: str) -> None:
    world = entries.World(notes=text)
    assert load.parse(canonical(world), entries.World, "world.yaml").notes == text


def test_codes_are_quoted_and_keys_stand_in_one_order() -> None:
    country = entries.Country.model_validate(
        {
            "notes": "At the end.",
            "sources": {
                "advice": {
                    "says": "So.",
                    "supports": ["thank_you_note.expectation"],
                    "stance": "for",
                    "weight": "low",
                    "kind": "blog",
                    "publisher": "Example",
                    "url": "https://example.com",
                }
            },
            "subdivisions": {"north": {"because": "So.", "codes": ["NO-18", "NO-55"]}},
            "variations": [{"because": "So.", "when": {"size": "large", "said.answer_by": "given"}, "id": "large"}],
            "thank_you_note": [
                {
                    "expectation": "optional",
                    "channels": ["email", "letter"],
                    "sources": ["advice"],
                    "less_sure": {"channels": "low"},
                    "confidence": "medium",
                    "reviewed_on": "2026-01-15",
                    "since": "2020-01-01",
                }
            ],
            "region": "154",
            "code": "NO",
        }
    )
    assert canonical(country) == (
        'code: "NO"\n'
        'region: "154"\n'
        "thank_you_note:\n"
        "- since: 2020-01-01\n"
        "  reviewed_on: 2026-01-15\n"
        "  confidence: medium\n"
        "  less_sure: {channels: low}\n"
        "  expectation: optional\n"
        "  channels: [email, letter]\n"
        "  sources: [advice]\n"
        "variations:\n"
        "- id: large\n"
        "  when: {size: large, said.answer_by: given}\n"
        "  because: So.\n"
        "subdivisions:\n"
        "  north:\n"
        '    codes: ["NO-18", "NO-55"]\n'
        "    because: So.\n"
        "sources:\n"
        "  advice:\n"
        "    url: https://example.com\n"
        "    publisher: Example\n"
        "    kind: blog\n"
        "    weight: low\n"
        "    stance: for\n"
        "    supports: [thank_you_note.expectation]\n"
        "    says: So.\n"
        "notes: At the end.\n"
    )


def test_codes_as_keys_are_quoted_too() -> None:
    regions = entries.Regions.model_validate(
        {
            "regions": {"154": {"name": "Northern Europe"}},
            "countries": {"NO": {"name": "Norway", "region": "154"}},
            "notes": "Two keys.",
        }
    )
    assert '"154":\n' in canonical(regions)
    assert '"NO":\n' in canonical(regions)
    assert yaml.safe_load(canonical(regions))["countries"]["NO"]["region"] == "154"


def test_conditions_of_a_statute_stand_one_to_a_line() -> None:
    lines = canonical(load.read().statutes["on-inform-interviewed"]).splitlines()
    assert "conditions_text:" in lines
    assert "  formats_excluded: [informal, phone_screen]" in lines
