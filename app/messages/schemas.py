"""What clients send and get about messages."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from app.http.resources import Patch, Resource, Sent, Shown, Versioned
from app.interviews.schemas import UtcInstant
from app.messages import vocabulary as words
from app.messages.models import LONGEST_SUBJECT
from app.messages.writing.vocabulary import Level, MissingFact, Purpose
from app.rules.facts import LanguageTag
from app.rules.vocabulary import Channel, Formality
from app.text import Line, Prose

_Reason = Annotated[str, Prose(2000)]


def _overridden(reason: str | None, *, prohibition: bool | None) -> None:
    """Nothing is overridden without a reason. Raises `PydanticCustomError`."""
    if prohibition and reason is None:
        message = "A prohibition is overridden for a reason"
        context = {"field": "override_prohibition", "hint": "Say why, in override_reason."}
        raise PydanticCustomError("override_reason", message, context)


class MessageCreate(Sent):
    """A message to be drafted."""

    purpose: Purpose = Field(description="What it is for.")
    participant_id: UUID | None = Field(
        None, description="To whom: a participant of the interview. A thank-you note needs this or `contact_id`."
    )
    contact_id: UUID | None = Field(
        None, description="To whom: a contact of yours; of a thank-you note, one who takes part."
    )
    reference_id: UUID | None = Field(
        None, description="To whom: a reference of yours; needed for what is said to references."
    )
    language: LanguageTag | None = Field(
        None,
        description="BCP 47; of a language alone, such as `zh`, the form that the contact's `languages` have, or the "
        "one that is usual there. By default the first of these that there are templates in: the language in which the "
        "interview was held, the contact's own `languages`, and those that are customary there; then English. Words to "
        "references and introducers begin with the contact's `languages`.",
    )
    formality: Formality | None = Field(None, description="By default as it is customary there.")
    override_reason: _Reason | None = Field(None, description="Why you write although the decision advises against it.")
    override_prohibition: StrictBool = Field(default=False, description="Write although a rule forbids it.")

    @model_validator(mode="after")
    def _to_whom(self) -> Self:
        _overridden(self.override_reason, prohibition=self.override_prohibition)
        given = [name for name in ("participant_id", "contact_id", "reference_id") if getattr(self, name) is not None]
        if self.purpose in words.TO_REFERENCES:
            possible, is_needed = {"reference_id"}, True
        else:
            # Who has introduced the user stands in the application.
            possible = set() if self.purpose == "introducer_thanks" else {"participant_id", "contact_id"}
            is_needed = self.purpose == "thank_you"
        if wrong := [name for name in given if name not in possible]:
            message, hint = "This is not what says to whom such a message is", "Leave it out."
            raise PydanticCustomError("recipient", message, {"field": wrong[0], "hint": hint})
        if len(given) > 1:
            message, hint = "This and another member say to whom the message is", "Give only one of them."
            raise PydanticCustomError("recipient", message, {"field": given[0], "hint": hint})
        if is_needed and not given:
            hint = f"Say whom the message is to: give {' or '.join(sorted(possible, reverse=True))}."
            raise PydanticCustomError("missing", "Field required", {"field": max(possible), "hint": hint})
        return self


class MessageWrite(Sent):
    """What can be changed about a message."""

    subject: Annotated[str, Line(LONGEST_SUBJECT)] = Field(description="One line.")
    body: Annotated[str, Prose(20_000)] = Field(description="Plain text.")
    override_reason: _Reason | None = Field(None, description="Why you write although the decision advises against it.")
    override_prohibition: StrictBool = Field(default=False, description="Write although a rule forbids it.")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        _overridden(self.override_reason, prohibition=self.override_prohibition)
        return self


class MessagePatch(Patch, of=MessageWrite):
    """A change to a message, as JSON Merge Patch."""


class SendWrite(Sent):
    """With what a message is sent."""

    mailbox_id: UUID = Field(description="The `id` of a mailbox of yours that was tested.")


class ScheduleWrite(SendWrite):
    """When and with what a message is sent."""

    send_at: UtcInstant | None = Field(
        None,
        description="When, at most 90 days ahead; by default as the decision suggests for a thank-you note; where "
        "that is over, at once by day there, at night at the next 09:00.",
    )


class ResolveWrite(Sent):
    """What the user has found out."""

    outcome: words.Resolution = Field(description="Whether it has arrived.")


class MissingPart(Shown):
    """A fact that the draft could use and the record does not have."""

    fact: MissingFact
    is_required: bool
    """A placeholder in double square brackets stands for it, and has to be filled in."""
    hint: str


class Message(Resource):
    """A message about an interview."""

    interview_id: UUID
    application_id: UUID
    contact_id: UUID | None
    """To whom; null where it is to nobody in particular."""
    reference_id: UUID | None
    decision_id: UUID | None
    """The decision that it rests on; `/v1/decisions/{decision_id}` has it."""
    purpose: Purpose
    state: words.State
    channel: Channel
    """The way by which such a message is customarily sent there."""
    language: str
    level: Level
    """How the reader is addressed."""
    subject: str
    body: str
    """Plain text. What stands in double square brackets has to be filled in before it can be approved."""
    missing: list[MissingPart]
    """As it was drafted."""
    warnings: list[words.Warning]
    """When it was last looked at: drafted, approved or scheduled."""
    override_reason: str | None
    override_prohibition: bool
    mailbox_id: UUID | None
    to_address: str | None
    """Where it was scheduled to go, or went: the first e-mail address of the contact at that time."""
    send_at: datetime | None
    """When it is to be sent; after a try that came to nothing for now, when it is tried next: after 1, 5, 15, 30 and 60
    minutes, then every 60, until `closes_at`, or for 24 hours where there is none, or where you chose a time after it.
    """
    closes_at: datetime | None
    """When the time to send it is over."""
    approved_at: datetime | None
    sent_at: datetime | None
    sent_via: words.SentVia | None
    attempts: int
    """How often sending it has begun."""
    problem: str | None
    """Why it was not sent, or not yet: while it is `scheduled`, why the last try came to nothing. It is tried again at
    `send_at`.
    """


class MessageVersion(Shown):
    """A text that a message had."""

    number: int
    subject: str
    body: str
    made_by: words.MadeBy
    created_at: datetime


class Correspondent(Shown):
    """Who writes, or whom to."""

    name: str | None
    email: str | None


class MessagePreview(Versioned):
    """What will leave."""

    id: UUID = Field(exclude=True)
    sender: Correspondent | None
    """The mailbox; null until the message is scheduled."""
    recipient: Correspondent | None
    subject: str
    text: str
    language: str
    is_approved: bool
    placeholders: list[str]
    """What still has to be filled in."""
    send_at: datetime | None
    send_at_local: datetime | None
    """The same as the reader's clocks show it."""
    send_at_home: datetime | None
    """The same as the user's own clocks show it."""
    warnings: list[words.Warning]


class MessageLanguage(Shown):
    """A language that messages are drafted in."""

    tag: str
    """BCP 47."""
    name: str
    """What its speakers call it."""
    english_name: str
    direction: str
    levels: list[Level]
    """Of addressing somebody, the least formal first."""
    is_reviewed: bool
    """Somebody other than the writer has read all of it."""


class MessageLanguages(Shown):
    """The languages that messages are drafted in."""

    items: list[MessageLanguage]
