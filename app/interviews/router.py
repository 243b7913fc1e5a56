"""/v1/interviews: when and how they are held, and who takes part."""

from typing import Annotated, cast
from uuid import UUID

from fastapi import APIRouter, Body, Path, Query, Request, Response, Security

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
from app.interviews import queries, schemas, service
from app.interviews.vocabulary import EXPANDABLE, STATUSES, Expandable
from app.rules.facts import Instant

router = APIRouter(prefix="/v1/interviews", tags=["interviews"], route_class=JsonRoute)

Reads = Annotated[Caller, Security(BEARER, scopes=["interviews:read"])]
Writes = Annotated[Caller, Security(BEARER, scopes=["interviews:write"])]
InterviewId = Annotated[UUID, Path(description="The `id` of the interview.")]
Statuses = Annotated[
    Annotated[str, SeveralOf(STATUSES)] | None,
    Query(
        description=f"Only those with one of these statuses, with commas between them: {', '.join(STATUSES)}.",
    ),
]
Expand = Annotated[
    Annotated[str, SeveralOf(EXPANDABLE)] | None,
    Query(
        description="What to show besides, in brief, with commas between them: application, company, contacts. Needs "
        "the scopes applications:read, companies:read and contacts:read.",
    ),
]
_SCOPES: dict[Expandable, str] = {
    "application": "applications:read",
    "company": "companies:read",
    "contacts": "contacts:read",
}


@router.post(
    "",
    status_code=201,
    summary="Add an interview",
    response_description="The interview.",
    response_model=schemas.Interview,
    responses=responses(*OWN_PROBLEMS, *BODY_PROBLEMS, *ONCE_PROBLEMS),
)
def create_interview(
    request: Request,
    caller: Writes,
    database: Stored,
    once: Idempotent,
    body: Annotated[schemas.InterviewCreate, Body()],
) -> Response:
    """Write down an interview for an application, and who takes part.

    A local time that the clocks of the zone jump over, or show twice, is refused with both moments that may be meant.
    """
    with database.writing(caller) as session:
        return once(session, lambda: created(request, service.create(session, body)))


@router.get(
    "",
    summary="List interviews",
    response_description="A page of interviews.",
    response_model=Page[schemas.Interview],
    responses=responses(*OWN_PROBLEMS),
)
def list_interviews(
    request: Request,
    caller: Reads,
    database: Stored,
    query: SearchQuery = None,
    application_id: Annotated[UUID | None, Query(description="Only those for this application.")] = None,
    company_id: Annotated[UUID | None, Query(description="Only those with this company.")] = None,
    status: Statuses = None,
    starts_from: Annotated[
        Instant | None, Query(description="Only those that begin then or later. In an address, write `+` as `%2B`.")
    ] = None,
    starts_before: Annotated[Instant | None, Query(description="Only those that begin before this moment.")] = None,
    upcoming: Annotated[
        bool | None, Query(description="Only those that are scheduled and still to begin, or only the others.")
    ] = None,
    expand: Expand = None,
    sort: Annotated[
        queries.InterviewSort, Query(description="The order; with `-` the other way round.")
    ] = "-starts_at",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """The user's interviews.

    `query` searches places and notes, and with the scope companies:read the names of companies; reflections have a
    search of their own.
    """
    with database.reading(caller) as reading:
        page = queries.interviews(
            reading,
            Wanted(sort, limit, cursor),
            clock.now(),
            query=query,
            in_companies=caller.allows("companies:read"),
            application_id=application_id,
            company_id=company_id,
            statuses=named(status),
            starts_from=starts_from,
            starts_before=starts_before,
            upcoming=upcoming,
            expand=_expanded(caller, expand),
        )
        return listed(request, page)


@router.get(
    "/{interview_id}",
    summary="Look up an interview",
    response_description="The interview.",
    response_model=schemas.Interview,
    responses={**NOT_MODIFIED, **responses(*OWN_PROBLEMS, NoSuchResource)},
)
def get_interview(
    request: Request, caller: Reads, database: Stored, interview_id: Id, expand: Expand = None
) -> Response:
    """An interview of the user's with those who take part."""
    with database.reading(caller) as reading:
        return found(request, queries.interview(reading, interview_id, _expanded(caller, expand)))


@router.patch(
    "/{interview_id}",
    summary="Change an interview",
    response_description="The interview as it is now.",
    response_model=schemas.Interview,
    responses=responses(*OWN_PROBLEMS, *PATCH_PROBLEMS),
)
def change_interview(
    caller: Writes,
    database: Stored,
    interview_id: Id,
    match: IfMatch,
    body: Annotated[schemas.InterviewPatch, Body()],
) -> Response:
    """JSON Merge Patch: members that are absent stay, null takes a value away, those of `said` are changed singly.

    Another `time_zone` alone leaves the moments as they are and changes the local times. Participants have addresses
    of their own.
    """
    with database.writing(caller) as session:
        return changed(service.change(session, interview_id, match, body))


@router.delete(
    "/{interview_id}",
    status_code=204,
    summary="Delete an interview",
    response_description="It is gone.",
    responses=responses(*OWN_PROBLEMS, *CHANGE_PROBLEMS, InUse),
)
def delete_interview(caller: Writes, database: Stored, interview_id: Id, match: IfMatch) -> Response:
    """Delete an interview **with who took part, what was written and what was decided about it**. The contacts stay.

    One that does not take place is better kept as `cancelled`. While a message about it is scheduled or being sent, it
    cannot be deleted (`in_use`).
    """
    with database.writing(caller) as session:
        service.delete(session, interview_id, match)
        return deleted()


def _expanded(caller: Caller, expand: str | None) -> list[Expandable]:
    """What is to be shown besides. Raises `ScopeMissing` for what the caller may not see."""
    names = cast("list[Expandable]", named(expand))
    for name in names:
        caller.require(_SCOPES[name])
    return names
