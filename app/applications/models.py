"""Tables of applications."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.applications.statuses import Status
from app.db.base import Base, Owned, Versioned, belongs_to
from app.db.types import one_of, sorted_text
from app.http import links
from app.rules import vocabulary as v

LONGEST_KEY = 200
"""Characters of a key that are kept; folding makes a word of some letters."""


class Application(Owned, Versioned, Base):
    """An application for a position, from the first interest to its end."""

    __tablename__ = "applications"
    __table_args__ = (
        belongs_to("company_id", "companies", on_delete="RESTRICT"),
        belongs_to("agency_contact_id", "contacts", on_delete="RESTRICT"),
        belongs_to("introduced_by_contact_id", "contacts", on_delete="RESTRICT"),
        Index(None, "owner_id", "updated_at", "id"),
        Index(None, "owner_id", "position_key", "id"),
        Index(None, "owner_id", "company_id", "id"),
        Index(None, "owner_id", "agency_contact_id", "id"),
        Index(None, "owner_id", "introduced_by_contact_id", "id"),
        one_of("status", Status),
        one_of("track", v.Track),
    )

    company_id: Mapped[UUID]
    position: Mapped[str] = mapped_column(String(200))
    position_key: Mapped[str] = mapped_column(sorted_text(LONGEST_KEY))
    """The position as it is sorted, folded."""
    search_text: Mapped[str] = mapped_column(Text)
    """Everything a search looks at, folded."""
    country: Mapped[str] = mapped_column(String(2))
    subdivision: Mapped[str | None] = mapped_column(String(6))
    track: Mapped[str | None] = mapped_column(String(20))
    via_agency: Mapped[bool | None]
    agency_contact_id: Mapped[UUID | None]
    introduced_by_person: Mapped[bool | None]
    introduced_by_contact_id: Mapped[UUID | None]
    sent_by_employment_service: Mapped[bool | None]
    status: Mapped[Status] = mapped_column(String(20))
    deadline_on: Mapped[date | None]
    applied_on: Mapped[date | None]
    offer_answer_by: Mapped[date | None]
    decided_on: Mapped[date | None]
    posting_url: Mapped[str | None] = mapped_column(String(links.LONGEST))
    headcount: Mapped[int | None]
    publicly_advertised: Mapped[bool | None]
    notes: Mapped[str | None] = mapped_column(Text)


class StatusChange(Owned, Base):
    """A step of an application: the status that it got, and when."""

    __tablename__ = "application_status_changes"
    __table_args__ = (
        belongs_to("application_id", "applications"),
        Index(None, "owner_id", "application_id", "id"),
        one_of("status", Status),
    )

    application_id: Mapped[UUID]
    status: Mapped[Status] = mapped_column(String(20))
    changed_at: Mapped[datetime]
    happened_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(Text)
    correction: Mapped[bool]
