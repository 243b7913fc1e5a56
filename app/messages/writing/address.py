"""How a reader is addressed: what the record says of gender and titles, and the form of the name in a language."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.contacts.names import Name, displayed
from app.messages.writing.language import LANGUAGES, Language, Words
from app.messages.writing.occasion import Person
from app.messages.writing.vocabulary import Addressed, Gender, Level

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_WORDS = re.compile(r"[^\s/,]+")
_INITIAL = re.compile(r"[A-Za-z]\.?")
"""Of a degree behind a name: `M. Sc.` is not the French M. of a man."""
_NOT_A_LETTER = re.compile(r"[^\w-]")
_THAI_BEFORE_LATIN = re.compile(r"(?:(?<=[\u0e00-\u0e7f])|(?<=[\u0e00-\u0e7f]\.))(?=[A-Za-z])")
"""Where Thai sets a space: คุณสมหญิง, but คุณ Kim."""
_SCRIPTS = {
    "ja": "\u3041-\u30ff\u3400-\u9fff",
    "zh": "\u3400-\u9fff",
    "ko": "\uac00-\ud7a3",
    "ru": "\u0400-\u04ff",
    "uk": "\u0400-\u04ff",
    "el": "\u0370-\u03ff",
    "ar": "\u0600-\u06ff",
    "he": "\u0590-\u05ff",
    "th": "\u0e00-\u0e7f",
}
"""Letters of languages that are not written in Latin ones."""
Says = Literal["female", "male", "any"]


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader as a language sees them."""

    addressed: Addressed
    gender: Gender | None
    is_said: bool
    """Pronouns or an honorific are on record, if only to say that no gender is to be assumed."""
    parts: dict[str, str]
    """What stands for the placeholders of a salutation, as far as it is known."""


def reader(person: Person | None, language: Language, company: str | None) -> Reader:
    """How a language addresses somebody, or nobody in particular, at a company where the reader belongs to one."""
    of_company = {"company": company} if company else {}
    if person is None or not person.names:
        return Reader("nobody", None, is_said=False, parts=of_company)
    name = _form(person.names, language)
    prefixes = [word for one in (name, *person.names) for word in _words(one)]
    said = _says(prefixes, person.pronouns, language)
    gender: Gender | None = "female" if said == {"female"} else "male" if said == {"male"} else None
    parts = {
        "given": name.given_name,
        "additional": name.additional_names,
        "family": name.family_name,
        "Family": _capitalised(name.family_name or ""),
        "full": displayed(name),
        "both": displayed(name) if name.given_name and name.family_name else None,
        "title": " ".join(_titles(prefixes, gender, language)),
        "honorific": _neutral_honorific(prefixes, language),
    }
    known = {key: value for key, value in parts.items() if value}
    return Reader(gender or "unknown", gender, is_said=bool(said), parts=of_company | known)


def salutation(reader: Reader, language: Language, level: Level) -> str:
    """The first pattern of which everything is known, filled in."""
    patterns = language.salutations[level]
    for pattern in (*patterns[reader.addressed], *patterns["unknown"], *patterns["nobody"]):
        if set(_PLACEHOLDER.findall(pattern)) <= set(reader.parts):
            return _THAI_BEFORE_LATIN.sub(" ", _PLACEHOLDER.sub(lambda found: reader.parts[found[1]], pattern))
    raise AssertionError(language.tag)  # the last pattern needs no name, which the language's model makes sure of


def _form(names: Sequence[Name], language: Language) -> Name:
    """The name as this language's readers write it, where the record has it."""
    code = language.tag.partition("-")[0]
    said = [
        one for one in names if (one.language or "").partition("-")[0] == code and "Latn" not in (one.language or "")
    ]
    script = re.compile(f"[{_SCRIPTS[code]}]") if code in _SCRIPTS else re.compile(r"[A-Za-z]")
    written = [one for one in names if script.search(f"{one.family_name or ''}{one.given_name or ''}")]
    return (*said, *written, *names)[0]


def _capitalised(family_name: str) -> str:
    """With a capital letter, as Dutch writes it without a given name: Eva de Vries, but mevrouw De Vries."""
    return family_name[:1].upper() + family_name[1:]


def _words(name: Name) -> Iterator[str]:
    for word in _WORDS.findall(name.honorific_prefix or ""):
        yield _plain(word)
    for word in _WORDS.findall(name.honorific_suffix or ""):
        if not _INITIAL.fullmatch(word):
            yield _plain(word)


def _plain(word: str) -> str:
    return _NOT_A_LETTER.sub("", word.casefold())


def _says(prefixes: Sequence[str], pronouns: str | None, language: Language) -> set[Says]:
    """What pronouns on record say of a gender, or else honorifics, in whatever language; a name is never guessed by."""
    pronoun_words = [_plain(word) for word in _WORDS.findall(pronouns or "")]
    for words, known in ((pronoun_words, _PRONOUNS[language.tag]), (prefixes, _HONORIFICS[language.tag])):
        if said := {known[word] for word in words if word in known}:
            return said
    return set()


def _titles(prefixes: Sequence[str], gender: Gender | None, language: Language) -> Iterator[str]:
    given = language.titles
    others = [(title, {_plain(word) for word in title.words}) for title in given.others]
    ranked = [(given.professor, _PROFESSOR), *others, (given.doctor, _DOCTOR)]
    of_record = [title for title, words in ranked if words & {*prefixes}]
    titles = [form for title in of_record if (form := title.of(gender))]
    yield from titles if given.all else titles[:1]


def _neutral_honorific(prefixes: Sequence[str], language: Language) -> str | None:
    """An honorific on record that this language has and that assumes no gender."""
    return next((word for word in language.honorifics.any if _plain(word) in prefixes), None)


def _known(words_of: Callable[[Language], Words]) -> dict[str, dict[str, Says]]:
    """For the tag of each language, words of all languages by what they say.

    The language's own meaning counts first: 先生 is a man in Chinese. Otherwise a word that says different things in
    two languages says nothing.
    """
    own = {tag: dict(_said(words_of(language))) for tag, language in LANGUAGES.items()}
    found: dict[str, set[Says]] = {}
    for known in own.values():
        for word, says in known.items():
            found.setdefault(word, set()).add(says)
    unambiguous = {word: says.pop() for word, says in found.items() if len(says) == 1}
    return {tag: unambiguous | known for tag, known in own.items()}


def _said(words: Words) -> Iterator[tuple[str, Says]]:
    by: tuple[tuple[Says, tuple[str, ...]], ...] = (("female", words.female), ("male", words.male), ("any", words.any))
    for says, listed in by:
        for word in listed:
            yield _plain(word), says


_HONORIFICS = _known(lambda language: language.honorifics)
_PRONOUNS = _known(lambda language: language.pronouns)
_DOCTOR = {_plain(word) for language in LANGUAGES.values() for word in language.titles.doctor.words}
_PROFESSOR = {_plain(word) for language in LANGUAGES.values() for word in language.titles.professor.words}
