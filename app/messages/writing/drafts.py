"""Writes a draft from a template."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from babel import Locale
from babel.dates import format_date
from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from app.messages.writing.address import Reader, reader, salutation
from app.messages.writing.language import FOLDER, LANGUAGES, Language
from app.messages.writing.occasion import Draft, Missing, Occasion
from app.messages.writing.vocabulary import Level, Purpose

PLACEHOLDER = "[[{}]]"
"""Stands in a text for what only the user can say."""

_TEMPLATES = ImmutableSandboxedEnvironment(
    loader=FileSystemLoader(FOLDER),
    undefined=StrictUndefined,
    autoescape=False,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=False,
)
_TO_THE_COMPANY: frozenset[Purpose] = frozenset({"thank_you", "status_enquiry", "withdrawal"})
_GAP = re.compile(r"\n{3,}")
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
"""All but those at which a line may not break, which French writes before a colon."""
_SPACE_BEFORE_END = re.compile(r"[ \t]+\n")
_TWO_FULL_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")
"""Where a sentence ends with a name or a day that has one itself: Initech B.V."""


def written(occasion: Occasion) -> Draft:
    """The text that an occasion calls for. The same facts give the same text."""
    language = LANGUAGES[occasion.language]
    level = language.level_of[occasion.formality]
    person = reader(occasion.recipient, language, occasion.company if _is_at_the_company(occasion) else None)
    greeting = salutation(person, language, level)
    text = _template(language.tag, occasion.purpose).render(
        salutation=greeting,
        closing=language.closing(level, greeting),
        sender=occasion.sender or PLACEHOLDER.format("name"),
        level=level,
        gender=person.gender,
        name=person.parts.get("full"),
        company=occasion.company,
        position=occasion.position,
        day=_day(occasion.interview_on, language),
        promised_day=_day(occasion.promised_on, language),
        point=occasion.point and _SPACES.sub(" ", occasion.point).strip(),
        asked_before=occasion.asked_before,
        via_agency=occasion.via_agency,
        outcome=occasion.outcome,
    )
    subject, _, body = text.strip().partition("\n")
    body = _TWO_FULL_STOPS.sub(".", _GAP.sub("\n\n", _SPACE_BEFORE_END.sub("\n", body))).strip() + "\n"
    return Draft(subject.strip(), body, language.tag, level, tuple(_missing(occasion, person, language, level)))


@cache
def _template(tag: str, purpose: Purpose) -> Template:
    return _TEMPLATES.get_template(f"{tag}/{purpose}.txt")


def _is_at_the_company(occasion: Occasion) -> bool:
    return occasion.purpose in _TO_THE_COMPANY and not occasion.via_agency


def _day(day: date | None, language: Language) -> str | None:
    if day is None:
        return None
    its_format = (day.day == 1 and language.date_format_of_first) or language.date_format
    return format_date(day, its_format, Locale.parse(language.locale or language.tag, sep="-"))


def _missing(occasion: Occasion, person: Reader, language: Language, level: Level) -> Iterator[Missing]:
    if occasion.sender is None:
        hint = "Write it into the text; or give your name with PATCH /v1/me, and draft anew."
        yield Missing("sender.name", is_required=True, hint=hint)
    if person.addressed == "nobody":
        yield Missing("recipient.name", is_required=False, hint="Say who it is for, to address them by name.")
    elif not person.is_said and _addresses_by_gender(language, level):
        hint = "Where you know it, give honorific_prefix or pronouns of the contact; nothing is guessed from a name."
        yield Missing("recipient.gender", is_required=False, hint=hint)
    if occasion.purpose == "thank_you" and occasion.point is None:
        hint = "Mark a point of the reflection with for_note, so that the note says what only you can say."
        yield Missing("reflection.point", is_required=False, hint=hint)


def _addresses_by_gender(language: Language, level: Level) -> bool:
    patterns = language.salutations[level]
    return patterns["female"] != patterns["male"]
