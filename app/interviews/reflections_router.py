"""/v1/interviews/{interview_id}/reflection, and /v1/reflections: what the user makes of interviews."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Query, Request, Response, Security

from app.http.caller import BEARER, OWN_PROBLEMS, Caller, Stored
from app.http.etags import NOT_MODIFIED
from app.http.pages import DEFAULT_LIMIT, Cursor, Limit, Page, Wanted
from app.http.problems import responses
from app.http.resources import (
    CHANGE_PROBLEMS,
    PATCH_PROBLEMS,
    IfMatch,
    IfMatchOrNew,
    NoSuchResource,
    changed,
    deleted,
    found,
    listed,
    placed,
)
from app.http.routes import JsonRoute
from app.http.search import SearchQuery
from app.interviews import reflection_queries as queries
from app.interviews import reflection_schemas as schemas
from app.interviews import reflection_service as service
from app.interviews.router import InterviewId

router = APIRouter(prefix="/v1", tags=["reflections"], route_class=JsonRoute)

Reads = Annotated[Caller, Security(BEARER, scopes=["reflections:read"])]
Writes = Annotated[Caller, Security(BEARER, scopes=["reflections:write"])]
_OF_INTERVIEW = "/interviews/{interview_id}/reflection"


@router.put(
    _OF_INTERVIEW,
    summary="Write the reflection about an interview",
    response_description="The reflection; another one was there before.",
    response_model=schemas.Reflection,
    responses={
        201: {"description": "The reflection; it is the first one.", "model": schemas.Reflection},
        **responses(*OWN_PROBLEMS, *PATCH_PROBLEMS),
    },
)
def set_reflection(
    request: Request,
    caller: Writes,
    database: Stored,
    interview_id: InterviewId,
    match: IfMatchOrNew,
    body: Annotated[schemas.ReflectionWrite, Body()],
) -> Response:
    """Write what you learned and how it went; best on the same day. An interview has one reflection.

    What was there before is replaced as a whole, and for that `If-Match` is needed; PATCH changes parts.
    """
    with database.writing(caller) as session:
        reflection, new = service.put(session, interview_id, match, body)
        return placed(request, reflection, new=new)


@router.get(
    _OF_INTERVIEW,
    summary="Look up the reflection about an interview",
    response_description="The reflection.",
    response_model=schemas.Reflection,
    responses={**NOT_MODIFIED, **responses(*OWN_PROBLEMS, NoSuchResource)},
)
def get_reflection(request: Request, caller: Reads, database: Stored, interview_id: InterviewId) -> Response:
    """What the user made of an interview."""
    with database.reading(caller) as reading:
        return found(request, queries.reflection(reading, interview_id))


@router.patch(
    _OF_INTERVIEW,
    summary="Change a reflection",
    response_description="The reflection as it is now.",
    response_model=schemas.Reflection,
    responses=responses(*OWN_PROBLEMS, *PATCH_PROBLEMS),
)
def change_reflection(
    caller: Writes,
    database: Stored,
    interview_id: InterviewId,
    match: IfMatch,
    body: Annotated[schemas.ReflectionPatch, Body()],
) -> Response:
    """JSON Merge Patch: members that are absent stay, null takes a value away, lists are replaced."""
    with database.writing(caller) as session:
        return changed(service.change(session, interview_id, match, body))


@router.delete(
    _OF_INTERVIEW,
    status_code=204,
    summary="Delete a reflection",
    response_description="It is gone.",
    responses=responses(*OWN_PROBLEMS, *CHANGE_PROBLEMS),
)
def delete_reflection(caller: Writes, database: Stored, interview_id: InterviewId, match: IfMatch) -> Response:
    """Delete what was written about an interview. The interview stays."""
    with database.writing(caller) as session:
        service.delete(session, interview_id, match)
        return deleted()


@router.get(
    "/reflections",
    summary="Search reflections",
    response_description="A page of reflections.",
    response_model=Page[schemas.Reflection],
    responses=responses(*OWN_PROBLEMS),
)
def list_reflections(
    request: Request,
    caller: Reads,
    database: Stored,
    query: SearchQuery = None,
    draft: Annotated[bool | None, Query(description="Only drafts, or only what is none.")] = None,
    application_id: Annotated[
        UUID | None, Query(description="Only those about interviews for this application.")
    ] = None,
    company_id: Annotated[UUID | None, Query(description="Only those about interviews with this company.")] = None,
    sort: Annotated[
        queries.ReflectionSort, Query(description="The order; with `-` the other way round.")
    ] = "-updated_at",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """All reflections of the user's. `query` searches everything that was written in them."""
    with database.reading(caller) as reading:
        page = queries.reflections(
            reading,
            Wanted(sort, limit, cursor),
            query=query,
            draft=draft,
            application_id=application_id,
            company_id=company_id,
        )
        return listed(request, page)
