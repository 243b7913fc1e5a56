"""Naming references in applications."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.exc import IntegrityError

from app.applications.models import Application
from app.db.constraints import lacks, repeats
from app.db.database import OWNER, Writing, owned
from app.errors import Invalid
from app.events.recording import happened
from app.http import clock
from app.http.happened import require_happened
from app.http.problems import invalid_request
from app.http.references import none_of_yours
from app.http.resources import Match, patched
from app.references import schemas
from app.references.errors import AlreadyNamed, TooManyApplications
from app.references.models import Reference, ReferenceUse
from app.references.queries import no_reference, no_use

_USES = owned(ReferenceUse).where(ReferenceUse.reference_id == bindparam("reference_id"))
_USE = _USES.where(ReferenceUse.id == bindparam("id"))
_USE_FOR = _USES.where(ReferenceUse.application_id == bindparam("application_id"))
_COUNTED_AS_CHANGED = (
    update(Reference)
    .where(Reference.owner_id == bindparam(OWNER), Reference.id == bindparam("reference_id"))
    .values(version=Reference.version + 1, updated_at=bindparam("now"))
    .returning(Reference.id)
)
_APPLICATION = select(Application.id).where(
    Application.owner_id == bindparam(OWNER), Application.id == bindparam("application_id")
)
_NUMBER = select(func.count()).where(
    ReferenceUse.owner_id == bindparam(OWNER), ReferenceUse.reference_id == bindparam("reference_id")
)
_COUNTED_AND_LOOKED_UP = _COUNTED_AS_CHANGED.returning(
    _APPLICATION.scalar_subquery().label("application_id"), _NUMBER.scalar_subquery().label("number")
)
_NO_SYNCHRONIZATION = {"synchronize_session": False}


def create(session: Writing, reference_id: UUID, sent: schemas.ReferenceUseCreate) -> schemas.ReferenceUse:
    """Name a reference in an application.

    Raises `NoSuchResource`, `Invalid`, `AlreadyNamed`, `TooManyApplications`.
    """
    now = clock.now()
    which = {OWNER: session.owner_id, "reference_id": reference_id, "application_id": sent.application_id, "now": now}
    found = session.execute(_COUNTED_AND_LOOKED_UP, which, execution_options=_NO_SYNCHRONIZATION).one_or_none()
    if found is None:
        raise no_reference()
    if found.application_id is None:
        raise _no_application()
    if found.number >= schemas.MOST_APPLICATIONS:
        raise TooManyApplications(f"This reference is named in {found.number} applications.")
    _require_happened(now, sent.outcome_told_on, sent.thanked_on)
    use = ReferenceUse(
        owner_id=session.owner_id,
        reference_id=reference_id,
        application_id=sent.application_id,
        outcome_told_on=sent.outcome_told_on,
        thanked_on=sent.thanked_on,
        created_at=now,
        updated_at=now,
    )
    session.add(use)
    try:
        session.flush()
    except IntegrityError as error:
        if repeats(error, ReferenceUse, "owner_id", "reference_id", "application_id"):
            raise AlreadyNamed from error
        if lacks(error, ReferenceUse, "owner_id", "application_id"):
            raise _no_application() from error
        raise
    happened(session, "reference.changed", reference_id, application_id=sent.application_id)
    return schemas.ReferenceUse.model_validate(use)


def change(
    session: Writing, reference_id: UUID, use_id: UUID, match: Match, patch: schemas.ReferenceUsePatch
) -> schemas.ReferenceUse:
    """Say when a reference was thanked and told the outcome. Raises `NoSuchResource`, `ChangedMeanwhile`, `Invalid`."""
    use = _use(session, reference_id, use_id)
    match.require(use)
    sent = patched(schemas.ReferenceUseWrite, use, patch)
    now = clock.now()
    _require_happened(now, sent.outcome_told_on, sent.thanked_on)
    use.outcome_told_on = sent.outcome_told_on
    use.thanked_on = sent.thanked_on
    if session.touch(use, now):
        happened(session, "reference.changed", reference_id, application_id=use.application_id)
    return schemas.ReferenceUse.model_validate(use)


def thank(session: Writing, reference_id: UUID, application_id: UUID, day: date, *, tells_outcome: bool) -> None:
    """Write down that a reference was thanked, and told the outcome if so, where that is not written down yet.

    Raises `NoSuchResource`.
    """
    use = session.find(_USE_FOR, reference_id=reference_id, application_id=application_id)
    if use is None:
        raise no_use()
    if tells_outcome:
        use.outcome_told_on = use.outcome_told_on or day
    use.thanked_on = use.thanked_on or day
    if session.touch(use, clock.now()):
        happened(session, "reference.changed", reference_id, application_id=application_id)


def delete(session: Writing, reference_id: UUID, use_id: UUID, match: Match) -> None:
    """Let a reference be named in an application no longer. Raises `NoSuchResource`, `ChangedMeanwhile`."""
    use = _use(session, reference_id, use_id)
    match.require(use)
    # Before the row itself: whoever deletes or merges the reference locks the two in this order.
    which = {OWNER: session.owner_id, "reference_id": reference_id, "now": clock.now()}
    session.execute(_COUNTED_AS_CHANGED, which, execution_options=_NO_SYNCHRONIZATION)
    session.delete(use)
    session.flush()
    happened(session, "reference.changed", reference_id, application_id=use.application_id)


def _use(session: Writing, reference_id: UUID, use_id: UUID) -> ReferenceUse:
    use = session.find(_USE, reference_id=reference_id, id=use_id)
    if use is None:
        raise no_use()
    return use


def _require_happened(now: datetime, outcome_told_on: date | None, thanked_on: date | None) -> None:
    """Raises `Invalid`."""
    require_happened(now, {"#/outcome_told_on": outcome_told_on, "#/thanked_on": thanked_on})


def _no_application() -> Invalid:
    return invalid_request((none_of_yours("application", "#/application_id"),), 1)
