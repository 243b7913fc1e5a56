"""What is said of a data file that does not fit its model, to people who need not know Python."""

import json

import pytest
from pydantic import ValidationError

from app.rules import entries, load, schema
from app.rules.misfits import SPELLINGS, misfits

COUNTRY = 'code: "DE"\nregion: "155"\n'


def told(text: str) -> tuple[str, str, str]:
    """The one misfit in a country's file: path, problem, remedy."""
    with pytest.raises(load.DataError) as raised:
        load.parse(text, entries.Country, "countries/DE.yaml")
    assert isinstance(raised.value.__cause__, ValidationError)
    [one] = misfits(raised.value.__cause__, entries.Country)
    return one


def note(fields: str) -> str:
    """A country's file with one entry on the note."""
    return f"{COUNTRY}thank_you_note: [{{reviewed_on: 2026-01-01, confidence: low, sources: [], {fields}}}]\n"


def move(fields: str) -> str:
    """A country's file with one entry on the next move."""
    return note(fields).replace("thank_you_note", "next_move")


@pytest.mark.parametrize(
    ("text", "path", "problem", "remedy"),
    [
        ("", "", "is empty", "Begin with code, region"),
        ("[1]", "", "is no mapping", "Write a line such as `key: value` for each thing"),
        (COUNTRY + "sources: []\n", "sources", "is no mapping", "Write a line such as `key: value` for each thing"),
        ('code: "DE"\n', "region", "is missing", "Add it"),
        ('code: "DE"\nregion: 155\n', "region", "155 is not text without quotes", 'Write "155"'),
        ('code: true\nregion: "155"\n', "code", "true is not text without quotes", 'Write "true"'),
        (COUNTRY + "notes: [a]\n", "notes", "is no text", "Write a word or a sentence"),
        (
            'code: Germany\nregion: "155"\n',
            *("code", "'Germany' is not in the form needed here"),
            'Write an ISO 3166-1 alpha-2 code in quotes, such as "NO"',
        ),
        (
            note("formality: formel"),
            *("thank_you_note.0.formality", "'formel' is none of the words for this"),
            "Did you mean formal? Write one of casual, neutral, formal, very_formal",
        ),
        (note("prohibits: false"), "thank_you_note.0.prohibits", "False is none of the words for this", "Write true"),
        (
            note("languages: de"),
            *("thank_you_note.0.languages", "is no list", "Write [one, two], or a line with a hyphen for each"),
        ),
        (note("channels: []"), "thank_you_note.0.channels", "has too few items", "Write at least 1"),
        (note("channels: [email, email]"), "thank_you_note.0.channels", "'email' stands twice", "Keep one"),
        (note("languages: [de, en, de]"), "thank_you_note.0.languages", "'de' stands twice", "Keep one"),
        (note("send_within_hours: 0"), "thank_you_note.0.send_within_hours", "is too small", "Write 1 or more"),
        (note("send_within_hours: 999"), "thank_you_note.0.send_within_hours", "is too large", "Write 336 or less"),
        (
            note("send_within_hours: soon"),
            *("thank_you_note.0.send_within_hours", "is no whole number", "Write digits only, without quotes"),
        ),
        (note("since: 23"), "thank_you_note.0.since", "23 is no day", "Write a day as 2026-11-23"),
        (note("since: spring"), "thank_you_note.0.since", "'spring' is no day", "Write a day as 2026-11-23"),
        (
            note("same_day: sometimes"),
            *("thank_you_note.0.same_day", "is neither true nor false", "Write true or false, without quotes"),
        ),
        (note("address: x"), "thank_you_note.0.address", "is too short", "Write at least 2 characters"),
        (
            move("typical_wait_business_days: [10, 5]"),
            "next_move.0.typical_wait_business_days",
            "the shortest wait, 10, is longer than the longest, 5",
            "Write the shortest first",
        ),
        (
            move("typical_wait_business_days: [1, 2, 3]"),
            *("next_move.0.typical_wait_business_days", "has too many items", "Write at most 2"),
        ),
    ],
)
def test_what_does_not_fit_is_told_in_plain_words_with_the_way_to_mend_it(
    text: str, path: str, problem: str, remedy: str
) -> None:
    assert told(text) == (path, problem, remedy)


def test_a_misspelt_key_is_told_with_the_one_that_was_meant() -> None:
    assert told(note("expektation: optional")) == (
        *("thank_you_note.0.expektation", "is not known here"),
        "Did you mean expectation? Correct the key or remove it",
    )


def test_what_has_no_words_of_its_own_is_told_in_those_of_pydantic() -> None:
    error = ValidationError.from_exception_data("World", [{"type": "recursion_loop", "loc": ("gifts",), "input": 1}])
    [(path, problem, remedy)] = misfits(error, entries.World)
    assert (path, remedy) == ("gifts", "See schema.json for what may stand here")
    assert "Recursion error" in problem


def test_an_empty_file_without_required_keys_is_told_how_it_may_begin() -> None:
    with pytest.raises(load.DataError, match=r"world.yaml: \(file\): is empty. Begin with thank_you_note"):
        load.parse("", entries.World, "world.yaml")


def test_a_wait_that_never_varies_is_well() -> None:
    [entry] = load.parse(move("typical_wait_business_days: [10, 10]"), entries.Country, "x").next_move
    assert entry.typical_wait_business_days == [10, 10]


def test_every_pattern_of_the_models_is_told_in_words() -> None:
    def patterns(part: object) -> set[str]:
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        own = {part["pattern"]} if isinstance(part, dict) and isinstance(part.get("pattern"), str) else set()
        names = set(part.get("patternProperties", ())) if isinstance(part, dict) else set()
        return own.union(names, *map(patterns, inner))

    assert patterns(json.loads(schema.text())) == set(SPELLINGS)
