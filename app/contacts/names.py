"""Names of people: what is sent and shown of them, how they are written, sorted and compared."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Self

from pydantic import Field, computed_field, model_validator
from pydantic_core import PydanticCustomError

from app.contacts import vocabulary as v
from app.contacts.details import MOST_IN_A_KEY, NotedOn, Source
from app.http.resources import Sent, Shown
from app.rules.facts import LanguageTag
from app.text import Line, folded

MOST_TO_SORT_BY = 200

_HAN = "々\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = "\u3041-\u30ff"
_HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"
_EAST_ASIAN = re.compile(f"[{_HAN}{_KANA}{_HANGUL}]")
_ONLY_KATAKANA = re.compile("[\u30a0-\u30ff\\s]+")
_HAS_HANGUL = re.compile(f"[{_HANGUL}]")
_FAMILY_FIRST_LANGUAGES = frozenset({"hu", "vi"})
"""Languages that write the family name first in Latin letters too."""

Part = Annotated[str, Line(100)]


class NameWrite(Sent):
    """A person's name in one script.

    Somebody who has one name only has it in `given_name` or in `family_name`.
    """

    given_name: Part | None = Field(None, description="The given name, or the only name.", examples=["愛子"])
    additional_names: Part | None = Field(None, description="Middle names, patronymics.")
    family_name: Part | None = Field(None, description="The family name, all parts of it.", examples=["田中"])
    honorific_prefix: Part | None = Field(None, description="What stands before the name, such as Dr.")
    honorific_suffix: Part | None = Field(None, description="What stands after the name, such as PhD or 様.")
    phonetic_given_name: Part | None = Field(
        None, description="How the given name is read, such as ふりがな.", examples=["あいこ"]
    )
    phonetic_family_name: Part | None = Field(None, description="How the family name is read.", examples=["たなか"])
    order: v.NameOrder | None = Field(
        None, description="Which name comes first; where it is not said, as the script and the language do."
    )
    language: LanguageTag | None = Field(
        None, description="Language and script of this form: BCP 47, such as ja or ja-Latn.", examples=["ja"]
    )
    source: Source = None
    noted_on: NotedOn = None

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if self.given_name is None and self.family_name is None:
            message = "A name needs given_name or family_name; who has one name only has it in either"
            raise PydanticCustomError("name_missing", message)
        return self


class ContactName(Shown):
    """A person's name in one script."""

    given_name: str | None
    additional_names: str | None
    family_name: str | None
    honorific_prefix: str | None
    honorific_suffix: str | None
    phonetic_given_name: str | None
    phonetic_family_name: str | None
    order: v.NameOrder | None
    language: str | None
    source: v.DetailSource | None
    noted_on: date | None

    @computed_field  # type: ignore[prop-decorator] # as Pydantic documents it
    @property
    def display_name(self) -> str:
        """The name in the order and with the spacing of its script, without honorifics: 田中 愛子, Aiko Tanaka."""
        return displayed(self)


Name = NameWrite | ContactName


def displayed(name: Name) -> str:
    """A name as its script writes it, without honorifics."""
    family_first = _order(name) == "family_first"
    if not family_first:
        parts = [name.given_name, name.additional_names, name.family_name]
    elif _language(name) == "vi":
        parts = [name.family_name, name.additional_names, name.given_name]
    else:
        parts = [name.family_name, name.given_name, name.additional_names]
    return _separator(name, family_first=family_first).join(filter(None, parts))


def sort_key(name: Name) -> str:
    """What a name is sorted by: family name first, by its reading where that is known."""
    parts = (
        name.phonetic_family_name or name.family_name,
        name.phonetic_given_name or name.given_name,
        name.additional_names,
    )
    return folded(" ".join(filter(None, parts)))[:MOST_TO_SORT_BY]


def forms(name: Name) -> Iterator[str]:
    """Everything by which somebody may look for a name."""
    yield " ".join(filter(None, [name.honorific_prefix, displayed(name), name.honorific_suffix]))
    for family, given in _pairs(name):
        yield f"{family} {given}"
        if _EAST_ASIAN.search(family + given):
            yield family + given


def name_keys(name: Name) -> Iterator[str]:
    """What two names have in common when they may be the same person's, whatever their order, spacing and accents.

    Middle names and honorifics, which one of the two may leave out, do not count.
    """
    for family, given in _pairs(name):
        yield _key(sorted(map(letters, (family, given))))
        yield _key(sorted(map(letters, f"{family} {given}".split())))
        if _EAST_ASIAN.search(family + given):
            yield _key([letters(family + given)])


def _pairs(name: Name) -> Iterator[tuple[str, str]]:
    """Family and given name as they are written, and as they are read."""
    yield name.family_name or "", name.given_name or ""
    if name.phonetic_family_name or name.phonetic_given_name:
        yield name.phonetic_family_name or "", name.phonetic_given_name or ""


def _key(parts: list[str]) -> str:
    return " ".join(filter(None, parts))[:MOST_IN_A_KEY]


def letters(text: str) -> str:
    """A text folded, without punctuation and spaces: `Min-jun` and `Minjun` are the same."""
    return "".join(one for one in folded(text) if unicodedata.category(one)[0] not in "PSZC")


def _language(name: Name) -> str:
    return (name.language or "").partition("-")[0]


def _written(name: Name) -> str:
    return f"{name.family_name or ''} {name.given_name or ''}"


def _order(name: Name) -> v.NameOrder:
    if name.order is not None:
        return name.order
    text = _written(name)
    native = bool(_EAST_ASIAN.search(text)) and not _ONLY_KATAKANA.fullmatch(text)
    return "family_first" if native or _language(name) in _FAMILY_FIRST_LANGUAGES else "given_first"


def _separator(name: Name, *, family_first: bool) -> str:
    """What stands between the names: Chinese and Korean join them; a dot parts those written by their sound."""
    text = _written(name)
    if not _EAST_ASIAN.search(text):
        return " "
    if _HAS_HANGUL.search(text) or _language(name) == "ko":
        return "" if family_first else " "
    if _language(name) == "zh":
        return "" if family_first else "·"
    return "・" if _ONLY_KATAKANA.fullmatch(text) and not family_first else " "
