"""/v1/references: people who speak for the user."""

from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Path, Query, Request, Response, Security

from app.http import clock
from app.http.caller import BEARER, OWN_PROBLEMS, Caller, Stored
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
from app.references import queries, schemas, service
from app.references.consent import CONSENTS
from app.references.errors import AlreadyReference

router = APIRouter(prefix="/v1/references", tags=["references"], route_class=JsonRoute)


async def _consent_good_for(request: Request) -> Any:  # noqa: ANN401 - a timedelta, which the framework would make a query parameter
    return timedelta(days=request.app.state.settings.consent_days)


ConsentGoodFor = Annotated[timedelta, Depends(_consent_good_for)]
"""How long consent is current after it was given."""
Reads = Annotated[Caller, Security(BEARER, scopes=["references:read"])]
Writes = Annotated[Caller, Security(BEARER, scopes=["references:write"])]
ReferenceId = Annotated[UUID, Path(description="The `id` of the reference.")]
Consents = Annotated[
    Annotated[str, SeveralOf(CONSENTS)] | None,
    Query(description=f"Only those whose consent is one of these, with commas between them: {', '.join(CONSENTS)}."),
]


@router.post(
    "",
    status_code=201,
    summary="Add a reference",
    response_description="The reference.",
    response_model=schemas.Reference,
    responses=responses(*OWN_PROBLEMS, *BODY_PROBLEMS, *ONCE_PROBLEMS, AlreadyReference),
)
def create_reference(
    request: Request,
    caller: Writes,
    database: Stored,
    once: Idempotent,
    good_for: ConsentGoodFor,
    body: Annotated[schemas.ReferenceCreate, Body()],
) -> Response:
    """Say that one of your contacts speaks for you, and what they have agreed to."""
    with database.writing(caller) as session:
        return once(session, lambda: created(request, service.create(session, body, good_for)))


@router.get(
    "",
    summary="List references",
    response_description="A page of references.",
    response_model=Page[schemas.Reference],
    responses=responses(*OWN_PROBLEMS),
)
def list_references(
    request: Request,
    caller: Reads,
    database: Stored,
    good_for: ConsentGoodFor,
    query: SearchQuery = None,
    contact_id: Annotated[UUID | None, Query(description="Only the one who is this contact.")] = None,
    application_id: Annotated[UUID | None, Query(description="Only those named in this application.")] = None,
    consent: Consents = None,
    sort: Annotated[
        queries.ReferenceSort, Query(description="The order, names by their reading; with `-` the other way round.")
    ] = "name",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """The user's references. `query` searches their names, in every script."""
    with database.reading(caller) as reading:
        page = queries.references(
            reading,
            Wanted(sort, limit, cursor),
            clock.now(),
            good_for,
            query=query,
            contact_id=contact_id,
            application_id=application_id,
            consents=named(consent),
        )
        return listed(request, page)


@router.get(
    "/{reference_id}",
    summary="Look up a reference",
    response_description="The reference.",
    response_model=schemas.Reference,
    responses={**NOT_MODIFIED, **responses(*OWN_PROBLEMS, NoSuchResource)},
)
def get_reference(
    request: Request, caller: Reads, database: Stored, good_for: ConsentGoodFor, reference_id: Id
) -> Response:
    """A reference, with what their consent is worth today."""
    with database.reading(caller) as reading:
        return found(request, queries.reference(reading, reference_id, clock.now(), good_for))


@router.patch(
    "/{reference_id}",
    summary="Change a reference",
    response_description="The reference as it is now.",
    response_model=schemas.Reference,
    responses=responses(*OWN_PROBLEMS, *PATCH_PROBLEMS),
)
def change_reference(
    caller: Writes,
    database: Stored,
    good_for: ConsentGoodFor,
    reference_id: Id,
    match: IfMatch,
    body: Annotated[schemas.ReferencePatch, Body()],
) -> Response:
    """JSON Merge Patch: members that are absent stay, null takes a value away, lists are replaced as a whole."""
    with database.writing(caller) as session:
        return changed(service.change(session, reference_id, match, body, good_for))


@router.delete(
    "/{reference_id}",
    status_code=204,
    summary="Delete a reference",
    response_description="It is gone.",
    responses=responses(*OWN_PROBLEMS, *CHANGE_PROBLEMS, InUse),
)
def delete_reference(caller: Writes, database: Stored, reference_id: Id, match: IfMatch) -> Response:
    """Delete a reference, with where they are named and what they were told. The contact stays.

    Messages to them as a reference go too, but not while one is scheduled or being sent (`in_use`).
    """
    with database.writing(caller) as session:
        service.delete(session, reference_id, match)
        return deleted()
