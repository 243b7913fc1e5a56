"""What clients send and get about interviews and those who take part."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StrictBool, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from app.applications.statuses import Status as ApplicationStatus
from app.http.answers import is_missing
from app.http.happened import A_DAY
from app.http.links import Link
from app.http.resources import Patch, Resource, Sent, Shown
from app.interviews import vocabulary as words
from app.rules import facts, zones
from app.rules import vocabulary as v
from app.rules.facts import LOCAL_TIME, Day, Instant, LanguageTag, Moment, Number, TimeZone
from app.text import Prose

MOST_PARTICIPANTS = 50
LONGEST = timedelta(days=7)

When = Annotated[
    Moment,
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "date-time", "pattern": "^20", "description": "With an offset."},
                {"type": "string", "pattern": LOCAL_TIME, "description": "Local time in `time_zone`."},
            ]
        }
    ),
]

UtcInstant = Annotated[
    Instant, AfterValidator(lambda given: given.astimezone(UTC)), AfterValidator(facts.within_bounds)
]


def _distinct(given: list["ParticipantWrite"]) -> list["ParticipantWrite"]:
    """A list in which nobody stands twice."""
    seen: set[UUID] = set()
    for index, one in enumerate(given):
        if one.contact_id in seen:
            raise PydanticCustomError("repeated", "This contact stands in the list already", {"field": index})
        seen.add(one.contact_id)
    return given


class SaidWrite(facts.Said, Sent):
    """What was said about the next step, in the interview, the invitation or the advertisement."""


class ParticipantWrite(Sent):
    """Somebody who takes part in an interview."""

    contact_id: UUID = Field(description="The `id` of a contact of yours.")
    role: words.Role | None = Field(None, description="The part that they have in the selection.")
    attended: StrictBool | None = Field(None, description="Whether they were there.")
    note_sent_at: UtcInstant | None = Field(None, description="When they were sent a thank-you note.")


class ParticipantPatch(Patch, of=ParticipantWrite):
    """A change to a participant, as JSON Merge Patch."""


class InterviewWrite(Sent):
    """An interview, as it is written down."""

    application_id: UUID = Field(description="What it is for: the `id` of an application of yours.")
    stage: v.Stage | None = Field(None, description="The stage of the selection.")
    format: v.Format | None = Field(None, description="The format of the interview.")
    language: LanguageTag | None = Field(None, description="Its language, BCP 47.", examples=["ja"])
    starts_at: When = Field(
        description="When it begins: local time in `time_zone`, or a moment with an offset. It is kept as the moment.",
        examples=["2026-11-20T14:00:00"],
    )
    ends_at: When | None = Field(
        None, description="When it ends, at most 7 days later.", examples=["2026-11-20T15:30:00"]
    )
    time_zone: TimeZone = Field(
        description="IANA zone of the place where it is held, or, held from afar, of whoever invited.",
        examples=["Asia/Tokyo"],
    )
    place: Annotated[str, Prose(1000)] | None = Field(None, description="Where it is held.")
    link: Link | None = Field(None, description="Where one joins, if it is held from afar.")
    status: words.Status = Field("scheduled", description="How far it has come.")
    said: SaidWrite | None = Field(None, description="What was said about the next step.")
    thanked_in_person: StrictBool | None = Field(None, description="You thanked the interviewers at its end.")
    enquiries: Annotated[int, Field(ge=0, le=50), Number] | None = Field(
        None, description="How often you have asked about the result."
    )
    last_enquiry_on: Day | None = Field(None, description="The day on which you asked last.")
    notes: Annotated[str, Prose(20_000)] | None = Field(None, description="The user's own notes.")

    @property
    def begins(self) -> datetime:
        """The moment at which it begins, in UTC."""
        return facts.moment_in(self.starts_at, self.time_zone, "starts_at").astimezone(UTC)

    @property
    def ends(self) -> datetime | None:
        """The moment at which it ends, in UTC, where that is known."""
        return self.ends_at and facts.moment_in(self.ends_at, self.time_zone, "ends_at").astimezone(UTC)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        begins, ends = self.begins, self.ends
        for field, moment in (("starts_at", begins), ("ends_at", ends)):
            if moment is not None and not facts.EARLIEST <= moment.date() <= facts.LATEST:
                message = "{field} is not between {earliest} and {latest} in UTC"
                bounds = {"earliest": str(facts.EARLIEST), "latest": str(facts.LATEST)}
                raise PydanticCustomError("out_of_bounds", message, {"field": field, **bounds})
        if ends is not None and not begins < ends <= begins + LONGEST:
            message = "ends_at must be after starts_at, and at most 7 days after it"
            raise PydanticCustomError("length", message, {"field": "ends_at"})
        if self.last_enquiry_on is not None and self.enquiries == 0:
            message = "last_enquiry_on says that you have asked, but enquiries is 0; correct one of the two"
            raise PydanticCustomError("enquiries_contradict", message, {"field": "enquiries"})
        self._follows(zones.local(begins, self.time_zone).date())
        return self

    def _follows(self, held_on: date) -> None:
        """What comes after the interview is not before its day; that of an enquiry is by the clocks of the user."""
        about = {"held_on": held_on.isoformat(), "hint": "Correct one of the two."}
        if self.said and self.said.answer_by and self.said.answer_by < held_on:
            message = "This is before the day of the interview, {held_on}"
            raise PydanticCustomError("answered_before", message, {**about, "field": ("said", "answer_by")})
        if self.last_enquiry_on and self.last_enquiry_on < held_on - A_DAY:
            message = "This is before the day of the interview, {held_on}"
            raise PydanticCustomError("asked_before", message, {**about, "field": "last_enquiry_on"})


class InterviewCreate(InterviewWrite):
    """A new interview."""

    participants: Annotated[list[ParticipantWrite], Field(max_length=MOST_PARTICIPANTS), AfterValidator(_distinct)] = (
        Field(default=[], description="Who takes part; later ones are added at `/participants`.")
    )


class InterviewPatch(
    Patch,
    of=InterviewWrite,
    elsewhere={"participants": "They are changed at /v1/interviews/{interview_id}/participants."},
):
    """A change to an interview, as JSON Merge Patch."""


class Participant(Resource):
    """Somebody who takes part in an interview."""

    interview_id: UUID
    contact_id: UUID
    role: words.Role | None
    attended: bool | None
    note_sent_at: datetime | None
    note_delivery: words.NoteDelivery | None
    """A note to them is scheduled, or may have arrived; set by messages only."""
    note_scheduled_at: datetime | None
    """When the note that is scheduled leaves."""


class InterviewParticipant(Shown):
    """Somebody who takes part, within the interview."""

    id: UUID
    """The `id` of the participant, which is not that of the contact."""
    contact_id: UUID
    role: words.Role | None
    attended: bool | None
    note_sent_at: datetime | None
    note_delivery: words.NoteDelivery | None
    """A note to them is scheduled, or may have arrived; set by messages only."""
    note_scheduled_at: datetime | None
    """When the note that is scheduled leaves."""


class InterviewSaid(Shown):
    """What was said about the next step."""

    who_contacts: v.WhoContacts | None
    answer_by: date | None
    no_contact: bool | None
    note_welcome: bool | None
    canvassing_disqualifies: bool | None


class ApplicationInBrief(Shown):
    """The application that an interview is for."""

    id: UUID
    position: str
    status: ApplicationStatus
    country: str
    subdivision: str | None


class CompanyInBrief(Shown):
    """The company that an interview is with."""

    id: UUID
    name: str
    country: str | None
    sector: v.Sector | None


class ContactInBrief(Shown):
    """Who takes part, as a contact."""

    id: UUID
    display_name: str
    job_title: str | None
    company_id: UUID | None


class Interview(Resource):
    """An interview of the user's."""

    application_id: UUID
    stage: v.Stage | None
    format: v.Format | None
    language: str | None
    starts_at: datetime
    """The moment at which it begins, in UTC."""
    ends_at: datetime | None
    time_zone: str
    starts_at_local: datetime
    """The same as the clocks show it in `time_zone`, with their offset from UTC."""
    ends_at_local: datetime | None
    place: str | None
    link: str | None
    status: words.Status
    said: InterviewSaid
    thanked_in_person: bool | None
    enquiries: int | None
    last_enquiry_on: date | None
    notes: str | None
    participants: list[InterviewParticipant]
    """In the order in which they were added."""
    application: ApplicationInBrief | None = Field(None, exclude_if=is_missing)
    """Only with `expand=application`."""
    company: CompanyInBrief | None = Field(None, exclude_if=is_missing)
    """Only with `expand=company`."""
    contacts: list[ContactInBrief] | None = Field(None, exclude_if=is_missing)
    """Only with `expand=contacts`: those of the participants, each once."""
