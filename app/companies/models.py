"""Tables of companies."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, String, Text
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.companies.names import LONGEST_KEY
from app.db.base import Base, Owned, Versioned, belongs_to
from app.db.types import one_of, sorted_text
from app.rules import vocabulary as v


class Company(Owned, Versioned, Base):
    """An employer, an agency, an institution."""

    __tablename__ = "companies"
    __table_args__ = (
        Index(None, "owner_id", "name_key", "id"),
        one_of("sector", v.Sector),
        one_of("ownership", v.Ownership),
        one_of("size", v.Size),
    )

    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(sorted_text(LONGEST_KEY))
    """The name as it is sorted and compared: folded, without the legal form."""
    search_text: Mapped[str] = mapped_column(Text)
    """Everything a search looks at, folded."""
    country: Mapped[str | None] = mapped_column(String(2))
    sector: Mapped[str | None] = mapped_column(String(40))
    ownership: Mapped[str | None] = mapped_column(String(10))
    size: Mapped[str | None] = mapped_column(String(10))
    notes: Mapped[str | None] = mapped_column(Text)

    domain_rows: Mapped[list["CompanyDomain"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, lazy="raise_on_sql", order_by="CompanyDomain.position"
    )
    domains: AssociationProxy[list[str]] = association_proxy("domain_rows", "domain")


class CompanyDomain(Base):
    """A domain by which a company is known."""

    __tablename__ = "company_domains"
    __table_args__ = (belongs_to("company_id", "companies"), Index(None, "owner_id", "domain"))

    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
    company_id: Mapped[UUID] = mapped_column(primary_key=True)
    domain: Mapped[str] = mapped_column(String(253), primary_key=True)
    position: Mapped[int]


class PracticeReport(Owned, Versioned, Base):
    """What a company said or did about the time after an interview, as the user heard of it."""

    __tablename__ = "practice_reports"
    __table_args__ = (
        belongs_to("company_id", "companies"),
        Index(None, "owner_id", "company_id", "id"),
        one_of("who_contacts", v.WhoContacts),
        one_of("channel", v.Channel),
    )

    company_id: Mapped[UUID]
    who_contacts: Mapped[str | None] = mapped_column(String(20))
    within_business_days: Mapped[int | None]
    note_welcome: Mapped[bool | None]
    channel: Mapped[str | None] = mapped_column(String(20))
    reported_on: Mapped[date]
    told_by: Mapped[str | None] = mapped_column(String(200))
    link: Mapped[str | None] = mapped_column(String(2000))
    notes: Mapped[str | None] = mapped_column(Text)
