"""/v1/interviews/{interview_id}/decisions and /v1/decisions/{decision_id}: decisions about one's own interviews."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Body, Path, Query, Request, Response, Security

from app.follow_up import decisions
from app.follow_up.errors import InterviewNotHeld
from app.follow_up.practice import practice_of
from app.follow_up.schemas import CompanyPractice, DecisionSummary, DecisionWrite, InterviewDecision
from app.http.answers import JSON
from app.http.caller import BEARER, OWN_PROBLEMS, Caller, Stored
from app.http.etags import NOT_MODIFIED
from app.http.idempotency import ONCE_PROBLEMS, Idempotent
from app.http.pages import DEFAULT_LIMIT, Cursor, Limit, Page, Wanted
from app.http.problems import BODY_PROBLEMS, responses
from app.http.resources import NoSuchResource, listed, unchanging, unchanging_headers
from app.http.routes import JsonRoute
from app.interviews.router import InterviewId

router = APIRouter(tags=["decisions"], route_class=JsonRoute)

Reads = Annotated[Caller, Security(BEARER, scopes=["decisions:read"])]
# A decision shows facts of all of these.
_SEEN = ["interviews:read", "applications:read", "companies:read", "contacts:read"]
Writes = Annotated[Caller, Security(BEARER, scopes=["decisions:write", *_SEEN])]
DecisionSort = Literal["created_at", "-created_at"]


@router.post(
    "/v1/interviews/{interview_id}/decisions",
    status_code=201,
    summary="Decide about an interview",
    response_description="The decision.",
    response_model=InterviewDecision,
    responses=responses(*OWN_PROBLEMS, NoSuchResource, InterviewNotHeld, *BODY_PROBLEMS, *ONCE_PROBLEMS),
)
def create_decision(
    request: Request,
    caller: Writes,
    database: Stored,
    once: Idempotent,
    interview_id: InterviewId,
    body: Annotated[DecisionWrite, Body()],
) -> Response:
    """Whether and how to follow up with everybody who took part, from what was written down.

    The facts come from the interview, its application, the company with its published practice and your reports, and
    the wishes of each person; they are codes, numbers and dates. The decision is kept as it is given: ask again after
    something changed, and you get another one. It shows facts of all of these, so it needs the scopes to read them.
    """
    with database.writing(caller) as session:
        book = request.app.state.rule_book
        return once(session, lambda: _made(request, *decisions.make(session, book, interview_id, body)))


@router.get(
    "/v1/interviews/{interview_id}/decisions",
    summary="List decisions about an interview",
    response_description="A page of decisions.",
    response_model=Page[DecisionSummary],
    responses=responses(*OWN_PROBLEMS, NoSuchResource),
)
def list_decisions(
    request: Request,
    caller: Reads,
    database: Stored,
    interview_id: InterviewId,
    sort: Annotated[DecisionSort, Query(description="The order; with `-` the other way round.")] = "-created_at",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """What was decided about an interview so far, the newest first."""
    with database.reading(caller) as reading:
        return listed(request, decisions.summaries(reading, interview_id, Wanted(sort, limit, cursor)))


@router.get(
    "/v1/decisions/{decision_id:uuid}",
    summary="Look up a decision",
    response_description="The decision.",
    response_model=InterviewDecision,
    responses={**NOT_MODIFIED, **responses(*OWN_PROBLEMS, NoSuchResource)},
)
def get_decision(
    request: Request,
    caller: Reads,
    database: Stored,
    decision_id: Annotated[UUID, Path(description="Its `id`.")],
) -> Response:
    """A decision as it was given, whatever has changed since; it goes only with its interview."""
    with database.reading(caller) as reading:
        return unchanging(request, decision_id, decisions.body_of(reading, decision_id))


@router.get(
    "/v1/companies/{company_id}/practice",
    summary="See what is known of a company's practice",
    response_description="What decisions take into account.",
    responses=responses(*OWN_PROBLEMS, NoSuchResource),
)
def get_company_practice(
    request: Request,
    caller: Annotated[Caller, Security(BEARER, scopes=["companies:read"])],
    database: Stored,
    company_id: Annotated[UUID, Path(description="The `id` of the company.")],
) -> CompanyPractice:
    """Which published practice a company is matched to, by domain or name, and what your reports say together."""
    with database.reading(caller) as reading:
        return practice_of(reading, request.app.state.rule_book, company_id)


def _made(request: Request, decision_id: UUID, body: bytes) -> Response:
    location = f"{request.app.state.settings.public_root}/v1/decisions/{decision_id}"
    headers = {**unchanging_headers(decision_id), "Location": location}
    return Response(body, 201, media_type=JSON, headers=headers)
