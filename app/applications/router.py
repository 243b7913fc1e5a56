"""/v1/applications: for which position, at which company, and how far it has come."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Path, Query, Request, Response, Security

from app.applications import queries, schemas, service
from app.applications.errors import TransitionNotAllowed
from app.applications.statuses import STATUSES
from app.http.caller import BEARER, OWN_PROBLEMS, Caller, Stored
from app.http.countries import CountryCode
from app.http.etags import NOT_MODIFIED
from app.http.idempotency import ONCE_PROBLEMS, Idempotent
from app.http.pages import DEFAULT_LIMIT, Cursor, Limit, Page, Wanted
from app.http.problems import BODY_PROBLEMS, responses
from app.http.resources import (
    CHANGE_PROBLEMS,
    PATCH_PROBLEMS,
    Id,
    IfMatch,
    InUse,
    NoSuchResource,
    changed,
    created,
    deleted,
    found,
    listed,
)
from app.http.routes import JsonRoute
from app.http.search import SearchQuery
from app.http.words import SeveralOf, named

router = APIRouter(prefix="/v1/applications", tags=["applications"], route_class=JsonRoute)

Reads = Annotated[Caller, Security(BEARER, scopes=["applications:read"])]
Writes = Annotated[Caller, Security(BEARER, scopes=["applications:write"])]
ApplicationId = Annotated[UUID, Path(description="The `id` of the application.")]
Statuses = Annotated[
    Annotated[str, SeveralOf(STATUSES)] | None,
    Query(
        description=f"Only those with one of these statuses, with commas between them: {', '.join(STATUSES)}.",
    ),
]


@router.post(
    "",
    status_code=201,
    summary="Add an application",
    response_description="The application.",
    response_model=schemas.Application,
    responses=responses(*OWN_PROBLEMS, *BODY_PROBLEMS, *ONCE_PROBLEMS),
)
def create_application(
    request: Request,
    caller: Writes,
    database: Stored,
    once: Idempotent,
    body: Annotated[schemas.ApplicationCreate, Body()],
) -> Response:
    """Write down a position at a company: one that you are interested in, or further on already."""
    with database.writing(caller) as session:
        return once(session, lambda: created(request, service.create(session, body)))


@router.get(
    "",
    summary="List applications",
    response_description="A page of applications.",
    response_model=Page[schemas.Application],
    responses=responses(*OWN_PROBLEMS),
)
def list_applications(
    request: Request,
    caller: Reads,
    database: Stored,
    query: SearchQuery = None,
    status: Statuses = None,
    open: Annotated[  # noqa: A002 - the name of the parameter
        bool | None, Query(description="Only those that have not ended, or only those that have.")
    ] = None,
    company_id: Annotated[UUID | None, Query(description="Only those at this company.")] = None,
    country: Annotated[CountryCode | None, Query(description="Only jobs there: ISO 3166-1 alpha-2.")] = None,
    sort: Annotated[
        queries.ApplicationSort, Query(description="The order; with `-` the other way round.")
    ] = "-created_at",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """The user's applications.

    `query` searches positions and notes, and with the scope companies:read the names of companies.
    """
    with database.reading(caller) as reading:
        page = queries.applications(
            reading,
            Wanted(sort, limit, cursor),
            query=query,
            in_companies=caller.allows("companies:read"),
            statuses=named(status),
            is_open=open,
            company_id=company_id,
            country=country,
        )
        return listed(request, page)


@router.get(
    "/{application_id}",
    summary="Look up an application",
    response_description="The application.",
    response_model=schemas.Application,
    responses={**NOT_MODIFIED, **responses(*OWN_PROBLEMS, NoSuchResource)},
)
def get_application(request: Request, caller: Reads, database: Stored, application_id: Id) -> Response:
    """An application of the user's."""
    with database.reading(caller) as reading:
        return found(request, queries.application(reading, application_id))


@router.patch(
    "/{application_id}",
    summary="Change an application",
    response_description="The application as it is now.",
    response_model=schemas.Application,
    responses=responses(*OWN_PROBLEMS, *PATCH_PROBLEMS),
)
def change_application(
    caller: Writes,
    database: Stored,
    application_id: Id,
    match: IfMatch,
    body: Annotated[schemas.ApplicationPatch, Body()],
) -> Response:
    """JSON Merge Patch: members that are absent stay, null takes a value away. The status has an operation of its own.

    `via_agency` and `introduced_by_person` are true as long as a contact is named beside them.
    """
    with database.writing(caller) as session:
        return changed(service.change(session, application_id, match, body))


@router.delete(
    "/{application_id}",
    status_code=204,
    summary="Delete an application",
    response_description="It is gone.",
    responses=responses(*OWN_PROBLEMS, *CHANGE_PROBLEMS, InUse),
)
def delete_application(caller: Writes, database: Stored, application_id: Id, match: IfMatch) -> Response:
    """Delete an application **with its history, its interviews, and what was written and decided about them**.

    An application that has merely ended is better kept: give it the status that says how. Company and contacts stay.
    While a message about one of its interviews is scheduled or being sent, it cannot be deleted (`in_use`).
    """
    with database.writing(caller) as session:
        service.delete(session, application_id, match)
        return deleted()


@router.post(
    "/{application_id}/status",
    summary="Bring an application further",
    response_description="The application as it is now.",
    response_model=schemas.Application,
    responses=responses(*OWN_PROBLEMS, *PATCH_PROBLEMS, *ONCE_PROBLEMS, TransitionNotAllowed),
)
def change_application_status(
    caller: Writes,
    database: Stored,
    application_id: ApplicationId,
    match: IfMatch,
    once: Idempotent,
    body: Annotated[schemas.StatusChangeWrite, Body()],
) -> Response:
    """Say that something has happened: applied, invited, an offer, an end. The history keeps it.

    What is possible stands in `next_statuses`. With `correction` any status is, and `decided_on` goes where the
    application is open again.
    """
    with database.writing(caller) as session:
        return once(session, lambda: changed(service.change_status(session, application_id, match, body)))


@router.get(
    "/{application_id}/history",
    summary="List the steps of an application",
    response_description="A page of steps.",
    response_model=Page[schemas.StatusChange],
    responses=responses(*OWN_PROBLEMS, NoSuchResource),
)
def list_application_history(
    request: Request,
    caller: Reads,
    database: Stored,
    application_id: ApplicationId,
    sort: Annotated[queries.HistorySort, Query(description="The order; with `-` the newest first.")] = "changed_at",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Every status that the application has had, from the first on."""
    with database.reading(caller) as reading:
        return listed(request, queries.history(reading, application_id, Wanted(sort, limit, cursor)))
