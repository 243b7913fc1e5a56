"""/v1/references/{reference_id}/applications: in which applications a reference is named."""

from typing import Annotated

from fastapi import APIRouter, Body, Query, Request, Response

from app.http.caller import OWN_PROBLEMS, Stored
from app.http.etags import NOT_MODIFIED
from app.http.idempotency import ONCE_PROBLEMS, Idempotent
from app.http.pages import DEFAULT_LIMIT, Cursor, Limit, Page, Wanted
from app.http.problems import BODY_PROBLEMS, responses
from app.http.resources import (
    CHANGE_PROBLEMS,
    PATCH_PROBLEMS,
    Id,
    IfMatch,
    NoSuchResource,
    changed,
    created,
    deleted,
    found,
    listed,
)
from app.http.routes import JsonRoute
from app.references import queries, schemas, uses_service
from app.references.errors import AlreadyNamed, TooManyApplications
from app.references.router import Reads, ReferenceId, Writes

router = APIRouter(prefix="/v1/references/{reference_id}/applications", tags=["references"], route_class=JsonRoute)


@router.post(
    "",
    status_code=201,
    summary="Name a reference in an application",
    response_description="The application in which they are named.",
    response_model=schemas.ReferenceUse,
    responses=responses(
        *OWN_PROBLEMS, NoSuchResource, *BODY_PROBLEMS, *ONCE_PROBLEMS, AlreadyNamed, TooManyApplications
    ),
)
def create_reference_use(
    request: Request,
    caller: Writes,
    database: Stored,
    once: Idempotent,
    reference_id: ReferenceId,
    body: Annotated[schemas.ReferenceUseCreate, Body()],
) -> Response:
    """Write down that you have named a reference in an application. The reference gets a new `ETag` by it."""
    with database.writing(caller) as session:
        return once(session, lambda: created(request, uses_service.create(session, reference_id, body)))


@router.get(
    "",
    summary="List the applications that name a reference",
    response_description="A page of them.",
    response_model=Page[schemas.ReferenceUse],
    responses=responses(*OWN_PROBLEMS, NoSuchResource),
)
def list_reference_uses(
    request: Request,
    caller: Reads,
    database: Stored,
    reference_id: ReferenceId,
    sort: Annotated[queries.UseSort, Query(description="The order; with `-` the other way round.")] = "created_at",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """In which applications a reference is named, and whether they were thanked and told how it ended."""
    with database.reading(caller) as reading:
        return listed(request, queries.uses(reading, reference_id, Wanted(sort, limit, cursor)))


@router.get(
    "/{use_id}",
    summary="Look up an application that names a reference",
    response_description="The application in which they are named.",
    response_model=schemas.ReferenceUse,
    responses={**NOT_MODIFIED, **responses(*OWN_PROBLEMS, NoSuchResource)},
)
def get_reference_use(
    request: Request, caller: Reads, database: Stored, reference_id: ReferenceId, use_id: Id
) -> Response:
    """One application in which a reference is named, by the `id` that naming them gave."""
    with database.reading(caller) as reading:
        return found(request, queries.use(reading, reference_id, use_id))


@router.patch(
    "/{use_id}",
    summary="Say when a reference was thanked, and told how it ended",
    response_description="The application in which they are named, as it is now.",
    response_model=schemas.ReferenceUse,
    responses=responses(*OWN_PROBLEMS, *PATCH_PROBLEMS),
)
def change_reference_use(
    caller: Writes,
    database: Stored,
    reference_id: ReferenceId,
    use_id: Id,
    match: IfMatch,
    body: Annotated[schemas.ReferenceUsePatch, Body()],
) -> Response:
    """JSON Merge Patch: members that are absent stay, null takes a value away."""
    with database.writing(caller) as session:
        return changed(uses_service.change(session, reference_id, use_id, match, body))


@router.delete(
    "/{use_id}",
    status_code=204,
    summary="Take a reference out of an application",
    response_description="It is gone.",
    responses=responses(*OWN_PROBLEMS, *CHANGE_PROBLEMS),
)
def delete_reference_use(
    caller: Writes, database: Stored, reference_id: ReferenceId, use_id: Id, match: IfMatch
) -> Response:
    """Let a reference be named in an application no longer. What they were told about its interviews stays."""
    with database.writing(caller) as session:
        uses_service.delete(session, reference_id, use_id, match)
        return deleted()
