"""/v1/references/{reference_id}/briefings: which interviews a reference was told about."""

from typing import Annotated

from fastapi import APIRouter, Body, Query, Request, Response

from app.http.caller import OWN_PROBLEMS, Stored
from app.http.etags import NOT_MODIFIED
from app.http.idempotency import ONCE_PROBLEMS, Idempotent
from app.http.pages import DEFAULT_LIMIT, Cursor, Limit, Page, Wanted
from app.http.problems import BODY_PROBLEMS, responses
from app.http.resources import CHANGE_PROBLEMS, Id, IfMatch, NoSuchResource, created, deleted, found, listed
from app.http.routes import JsonRoute
from app.references import briefings_service, queries, schemas
from app.references.errors import AlreadyTold, NotNamed
from app.references.router import Reads, ReferenceId, Writes

router = APIRouter(prefix="/v1/references/{reference_id}/briefings", tags=["references"], route_class=JsonRoute)


@router.post(
    "",
    status_code=201,
    summary="Note that a reference was told about an interview",
    response_description="The briefing.",
    response_model=schemas.ReferenceBriefing,
    responses=responses(*OWN_PROBLEMS, NoSuchResource, *BODY_PROBLEMS, *ONCE_PROBLEMS, NotNamed, AlreadyTold),
)
def create_reference_briefing(
    request: Request,
    caller: Writes,
    database: Stored,
    once: Idempotent,
    reference_id: ReferenceId,
    body: Annotated[schemas.ReferenceBriefingWrite, Body()],
) -> Response:
    """Write down that you have told a reference about an interview: somebody may call. It never changes.

    The reference must be named in the application that the interview is for.
    """
    with database.writing(caller) as session:
        return once(session, lambda: created(request, briefings_service.create(session, reference_id, body)))


@router.get(
    "",
    summary="List what a reference was told",
    response_description="A page of briefings.",
    response_model=Page[schemas.ReferenceBriefing],
    responses=responses(*OWN_PROBLEMS, NoSuchResource),
)
def list_reference_briefings(
    request: Request,
    caller: Reads,
    database: Stored,
    reference_id: ReferenceId,
    sort: Annotated[
        queries.BriefingSort, Query(description="The order; with `-` the other way round.")
    ] = "-created_at",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Which interviews a reference was told about, and when."""
    with database.reading(caller) as reading:
        return listed(request, queries.briefings(reading, reference_id, Wanted(sort, limit, cursor)))


@router.get(
    "/{briefing_id}",
    summary="Look up a briefing",
    response_description="The briefing.",
    response_model=schemas.ReferenceBriefing,
    responses={**NOT_MODIFIED, **responses(*OWN_PROBLEMS, NoSuchResource)},
)
def get_reference_briefing(
    request: Request, caller: Reads, database: Stored, reference_id: ReferenceId, briefing_id: Id
) -> Response:
    """One interview that a reference was told about."""
    with database.reading(caller) as reading:
        return found(request, queries.briefing(reading, reference_id, briefing_id))


@router.delete(
    "/{briefing_id}",
    status_code=204,
    summary="Delete a briefing",
    response_description="It is gone.",
    responses=responses(*OWN_PROBLEMS, *CHANGE_PROBLEMS),
)
def delete_reference_briefing(
    caller: Writes, database: Stored, reference_id: ReferenceId, briefing_id: Id, match: IfMatch
) -> Response:
    """Take back that a reference was told: it was written down by mistake."""
    with database.writing(caller) as session:
        briefings_service.delete(session, reference_id, briefing_id, match)
        return deleted()
