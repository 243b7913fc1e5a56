"""Tables of events."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base
from app.db.types import new_id


class Event(Base):
    """Something that happened to a user's things. It outlives what it happened to, so it refers to nothing."""

    __tablename__ = "events"
    __table_args__ = (Index(None, "occurred_at"),)

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """Counts the events of the user, from 1 and without a gap, in the order in which they were committed."""
    id: Mapped[UUID] = mapped_column(default=new_id)
    type: Mapped[str] = mapped_column(String(40))
    occurred_at: Mapped[datetime]
    subject_id: Mapped[UUID]
    data: Mapped[dict[str, Any]]
    """Ids, codes, numbers and days; it names nobody."""


class EventCounter(Base):
    """How many events a user has. Whoever writes events holds the row until the commit: that is what orders them."""

    __tablename__ = "event_counters"

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    last_number: Mapped[int] = mapped_column(BigInteger)
    planned_number: Mapped[int] = mapped_column(BigInteger)
    """The last event that the user's plans have taken into account."""
