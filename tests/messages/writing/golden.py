"""The golden files: what every template makes of every level and every way to address somebody, for a speaker to read.

`python -m tests.messages.writing.golden [TAG …]` writes them anew.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from app.contacts.names import NameWrite
from app.messages.writing import LANGUAGES, Language, Occasion, Person, written
from app.messages.writing.vocabulary import PURPOSES, Level, Purpose
from app.rules.load import parse

FOLDER = Path(__file__).parent / "golden"
PEOPLE = "people.yaml"
_INTERVIEW_ON, _PROMISED_ON = date(2026, 11, 5), date(2026, 11, 19)
_NO_DAY: Mapping[str, Mapping[str, Any]] = {"day not known": {"interview_on": None}}
_AGENCY: Mapping[str, Mapping[str, Any]] = {"to the agency's consultant": {"via_agency": True}}
_OUTCOMES: Mapping[str, Mapping[str, Any]] = {
    "ended otherwise": {"outcome": "ended"},
    "not known yet": {"outcome": None},
}
_VARIANTS: Mapping[Purpose, Mapping[str, Mapping[str, Any]]] = {
    "thank_you": {"no point marked": {"point": None}, **_NO_DAY, **_AGENCY},
    "status_enquiry": {
        "no day promised": {"promised_on": None},
        **_NO_DAY,
        "the second time": {"asked_before": True},
        **_AGENCY,
        "to the agency's consultant, no day promised": {"via_agency": True, "promised_on": None},
        "to the agency's consultant, the second time": {"via_agency": True, "asked_before": True},
    },
    "reference_request": {},
    "reference_briefing": _NO_DAY,
    "reference_thanks": _OUTCOMES,
    "introducer_thanks": {**_OUTCOMES, **_NO_DAY},
    "withdrawal": {**_NO_DAY, **_AGENCY},
}
_ACCEPTED: frozenset[Purpose] = frozenset({"reference_thanks", "introducer_thanks"})


class Somebody(BaseModel):
    """A reader, as a record would have them."""

    model_config = ConfigDict(extra="forbid")

    says: str
    """What the record says of them, for whoever reads the golden files."""
    name: NameWrite
    other_names: tuple[NameWrite, ...] = ()
    pronouns: str | None = None

    @property
    def person(self) -> Person:
        """What is known of them when something is written."""
        return Person((self.name, *self.other_names), self.pronouns)


class Example(BaseModel):
    """A language's example: who writes, to whom, about what."""

    model_config = ConfigDict(extra="forbid")

    sender: str
    company: str
    position: str
    point: str
    people: tuple[Somebody, ...]


def example(tag: str) -> Example:
    """The example of a language."""
    path = FOLDER / tag / PEOPLE
    return parse(path.read_text(encoding="utf-8"), Example, f"{tag}/{PEOPLE}")


def golden(tag: str) -> Iterator[tuple[Path, str]]:
    """The golden files of a language, and what is in them."""
    for purpose in PURPOSES:
        yield FOLDER / tag / f"{purpose}.txt", _sheet(LANGUAGES[tag], purpose)


def _sheet(language: Language, purpose: Purpose) -> str:
    """Each level: one text in full, and of every other case the lines that are different."""
    given = example(language.tag)
    first, *others = given.people
    parts = []
    for level in language.levels:
        occasion = _occasion(language, purpose, level, first, given)
        whole = _lines(occasion)
        parts.append("\n".join([f"######## {level}: {first.says}", *whole]))
        cases: dict[str, Mapping[str, Any]] = {one.says: {"recipient": one.person} for one in others}
        cases |= {"nobody is named": {"recipient": None}, **_VARIANTS[purpose]}
        for name, change in cases.items():
            changed = _lines(replace(occasion, **change))
            parts.append("\n".join([f"---- {name}", *_different(whole, changed)]))
    return "\n\n".join(parts) + "\n"


def _occasion(language: Language, purpose: Purpose, level: Level, reader: Somebody, given: Example) -> Occasion:
    formality = next(one for one, its_level in language.level_of.items() if its_level == level)
    return Occasion(
        purpose,
        language.tag,
        formality,
        given.sender,
        reader.person,
        given.company,
        given.position,
        interview_on=_INTERVIEW_ON,
        point=given.point,
        promised_on=_PROMISED_ON,
        outcome="accepted" if purpose in _ACCEPTED else None,
    )


def _lines(occasion: Occasion) -> list[str]:
    draft = written(occasion)
    return [f"Subject: {draft.subject}", "", *draft.body.splitlines()]


def _different(whole: Sequence[str], changed: Sequence[str]) -> Iterator[str]:
    """Lines that stand in the one and not in the other."""
    is_same = True
    for kind, i, j, k, m in SequenceMatcher(None, whole, changed, autojunk=False).get_opcodes():
        if kind != "equal":
            is_same = False
            yield from filter(None, changed[k:m])
        if kind == "delete":
            yield from (f"(without) {line}" for line in whole[i:j] if line)
    if is_same:
        yield "(the same)"


def main(tags: Sequence[str]) -> None:
    """Write the golden files of languages, or of all."""
    for tag in tags or LANGUAGES:
        for path, text in golden(tag):
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
