"""What clients send and get about decisions."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SkipValidation, field_validator

from app.http.countries import form_only, subdivision_only
from app.http.problems import Problem
from app.http.resources import Sent, Shown
from app.interviews.vocabulary import Role
from app.rules.decision import Decision, Described
from app.rules.facts import Choice, Day, Facts, Reported

MOST_ITEMS = 1000


class PreviewFacts(Facts):
    """The facts of one interview and one recipient. Only `country` is needed; leave out what is not known."""

    model_config = ConfigDict(title="Facts")

    # Whether there is such a country is asked of the book: data of its own may know fewer.
    _country_is_a_code = field_validator("country", mode="before")(form_only)
    _subdivision_exists = field_validator("subdivision", mode="before")(subdivision_only)


class PreviewBatch(BaseModel):
    """Facts of many interviews."""

    model_config = ConfigDict(extra="forbid")

    items: Annotated[
        list[SkipValidation[PreviewFacts]],
        Field(
            min_length=1,
            max_length=MOST_ITEMS,
            description="Each is decided by itself; one that cannot be read gets its problem and spoils no other.",
        ),
    ]


@dataclass(slots=True)
class PreviewResult(Described):
    """The decision for one item of a batch, or its problem; the other is null."""

    decision: Decision | None
    problem: Problem | None


@dataclass(slots=True)
class PreviewBatchResults(Described):
    """Results in the order of the items."""

    results: list[PreviewResult]


class DecisionWrite(Sent):
    """What is to be taken into account beside what was written down; mostly nothing."""

    as_of: Day | None = Field(None, description="The day for which to decide; today where the interview was held.")
    choice: Choice | None = Field(None, description="The user's own decision, if there is one; it is shown as such.")


@dataclass(slots=True)
class RecipientDecision(Described):
    """The decision for one person who took part, or for nobody in particular where nobody is known."""

    participant_id: UUID | None
    contact_id: UUID | None
    role: Role | None
    """The part that they had, as the interview says it."""
    decision: Decision


@dataclass(slots=True)
class InterviewDecision(Described):
    """What was decided about an interview: for each person, with reasons and sources. It stays as it is."""

    id: UUID
    """UUID version 7."""
    interview_id: UUID
    created_at: datetime
    as_of: date
    """The day for which it was decided."""
    rules_version: str
    recipients: list[RecipientDecision]
    """Whose turn it is and what is known of references is the same for all."""


class DecisionSummary(Shown):
    """A decision in a list."""

    id: UUID
    interview_id: UUID
    created_at: datetime
    as_of: date
    """The day for which it was decided."""
    rules_version: str


class CompanyPractice(Shown):
    """What decisions about interviews at a company take into account."""

    published: str | None
    """The key of its published practice, matched by domain or name; /v1/rules/companies/{key} describes it."""
    reported: Reported | None
    """What your reports say together; of each field the newest."""
