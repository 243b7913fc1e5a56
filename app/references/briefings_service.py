"""Telling references about interviews."""

from uuid import UUID

from sqlalchemy import and_, bindparam
from sqlalchemy.exc import IntegrityError

from app.db.constraints import lacks, repeats
from app.db.database import OWNER, Writing, owned
from app.errors import Invalid
from app.events.recording import happened
from app.http import clock
from app.http.happened import require_happened
from app.http.problems import invalid_request
from app.http.references import none_of_yours
from app.http.resources import Match
from app.interviews.models import Interview
from app.references import schemas
from app.references.errors import AlreadyTold, NotNamed
from app.references.models import Briefing, Reference, ReferenceUse
from app.references.queries import no_briefing, no_reference

_NAMED_FOR = (
    owned(Reference)
    .with_only_columns(Reference.id, Interview.application_id, ReferenceUse.id.label("use_id"))
    .where(Reference.id == bindparam("reference_id"))
    .outerjoin(Interview, and_(Interview.owner_id == Reference.owner_id, Interview.id == bindparam("interview_id")))
    .outerjoin(
        ReferenceUse,
        and_(
            ReferenceUse.owner_id == Reference.owner_id,
            ReferenceUse.reference_id == Reference.id,
            ReferenceUse.application_id == Interview.application_id,
        ),
    )
    # Whoever deletes or merges the reference waits until this is written down, or comes first.
    .with_for_update(read=True, key_share=True, of=Reference)
)
_BRIEFING = (
    owned(Briefing)
    .add_columns(Interview.application_id)
    .join(Interview, and_(Interview.owner_id == Briefing.owner_id, Interview.id == Briefing.interview_id))
    .where(Briefing.reference_id == bindparam("reference_id"), Briefing.id == bindparam("id"))
)


def create(session: Writing, reference_id: UUID, sent: schemas.ReferenceBriefingWrite) -> schemas.ReferenceBriefing:
    """Write down that a reference was told about an interview.

    Raises `NoSuchResource`, `Invalid`, `NotNamed`, `AlreadyTold`.
    """
    now = clock.now()
    require_happened(now, {"#/told_at": sent.told_at})
    which = {OWNER: session.owner_id, "reference_id": reference_id, "interview_id": sent.interview_id}
    found = session.execute(_NAMED_FOR, which).one_or_none()
    if found is None:
        raise no_reference()
    if found.application_id is None:
        raise _no_interview()
    if found.use_id is None:
        raise NotNamed(reference_id, found.application_id)
    briefing = Briefing(
        owner_id=session.owner_id,
        reference_id=reference_id,
        interview_id=sent.interview_id,
        told_at=sent.told_at or now,
        created_at=now,
        updated_at=now,
    )
    session.add(briefing)
    try:
        session.flush()
    except IntegrityError as error:
        if repeats(error, Briefing, "owner_id", "reference_id", "interview_id"):
            raise AlreadyTold from error
        if lacks(error, Briefing, "owner_id", "interview_id"):
            raise _no_interview() from error
        raise
    about = {"application_id": found.application_id, "interview_id": sent.interview_id}
    happened(session, "reference.told", reference_id, **about)
    return schemas.ReferenceBriefing.model_validate(briefing)


def delete(session: Writing, reference_id: UUID, briefing_id: UUID, match: Match) -> None:
    """Take back that a reference was told about an interview. Raises `NoSuchResource`, `ChangedMeanwhile`."""
    which = {OWNER: session.owner_id, "reference_id": reference_id, "id": briefing_id}
    found = session.execute(_BRIEFING, which).one_or_none()
    if found is None:
        raise no_briefing()
    briefing, application_id = found
    match.require(briefing)
    session.delete(briefing)
    session.flush()
    about = {"application_id": application_id, "interview_id": briefing.interview_id}
    happened(session, "reference.changed", reference_id, **about)


def _no_interview() -> Invalid:
    return invalid_request((none_of_yours("interview", "#/interview_id"),), 1)
