"""Everything that a plan looks at: plain data, gathered from rows, so that planning is a function of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from app.applications.statuses import ENDED, Status
from app.follow_up.plan import vocabulary as words
from app.follow_up.plan.days import day_at
from app.interviews.vocabulary import NoteDelivery, Role
from app.interviews.vocabulary import Status as InterviewStatus
from app.references.consent import Consent
from app.rules.decision import Decision

THANKED_WITHIN = timedelta(days=7)
"""How long after the end those who helped are thanked."""
REMEMBERED_FOR = timedelta(days=14)
"""How long after an interview it still makes sense to write down how it was, and who was there."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part in an interview."""

    participant_id: UUID
    contact_id: UUID
    role: Role | None
    is_reachable: bool
    note_sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reflected:
    """The reflection about an interview."""

    is_draft: bool
    missing: tuple[str, ...]
    """Names of what is still empty."""
    open_questions: int
    """Of those without an answer."""


@dataclass(frozen=True, slots=True)
class ForRecipient:
    """What is decided for somebody who took part, or for nobody in particular."""

    participant_id: UUID | None
    contact_id: UUID | None
    role: Role | None
    note_sent_at: datetime | None
    is_own_choice: bool
    decision: Decision
    note_delivery: NoteDelivery | None = None
    note_scheduled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """An interview that was or will be held."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    """The beginning, where the end is not known."""
    time_zone: str
    status: InterviewStatus
    thanked_in_person: bool | None
    enquiries: int
    people: Sequence[Person]
    reflected: Reflected | None
    decided: Sequence[ForRecipient]
    """Empty until the interview is over."""
    close_from: date | None = None
    """The day from which it is no use to wait for an answer to the last enquiry; None where its day is not known."""

    @property
    def day(self) -> date:
        """The local day on which it ends."""
        return day_at(self.ends_at, self.time_zone)

    @property
    def remembered_until(self) -> datetime:
        """The moment from which it is no use to ask how it was."""
        return self.ends_at + REMEMBERED_FOR


@dataclass(frozen=True, slots=True)
class UsedReference:
    """A reference whom the user has named in an application."""

    reference_id: UUID
    contact_id: UUID
    consent: Consent
    consent_ends_at: datetime | None
    """When it will no longer be current; None where it is not, or always will be."""
    ready_since: datetime
    """Since when they are named here and, where there is consent, have agreed."""
    away_until: date | None
    """The last day of the period, which goes on, in which they cannot be asked."""
    away_changes_on: date | None
    """The next day on which they go or are back."""
    briefed: frozenset[UUID]
    """The interviews that they were told about."""
    thanked_on: date | None
    outcome_told_on: date | None


@dataclass(frozen=True, slots=True)
class Case:
    """An application with everything that belongs to it, at a moment."""

    now: datetime
    user_zone: str
    application_id: UUID
    company_id: UUID
    status: Status
    decided_on: date | None
    offer_answer_by: date | None
    updated_at: datetime
    meetings: Sequence[Meeting]
    """Those that were not cancelled and took place or will, in their order."""
    references: Sequence[UsedReference]
    introduced_by: UUID | None
    agency_contact: UUID | None
    """The consultant who stands between the user and the employer."""
    questions_at_company: int
    """Questions that earlier interviews with the company left open."""
    accepted_on: date | None
    """The day on which the user accepted another offer."""

    @property
    def has_ended(self) -> bool:
        """Nothing comes after its status."""
        return self.status in ENDED

    @property
    def is_given_up(self) -> bool:
        """Nothing is left to do but to withdraw: the user has accepted another offer."""
        return self.accepted_on is not None and not self.has_ended

    @property
    def over(self) -> Sequence[Meeting]:
        """The interviews that have ended."""
        return [one for one in self.meetings if one.ends_at <= self.now]


@dataclass(frozen=True, slots=True)
class AskConsent:
    """A reference whose consent is needed for an application that is alive."""

    reference_id: UUID
    contact_id: UUID
    consent: Consent
    given_on: date | None
    """The day of consent that is no longer current."""
    since: datetime
    """Since when it is needed."""


@dataclass(frozen=True, slots=True)
class Search:
    """A user's search as a whole, at a moment."""

    now: datetime
    user_zone: str
    alive: int
    """Applications that have not ended."""
    has_applications: bool
    accepted_on: date | None
    """The day on which the first offer was accepted."""
    last_applied_on: date | None
    to_ask: Sequence[AskConsent]
    agreed: frozenset[UUID]
    """The references whose consent applications need and have."""
    consent_ends_at: datetime | None
    """When the next consent ends that an application needs."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A task as the facts call for it."""

    key: str
    kind: words.Kind
    because: words.Because
    time_zone: str
    state: Literal["open", "waiting", "done"] = "open"
    application_id: UUID | None = None
    interview_id: UUID | None = None
    participant_id: UUID | None = None
    contact_id: UUID | None = None
    reference_id: UUID | None = None
    opens_at: datetime | None = None
    due_at: datetime | None = None
    remind_at: datetime | None = None
    """When the task is brought up; without it, it never is."""
    is_optional: bool = False
    waits_for: words.WaitsFor | None = None
    facts: dict[str, Any] = field(default_factory=dict)
