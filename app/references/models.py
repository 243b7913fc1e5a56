"""Tables of references."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Owned, Versioned, belongs_to
from app.db.types import one_of
from app.references import vocabulary as words


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


class ReferenceUse(Owned, Versioned, Base):
    """An application in which the user has named a reference."""

    __tablename__ = "reference_uses"
    __table_args__ = (
        belongs_to("reference_id", "references"),
        belongs_to("application_id", "applications"),
        UniqueConstraint("owner_id", "reference_id", "application_id"),
        Index(None, "owner_id", "application_id", "id"),
    )

    reference_id: Mapped[UUID]
    application_id: Mapped[UUID]
    outcome_told_on: Mapped[date | None]
    thanked_on: Mapped[date | None]


class Briefing(Owned, Base):
    """A reference was told about an interview: somebody may call."""

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
    created_at: Mapped[datetime]
