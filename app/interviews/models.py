"""Tables of interviews."""

from datetime import date, datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Owned, Versioned, belongs_to
from app.db.types import one_of
from app.http import links
from app.interviews import vocabulary as words
from app.rules import vocabulary as v


class Interview(Owned, Versioned, Base):
    """An interview for an application."""

    __tablename__ = "interviews"
    __table_args__ = (
        belongs_to("application_id", "applications"),
        Index(None, "owner_id", "starts_at", "id"),
        Index(None, "owner_id", "application_id", "id"),
        one_of("stage", v.Stage),
        one_of("format", v.Format),
        one_of("status", words.Status),
        one_of("said_who_contacts", v.WhoContacts),
    )

    application_id: Mapped[UUID]
    stage: Mapped[str | None] = mapped_column(String(20))
    format: Mapped[str | None] = mapped_column(String(40))
    language: Mapped[str | None] = mapped_column(String(35))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    time_zone: Mapped[str] = mapped_column(String(64))
    place: Mapped[str | None] = mapped_column(Text)
    link: Mapped[str | None] = mapped_column(String(links.LONGEST))
    status: Mapped[words.Status] = mapped_column(String(20))
    said_who_contacts: Mapped[str | None] = mapped_column(String(20))
    said_answer_by: Mapped[date | None]
    said_no_contact: Mapped[bool | None]
    said_note_welcome: Mapped[bool | None]
    said_canvassing_disqualifies: Mapped[bool | None]
    thanked_in_person: Mapped[bool | None]
    enquiries: Mapped[int | None]
    last_enquiry_on: Mapped[date | None]
    notes: Mapped[str | None] = mapped_column(Text)
    search_text: Mapped[str] = mapped_column(Text)
    """Everything a search looks at, folded."""

    @property
    def said(self) -> dict[str, Any]:
        """What was said about the next step, as clients write it."""
        return said_of(self)


class Participant(Owned, Versioned, Base):
    """Somebody who takes part in an interview, or arranges it."""

    __tablename__ = "participants"
    __table_args__ = (
        belongs_to("interview_id", "interviews", is_shown_there=True),
        # A person can always be forgotten, and then took part no longer.
        belongs_to("contact_id", "contacts"),
        UniqueConstraint("owner_id", "interview_id", "contact_id"),
        Index(None, "owner_id", "contact_id", "id"),
        one_of("role", words.Role),
        one_of("note_delivery", words.NoteDelivery),
    )

    interview_id: Mapped[UUID]
    contact_id: Mapped[UUID]
    role: Mapped[str | None] = mapped_column(String(20))
    attended: Mapped[bool | None]
    note_sent_at: Mapped[datetime | None]
    note_delivery: Mapped[words.NoteDelivery | None] = mapped_column(String(10))
    """What is the matter with a note that is sent from here, as long as it has not been sent."""
    note_scheduled_at: Mapped[datetime | None]
    """When it leaves."""


class Reflection(Owned, Versioned, Base):
    """What the user makes of an interview."""

    __tablename__ = "reflections"
    __table_args__ = (
        belongs_to("interview_id", "interviews"),
        UniqueConstraint("owner_id", "interview_id"),
        Index(None, "owner_id", "updated_at", "id"),
        one_of("mood", words.Mood),
    )

    interview_id: Mapped[UUID]
    draft: Mapped[bool]
    learned_about_company: Mapped[str | None] = mapped_column(Text)
    learned_about_position: Mapped[str | None] = mapped_column(Text)
    important_points: Mapped[list[dict[str, Any]]]
    open_questions: Mapped[list[dict[str, Any]]]
    questions_asked: Mapped[list[dict[str, Any]]]
    went_well: Mapped[str | None] = mapped_column(Text)
    to_improve: Mapped[str | None] = mapped_column(Text)
    mood: Mapped[str | None] = mapped_column(String(10))
    search_text: Mapped[str] = mapped_column(Text)
    """Everything a search looks at, folded."""


_SAID = "said_"
SAID_COLUMNS = tuple(name for name in Interview.__table__.columns.keys() if name.startswith(_SAID))  # noqa: SIM118 - names, not columns
_SAID_MEMBERS = tuple(name.removeprefix(_SAID) for name in SAID_COLUMNS)
_said = attrgetter(*SAID_COLUMNS)


def said_of(row: Any) -> dict[str, Any]:  # noqa: ANN401 - an interview, or a row with its columns
    """What was said about the next step in an interview."""
    return dict(zip(_SAID_MEMBERS, _said(row), strict=True))
