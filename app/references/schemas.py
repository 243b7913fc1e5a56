"""What clients send and get about references."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from app.http.resources import Patch, Resource, Sent
from app.interviews.schemas import UtcInstant
from app.references.availability import Period, PeriodWrite, in_order
from app.references.consent import Consent
from app.references.vocabulary import Relationship
from app.rules.facts import Day
from app.text import Prose

MOST_PERIODS = 50
MOST_APPLICATIONS = 500


class ReferenceWrite(Sent):
    """A reference, as it is written down."""

    relationship: Relationship | None = Field(None, description="What they were to you when you worked together.")
    consent_given_on: Day | None = Field(
        None, description="The day on which they agreed to be named; null where they have not, or not any more."
    )
    consent_for: Annotated[str, Prose(2000)] | None = Field(
        None, description="What they agreed to.", examples=["Jobs in data engineering, by phone."]
    )
    consent_until: Day | None = Field(None, description="The last day on which they agree, if they named one.")
    unavailable: Annotated[list[PeriodWrite], Field(max_length=MOST_PERIODS), AfterValidator(in_order)] = Field(
        default=[], description="When they cannot be asked. Periods do not overlap; they are kept in their order."
    )
    is_confidential: StrictBool = Field(
        default=False, description="Nobody is to learn of them before you say so: the name stands in no draft."
    )
    notes: Annotated[str, Prose(20_000)] | None = Field(None, description="The user's own notes.")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for field in ("consent_for", "consent_until"):
            if getattr(self, field) is not None and self.consent_given_on is None:
                message = "There is no consent whose {field} this could be"
                hint = "Give consent_given_on with it, or leave it out."
                raise PydanticCustomError("consent_missing", message, {"field": field, "hint": hint})
        if self.consent_given_on and self.consent_until and self.consent_until < self.consent_given_on:
            message = "consent_until must not be before consent_given_on"
            raise PydanticCustomError("consent_ended", message, {"field": "consent_until"})
        return self


class ReferenceCreate(ReferenceWrite):
    """A new reference."""

    contact_id: UUID = Field(
        description="Who it is: the `id` of a contact of yours. It stays; consent is one person's."
    )


class ReferencePatch(
    Patch,
    of=ReferenceWrite,
    elsewhere={
        "applications": "They are changed at /v1/references/{reference_id}/applications.",
        "contact_id": "It stays: consent is one person's. Make the other contact a reference of its own.",
    },
):
    """A change to a reference, as JSON Merge Patch."""


class Reference(Resource):
    """Somebody who speaks for the user."""

    contact_id: UUID
    display_name: str
    """That of the contact."""
    relationship: Relationship | None
    consent_given_on: date | None
    consent_for: str | None
    consent_until: date | None
    consent_status: Consent
    """What consent is worth today, where the user is."""
    unavailable: list[Period]
    is_available_today: bool
    """Today lies in none of the periods, where the user is. It says nothing of consent."""
    is_confidential: bool
    notes: str | None
    applications: list[UUID]
    """The `id` of each application in which they are named, in the order in which those were added."""


class ReferenceUseWrite(Sent):
    """What a reference is told when a process has ended."""

    outcome_told_on: Day | None = Field(None, description="The day on which they were told how it ended.")
    thanked_on: Day | None = Field(None, description="The day on which they were thanked.")


class ReferenceUseCreate(ReferenceUseWrite):
    """An application in which a reference is named."""

    application_id: UUID = Field(description="The `id` of an application of yours.")


class ReferenceUsePatch(
    Patch,
    of=ReferenceUseWrite,
    elsewhere={"application_id": "It stays. Delete this one and name the reference in the other application."},
):
    """A change to an application in which a reference is named, as JSON Merge Patch."""


class ReferenceUse(Resource):
    """An application in which a reference is named."""

    reference_id: UUID
    application_id: UUID
    outcome_told_on: date | None
    thanked_on: date | None


class ReferenceBriefingWrite(Sent):
    """An interview that a reference was told about."""

    interview_id: UUID = Field(description="The `id` of an interview for an application in which they are named.")
    told_at: UtcInstant | None = Field(None, description="When they were told; now, where it is left out.")


class ReferenceBriefing(Resource):
    """An interview that a reference was told about: somebody may call."""

    reference_id: UUID
    interview_id: UUID
    told_at: datetime
