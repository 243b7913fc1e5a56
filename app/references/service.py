"""Changing references."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, bindparam
from sqlalchemy.exc import IntegrityError

from app.accounts.home import ZONE
from app.contacts.models import Contact
from app.db.constraints import repeats
from app.db.database import OWNER, Reading, Writing, owned
from app.db.references import detach
from app.events.recording import happened
from app.http import clock
from app.http.happened import require_happened
from app.http.problems import invalid_request
from app.http.references import none_of_yours, require_none_under_way
from app.http.resources import Match, patched
from app.references import queries, schemas
from app.references.errors import AlreadyReference
from app.references.models import Reference

_REFERENCE = owned(Reference).where(Reference.id == bindparam("id"))
# What is deleted gets no new applications or briefings meanwhile: their foreign keys wait for this lock.
_LOCKED = _REFERENCE.with_for_update()
# Whoever deletes or merges the contact waits until it is a reference, or comes first.
_CONTACT = (
    owned(Contact)
    .with_only_columns(Contact.display_name, ZONE.scalar_subquery().label("zone"))
    .where(Contact.id == bindparam("id"))
    .with_for_update(read=True, key_share=True, of=Contact)
)


def create(session: Writing, sent: schemas.ReferenceCreate, good_for: timedelta) -> schemas.Reference:
    """Make a contact a reference. Raises `Invalid`, `AlreadyReference`."""
    now = clock.now()
    _require_given(now, sent)
    who = session.execute(_CONTACT, {OWNER: session.owner_id, "id": sent.contact_id}).one_or_none()
    if who is None:
        raise invalid_request((none_of_yours("contact", "#/contact_id"),), 1)
    reference = Reference(owner_id=session.owner_id, contact_id=sent.contact_id, created_at=now, updated_at=now)
    reference.write(sent)
    session.add(reference)
    try:
        session.flush()
    except IntegrityError as error:
        if not repeats(error, Reference, "owner_id", "contact_id"):
            raise
        raise AlreadyReference from error
    happened(session, "reference.created", reference.id, contact_id=sent.contact_id)
    return queries.shown(reference, who.display_name, (), queries.day_of(now, who.zone), good_for)


def change(
    session: Writing, reference_id: UUID, match: Match, patch: schemas.ReferencePatch, good_for: timedelta
) -> schemas.Reference:
    """Change a reference. Raises `NoSuchResource`, `ChangedMeanwhile`, `Invalid`."""
    reference = _reference(session, reference_id)
    match.require(reference)
    sent = patched(schemas.ReferenceWrite, reference, patch)
    now = clock.now()
    _require_given(now, sent)
    reference.write(sent)
    if session.touch(reference, now):
        happened(session, "reference.changed", reference_id)
    return queries.reference(Reading(session.connection(), session.owner_id), reference_id, now, good_for)


def agree(session: Writing, reference_id: UUID, day: date) -> None:
    """Write down that a reference has agreed, or agreed again, on a day and until further notice.

    Raises `NoSuchResource`.
    """
    reference = _reference(session, reference_id)
    reference.consent_given_on = day
    reference.consent_until = None
    if session.touch(reference, clock.now()):
        happened(session, "reference.changed", reference_id)


def delete(session: Writing, reference_id: UUID, match: Match) -> None:
    """Delete a reference, where they are named and what they were told.

    Raises `NoSuchResource`, `ChangedMeanwhile`; `InUse` while a message to them as one is about to leave.
    """
    reference = _reference(session, reference_id, _LOCKED)
    match.require(reference)
    require_none_under_way(session, Reference.__tablename__, reference_id)
    detach(session, Reference.__tablename__, reference_id, clock.now())
    session.delete(reference)
    session.flush()
    # Where they were named is not known any more when this is read.
    happened(session, "reference.deleted", reference_id, touches="all")


def _reference(session: Writing, reference_id: UUID, statement: Select[Reference] = _REFERENCE) -> Reference:
    reference = session.find(statement, id=reference_id)
    if reference is None:
        raise queries.no_reference()
    return reference


def _require_given(now: datetime, sent: schemas.ReferenceWrite) -> None:
    """Consent was given on a day that has come. Raises `Invalid`."""
    require_happened(now, {"#/consent_given_on": sent.consent_given_on})
