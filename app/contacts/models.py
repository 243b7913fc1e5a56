"""Tables of contacts."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.contacts import vocabulary as v
from app.contacts.details import MOST_IN_A_KEY
from app.contacts.names import MOST_TO_SORT_BY
from app.db.base import Base, Owned, Versioned, belongs_to
from app.db.types import one_of, sorted_text


class Contact(Owned, Versioned, Base):
    """A person: an interviewer, a recruiter, somebody who introduced the user.

    Names and lists of details are read and replaced as a whole and so are JSON, as they were sent. What is looked for
    in them stands in `ContactKey`.
    """

    __tablename__ = "contacts"
    __table_args__ = (
        belongs_to("company_id", "companies", on_delete="RESTRICT"),
        Index(None, "owner_id", "sort_key", "id"),
        Index(None, "owner_id", "company_id", "id"),
        one_of("source", v.DetailSource),
    )

    name: Mapped[dict[str, Any]]
    other_names: Mapped[list[dict[str, Any]]]
    display_name: Mapped[str] = mapped_column(String(320))
    """The name as its script writes it, for whoever shows a contact without needing its parts."""
    sort_key: Mapped[str] = mapped_column(sorted_text(MOST_TO_SORT_BY))
    """The name as it is sorted: family name first, by its reading where that is known, folded."""
    search_text: Mapped[str] = mapped_column(Text)
    """Everything a search looks at, folded."""
    pronouns: Mapped[str | None] = mapped_column(String(50))
    job_title: Mapped[str | None] = mapped_column(String(200))
    department: Mapped[str | None] = mapped_column(String(200))
    company_id: Mapped[UUID | None]
    emails: Mapped[list[dict[str, Any]]]
    phones: Mapped[list[dict[str, Any]]]
    addresses: Mapped[list[dict[str, Any]]]
    profiles: Mapped[list[dict[str, Any]]]
    reachable: Mapped[bool]
    languages: Mapped[list[str]]
    time_zone: Mapped[str | None] = mapped_column(String(64))
    wishes_note: Mapped[bool | None]
    channels: Mapped[list[str]]
    known_personally: Mapped[bool | None]
    source: Mapped[str | None] = mapped_column(String(20))
    noted_on: Mapped[date | None]
    tags: Mapped[list[str]]
    notes: Mapped[str | None] = mapped_column(Text)


class ContactKey(Base):
    """What a contact is found by where it must be the same: a name in one of its forms, an address, a number, a tag."""

    __tablename__ = "contact_keys"
    __table_args__ = (
        belongs_to("contact_id", "contacts"),
        Index(None, "owner_id", "kind", "key"),
        one_of("kind", v.KeyKind),
    )

    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
    contact_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    key: Mapped[str] = mapped_column(String(MOST_IN_A_KEY), primary_key=True)
