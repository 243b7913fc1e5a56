"""Reading reflections."""

from typing import Literal
from uuid import UUID

from sqlalchemy import bindparam, select

from app.db.database import OWNER, Reading, owned
from app.http.pages import Page, Wanted, both_ways, rows_of
from app.http.resources import NoSuchResource
from app.http.search import holds
from app.interviews import reflection_schemas as schemas
from app.interviews.models import Interview, Reflection
from app.interviews.queries import APPLICATIONS_AT_COMPANY

ReflectionSort = Literal["created_at", "-created_at", "updated_at", "-updated_at"]
SORTS = both_ways(created_at=(Reflection.id,), updated_at=(Reflection.updated_at, Reflection.id))

_REFLECTION = owned(Reflection).where(Reflection.interview_id == bindparam("interview_id"))
_INTERVIEWS = select(Interview.id).where(Interview.owner_id == bindparam(OWNER))
_FOR_APPLICATION = _INTERVIEWS.where(Interview.application_id == bindparam("application_id")).scalar_subquery()
_AT_COMPANY = _INTERVIEWS.where(Interview.application_id.in_(APPLICATIONS_AT_COMPANY)).scalar_subquery()


def reflection(reading: Reading, interview_id: UUID) -> schemas.Reflection:
    """The reflection about an interview. Raises `NoSuchResource`."""
    row = reading.execute(_REFLECTION, interview_id=interview_id).first()
    if row is None:
        raise NoSuchResource("No interview of yours with this id has a reflection.")
    return schemas.Reflection.model_validate(row)


def reflections(  # noqa: PLR0913 - one argument for each filter
    reading: Reading,
    wanted: Wanted,
    *,
    query: str | None = None,
    draft: bool | None = None,
    application_id: UUID | None = None,
    company_id: UUID | None = None,
) -> Page[schemas.Reflection]:
    """A page of reflections. Raises `Invalid` for a cursor that is not of this list."""
    statement = owned(Reflection).where(*holds(Reflection.search_text, query))
    values: dict[str, object] = {}
    if draft is not None:
        statement = statement.where(Reflection.draft.is_(draft))
    if application_id:
        statement = statement.where(Reflection.interview_id.in_(_FOR_APPLICATION))
        values["application_id"] = application_id
    if company_id:
        statement = statement.where(Reflection.interview_id.in_(_AT_COMPANY))
        values["company_id"] = company_id
    rows, next_cursor = rows_of(reading, statement, SORTS, wanted, **values)
    return Page(list(map(schemas.Reflection.model_validate, rows)), next_cursor)
