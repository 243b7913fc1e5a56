"""What clients get about the plan of an interview."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.follow_up.plan import vocabulary as words
from app.follow_up.tasks.schemas import SearchOutlook, Task
from app.http.resources import Shown
from app.interviews.vocabulary import Role
from app.rules.decision import Described, NextMoveAdvice, Reason, ReferenceAdvice, SourceNote, Stop, ThankYouAdvice


@dataclass(slots=True)
class RecipientPlan(Described):
    """Whether and how to thank somebody in writing, and why."""

    participant_id: UUID | None
    """Null where nobody is known to have taken part."""
    contact_id: UUID | None
    role: Role | None
    note_sent_at: datetime | None
    thank_you: ThankYouAdvice
    reasons: tuple[Reason, ...]
    """Of what is said about the note."""
    stops: tuple[Stop, ...]


@dataclass(slots=True)
class FollowUp(Described):
    """What is decided about an interview that is over: notes, whose turn it is, and what is usual with references."""

    rules_version: str
    recipients: list[RecipientPlan]
    next_move: NextMoveAdvice
    references: ReferenceAdvice
    reasons: tuple[Reason, ...]
    """Of what is said about the next move and the references."""
    sources: dict[str, SourceNote]


class PlanStep(Shown):
    """One of the things to do, and how far it is."""

    step: words.Step
    state: words.StepState
    """`later`: it comes after the interview; `not_needed`: nothing calls for it."""
    why: str
    due_at: datetime | None
    """When the first task that is open is due."""
    tasks: list[Task]
    """Also those that are done, skipped or retired."""


class PlanOfInterview(Shown):
    """What to do after an interview, why, until when, and what is done already."""

    interview_id: UUID
    application_id: UUID
    is_over: bool
    steps: list[PlanStep]
    """Thanking in person, then the five things to do, in their order."""
    own_tasks: list[Task]
    """What the user has added to the interview or its application."""
    follow_up: FollowUp | None
    """Null until the interview is over, and where it was cancelled or did not take place."""
    search: SearchOutlook
