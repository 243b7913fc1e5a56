"""Tables of mailboxes."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Owned, Versioned
from app.db.types import one_of
from app.messages.mailboxes.schemas import MailboxWrite, MailSecurity


class Login(NamedTuple):
    """What a password is given to: the same password is shown to no other server and for no other user."""

    host: str
    port: int
    security: str
    username: str


class Mailbox(Owned, Versioned, Base):
    """An account at a mail server that mail of the user's is sent with."""

    __tablename__ = "mailboxes"
    __table_args__ = (one_of("security", MailSecurity),)

    name: Mapped[str] = mapped_column(String(100))
    from_name: Mapped[str | None] = mapped_column(String(100))
    from_address: Mapped[str] = mapped_column(String(254))
    host: Mapped[str] = mapped_column(String(253))
    port: Mapped[int]
    security: Mapped[MailSecurity] = mapped_column(String(10))
    username: Mapped[str] = mapped_column(String(254))
    password_encrypted: Mapped[str | None] = mapped_column(Text)
    """What `Vault` makes of the password; none where it was not given, or was taken away."""
    tested_at: Mapped[datetime | None]
    """When a mail was sent with what it is now."""
    problem: Mapped[str | None] = mapped_column(Text)
    """Why that did not work when it was last tried."""

    @property
    def login(self) -> Login:
        """What the password is given to."""
        return Login(self.host, self.port, self.security, self.username)

    @property
    def password(self) -> None:
        """Never there: a password goes in and does not come out."""
        return

    def write(self, sent: MailboxWrite) -> None:
        """Take over what was sent, but the password."""
        self.name = sent.name
        self.from_name = sent.from_name
        self.from_address = sent.from_address
        self.host = sent.host
        self.port = sent.port
        self.security = sent.security
        self.username = sent.username

    def forget_test(self) -> None:
        """It is another one than the one that was tested."""
        self.tested_at = None
        self.problem = None
