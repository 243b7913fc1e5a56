"""What clients send and get about tasks."""

from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.follow_up.plan import vocabulary as words
from app.http.problems import Problem
from app.http.resources import Patch, Resource, Sent, Shown
from app.rules.facts import Instant, Number
from app.rules.vocabulary import AnswerBasis, Mover
from app.text import Line, Prose

MOST_AT_ONCE = 100
LONGEST_SNOOZE = 60


class TaskWrite(Sent):
    """A task of the user's own."""

    title: Annotated[str, Line(200)] = Field(description="What is to be done.", examples=["Bring the certificates"])
    notes: Annotated[str, Prose(5000)] | None = Field(None, description="The user's own notes.")
    due_at: Instant | None = Field(None, description="Until when it is to be done.")
    application_id: UUID | None = Field(None, description="The application that it belongs to: one of yours.")
    interview_id: UUID | None = Field(None, description="The interview that it belongs to: one of yours.")
    contact_id: UUID | None = Field(None, description="Whom it concerns: a contact of yours.")


class TaskPatch(Patch, of=TaskWrite):
    """A change to a task of the user's own, as JSON Merge Patch."""


class StateWrite(Sent):
    """What becomes of a task."""

    state: words.NewState = Field(
        description="`done` also writes down the fact behind the task; `open` takes back what the user has said."
    )
    reason: Annotated[str, Line(500)] | None = Field(None, description="Why it is skipped; needed then.")
    until: Instant | None = Field(None, description="Until when it is put off; this or `working_days` is needed then.")
    working_days: Annotated[int, Field(ge=1, le=LONGEST_SNOOZE), Number] | None = Field(
        None, description="For how many working days it is put off, by the calendar of the place where it happens."
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.reason is None) == (self.state == "skipped"):
            message = "reason is given with skipped, and only with it"
            hint = "Say why it is skipped." if self.reason is None else "Leave it out."
            raise PydanticCustomError("skip_reason", message, {"field": self._given("reason"), "hint": hint})
        if [self.until, self.working_days].count(None) != (1 if self.state == "snoozed" else 2):
            message = "until or working_days is given with snoozed, one of the two, and only with it"
            hint = "Give one of them." if self.state == "snoozed" else "Leave it out."
            field = self._given("until", "working_days")
            raise PydanticCustomError("snooze_until", message, {"field": field, "hint": hint})
        return self

    def _given(self, *names: str) -> str:
        """The first of some members that was sent, or the state that goes with them."""
        return next((name for name in names if getattr(self, name) is not None), "state")


class ManyStatesWrite(StateWrite):
    """What becomes of several tasks."""

    task_ids: Annotated[
        list[UUID], Field(min_length=1, max_length=MOST_AT_ONCE, json_schema_extra={"uniqueItems": True})
    ] = Field(description="The `id` of each.")

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        if len(set(self.task_ids)) < len(self.task_ids):
            raise PydanticCustomError("repeated", "A task stands in the list twice", {"field": "task_ids"})
        return self


class Task(Resource):
    """Something to do, and why."""

    kind: words.Kind
    step: words.Step
    """Which of the five things to do after an interview it belongs to."""
    state: words.State
    title: str
    """What is to be done, in English."""
    because: words.Because
    why: str
    """The same as `because`, as a sentence."""
    application_id: UUID | None
    interview_id: UUID | None
    participant_id: UUID | None
    contact_id: UUID | None
    reference_id: UUID | None
    company_id: UUID | None
    opens_at: datetime | None
    """Not sooner: it would look hasty."""
    due_at: datetime | None
    """Until when it is to be done, this moment not included; of a task that waits, when the answer is expected."""
    due_at_local: datetime | None
    """The same as the clocks show it in `time_zone`, where the task happens."""
    due_at_home: datetime | None
    """The same as the user's own clocks show it."""
    remind_at: datetime | None
    """When it is brought up, with the event `task.due`."""
    time_zone: str
    is_overdue: bool
    is_optional: bool
    """It is shown, and never nags."""
    waits_for: words.WaitsFor | None
    facts: dict[str, Any]
    """Codes, numbers and days behind the sentence, such as the citation of a law."""
    closed_by: words.ClosedBy | None
    """`facts`: what was written down elsewhere closed it."""
    closed_at: datetime | None
    skip_reason: str | None
    snoozed_until: datetime | None
    notes: str | None


class FieldChange(Shown):
    """How one member of a task changed."""

    field: str
    before: Any
    after: Any


class TaskChange(Shown):
    """What changed about a task, and why."""

    id: UUID
    """UUID version 7."""
    changed_at: datetime
    because: str
    """The type of the event that led to it; `time` where only time has passed, `user` where the user did it, `start`
    where it was looked at for the first time."""
    fields: list[FieldChange]


class StateResult(Shown):
    """What became of one of several tasks: the task as it is now, or the problem; the other is null."""

    task_id: UUID
    task: Task | None
    problem: Problem | None


class StateResults(Shown):
    """Results in the order of `task_ids`."""

    results: list[StateResult]


class NextInterview(Shown):
    """The next interview in the calendar."""

    id: UUID
    application_id: UUID
    starts_at: datetime
    time_zone: str


class SearchOutlook(Shown):
    """How the search as a whole stands."""

    alive: int
    """Applications that have not ended."""
    last_applied_on: date | None
    next_interview: NextInterview | None
    accepted_on: date | None
    """Congratulations: the day on which an offer was accepted. Then the nudges end."""


class TurnInBrief(Shown):
    """Who owes the next move in an application."""

    application_id: UUID
    who: Mover
    since: date | None
    """Since when it is the candidate's turn, because a day has passed."""
    answer_expected_on: date | None
    answer_basis: AnswerBasis | None
    enquire_from: date | None
    """From which day asking is fair."""
    position: str
    company_id: UUID
    company_name: str


class Today(Shown):
    """The one queue of a day."""

    day: date
    """By the user's own clocks."""
    now: list[Task]
    """What is due today or overdue, the most urgent first."""
    has_more: bool
    """More is due than `limit`; /v1/tasks?due=today has all."""
    turns: list[TurnInBrief]
    """Who owes the next move in applications that are under way: first where it is your turn, then by when an answer is
    expected."""
    broken_promises: list[TurnInBrief]
    """Those where a day that was promised has passed without an answer."""
    search: SearchOutlook
