"""Writing reflections."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam
from sqlalchemy.exc import IntegrityError

from app.db.constraints import repeats
from app.db.database import OWNER, Writing, owned
from app.db.errors import ChangedMeanwhile
from app.events.recording import happened
from app.http import clock
from app.http.references import which_exist
from app.http.resources import Match, NoSuchResource, PutMatch, patched
from app.interviews import reflection_schemas as schemas
from app.interviews.models import Interview, Reflection
from app.text import folded

_INTERVIEWS = which_exist(Interview)
_REFLECTION = owned(Reflection).where(Reflection.interview_id == bindparam("interview_id"))


def put(
    session: Writing, interview_id: UUID, match: PutMatch, sent: schemas.ReflectionWrite
) -> tuple[schemas.Reflection, bool]:
    """Write the reflection about an interview, or write it anew; and whether it is the first.

    Raises `NoSuchResource`, `ChangedMeanwhile`, `PreconditionRequired`.
    """
    reflection = session.find(_REFLECTION, interview_id=interview_id)
    now = clock.now()
    if reflection is not None:
        match.require(reflection)
        _write(reflection, sent)
        _touch(session, reflection, now)
        return schemas.Reflection.model_validate(reflection), False
    if session.scalar(_INTERVIEWS, {OWNER: session.owner_id, "ids": [interview_id]}) is None:
        raise NoSuchResource("No interview of yours has this id.")
    match.require(None)
    reflection = Reflection(owner_id=session.owner_id, interview_id=interview_id, created_at=now, updated_at=now)
    _write(reflection, sent)
    session.add(reflection)
    try:
        session.flush()
    except IntegrityError as error:
        if not repeats(error, Reflection, "owner_id", "interview_id"):
            raise
        raise ChangedMeanwhile("Another request wrote the first one at the same time.") from error
    happened(session, "reflection.saved", reflection.id, interview_id=interview_id, draft=sent.draft)
    return schemas.Reflection.model_validate(reflection), True


def change(session: Writing, interview_id: UUID, match: Match, patch: schemas.ReflectionPatch) -> schemas.Reflection:
    """Change a reflection. Raises `NoSuchResource`, `ChangedMeanwhile`, `Invalid`."""
    reflection = _reflection(session, interview_id)
    match.require(reflection)
    _write(reflection, patched(schemas.ReflectionWrite, reflection, patch))
    _touch(session, reflection, clock.now())
    return schemas.Reflection.model_validate(reflection)


def delete(session: Writing, interview_id: UUID, match: Match) -> None:
    """Delete a reflection. Raises `NoSuchResource`, `ChangedMeanwhile`."""
    reflection = _reflection(session, interview_id)
    match.require(reflection)
    session.delete(reflection)
    session.flush()
    happened(session, "reflection.deleted", reflection.id, interview_id=interview_id)


def _reflection(session: Writing, interview_id: UUID) -> Reflection:
    reflection = session.find(_REFLECTION, interview_id=interview_id)
    if reflection is None:
        raise NoSuchResource("No interview of yours with this id has a reflection.")
    return reflection


def _touch(session: Writing, reflection: Reflection, now: datetime) -> None:
    if session.touch(reflection, now):
        interview_id = reflection.interview_id
        happened(session, "reflection.saved", reflection.id, interview_id=interview_id, draft=reflection.draft)


def _write(reflection: Reflection, sent: schemas.ReflectionWrite) -> None:
    reflection.draft = sent.draft
    reflection.learned_about_company = sent.learned_about_company
    reflection.learned_about_position = sent.learned_about_position
    reflection.important_points = [one.model_dump() for one in sent.important_points]
    reflection.open_questions = [one.model_dump() for one in sent.open_questions]
    reflection.questions_asked = [one.model_dump() for one in sent.questions_asked]
    reflection.went_well = sent.went_well
    reflection.to_improve = sent.to_improve
    reflection.mood = sent.mood
    reflection.search_text = folded(" ".join(_texts(sent)))


def _texts(sent: schemas.ReflectionWrite) -> Iterator[str]:
    """Everything in a reflection that the user wrote; marks and moods are none of it."""
    texts = (
        *(sent.learned_about_company, sent.learned_about_position, sent.went_well, sent.to_improve),
        *(point.text for point in sent.important_points),
        *(text for one in sent.open_questions for text in (one.question, one.answer)),
        *(text for one in sent.questions_asked for text in (one.question, one.answer)),
    )
    return filter(None, texts)
