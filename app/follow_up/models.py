"""Tables of decisions."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Owned, belongs_to


class StoredDecision(Owned, Base):
    """A decision about an interview as it was given. It is never changed; a new one is made instead."""

    __tablename__ = "decisions"
    __table_args__ = (belongs_to("interview_id", "interviews"), Index(None, "owner_id", "interview_id", "id"))

    interview_id: Mapped[UUID]
    created_at: Mapped[datetime]
    as_of: Mapped[date]
    rules_version: Mapped[str] = mapped_column(String(80))
    choice: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """The user's own choice among the facts; the plan follows that of the newest decision."""
    content: Mapped[bytes] = mapped_column(LargeBinary)
    """The body of the answer: JSON, compressed. Its facts are codes, numbers and dates; it names nobody."""
