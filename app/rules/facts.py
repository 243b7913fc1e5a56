"""Facts: everything a decision may look at. Unknown is null and never matches a rule."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from app.rules import vocabulary as v
from app.rules import zones
from app.rules.form import Form

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
"""Bounds of every day in the facts: holidays and time zones are known between them."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?"
    r"([Zz]|[+-]([01]\d|2[0-3]):?[0-5]\d)?"
)
_NUMBERS_OF_A_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2})?")
MOMENTS_COUNT = (
    "Months go from 01 to 12, days to the last of the month, hours from 00 to 23, minutes and seconds from 00 to 59. "
    "Midnight is 00:00 of the day that begins."
)
"""How to mend a moment that no calendar or clock has."""
_REGION, _SCRIPT = 2, 4
"""Letters of such a subtag in a language tag."""
LOCAL_TIME = r"^20\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?$"


def _as_day(given: object) -> object:
    """What Pydantic would also take for a day is refused: numbers, and midnights."""
    if (isinstance(given, str) and not _DAY.fullmatch(given)) or isinstance(given, int | float):
        raise PydanticCustomError("date_text", "Write a day as 2026-11-23")
    return given


def _as_moment(given: object) -> object:
    """What Pydantic would also take for a moment is refused: numbers and days."""
    if isinstance(given, str) and not _MOMENT.fullmatch(given) and _NUMBERS_OF_A_MOMENT.fullmatch(given):
        raise PydanticCustomError("datetime_numbers", "This is no moment that exists", {"hint": MOMENTS_COUNT})
    if (isinstance(given, str) and not _MOMENT.fullmatch(given)) or isinstance(given, int | float):
        raise PydanticCustomError("datetime_text", "Write a moment as 2026-11-23T15:00:00+09:00")
    return given


def _as_number(given: object) -> object:
    """What Pydantic would also take for a number is refused: text, true and false."""
    if isinstance(given, str | bool):
        raise PydanticCustomError("int_text", "This must be a whole number")
    return given


def _distinct(given: list[v.Channel]) -> list[v.Channel]:
    """A list in which nothing stands twice."""
    if len(set(given)) != len(given):
        raise PydanticCustomError("repeated", "Name each channel once")
    return given


def within_bounds(given: date | datetime) -> date | datetime:
    """A day or moment that calendars know."""
    day = given.date() if isinstance(given, datetime) else given
    if not EARLIEST <= day <= LATEST:
        context = {"what": "moment" if isinstance(given, datetime) else "day"}
        context |= {"earliest": EARLIEST.isoformat(), "latest": LATEST.isoformat()}
        raise PydanticCustomError("out_of_bounds", "Give a {what} between {earliest} and {latest}", context)
    return given


def _existing_zone(name: str) -> str:
    """A zone that the time-zone database has."""
    if not zones.exists(name):
        near = zones.of_city(name)
        hint = f"Did you mean {' or '.join(near)}?" if near else "Write one such as Europe/Berlin."
        raise PydanticCustomError("time_zone", "{name} is no IANA time zone", {"name": repr(name), "hint": hint})
    return name


def moment_in(given: datetime, zone: str | None, field: str) -> datetime:
    """The moment that is meant by one with an offset, or by a local time in a zone.

    Raises `PydanticCustomError` about `field` for a local time without a zone, or that does not exist in it or happens
    twice; it names the moments that may be meant.
    """
    if given.tzinfo is not None:
        return given
    context: dict[str, Any] = {"field": field}
    if zone is None:
        message = "{field} needs an offset (2026-11-23T15:00:00+09:00) or a time_zone beside it"
        raise PydanticCustomError("offset_missing", message, context)
    choices = zones.readings(given, zone)
    if len(choices) != 1:
        context["what"] = "does not exist" if zones.in_gap(given, zone) else "happens twice"
        context |= {"zone": zone, "first": choices[0].isoformat(), "second": choices[1].isoformat()}
        message = "{field} {what} in {zone}, where the clocks change; write {first} or {second}"
        raise PydanticCustomError("local_time_ambiguous", message, context)
    return choices[0]


def _in_usual_case(given: str) -> str:
    """A language tag in the case that RFC 5646 section 2.1.1 recommends; its meaning does not depend on it."""
    language, *others = given.lower().split("-")
    cased = (
        part.upper() if len(part) == _REGION else part.title() if len(part) == _SCRIPT else part for part in others
    )
    return "-".join((language, *cased))


_CENTURY = Field(json_schema_extra={"pattern": "^20"})
Day = Annotated[date, BeforeValidator(_as_day), AfterValidator(within_bounds), _CENTURY]
Moment = Annotated[datetime, BeforeValidator(_as_moment), AfterValidator(within_bounds)]
Instant = Annotated[AwareDatetime, BeforeValidator(_as_moment), AfterValidator(within_bounds), _CENTURY]
Number = BeforeValidator(_as_number)
LanguageTag = Annotated[
    str,
    Form(
        r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        "This is no language tag",
        "Write one of BCP 47, such as ja, en or pt-BR.",
        most=35,
    ),
    AfterValidator(_in_usual_case),
]
TimeZone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_existing_zone)]
Label = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, strip_whitespace=True),
    Field(json_schema_extra={"pattern": r"\S"}),
]


class Known(BaseModel):
    """Base of all groups of facts: unknown names are refused, nothing changes after it was said."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Said(Known):
    """What was said about the next step, in the interview, the invitation or the advertisement."""

    who_contacts: v.WhoContacts | None = Field(None, description="Who was said to get in touch about the result.")
    answer_by: Day | None = Field(None, description="The day by which an answer was promised.")
    no_contact: StrictBool | None = Field(
        None, description="Candidates were asked not to contact the panel or the firm."
    )
    note_welcome: StrictBool | None = Field(None, description="A thank-you note was called welcome, or unwelcome.")
    canvassing_disqualifies: StrictBool | None = Field(
        None, description="The advertisement or invitation says that canvassing leads to disqualification."
    )


class Reported(Known):
    """What the user or others report of this company's practice."""

    who_contacts: v.WhoContacts | None = Field(
        None, description="Who gets in touch about the result there, by the report."
    )
    within_business_days: Annotated[int, Field(ge=0, le=250), Number] | None = Field(
        None, description="Working days from the interview within which the company promises an answer."
    )
    note_welcome: StrictBool | None = Field(
        None, description="Thank-you notes are welcome there, or unwelcome, by the report."
    )
    channel: v.Channel | None = Field(
        None, description="The way by which the company wants to be asked and written to."
    )
    reported_on: Day | None = Field(None, description="The day of the report.")


class Recipient(Known):
    """The person a note would go to."""

    role: v.Role | None = Field(None, description="The recipient's part in the selection.")
    wishes_note: StrictBool | None = Field(
        None, description="The recipient has said that notes are welcome, or are not."
    )
    known_personally: StrictBool | None = Field(
        None, description="The candidate knows the recipient outside the process."
    )
    channels: (
        Annotated[
            list[v.Channel],
            Field(max_length=7, json_schema_extra={"uniqueItems": True}),
            AfterValidator(_distinct),
        ]
        | None
    ) = Field(None, description="Ways by which the recipient asked or offered to be reached, best first.")


class Choice(Known):
    """What the user has decided, whatever the advice; shown as an override."""

    thank_you: v.ThankYouChoice | None = Field(None, description="Send a note, or send none, whatever the advice.")
    override_prohibition: StrictBool | None = Field(None, description="Send although a stop forbids it.")


class Facts(Known):
    """The facts of one interview and one recipient.

    Only `country` is needed; every other fact may be unknown. `ended_at` carries an offset, or is local time in
    `time_zone`.
    """

    country: Annotated[
        str,
        StringConstraints(pattern=r"^[A-Z]{2}$"),
        Field(description="Where the interview is held: ISO 3166-1 alpha-2, e.g. JP.", examples=["JP"]),
    ]
    subdivision: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$")] | None = Field(
        None, description="ISO 3166-2, of the same country, e.g. CA-ON."
    )
    ended_at: Annotated[
        Moment | None,
        WithJsonSchema(
            {
                "anyOf": [
                    {"type": "string", "format": "date-time", "pattern": "^20", "description": "With an offset."},
                    {"type": "string", "pattern": LOCAL_TIME, "description": "Local time in `time_zone`."},
                    {"type": "null"},
                ]
            }
        ),
    ] = Field(
        None, description="When the interview ended or will end: RFC 3339 with offset, or local time with `time_zone`."
    )
    time_zone: TimeZone | None = Field(
        None, description="IANA zone of the recipient; by default that of the country, if it has one."
    )
    as_of: Day | None = Field(None, description="The day for which the decision is made; today if absent.")
    company: Label | None = Field(
        None, description="Key, name or domain of the employer, matched to its published practice if that is known."
    )
    sector: v.Sector | None = Field(None, description="The employer's sector.")
    ownership: v.Ownership | None = Field(None, description="Whether the employer is foreign-owned.")
    size: v.Size | None = Field(None, description="Whether the employer is a small firm or a large one.")
    track: v.Track | None = Field(None, description="The way of recruiting: new graduates, experienced hires …")
    via_agency: StrictBool | None = Field(
        None, description="A recruitment agency stands between candidate and employer."
    )
    introduced_by_person: StrictBool | None = Field(
        None, description="Somebody known to both introduced the candidate."
    )
    sent_by_employment_service: StrictBool | None = Field(None, description="The public employment service sent them.")
    format: v.Format | None = Field(None, description="The format of the interview.")
    stage: v.Stage | None = Field(None, description="The stage of the selection.")
    language: LanguageTag | None = Field(None, description="Language of the interview, BCP 47, e.g. en or pt-BR.")
    said: Said | None = Field(None, description="What was said about the next step.")
    reported: Reported | None = Field(None, description="What is reported of the company's practice.")
    recipient: Recipient | None = Field(None, description="Whom a note would go to.")
    note_sent_at: Instant | None = Field(None, description="When this recipient was sent a note already.")
    enquiries: Annotated[int, Field(ge=0, le=50), Number] | None = Field(
        None, description="How often the candidate asked."
    )
    last_enquiry_on: Day | None = Field(None, description="The day of the last enquiry.")
    process: v.Process | None = Field(
        None, description="Open, decided but not told, an offer made and not answered, or closed."
    )
    headcount: Annotated[int, Field(ge=0, le=10_000_000), Number] | None = Field(
        None, description="Number of people employed; only statutes look at it."
    )
    publicly_advertised: StrictBool | None = Field(None, description="The position was publicly advertised.")
    choice: Choice | None = Field(None, description="The user's own decision, if there is one.")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.last_enquiry_on is not None and self.enquiries == 0:
            message = "last_enquiry_on says that the candidate has asked, but enquiries is 0; correct one of the two"
            raise PydanticCustomError("enquiries_contradict", message, {"field": "enquiries"})
        if self.subdivision is not None and self.subdivision[:2] != self.country:
            message = "{subdivision} is not a subdivision of {country}; the first two letters must be the country's"
            context: dict[str, Any] = {"field": "subdivision", "subdivision": self.subdivision, "country": self.country}
            raise PydanticCustomError("subdivision_of_other_country", message, context)
        if self.ended_at is not None:
            moment_in(self.ended_at, self.time_zone, "ended_at")
        return self

    def known(self) -> dict[str, Any]:
        """The facts that are known, as JSON-ready values; two equal sets of facts give equal dictionaries."""
        known = self.model_dump(mode="json", exclude_none=True)
        for group in GROUPS:
            if known.get(group) == {}:
                del known[group]
        return known


GROUPS = ("said", "reported", "recipient", "choice")
NOTHING_SAID, ANYBODY, NO_CHOICE = Said(), Recipient(), Choice()
"""Groups of which nothing is known."""
