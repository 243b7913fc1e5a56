"""What contacts are found by: keys where something must be the same, a folded text for searching."""

from collections.abc import Iterator

from app import email_addresses
from app.contacts.details import MOST_IN_A_KEY, phone_forms
from app.contacts.names import forms, name_keys
from app.contacts.schemas import ContactWrite
from app.contacts.vocabulary import KeyKind, ProfileKind
from app.text import folded

_TAKE_MESSAGES: frozenset[ProfileKind] = frozenset({"professional_network", "chat_app", "social_media"})


def keys_of(contact: ContactWrite) -> set[tuple[KeyKind, str]]:
    """Kind and key of everything a contact is found by."""
    return {(kind, key) for kind, key in _keys(contact) if key}


def tag_key(tag: str) -> str:
    """What makes two tags the same."""
    return folded(tag)[:MOST_IN_A_KEY]


def search_text(contact: ContactWrite) -> str:
    """Everything of a contact that a search looks at, folded."""
    return folded(" ".join(filter(None, _searched(contact))))


def is_reachable(contact: ContactWrite) -> bool:
    """Whether there is any way to reach the person."""
    messages = any(profile.kind in _TAKE_MESSAGES for profile in contact.profiles)
    return bool(contact.emails or contact.phones or contact.addresses or messages)


def _keys(contact: ContactWrite) -> Iterator[tuple[KeyKind, str]]:
    for name in (contact.name, *contact.other_names):
        for key in name_keys(name):
            yield "name", key
    for email in contact.emails:
        yield "email", email_addresses.normalised(email.address)
    for phone in contact.phones:
        yield "phone", phone.number
    for language in contact.languages:
        # pt-BR is found by pt as well (RFC 4647, section 3.3.1).
        parts = language.split("-")
        for end in range(1, len(parts) + 1):
            yield "language", "-".join(parts[:end])
    for tag in contact.tags:
        yield "tag", tag_key(tag)


def _searched(contact: ContactWrite) -> Iterator[str | None]:
    for name in (contact.name, *contact.other_names):
        yield from forms(name)
    for phone in contact.phones:
        yield from phone_forms(phone.number)
    yield from (email.address for email in contact.emails)
    yield from (str(profile.url) for profile in contact.profiles)
    yield from (address.locality for address in contact.addresses)
    yield from (contact.job_title, contact.department, *contact.tags, contact.notes)
