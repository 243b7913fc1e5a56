"""What a draft is written from, and what comes out. Everything is from the user's own record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.contacts.names import Name
from app.messages.writing.vocabulary import Level, MissingFact, Outcome, Purpose
from app.rules.vocabulary import Formality


@dataclass(frozen=True, slots=True)
class Person:
    """A reader."""

    names: Sequence[Name]
    """In every script that is known, the person's main one first."""
    pronouns: str | None = None


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why something is written, to whom, and the facts that the text may use. None is unknown."""

    purpose: Purpose
    language: str
    """A tag of `LANGUAGES`."""
    formality: Formality
    sender: str | None
    """The user's name."""
    recipient: Person | None
    company: str
    position: str
    interview_on: date | None = None
    """The day of the interview, where it was held."""
    point: str | None = None
    """What the user has marked in the reflection for the note, in the user's own words."""
    promised_on: date | None = None
    """The day by which an answer was promised in the interview."""
    asked_before: bool = False
    """The employer was asked for an answer before."""
    via_agency: bool = False
    """The reader is the consultant of an agency and not of the company."""
    outcome: Outcome | None = None
    """How the application ended, where it has."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that the text could use and the record does not have."""

    fact: MissingFact
    is_required: bool
    """A placeholder stands in the text until the fact is known or the user has written it."""
    hint: str
    """How to mend it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as it is proposed. Nothing in it was invented."""

    subject: str
    body: str
    """Plain text; paragraphs have an empty line between them."""
    language: str
    level: Level
    missing: tuple[Missing, ...]
