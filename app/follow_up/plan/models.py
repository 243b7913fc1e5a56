"""Tables of plans and tasks."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Owned, Versioned, belongs_to
from app.db.types import one_of
from app.follow_up.plan import vocabulary as words
from app.rules import vocabulary as v


class Task(Owned, Versioned, Base):
    """Something to do. All but the user's own follow from facts, and `key` says from which."""

    __tablename__ = "tasks"
    __table_args__ = (
        belongs_to("application_id", "applications"),
        belongs_to("interview_id", "interviews"),
        belongs_to("participant_id", "participants"),
        belongs_to("contact_id", "contacts", on_delete="RESTRICT"),
        belongs_to("reference_id", "references"),
        # What makes two planners at once write one task.
        UniqueConstraint("owner_id", "key"),
        Index(None, "owner_id", "state", "due_order", "weight", "id"),
        Index(None, "owner_id", "due_order", "weight", "id"),
        Index(None, "owner_id", "application_id", "id"),
        Index(None, "owner_id", "interview_id", "id"),
        Index(None, "owner_id", "participant_id", "id"),
        Index(None, "owner_id", "contact_id", "id"),
        Index(None, "owner_id", "reference_id", "id"),
        one_of("kind", words.Kind),
        one_of("state", words.State),
        one_of("because", words.Because),
        one_of("closed_by", words.ClosedBy),
        one_of("waits_for", words.WaitsFor),
    )

    key: Mapped[str] = mapped_column(String(120))
    kind: Mapped[words.Kind] = mapped_column(String(30))
    state: Mapped[words.State] = mapped_column(String(10))
    because: Mapped[words.Because] = mapped_column(String(30))
    application_id: Mapped[UUID | None]
    interview_id: Mapped[UUID | None]
    participant_id: Mapped[UUID | None]
    contact_id: Mapped[UUID | None]
    reference_id: Mapped[UUID | None]
    opens_at: Mapped[datetime | None]
    """Not sooner."""
    due_at: Mapped[datetime | None]
    remind_at: Mapped[datetime | None]
    """When it is brought up."""
    due_order: Mapped[datetime]
    """`due_at`; without it `remind_at`, or a day after all others: what tasks are sorted by."""
    weight: Mapped[int] = mapped_column(SmallInteger)
    time_zone: Mapped[str] = mapped_column(String(64))
    """Of the place where the task happens."""
    is_optional: Mapped[bool]
    waits_for: Mapped[words.WaitsFor | None] = mapped_column(String(10))
    facts: Mapped[dict[str, Any]]
    """Codes, numbers and days that its sentence needs."""
    closed_by: Mapped[words.ClosedBy | None] = mapped_column(String(10))
    closed_at: Mapped[datetime | None]
    skip_reason: Mapped[str | None] = mapped_column(Text)
    snoozed_until: Mapped[datetime | None]
    is_brought_up: Mapped[bool]
    """The event that it is due has been written."""
    title: Mapped[str | None] = mapped_column(String(200))
    """Of the user's own only."""
    notes: Mapped[str | None] = mapped_column(Text)


class TaskChange(Owned, Base):
    """What changed about a task, and why."""

    __tablename__ = "task_changes"
    __table_args__ = (belongs_to("task_id", "tasks"), Index(None, "owner_id", "task_id", "id"))

    task_id: Mapped[UUID]
    changed_at: Mapped[datetime]
    because: Mapped[str] = mapped_column(String(40))
    """The type of the event that led to it, `time` or `user`."""
    fields: Mapped[list[dict[str, Any]]]
    """`field`, `before` and `after` of each."""


class Plan(Base):
    """What planning remembers of an application: whose turn it was, and when to look again."""

    __tablename__ = "plans"
    __table_args__ = (
        belongs_to("application_id", "applications"),
        Index(None, "owner_id", "recheck_at"),
        Index(None, "recheck_at"),
        one_of("turn", v.Mover),
    )

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    application_id: Mapped[UUID] = mapped_column(primary_key=True)
    recheck_at: Mapped[datetime | None]
    """When time alone changes something."""
    turn: Mapped[str | None] = mapped_column(String(10))
    turn_since: Mapped[date | None]
    answer_expected_on: Mapped[date | None]
    answer_basis: Mapped[str | None] = mapped_column(String(10))
    enquire_from: Mapped[date | None]


class InterviewPlan(Base):
    """What was decided about an interview that is over, as its plan shows it."""

    __tablename__ = "interview_plans"
    __table_args__ = (
        belongs_to("interview_id", "interviews"),
        one_of("references_checked", v.ReferenceCheck),
    )

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    interview_id: Mapped[UUID] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    """`app.follow_up.plan.schemas.FollowUp` as JSON."""
    references_checked: Mapped[v.ReferenceCheck] = mapped_column(String(10))
    consent_binding: Mapped[v.Binding | None] = mapped_column(String(20))
    """How far a rule binds that asks for consent before a reference is contacted; none where there is no such rule."""


class SearchPlan(Base):
    """The same of a user's search as a whole."""

    __tablename__ = "search_plans"
    __table_args__ = (Index(None, "recheck_at"),)

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    recheck_at: Mapped[datetime | None]
    alive: Mapped[int]
    """Applications that have not ended."""
    last_applied_on: Mapped[date | None]
    accepted_on: Mapped[date | None]
    time_zone: Mapped[str] = mapped_column(String(64))
    """The user's own, by which plans were made."""
