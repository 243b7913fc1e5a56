"""Reading applications and their history."""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import bindparam

from app.applications import schemas
from app.applications.models import Application, StatusChange
from app.applications.statuses import ENDED, NEXT, OPEN
from app.companies.models import Company
from app.companies.queries import mention
from app.db.database import Reading, owned
from app.http.pages import Page, Wanted, both_ways, rows_of
from app.http.resources import NoSuchResource

ApplicationSort = Literal["created_at", "-created_at", "updated_at", "-updated_at", "position", "-position"]
SORTS = both_ways(
    created_at=(Application.id,),
    updated_at=(Application.updated_at, Application.id),
    position=(Application.position_key, Application.id),
)
HistorySort = Literal["changed_at", "-changed_at"]
HISTORY_SORTS = both_ways(changed_at=(StatusChange.id,))

_APPLICATION = owned(Application).where(Application.id == bindparam("id"))
_HISTORY = owned(StatusChange).where(StatusChange.application_id == bindparam("application_id"))

_ITS_COMPANY = (Company.owner_id == Application.owner_id, Company.id == Application.company_id)


def application(reading: Reading, application_id: UUID) -> schemas.Application:
    """An application. Raises `NoSuchResource`."""
    return shown(_row(reading, application_id))


def applications(  # noqa: PLR0913 - one argument for each filter
    reading: Reading,
    wanted: Wanted,
    *,
    query: str | None = None,
    in_companies: bool,
    statuses: Sequence[str] = (),
    is_open: bool | None = None,
    company_id: UUID | None = None,
    country: str | None = None,
) -> Page[schemas.Application]:
    """A page of applications. Raises `Invalid` for a cursor that is not of this list."""
    statement = owned(Application).where(
        *mention(Application.search_text, _ITS_COMPANY if in_companies else None, query)
    )
    if statuses:
        statement = statement.where(Application.status.in_(statuses))
    if is_open is not None:
        statement = statement.where(Application.status.in_(OPEN if is_open else ENDED))
    if company_id:
        statement = statement.where(Application.company_id == company_id)
    if country:
        statement = statement.where(Application.country == country)
    rows, next_cursor = rows_of(reading, statement, SORTS, wanted)
    return Page(list(map(shown, rows)), next_cursor)


def history(reading: Reading, application_id: UUID, wanted: Wanted) -> Page[schemas.StatusChange]:
    """A page of the steps of an application. Raises `NoSuchResource`, and `Invalid` for a cursor of another list."""
    _row(reading, application_id)
    rows, next_cursor = rows_of(reading, _HISTORY, HISTORY_SORTS, wanted, application_id=application_id)
    return Page(list(map(schemas.StatusChange.model_validate, rows)), next_cursor)


def shown(row: Any) -> schemas.Application:  # noqa: ANN401 - a row with the columns of `applications`
    """An application as clients get it."""
    members = {name: getattr(row, name) for name in _STORED}
    return schemas.Application.model_validate({**members, "next_statuses": NEXT[row.status]})


_STORED = tuple(name for name in schemas.Application.model_fields if name != "next_statuses")


def _row(reading: Reading, application_id: UUID) -> Any:  # noqa: ANN401 - as above
    row = reading.execute(_APPLICATION, id=application_id).first()
    if row is None:
        raise NoSuchResource("No application of yours has this id.")
    return row
