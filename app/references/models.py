"""Tables of references."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Owned, Versioned, belongs_to
from app.db.types import one_of
from app.http.merging import too_much
from app.references import vocabulary as words
from app.references.merging import united
from app.references.schemas import ReferenceWrite


class Reference(Owned, Versioned, Base):
    """Somebody who has said, or may say, that employers can ask them about the user."""

    __tablename__ = "references"
    __table_args__ = (
        # A person can always be forgotten, and is a reference no longer then.
        belongs_to("contact_id", "contacts"),
        UniqueConstraint("owner_id", "contact_id"),
        one_of("relationship", words.Relationship),
    )

    contact_id: Mapped[UUID]
    relationship: Mapped[str | None] = mapped_column(String(10))
    consent_given_on: Mapped[date | None]
    consent_for: Mapped[str | None] = mapped_column(Text)
    """What the reference has agreed to, in the user's words."""
    consent_until: Mapped[date | None]
    unavailable: Mapped[list[dict[str, Any]]]
    """Periods in which they cannot be asked: `from_on` and `until_on`, both days included."""
    is_confidential: Mapped[bool]
    """Nobody is to learn of them before the user says so: the name stands in no draft."""
    notes: Mapped[str | None] = mapped_column(Text)

    def write(self, sent: ReferenceWrite) -> None:
        """Take over what was sent."""
        self.relationship = sent.relationship
        self.consent_given_on = sent.consent_given_on
        self.consent_for = sent.consent_for
        self.consent_until = sent.consent_until
        self.unavailable = [period.model_dump(mode="json") for period in sent.unavailable]
        self.is_confidential = sent.is_confidential
        self.notes = sent.notes

    def take_in(self, other: "Reference") -> None:
        """Be one with another reference, where two contacts turn out to be one person. Raises `Invalid`."""
        try:
            self.write(united(*(ReferenceWrite.model_validate(one, from_attributes=True) for one in (self, other))))
        except ValidationError as error:
            raise too_much(error, "contact", part="reference") from error


class ReferenceUse(Owned, Versioned, Base):
    """An application in which the user has named a reference."""

    __tablename__ = "reference_uses"
    __table_args__ = (
        belongs_to("reference_id", "references", is_shown_there=True),
        belongs_to("application_id", "applications"),
        UniqueConstraint("owner_id", "reference_id", "application_id"),
        Index(None, "owner_id", "application_id", "id"),
    )

    reference_id: Mapped[UUID]
    application_id: Mapped[UUID]
    outcome_told_on: Mapped[date | None]
    thanked_on: Mapped[date | None]


class Briefing(Owned, Versioned, Base):
    """A reference was told about an interview: somebody may call. Only merging two references changes it."""

    __tablename__ = "reference_briefings"
    __table_args__ = (
        belongs_to("reference_id", "references"),
        belongs_to("interview_id", "interviews"),
        UniqueConstraint("owner_id", "reference_id", "interview_id"),
        Index(None, "owner_id", "interview_id", "id"),
    )

    reference_id: Mapped[UUID]
    interview_id: Mapped[UUID]
    told_at: Mapped[datetime]
