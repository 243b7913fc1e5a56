"""Details of a contact: e-mail addresses, telephone numbers, postal addresses, profiles. Each says whence it is."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Self

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat
from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.contacts import vocabulary as v
from app.email_addresses import LONGEST, checked
from app.http.countries import CountryCode
from app.http.links import Link
from app.http.resources import Sent, Shown
from app.rules.facts import Day
from app.rules.form import Form
from app.text import Line, Prose, normalised

MOST_IN_A_KEY = 320
"""Characters of what is compared in the database; folding can lengthen a text."""


def _as_written(given: str) -> str:
    """An address that is one, in the case in which the person writes it."""
    checked(given)
    return normalised(given)


EmailAddress = Annotated[
    str,
    StringConstraints(min_length=3, max_length=LONGEST),
    AfterValidator(_as_written),
    Field(json_schema_extra={"format": "email"}),
]
Extension = Annotated[str, Form(r"^[0-9]{1,20}$", "This is no extension", "Write 1 to 20 digits and nothing else.")]
Source = Annotated[v.DetailSource | None, Field(description="Where it was learnt.")]
NotedOn = Annotated[Day | None, Field(description="The day on which it was learnt.")]
Use = Annotated[v.DetailUse | None, Field(description="Whether it is for work or private.")]


class EmailWrite(Sent):
    """An e-mail address."""

    address: EmailAddress = Field(description="As it was written.", examples=["aiko.tanaka@initech.example"])
    use: Use = None
    source: Source = None
    noted_on: NotedOn = None


class Email(Shown):
    """An e-mail address."""

    address: str
    use: v.DetailUse | None
    source: v.DetailSource | None
    noted_on: date | None


class PhoneWrite(Sent):
    """A telephone number."""

    number: Annotated[str, Line(60)] = Field(
        description="In the international form, with +; or as it is dialled in `country`. Kept in E.164.",
        examples=["+81 3-1234-5678"],
    )
    extension: Extension | None = Field(None, description="The extension, if it is not part of `number`.")
    country: CountryCode | None = Field(
        None, description="Where a number without + is dialled; kept is the country that the number belongs to."
    )
    use: Use = None
    source: Source = None
    noted_on: NotedOn = None

    @model_validator(mode="after")
    def _international(self) -> Self:
        parsed = _parsed(self.number, self.country)
        if self.extension and parsed.extension and self.extension != parsed.extension:
            message = "The number has the extension {in_number} and extension says {given}; correct one of the two"
            context = {"field": "extension", "in_number": parsed.extension, "given": self.extension}
            raise PydanticCustomError("extension_contradicts", message, context)
        return self.model_copy(
            update={
                "number": phonenumbers.format_number(parsed, PhoneNumberFormat.E164),
                "extension": self.extension or parsed.extension,
                "country": phonenumbers.region_code_for_number(parsed) or self.country,
            }
        )


class Phone(Shown):
    """A telephone number."""

    number: str
    """In E.164: + and digits."""
    extension: str | None
    country: str | None
    """The country that the number belongs to, where it can be told."""
    use: v.DetailUse | None
    source: v.DetailSource | None
    noted_on: date | None


class AddressWrite(Sent):
    """A postal address."""

    street: Annotated[str, Prose(500)] | None = Field(
        None, description="Street and number, building and floor, or box; may have several lines."
    )
    locality: Annotated[str, Line(100)] | None = Field(None, description="City, town or village.")
    region: Annotated[str, Line(100)] | None = Field(None, description="State, province or prefecture.")
    postal_code: Annotated[str, Line(20)] | None = Field(None, description="As it is written there.")
    country: CountryCode = Field(description="ISO 3166-1 alpha-2.", examples=["JP"])
    use: Use = None
    source: Source = None
    noted_on: NotedOn = None

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if not (self.street or self.locality or self.region or self.postal_code):
            raise PydanticCustomError("address_empty", "An address needs more than its country")
        return self


class Address(Shown):
    """A postal address."""

    street: str | None
    locality: str | None
    region: str | None
    postal_code: str | None
    country: str
    use: v.DetailUse | None
    source: v.DetailSource | None
    noted_on: date | None


class ProfileWrite(Sent):
    """A page of the person's, or about them."""

    url: Link = Field(description="Where it is.", examples=["https://profiles.example.com/in/aiko-tanaka"])
    kind: v.ProfileKind = Field(description="What kind of site it is on.")
    source: Source = None
    noted_on: NotedOn = None


class Profile(Shown):
    """A page of the person's, or about them."""

    url: str
    kind: v.ProfileKind
    source: v.DetailSource | None
    noted_on: date | None


def first_address(emails: Sequence[Mapping[str, Any]] | None) -> str | None:
    """The e-mail address to write to first, of those that a contact is kept with."""
    return str(emails[0]["address"]) if emails else None


def phone_forms(number: str) -> list[str]:
    """How people may write a number that is given in E.164."""
    parsed = phonenumbers.parse(number)
    national = phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL)
    international = phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
    return [number, international, national, re.sub(r"\D", "", national)]


def _parsed(number: str, country: str | None) -> PhoneNumber:
    """The number. Only its length is checked: numbering plans change faster than any list of them."""
    try:
        parsed = phonenumbers.parse(number, country)
    except NumberParseException:
        parsed = PhoneNumber()
    if not phonenumbers.is_possible_number(parsed):
        context = {"field": "number", "hint": _form(country)}
        raise PydanticCustomError("phone", "This is no telephone number that can be dialled", context)
    return parsed


def _form(country: str | None) -> str:
    """What a number looks like."""
    example = phonenumbers.example_number(country) if country else None
    if example is None:
        return "Write it with + and the country's number, such as +81 3-1234-5678, or give its country beside it."
    national = phonenumbers.format_number(example, PhoneNumberFormat.NATIONAL)
    international = phonenumbers.format_number(example, PhoneNumberFormat.INTERNATIONAL)
    return f"Write it like {national} or {international}."
