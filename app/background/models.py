"""The table of the processes that do background work."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base

LONGEST_NAME = 200


class Worker(Base):
    """A process that does background work, or did."""

    __tablename__ = "workers"

    name: Mapped[str] = mapped_column(String(LONGEST_NAME), primary_key=True)
    seen_at: Mapped[datetime]
    """When it last said that it lives."""
