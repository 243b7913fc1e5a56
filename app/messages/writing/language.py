"""A language: how its speakers address, date and close a message. Read once from the files in `languages`."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.messages.writing.vocabulary import LEVELS, Addressed, Gender, Level
from app.rules.load import parse
from app.rules.vocabulary import Formality

FOLDER = Path(__file__).parent / "languages"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_PLACEHOLDERS = frozenset({"title", "honorific", "given", "additional", "family", "Family", "full", "both", "company"})
Text = Annotated[str, StringConstraints(min_length=1)]
Patterns = Annotated[tuple[Text, ...], Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Strict):
    """Words by which a gender is known, each as people write it."""

    female: tuple[Text, ...] = ()
    male: tuple[Text, ...] = ()
    any: tuple[Text, ...] = ()
    """Words that say that none is to be assumed, such as Mx."""


class Title(_Strict):
    """An academic title."""

    female: Text | None = None
    male: Text | None = None
    any: Text | None = None
    """As it stands with a name, of a woman, of a man and of whomever; a language that does not use it has none."""
    also: tuple[Text, ...] = ()
    """Other ways in which people write it, by which it is known on a record."""

    def of(self, gender: Gender | None) -> Text | None:
        """As it stands with somebody's name."""
        return (getattr(self, gender) if gender else None) or self.any

    @property
    def words(self) -> tuple[Text, ...]:
        """Everything by which it is known."""
        return (*filter(None, (self.female, self.male, self.any)), *self.also)


class Titles(_Strict):
    """Academic titles."""

    doctor: Title = Title()
    professor: Title = Title()
    others: tuple[Title, ...] = ()
    """More by which people are addressed in this language, such as 팀장: below a professor, above a doctor."""
    all: bool = True
    """A professor who is a doctor is given both titles; otherwise the higher one only."""


class Language(_Strict):
    """How a message is written in one language."""

    tag: Text
    """BCP 47; the name of the folder."""
    name: Text
    """What its speakers call it."""
    english_name: Text
    direction: Literal["ltr", "rtl"] = "ltr"
    level_of: Mapping[Formality, Level]
    """How to address somebody by the formality of the decision."""
    honorifics: Words = Words()
    """What stands before or after a name: Frau, Mr, 様."""
    pronouns: Words = Words()
    titles: Titles = Titles()
    salutations: Mapping[Level, Mapping[Addressed, Patterns]]
    """The first pattern of which everything is known is taken."""
    closings: Mapping[Level, Text]
    closings_without_name: Mapping[Level, Text] = {}
    """Where they are others after a salutation that names nobody: Dear Sir or Madam, Yours faithfully."""
    date_format: Text = "long"
    """Of a day: a format of CLDR's names, or a pattern."""
    date_format_of_first: Text | None = None
    """Of the first day of a month where it is written otherwise: le 1er décembre, 1º de dezembro."""
    locale: Text | None = None
    """CLDR's locale where the tag does not say it: dates of `es-419` are Mexico's."""
    second_reader_on: date | None = None
    """When somebody other than the writer had read all golden files and mended what was wrong."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if set(self.salutations) != set(self.level_of.values()) or set(self.closings) != set(self.salutations):
            message = "salutations and closings are needed for exactly the levels that level_of names"
            raise ValueError(message)
        for level, by_gender in self.salutations.items():
            if absent := {"female", "male", "unknown", "nobody"} - set(by_gender):
                message = f"salutations.{level} lacks {', '.join(sorted(absent))}"
                raise ValueError(message)
            for pattern in (one for patterns in by_gender.values() for one in patterns):
                if unknown := set(_PLACEHOLDER.findall(pattern)) - _PLACEHOLDERS:
                    message = f"{pattern!r} has the unknown placeholder {min(unknown)}"
                    raise ValueError(message)
            if _PLACEHOLDER.search(by_gender["nobody"][-1]):
                message = f"the last of salutations.{level}.nobody needs a name that nobody has"
                raise ValueError(message)
        return self

    def closing(self, level: Level, salutation: str) -> str:
        """What stands before the writer's name."""
        if salutation in self.salutations[level]["nobody"]:
            return self.closings_without_name.get(level, self.closings[level])
        return self.closings[level]

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that this language tells apart, the least formal first."""
        return tuple(level for level in LEVELS if level in self.salutations)


def _read() -> dict[str, Language]:
    found = {}
    for path in sorted(FOLDER.glob("*/language.yaml")):
        tag = path.parent.name
        language = parse(path.read_text(encoding="utf-8"), Language, f"{tag}/{path.name}")
        if language.tag != tag:
            message = f"{path.parent.name}/language.yaml has the tag {language.tag}"
            raise ValueError(message)
        found[tag] = language
    return found


LANGUAGES: Mapping[str, Language] = _read()
"""By tag."""
