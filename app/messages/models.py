"""Tables of messages."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Index, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Owned, Versioned, belongs_to
from app.db.types import one_of
from app.messages import vocabulary as words
from app.messages.writing.vocabulary import Outcome, Purpose
from app.rules import vocabulary as v

LONGEST_SUBJECT = 200


class Message(Owned, Versioned, Base):
    """A message about an interview, from its draft to its end. It goes with the person that it is to."""

    __tablename__ = "messages"
    __table_args__ = (
        belongs_to("interview_id", "interviews"),
        belongs_to("contact_id", "contacts"),
        belongs_to("reference_id", "references"),
        belongs_to("decision_id", "decisions"),
        belongs_to("mailbox_id", "mailboxes", on_delete="RESTRICT"),
        # What makes the same message leave once, however many ask for it at once.
        UniqueConstraint("owner_id", "slot"),
        Index(None, "owner_id", "state", "id"),
        Index(None, "owner_id", "interview_id", "id"),
        Index(None, "owner_id", "contact_id", "id"),
        Index(None, "owner_id", "reference_id", "id"),
        Index(None, "owner_id", "decision_id", "id"),
        Index(None, "owner_id", "mailbox_id", "id"),
        one_of("purpose", Purpose),
        one_of("state", words.State),
        one_of("channel", v.Channel),
        one_of("phase", words.Phase),
        one_of("sent_via", words.SentVia),
        one_of("outcome", Outcome),
    )

    interview_id: Mapped[UUID]
    contact_id: Mapped[UUID | None]
    """To whom; none where nobody in particular is known."""
    reference_id: Mapped[UUID | None]
    decision_id: Mapped[UUID | None]
    """The decision that allowed it, or that the user overrode."""
    purpose: Mapped[Purpose] = mapped_column(String(20))
    state: Mapped[words.State] = mapped_column(String(10))
    channel: Mapped[v.Channel] = mapped_column(String(20))
    """The way by which such a message is customarily sent there."""
    language: Mapped[str] = mapped_column(String(35))
    level: Mapped[str] = mapped_column(String(20))
    """How the reader is addressed."""
    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT))
    body: Mapped[str] = mapped_column(Text)
    outcome: Mapped[Outcome | None] = mapped_column(String(10))
    """How the application has ended, as the draft told it; None where it did not."""
    missing: Mapped[list[dict[str, Any]]]
    """What the draft would have needed and the record does not say."""
    warnings: Mapped[list[str]]
    override_reason: Mapped[str | None] = mapped_column(Text)
    """Why the user sends it although the decision advises against it."""
    override_prohibition: Mapped[bool]
    mailbox_id: Mapped[UUID | None]
    to_address: Mapped[str | None] = mapped_column(String(254))
    """Where it was scheduled to go, or went."""
    send_at: Mapped[datetime | None]
    turn: Mapped[int]
    """Counts how often it was scheduled: a job acts only if its turn is this one."""
    phase: Mapped[words.Phase | None] = mapped_column(String(15))
    attempts: Mapped[int]
    """How often sending it began; an attempt that finds another number here has been overtaken."""
    message_id: Mapped[str | None] = mapped_column(String(255))
    """The header `Message-ID`, fixed before the first attempt."""
    closes_at: Mapped[datetime | None]
    """When the time to send it is over."""
    approved_at: Mapped[datetime | None]
    approved_version: Mapped[int | None] = mapped_column(SmallInteger)
    """The number of the text that the user has approved."""
    handed_over_at: Mapped[datetime | None]
    """When the last attempt began to hand it over."""
    sent_at: Mapped[datetime | None]
    sent_via: Mapped[words.SentVia | None] = mapped_column(String(10))
    problem: Mapped[str | None] = mapped_column(Text)
    """Why it was not sent, or not yet, in the words of the mail server."""
    slot: Mapped[str | None] = mapped_column(String(120))
    """What may be sent once only; held from the approval on, or given back where it is edited or deleted unsent."""

    @classmethod
    def is_under_way(cls) -> ColumnElement[bool]:
        """Whom it is to and what it is about are not deleted while it is about to leave."""
        return cls.state.in_(words.LEAVING)


class MessageVersion(Owned, Base):
    """A text that a message had."""

    __tablename__ = "message_versions"
    __table_args__ = (
        belongs_to("message_id", "messages"),
        UniqueConstraint("owner_id", "message_id", "number"),
        one_of("made_by", words.MadeBy),
    )

    message_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(SmallInteger)
    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT))
    body: Mapped[str] = mapped_column(Text)
    made_by: Mapped[words.MadeBy] = mapped_column(String(10))
    created_at: Mapped[datetime]
