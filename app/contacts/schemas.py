"""What clients send and get about contacts."""

from collections.abc import Callable, Hashable
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StrictBool
from pydantic_core import PydanticCustomError

from app import email_addresses
from app.companies.schemas import MOST_DUPLICATES
from app.contacts import details
from app.contacts import vocabulary as v
from app.contacts.names import ContactName, NameWrite
from app.http.resources import Patch, Resource, Sent, Shown
from app.http.words import EACH_ONCE
from app.rules.facts import LanguageTag, TimeZone
from app.rules.vocabulary import Channel
from app.text import Line, Prose, folded

Likeness = Literal["name", "email", "phone"]


def _each_once(key: Callable[[Any], Hashable]) -> AfterValidator:
    """Refuses a list in which two items have the same key."""

    def checked(items: list[Any]) -> list[Any]:
        seen: set[Hashable] = set()
        for place, item in enumerate(items):
            if key(item) in seen:
                raise PydanticCustomError("repeated", "This stands in the list already", {"field": place})
            seen.add(key(item))
        return items

    return AfterValidator(checked)


def _distinct_when_folded(given: list[str]) -> list[str]:
    kept: dict[str, str] = {}
    for one in given:
        kept.setdefault(folded(one), one)
    return list(kept.values())


Emails = Annotated[
    list[details.EmailWrite], Field(max_length=20), _each_once(lambda one: email_addresses.normalised(one.address))
]
Phones = Annotated[list[details.PhoneWrite], Field(max_length=20), _each_once(lambda one: (one.number, one.extension))]
Addresses = Annotated[list[details.AddressWrite], Field(max_length=10)]
Profiles = Annotated[list[details.ProfileWrite], Field(max_length=20), _each_once(lambda one: one.url)]
Languages = Annotated[list[LanguageTag], Field(max_length=20), EACH_ONCE]
Channels = Annotated[list[Channel], Field(max_length=7), EACH_ONCE]
Tag = Annotated[str, Line(50)]
Tags = Annotated[list[Tag], Field(max_length=50), AfterValidator(_distinct_when_folded)]


class ContactWrite(Sent):
    """A person, as they are written down."""

    name: NameWrite = Field(description="The name as the person writes it.")
    other_names: Annotated[list[NameWrite], Field(max_length=10)] = Field(
        default=[], description="The name in other scripts, and other names."
    )
    pronouns: Annotated[str, Line(50)] | None = Field(None, description="As the person gives them.")
    job_title: Annotated[str, Line(200)] | None = Field(
        None, description="As the person gives it.", examples=["Head of Engineering"]
    )
    department: Annotated[str, Line(200)] | None = Field(None, description="Where in the company.")
    company_id: UUID | None = Field(None, description="The company the person works for: one of the user's.")
    emails: Emails = Field(default=[], description="The one to write to first.")
    phones: Phones = Field(default=[], description="The one to call first.")
    addresses: Addresses = Field(default=[], description="Postal addresses, the one to write to first.")
    profiles: Profiles = Field(default=[], description="Pages of the person's, or about them.")
    languages: Languages = Field(default=[], description="BCP 47, the one the person prefers first.", examples=[["ja"]])
    time_zone: TimeZone | None = Field(None, description="IANA zone.", examples=["Asia/Tokyo"])
    wishes_note: StrictBool | None = Field(
        None, description="The person has said that thank-you notes are welcome, or are not."
    )
    channels: Channels = Field(
        default=[], description="Ways by which the person asked or offered to be reached, best first."
    )
    known_personally: StrictBool | None = Field(
        None, description="The user knows the person outside the selection process."
    )
    source: details.Source = Field(None, description="Where that was learnt which does not say so itself.")
    noted_on: details.NotedOn = Field(None, description="The day on which that was learnt.")
    tags: Tags = Field(default=[], description="The user's own words to find contacts by.", examples=[["panel"]])
    notes: Annotated[str, Prose(20_000)] | None = Field(None, description="The user's own notes.")


class ContactPatch(Patch, of=ContactWrite):
    """A change to a contact, as JSON Merge Patch; lists are replaced as a whole."""


class Contact(Resource):
    """A person of the user's."""

    display_name: str
    """`name` in the order and with the spacing of its script."""
    name: ContactName
    other_names: list[ContactName]
    pronouns: str | None
    job_title: str | None
    department: str | None
    company_id: UUID | None
    emails: list[details.Email]
    phones: list[details.Phone]
    addresses: list[details.Address]
    profiles: list[details.Profile]
    reachable: bool
    """There is an e-mail address, a telephone number, a postal address, or a profile that takes messages."""
    languages: list[str]
    time_zone: str | None
    wishes_note: bool | None
    channels: list[Channel]
    known_personally: bool | None
    source: v.DetailSource | None
    noted_on: date | None
    tags: list[str]
    notes: str | None


class ContactDuplicate(Shown):
    """A contact that may be the same person."""

    contact: Contact
    same: list[Likeness]
    """What the two have in common."""


class ContactDuplicates(Shown):
    """Contacts that may be the same person."""

    items: list[ContactDuplicate] = Field(max_length=MOST_DUPLICATES)


class ContactMerge(Sent):
    """Which contact to take in."""

    contact_id: UUID = Field(description="The contact that is taken in and then deleted.")
