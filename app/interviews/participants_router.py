"""/v1/interviews/{interview_id}/participants: who takes part in an interview."""

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
from app.interviews import queries, schemas, service
from app.interviews.errors import AlreadyParticipant, TooManyParticipants
from app.interviews.router import InterviewId, Reads, Writes

router = APIRouter(prefix="/v1/interviews/{interview_id}/participants", tags=["interviews"], route_class=JsonRoute)


@router.post(
    "",
    status_code=201,
    summary="Add a participant",
    response_description="The participant.",
    response_model=schemas.Participant,
    responses=responses(
        *OWN_PROBLEMS, NoSuchResource, *BODY_PROBLEMS, *ONCE_PROBLEMS, AlreadyParticipant, TooManyParticipants
    ),
)
def create_participant(
    request: Request,
    caller: Writes,
    database: Stored,
    once: Idempotent,
    interview_id: InterviewId,
    body: Annotated[schemas.ParticipantWrite, Body()],
) -> Response:
    """Let one of your contacts take part in an interview. The interview gets a new `ETag` by it."""
    with database.writing(caller) as session:
        return once(session, lambda: created(request, service.add_participant(session, interview_id, body)))


@router.get(
    "",
    summary="List participants",
    response_description="A page of participants.",
    response_model=Page[schemas.Participant],
    responses=responses(*OWN_PROBLEMS, NoSuchResource),
)
def list_participants(
    request: Request,
    caller: Reads,
    database: Stored,
    interview_id: InterviewId,
    sort: Annotated[
        queries.ParticipantSort, Query(description="The order; with `-` the other way round.")
    ] = "created_at",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Who takes part in an interview. The interview itself shows them too."""
    with database.reading(caller) as reading:
        return listed(request, queries.participants(reading, interview_id, Wanted(sort, limit, cursor)))


@router.get(
    "/{participant_id}",
    summary="Look up a participant",
    response_description="The participant.",
    response_model=schemas.Participant,
    responses={**NOT_MODIFIED, **responses(*OWN_PROBLEMS, NoSuchResource)},
)
def get_participant(
    request: Request, caller: Reads, database: Stored, interview_id: InterviewId, participant_id: Id
) -> Response:
    """Somebody who takes part in an interview."""
    with database.reading(caller) as reading:
        return found(request, queries.participant(reading, interview_id, participant_id))


@router.patch(
    "/{participant_id}",
    summary="Change a participant",
    response_description="The participant as it is now.",
    response_model=schemas.Participant,
    responses=responses(*OWN_PROBLEMS, *PATCH_PROBLEMS, AlreadyParticipant),
)
def change_participant(
    caller: Writes,
    database: Stored,
    interview_id: InterviewId,
    participant_id: Id,
    match: IfMatch,
    body: Annotated[schemas.ParticipantPatch, Body()],
) -> Response:
    """JSON Merge Patch: members that are absent stay, null takes a value away."""
    with database.writing(caller) as session:
        return changed(service.change_participant(session, interview_id, participant_id, match, body))


@router.delete(
    "/{participant_id}",
    status_code=204,
    summary="Delete a participant",
    response_description="It is gone.",
    responses=responses(*OWN_PROBLEMS, *CHANGE_PROBLEMS),
)
def delete_participant(
    caller: Writes, database: Stored, interview_id: InterviewId, participant_id: Id, match: IfMatch
) -> Response:
    """Let somebody take part no longer. The contact stays."""
    with database.writing(caller) as session:
        service.delete_participant(session, interview_id, participant_id, match)
        return deleted()
