"""What a contact says after another one was taken in: nothing of either is lost."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

from app import email_addresses
from app.contacts import details
from app.contacts.names import NameWrite, displayed
from app.contacts.schemas import ContactWrite

_SINGLE = ("pronouns", "job_title", "department", "company_id", "time_zone", "wishes_note", "known_personally")
_WORDS = ("languages", "channels", "tags")
_ORIGIN = ("source", "noted_on")

Detail = TypeVar(
    "Detail", NameWrite, details.EmailWrite, details.PhoneWrite, details.AddressWrite, details.ProfileWrite
)
Origin = tuple[str | None, date | None]


def united(own: ContactWrite, other: ContactWrite, other_company: str | None) -> ContactWrite:
    """What `own` says after `other` was taken in.

    It keeps its values; what it lacks comes from `other`; lists are united; values that differ stand in the notes.
    `other_company` is the name of the other one's company. Raises `ValidationError` where that is more than a contact
    can have.
    """
    merging = _Merging(own, other, other_company)
    name, *other_names = merging.details([own.name, *own.other_names], [other.name, *other.other_names], _name)
    values: dict[str, Any] = {
        **dict(own),
        **{field: merging.single(field) for field in _SINGLE},
        **{field: list(dict.fromkeys([*getattr(own, field), *getattr(other, field)])) for field in _WORDS},
        "name": name,
        "other_names": other_names,
        "emails": merging.details(own.emails, other.emails, lambda email: email_addresses.normalised(email.address)),
        "phones": merging.details(own.phones, other.phones, _phone),
        "addresses": merging.details(own.addresses, other.addresses, _address),
        "profiles": merging.details(own.profiles, other.profiles, lambda profile: str(profile.url)),
    }
    values["notes"] = "\n\n".join(filter(None, [own.notes, other.notes, merging.note()])) or None
    return ContactWrite.model_validate(values)


class _Merging:
    """Unites values, and remembers what has no place of its own in the result."""

    def __init__(self, own: ContactWrite, other: ContactWrite, other_company: str | None) -> None:
        self._own = own
        self._other = other
        self._other_company = other_company
        self._taken: list[str] = []
        self._differing: list[str] = []

    def single(self, field: str) -> Any:  # noqa: ANN401 - the value of any field
        """The value of a field that has only one."""
        own, theirs = getattr(self._own, field), getattr(self._other, field)
        if own is None and theirs is not None:
            self._taken.append(field)
            return theirs
        if theirs not in {own, None}:
            shown = self._other_company if field == "company_id" else theirs
            self._differing.append(f"{field}: {shown}")
        return own

    def details(self, own: Sequence[Detail], others: Sequence[Detail], key: Callable[[Detail], str]) -> list[Detail]:
        """The details of both; of two with the same key the first, with what only the second has."""
        result = list(own)
        for one in others:
            theirs = one.model_copy(update=dict(zip(_ORIGIN, _origin(one, self._other), strict=True)))
            same = [place for place, mine in enumerate(result) if key(mine) == key(theirs)]
            if same:
                result[same[0]] = self._filled(result[same[0]], theirs, key(theirs))
            else:
                result.append(theirs)
        return result

    def note(self) -> str | None:
        """What is to be noted of the other one; None if everything of it has another place."""
        origin = _origin(self._other, self._other)
        of_theirs = self._taken if any(origin) and origin != _origin(self._own, self._own) else []
        if not (of_theirs or self._differing):
            return None
        told = f" ({', '.join(str(part) for part in origin if part)})" if any(origin) else ""
        lines = [f"Merged with {displayed(self._other.name)}{told}."]
        if of_theirs:
            lines.append(f"From there: {', '.join(of_theirs)}")
        return "\n".join([*lines, *self._differing])

    def _filled(self, own: Detail, theirs: Detail, key: str) -> Detail:
        """A detail with what only the other one says of it; where the two differ, that is noted."""
        mine, told = _origin(own, self._own), _origin(theirs, self._other)
        added = {} if any(mine) else dict(zip(_ORIGIN, told, strict=True))
        differing = [str(part) for part in told if part] if any(mine) and mine != told else []
        for field, value in _said(theirs):
            before = getattr(own, field)
            if before is None:
                added[field] = value
            elif before != value:
                differing.append(f"{field} {value}")
        if differing:
            self._differing.append(f"{key}: {', '.join(differing)}")
        return own.model_copy(update=added)


def _said(detail: Detail) -> Iterator[tuple[str, Any]]:
    """What a detail says, but whence it is."""
    return ((field, value) for field, value in detail if value is not None and field not in _ORIGIN)


def _origin(detail: Detail | ContactWrite, contact: ContactWrite) -> Origin:
    """Whence a detail is, and since when it is known; where it does not say so itself, the contact does."""
    own = (detail.source, detail.noted_on)
    return own if any(own) else (contact.source, contact.noted_on)


def _name(name: NameWrite) -> str:
    return " ".join(filter(None, [name.family_name, name.given_name]))


def _phone(phone: details.PhoneWrite) -> str:
    return " ".join(filter(None, [phone.number, phone.extension]))


def _address(address: details.AddressWrite) -> str:
    parts = [address.street, address.locality, address.region, address.postal_code, address.country]
    return ", ".join(filter(None, parts))
