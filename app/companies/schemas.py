"""What clients send and get about companies."""

from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StrictBool, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.companies.names import domain_of
from app.http.countries import CountryCode
from app.http.links import Link
from app.http.resources import Patch, Resource, Sent, Shown
from app.http.words import EACH_ONCE
from app.rules import vocabulary as v
from app.rules.facts import Day, Number
from app.text import Line, Prose

Likeness = Literal["name", "domain"]
MOST_DOMAINS = 20
WHAT_REPORTS_SAY = ("who_contacts", "within_business_days", "note_welcome", "channel", "notes")
"""Members of a practice report of which it has at least one."""
MOST_DUPLICATES = 50
"""How many companies, or people, that may be the same are shown at once."""


def _domain(given: str) -> str:
    try:
        return domain_of(given)
    except ValueError:
        message = "{given} is no domain; write one such as example.com"
        raise PydanticCustomError("domain", message, {"given": repr(given)}) from None


Domain = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(_domain)]
Days = Annotated[int, Field(ge=0, le=250), Number]


class CompanyWrite(Sent):
    """A company, as it is written down."""

    name: Annotated[str, Line(200)] = Field(description="As the company writes it itself.", examples=["Initech GmbH"])
    domains: Annotated[list[Domain], Field(max_length=MOST_DOMAINS), EACH_ONCE] = Field(
        default=[],
        description="Domains of its site and its mail; of a URL or an e-mail address the domain is kept.",
        examples=[["initech.example"]],
    )
    country: CountryCode | None = Field(None, description="Where it has its seat: ISO 3166-1 alpha-2.", examples=["DE"])
    sector: v.Sector | None = Field(None, description="Its sector.")
    ownership: v.Ownership | None = Field(None, description="Whether it is owned in the country or abroad.")
    size: v.Size | None = Field(None, description="Whether it is a small firm or a large one.")
    notes: Annotated[str, Prose(20_000)] | None = Field(None, description="The user's own notes.")


class CompanyPatch(Patch, of=CompanyWrite):
    """A change to a company, as JSON Merge Patch."""


class Company(Resource):
    """A company of the user's."""

    name: str
    domains: list[str]
    country: str | None
    sector: v.Sector | None
    ownership: v.Ownership | None
    size: v.Size | None
    notes: str | None


class PracticeReportWrite(Sent):
    """What the company said or did about the time after an interview."""

    who_contacts: v.WhoContacts | None = Field(None, description="Who gets in touch about the result.")
    within_business_days: Days | None = Field(None, description="Within how many working days an answer comes.")
    note_welcome: StrictBool | None = Field(None, description="Whether thank-you notes are welcome there.")
    channel: v.Channel | None = Field(None, description="How the company wants to be written to or asked.")
    reported_on: Day = Field(description="The day on which it was said or seen.")
    told_by: Annotated[str, Line(200)] | None = Field(None, description="Who said so.", examples=["the recruiter"])
    link: Link | None = Field(None, description="Where it can be read.")
    notes: Annotated[str, Prose(5000)] | None = Field(None, description="In the user's own words.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if all(getattr(self, name) is None for name in WHAT_REPORTS_SAY):
            context = {"hint": f"Give at least one of: {', '.join(WHAT_REPORTS_SAY)}."}
            raise PydanticCustomError("empty_report", "A report says something about the company", context)
        return self


class PracticeReportPatch(Patch, of=PracticeReportWrite):
    """A change to a practice report, as JSON Merge Patch."""


class PracticeReport(Resource):
    """What was reported of a company's practice."""

    company_id: UUID
    who_contacts: v.WhoContacts | None
    within_business_days: int | None
    note_welcome: bool | None
    channel: v.Channel | None
    reported_on: date
    told_by: str | None
    link: str | None
    notes: str | None


class CompanyDuplicate(Shown):
    """A company that may be the same."""

    company: Company
    same: list[Likeness]
    """What the two have in common."""


class CompanyDuplicates(Shown):
    """Companies that may be the same."""

    items: list[CompanyDuplicate] = Field(max_length=MOST_DUPLICATES)


class CompanyMerge(Sent):
    """Which company to take in."""

    company_id: UUID = Field(description="The company that is taken in and then deleted.")
