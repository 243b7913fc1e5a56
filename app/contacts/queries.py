"""Reading contacts."""

from collections.abc import Iterator
from typing import Literal, get_args
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app import email_addresses
from app.companies.models import Company
from app.companies.queries import mention
from app.companies.schemas import MOST_DUPLICATES
from app.contacts import schemas
from app.contacts.keys import tag_key
from app.contacts.models import Contact, ContactKey
from app.contacts.names import letters
from app.contacts.vocabulary import KeyKind
from app.db.database import OWNER, Reading, owned
from app.http.pages import Page, Wanted, both_ways, rows_of
from app.http.resources import NoSuchResource

ContactSort = Literal["name", "-name", "created_at", "-created_at"]
SORTS = both_ways(name=(Contact.sort_key, Contact.id), created_at=(Contact.id,))
_SAME = get_args(schemas.Likeness)
"""Kinds of keys that tell that two contacts may be one person, the order in which they are named."""

_CONTACT = owned(Contact).where(Contact.id == bindparam("id"))
_OWN, _OTHERS = aliased(ContactKey), aliased(ContactKey)
_ALIKE = (
    select(_OTHERS.contact_id, *(func.max(case((_OTHERS.kind == kind, 1), else_=0)).label(kind) for kind in _SAME))
    .join(_OWN, and_(_OWN.owner_id == _OTHERS.owner_id, _OWN.kind == _OTHERS.kind, _OWN.key == _OTHERS.key))
    .where(_OWN.owner_id == bindparam(OWNER), _OWN.contact_id == bindparam("id"), _OWN.kind.in_(_SAME))
    .where(_OTHERS.contact_id != _OWN.contact_id)
    .group_by(_OTHERS.contact_id)
    .order_by(_OTHERS.contact_id)
    .limit(MOST_DUPLICATES)
    .subquery()
)
"""The ids of contacts with a key of one, each with 1 for the kinds that they have in common and 0 for the others."""
_DUPLICATES = (
    owned(Contact)
    .add_columns(*(_ALIKE.c[kind].label(f"same_{kind}") for kind in _SAME))
    .join(_ALIKE, _ALIKE.c.contact_id == Contact.id)
    .order_by(Contact.id)
)

_ITS_COMPANY = (Company.owner_id == Contact.owner_id, Company.id == Contact.company_id)


def contact(reading: Reading, contact_id: UUID) -> schemas.Contact:
    """A contact. Raises `NoSuchResource`."""
    row = reading.execute(_CONTACT, id=contact_id).first()
    if row is None:
        raise NoSuchResource("No contact of yours has this id.")
    return schemas.Contact.model_validate(row)


def contacts(  # noqa: PLR0913 - one argument for each filter
    reading: Reading,
    wanted: Wanted,
    *,
    query: str | None = None,
    in_companies: bool,
    company_id: UUID | None = None,
    tag: str | None = None,
    language: str | None = None,
    email: str | None = None,
    reachable: bool | None = None,
) -> Page[schemas.Contact]:
    """A page of contacts. Raises `Invalid` for a cursor that is not of this list."""
    statement = owned(Contact).where(*mention(Contact.search_text, _ITS_COMPANY if in_companies else None, query))
    if company_id:
        statement = statement.where(Contact.company_id == company_id)
    if tag:
        statement = statement.where(_has("tag", tag_key(tag)))
    if language:
        statement = statement.where(_has("language", language))
    if email:
        statement = statement.where(_has("email", email_addresses.normalised(email)))
    if reachable is not None:
        statement = statement.where(Contact.reachable == reachable)
    rows, next_cursor = rows_of(reading, statement, SORTS, wanted)
    return Page(list(map(schemas.Contact.model_validate, rows)), next_cursor)


def duplicates(reading: Reading, contact_id: UUID) -> schemas.ContactDuplicates:
    """Other contacts with a name, an e-mail address or a telephone number in common. Raises `NoSuchResource`."""
    contact(reading, contact_id)
    return schemas.ContactDuplicates(
        items=[
            schemas.ContactDuplicate(
                contact=schemas.Contact.model_validate(row),
                same=[kind for kind in _SAME if getattr(row, f"same_{kind}")],
            )
            for row in reading.execute(_DUPLICATES, id=contact_id)
        ]
    )


def called(
    owner_id: InstrumentedAttribute[UUID], contact_id: InstrumentedAttribute[UUID], query: str | None
) -> Iterator[ColumnElement[bool]]:
    """The conditions that a name of a contact, in any script, holds every word of a query; none for no query."""
    words = [letters(word) or word for word in (query or "").split()]
    if words:
        mine = (ContactKey.owner_id == owner_id, ContactKey.contact_id == contact_id, ContactKey.kind == "name")
        yield exists().where(*mine, *(ContactKey.key.contains(word, autoescape=True) for word in words))


def _has(kind: KeyKind, key: str) -> ColumnElement[bool]:
    """The condition that a contact has a key."""
    mine = (ContactKey.owner_id == Contact.owner_id, ContactKey.contact_id == Contact.id)
    return exists().where(*mine, ContactKey.kind == kind, ContactKey.key == key)
