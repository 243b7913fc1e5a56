"""Reading reflections."""

from collections.abc import Mapping
from typing import Literal
from uuid import UUID

from sqlalchemy import bindparam, select

from app.applications.models import Application
from app.db.database import OWNER, Reading, owned
from app.http.pages import Page, Sort, Wanted, rows_of
from app.http.resources import NoSuchResource
from app.http.search import holds
from app.interviews import reflection_schemas as schemas
from app.interviews.models import Interview, Reflection

ReflectionSort = Literal["created_at", "-created_at", "updated_at", "-updated_at"]
SORTS: Mapping[str, Sort] = {
    "created_at": Sort((Reflection.id,)),
    "-created_at": Sort((Reflection.id,), descending=True),
    "updated_at": Sort((Reflection.updated_at, Reflection.id)),
    "-updated_at": Sort((Reflection.updated_at, Reflection.id), descending=True),
}

_REFLECTION = owned(Reflection).where(Reflection.interview_id == bindparam("interview_id"))
_INTERVIEWS = select(Interview.id).where(Interview.owner_id == bindparam(OWNER))
_FOR_APPLICATION = _INTERVIEWS.where(Interview.application_id == bindparam("application_id")).scalar_subquery()
_AT_COMPANY = _INTERVIEWS.where(
    Interview.application_id.in_(
        select(Application.id)
        .where(Application.owner_id == bindparam(OWNER), Application.company_id == bindparam("company_id"))
        .scalar_subquery()
    )
).scalar_subquery()


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
