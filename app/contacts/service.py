"""Changing contacts."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import Select, bindparam, insert
from sqlalchemy import delete as delete_rows

from app.companies.models import Company
from app.contacts import schemas
from app.contacts.keys import is_reachable, keys_of, search_text
from app.contacts.merging import united
from app.contacts.models import Contact, ContactKey
from app.contacts.names import displayed, sort_key
from app.db.database import Writing, owned
from app.db.references import detach, repoint
from app.events.recording import happened
from app.http import clock
from app.http.happened import require_happened
from app.http.merging import taken_in, too_much
from app.http.references import require_none_under_way, require_own, which_exist
from app.http.resources import Match, NoSuchResource, patched

_CONTACT = owned(Contact).where(Contact.id == bindparam("id"))
_CONTACT_HELD = _CONTACT.with_for_update()
"""Nothing can begin to refer to the contact until the transaction ends."""
_COMPANY = owned(Company).where(Company.id == bindparam("id"))
_COMPANIES = which_exist(Company)
_AS_SENT = tuple(field for field in schemas.ContactWrite.model_fields if field != "company_id")


def create(session: Writing, sent: schemas.ContactWrite) -> schemas.Contact:
    """Add a contact. Raises `Invalid` where the company is none of the user's."""
    now = clock.now()
    require_happened(now, dict(_noted_days(sent)))
    contact = Contact(owner_id=session.owner_id, created_at=now, updated_at=now)
    _write(session, contact, sent)
    session.add(contact)
    session.flush()
    _add_keys(session, contact, sent)
    happened(session, "contact.created", contact.id)
    return schemas.Contact.model_validate(contact)


def change(session: Writing, contact_id: UUID, match: Match, patch: schemas.ContactPatch) -> schemas.Contact:
    """Change a contact. Raises `NoSuchResource`, `ChangedMeanwhile`, `Invalid`."""
    contact = _contact(session, contact_id)
    match.require(contact)
    sent = patched(schemas.ContactWrite, contact, patch)
    now = clock.now()
    require_happened(now, dict(_noted_days(sent)))
    _write(session, contact, sent)
    if session.is_modified(contact):
        session.touch(contact, now)
        _drop_keys(session, contact_id)
        _add_keys(session, contact, sent)
        happened(session, "contact.changed", contact_id)
    return schemas.Contact.model_validate(contact)


def delete(session: Writing, contact_id: UUID, match: Match) -> None:
    """Delete a contact, whatever refers to it: a person can always be forgotten.

    Raises `NoSuchResource`, `ChangedMeanwhile`; `InUse` while a message to them is about to leave.
    """
    contact = _contact(session, contact_id, _CONTACT_HELD)
    match.require(contact)
    require_none_under_way(session, Contact.__tablename__, contact_id)
    detach(session, Contact.__tablename__, contact_id, clock.now())
    session.delete(contact)
    session.flush()
    happened(session, "contact.deleted", contact_id)


def merge(session: Writing, contact_id: UUID, match: Match, other_id: UUID) -> schemas.Contact:
    """Take another contact in: nothing of it is lost, what refers to it refers to this one, it is deleted.

    Raises `NoSuchResource`, `ChangedMeanwhile`, `Invalid`.
    """
    contact = _contact(session, contact_id, _CONTACT_HELD)
    match.require(contact)
    other = taken_in(session, _CONTACT_HELD, other_id, into=contact_id, what="contact")
    sent = _united(session, contact, other)
    now = clock.now()
    _drop_keys(session, contact_id, other_id)
    repoint(session, Contact.__tablename__, other_id, contact_id, now)
    session.delete(other)
    _write(session, contact, sent)
    session.touch(contact, now)
    _add_keys(session, contact, sent)
    happened(session, "contact.merged", contact_id, other_id=other_id)
    return schemas.Contact.model_validate(contact)


def _contact(session: Writing, contact_id: UUID, statement: Select[Contact] = _CONTACT) -> Contact:
    contact = session.find(statement, id=contact_id)
    if contact is None:
        raise NoSuchResource("No contact of yours has this id.")
    return contact


def _united(session: Writing, contact: Contact, other: Contact) -> schemas.ContactWrite:
    """What the contact says after the other one was taken in. Raises `Invalid` where that is too much for one."""
    own, theirs = (schemas.ContactWrite.model_validate(one, from_attributes=True) for one in (contact, other))
    differ = contact.company_id and other.company_id and contact.company_id != other.company_id
    company = session.find(_COMPANY, id=other.company_id) if differ else None
    try:
        return united(own, theirs, company.name if company else None)
    except ValidationError as error:
        raise too_much(error, "contact") from error


def _write(session: Writing, contact: Contact, sent: schemas.ContactWrite) -> None:
    """Raises `Invalid` where the company is none of the user's."""
    if sent.company_id != contact.company_id:
        require_own(session, _COMPANIES, {"#/company_id": sent.company_id}, "company")
    contact.company_id = sent.company_id
    values = sent.model_dump(mode="json")
    for field in _AS_SENT:
        setattr(contact, field, values[field])
    contact.noted_on = sent.noted_on
    contact.display_name = displayed(sent.name)
    contact.sort_key = sort_key(sent.name)
    contact.search_text = search_text(sent)
    contact.reachable = is_reachable(sent)


def _noted_days(sent: schemas.ContactWrite) -> Iterator[tuple[str, date | None]]:
    """The days on which details were learnt, with their JSON Pointers."""
    yield "#/noted_on", sent.noted_on
    for name in ("emails", "phones", "addresses", "profiles"):
        for place, detail in enumerate(getattr(sent, name)):
            yield f"#/{name}/{place}/noted_on", detail.noted_on


def _add_keys(session: Writing, contact: Contact, sent: schemas.ContactWrite) -> None:
    mine = {"owner_id": contact.owner_id, "contact_id": contact.id}
    rows = [{**mine, "kind": kind, "key": key} for kind, key in sorted(keys_of(sent))]
    # A name of nothing but signs has no key; without rows this would add a row of nothing.
    if rows:
        session.execute(insert(ContactKey), rows)


def _drop_keys(session: Writing, *contact_ids: UUID) -> None:
    mine = (ContactKey.owner_id == session.owner_id, ContactKey.contact_id.in_(contact_ids))
    session.execute(delete_rows(ContactKey).where(*mine))
