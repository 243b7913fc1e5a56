"""Tables of accounts: users, the sessions they have logged in to, the keys of their programs, attempts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Owned, Versioned
from app.db.types import new_id, sorted_text

LONGEST_USER_AGENT = 200


class User(Versioned, Base):
    """A person with an account. Deleting it deletes everything of theirs."""

    __tablename__ = "users"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-1)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    """Normalised: the domain in its ASCII form, everything casefolded."""
    password_hash: Mapped[str] = mapped_column(String(255))
    name: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str | None] = mapped_column(String(35))
    time_zone: Mapped[str | None] = mapped_column(String(64))
    letterhead: Mapped[list[str]] = mapped_column(default=list)
    """What stands below the name in letters."""
    email_verified_at: Mapped[datetime | None]
    """When the user showed that mail to the address reaches them."""


class LoginSession(Owned, Base):
    """A login: lives as long as its refresh token is exchanged in time, and ends at once when the row is deleted."""

    __tablename__ = "login_sessions"

    created_at: Mapped[datetime]
    refreshed_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    refresh_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    """SHA-256 of the one refresh token that is good now; an older one that comes again was stolen or lost."""
    scopes: Mapped[list[str]]
    user_agent: Mapped[str | None] = mapped_column(String(LONGEST_USER_AGENT))
    """What the program that logged in said of itself; only the user gets to see it."""


class ApiKey(Owned, Versioned, Base):
    """A key for a program, good as long as the row is there. The secret is shown once and kept as a hash."""

    __tablename__ = "api_keys"
    __table_args__ = (UniqueConstraint("prefix"), Index(None, "owner_id", "name", "id"))

    name: Mapped[str] = mapped_column(sorted_text(100))
    prefix: Mapped[str] = mapped_column(String(16))
    """The part that is shown, and by which the key is found."""
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    """SHA-256; the secret has 256 random bits, so nothing slower is needed."""
    scopes: Mapped[list[str]]
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]


class Attempts(Base):
    """How often something was tried that is limited, within a window of time. Nobody's row: it names nobody."""

    __tablename__ = "attempts"

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    """A keyed hash of what was tried, and by whom or on which account."""
    number: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(index=True)
