"""What clients send and get about applications."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from app.applications.statuses import Status
from app.http.countries import CountryCode, Subdivision
from app.http.links import Link
from app.http.resources import Patch, Resource, Sent, Shown
from app.rules import vocabulary as v
from app.rules.facts import Day, Number
from app.text import Line, Prose

Headcount = Annotated[int, Field(ge=0, le=10_000_000), Number]


class ApplicationWrite(Sent):
    """An application, as it is written down."""

    company_id: UUID = Field(description="The employer: the `id` of a company of yours.")
    position: Annotated[str, Line(200)] = Field(description="The title of the job.", examples=["Data engineer"])
    country: CountryCode = Field(description="Where the job is: ISO 3166-1 alpha-2.", examples=["JP"])
    subdivision: Subdivision | None = Field(
        None, description="ISO 3166-2, of the same country, e.g. JP-27.", examples=["JP-27"]
    )
    track: v.Track | None = Field(None, description="The way of recruiting: new graduates, experienced hires …")
    via_agency: StrictBool | None = Field(
        None, description="A recruitment agency stands between you and the employer. Follows from `agency_contact_id`."
    )
    agency_contact_id: UUID | None = Field(None, description="The consultant of the agency: a contact of yours.")
    introduced_by_person: StrictBool | None = Field(
        None, description="Somebody known to both introduced you. Follows from `introduced_by_contact_id`."
    )
    introduced_by_contact_id: UUID | None = Field(None, description="Who introduced you: a contact of yours.")
    sent_by_employment_service: StrictBool | None = Field(
        None, description="The public employment service sent you there."
    )
    deadline_on: Day | None = Field(None, description="The last day on which applications are taken.")
    applied_on: Day | None = Field(None, description="The day on which you applied.")
    offer_answer_by: Day | None = Field(None, description="The last day on which the offer can be accepted.")
    decided_on: Day | None = Field(None, description="The day on which the process ended for you.")
    posting_url: Link | None = Field(None, description="Where the position is advertised.")
    headcount: Headcount | None = Field(
        None, description="Number of people the employer has; some statutes depend on it."
    )
    publicly_advertised: StrictBool | None = Field(None, description="The position was publicly advertised.")
    notes: Annotated[str, Prose(20_000)] | None = Field(None, description="The user's own notes.")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.subdivision is not None and self.subdivision[:2] != self.country:
            message = "{subdivision} is not a subdivision of {country}; the first two letters must be the country's"
            context = {"field": "subdivision", "subdivision": self.subdivision, "country": self.country}
            raise PydanticCustomError("subdivision_of_other_country", message, context)
        for statement, contact in (
            ("via_agency", "agency_contact_id"),
            ("introduced_by_person", "introduced_by_contact_id"),
        ):
            if getattr(self, statement) is False and getattr(self, contact) is not None:
                message = "{field} is false, but {contact} names somebody; correct one of the two"
                raise PydanticCustomError("contact_contradicts", message, {"field": statement, "contact": contact})
        if self.applied_on is not None and self.decided_on is not None and self.decided_on < self.applied_on:
            message = "decided_on is before applied_on; correct one of the two"
            raise PydanticCustomError("decided_before_applied", message, {"field": "decided_on"})
        return self


class ApplicationCreate(ApplicationWrite):
    """A new application."""

    status: Status = Field("interested", description="How far it has come already.")


class ApplicationPatch(
    Patch, of=ApplicationWrite, elsewhere={"status": "POST /v1/applications/{application_id}/status changes it."}
):
    """A change to an application, as JSON Merge Patch."""


class Application(Resource):
    """An application of the user's."""

    company_id: UUID
    position: str
    country: str
    subdivision: str | None
    track: v.Track | None
    via_agency: bool | None
    agency_contact_id: UUID | None
    introduced_by_person: bool | None
    introduced_by_contact_id: UUID | None
    sent_by_employment_service: bool | None
    status: Status
    next_statuses: list[Status]
    """What it can become; empty once it has ended."""
    deadline_on: date | None
    applied_on: date | None
    offer_answer_by: date | None
    """The last day on which the offer can be accepted."""
    decided_on: date | None
    posting_url: str | None
    headcount: int | None
    publicly_advertised: bool | None
    notes: str | None


class StatusChangeWrite(Sent):
    """How far an application has come now."""

    status: Status = Field(description="What it is now; `next_statuses` of the application says what is possible.")
    happened_on: Day | None = Field(
        None,
        description="The day on which it happened. Fills `applied_on` or `decided_on` of the application where that is "
        "missing and this is the day.",
    )
    note: Annotated[str, Prose(2000)] | None = Field(None, description="What there is to say about it.")
    correction: StrictBool = Field(
        default=False,
        description="Allow any other status: to put a mistake right, or where a process that had ended goes on.",
    )


class StatusChange(Shown):
    """A step of an application."""

    id: UUID
    """UUID version 7."""
    status: Status
    """The status that it got."""
    changed_at: datetime
    """When it was written down."""
    happened_on: date | None
    note: str | None
    correction: bool
    """Whether this put a mistake right or opened the application again."""
