"""/v1/messages: what is written to the people of interviews, from the draft to its end."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Path, Query, Request, Response, Security

from app.follow_up.errors import InterviewNotHeld
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
    NoSuchResource,
    changed,
    created_at,
    deleted,
    found,
    listed,
)
from app.http.routes import JsonRoute
from app.http.words import SeveralOf, named
from app.interviews.router import InterviewId
from app.messages import drafting, queries, schemas
from app.messages import vocabulary as words
from app.messages.errors import AlreadySent, ConsentMissing, NotCalledFor, NoteNotAdvised, WrongState
from app.messages.guard import Guard
from app.messages.writing.vocabulary import PURPOSES
from app.references.errors import NotNamed

router = APIRouter(tags=["messages"], route_class=JsonRoute)

# What a draft tells comes of all of these.
_TOLD = [
    f"{what}:read" for what in ("interviews", "applications", "companies", "contacts", "reflections", "references")
]
Reads = Annotated[Caller, Security(BEARER, scopes=["messages:read"])]
ReadsAddresses = Annotated[Caller, Security(BEARER, scopes=["messages:read", "contacts:read"])]
Writes = Annotated[Caller, Security(BEARER, scopes=["messages:write"])]
Drafts = Annotated[Caller, Security(BEARER, scopes=["messages:write", *_TOLD])]
MessageId = Annotated[UUID, Path(description="The `id` of the message.")]
GUARD_PROBLEMS = (InterviewNotHeld, NoteNotAdvised, AlreadySent, ConsentMissing, NotNamed, NotCalledFor)


def guard_of(request: Request) -> Guard:
    """What looks at the messages of this server."""
    return Guard.of(request.app.state.settings, request.app.state.rule_book)


@router.post(
    "/v1/interviews/{interview_id}/messages",
    status_code=201,
    summary="Draft a message",
    response_description="The draft.",
    response_model=schemas.Message,
    responses=responses(*OWN_PROBLEMS, NoSuchResource, *GUARD_PROBLEMS, *BODY_PROBLEMS, *ONCE_PROBLEMS),
)
def create_message(
    request: Request,
    caller: Drafts,
    database: Stored,
    once: Idempotent,
    interview_id: InterviewId,
    body: Annotated[schemas.MessageCreate, Body()],
) -> Response:
    """Draft a message to somebody of an interview, in the reader's language, from what you have written down.

    Nothing is invented: what the record does not say is listed in `missing`, and stands in the text in double square
    brackets where it cannot do without. Of the points of the reflection that are marked with `for_note`, a thank-you
    note has the first; edit the text to take another. A draft never leaves by itself. Where the decision advises
    against the message, it stands in the problem; `override_reason` lets the message pass, and is kept.
    """
    with database.writing(caller) as session:

        def drafted() -> Response:
            message_id = drafting.create(session, guard_of(request), interview_id, body).id
            return created_at(request, f"/v1/messages/{message_id}", queries.message_now(session, message_id))

        return once(session, drafted)


@router.get(
    "/v1/messages",
    summary="List messages",
    response_description="A page of messages.",
    response_model=Page[schemas.Message],
    responses=responses(*OWN_PROBLEMS),
)
def list_messages(
    request: Request,
    caller: Reads,
    database: Stored,
    state: Annotated[
        Annotated[str, SeveralOf(words.STATES)] | None,
        Query(description="Only those in one of these states, with commas between them."),
    ] = None,
    purpose: Annotated[
        Annotated[str, SeveralOf(PURPOSES)] | None,
        Query(description="Only those for one of these purposes, with commas between them."),
    ] = None,
    interview_id: Annotated[UUID | None, Query(description="Only those about this interview.")] = None,
    application_id: Annotated[
        UUID | None, Query(description="Only those about interviews for this application.")
    ] = None,
    sort: Annotated[queries.MessageSort, Query(description="The order; with `-` the newest first.")] = "-created_at",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Messages about all interviews, in whatever state."""
    with database.reading(caller) as reading:
        page = queries.messages(
            reading,
            Wanted(sort, limit, cursor),
            states=named(state),
            purposes=named(purpose),
            interview_id=interview_id,
            application_id=application_id,
        )
        return listed(request, page)


@router.get(
    "/v1/messages/{message_id}",
    summary="Look up a message",
    response_description="The message.",
    response_model=schemas.Message,
    responses={**NOT_MODIFIED, **responses(*OWN_PROBLEMS, NoSuchResource)},
)
def get_message(request: Request, caller: Reads, database: Stored, message_id: Id) -> Response:
    """A message as it is now."""
    with database.reading(caller) as reading:
        return found(request, queries.message(reading, message_id))


@router.patch(
    "/v1/messages/{message_id}",
    summary="Edit a message",
    response_description="The message as it is now.",
    response_model=schemas.Message,
    responses=responses(*OWN_PROBLEMS, *PATCH_PROBLEMS, WrongState),
)
def change_message(
    caller: Writes, database: Stored, message_id: Id, match: IfMatch, body: Annotated[schemas.MessagePatch, Body()]
) -> Response:
    """JSON Merge Patch of the text and of what you override. What was approved is a draft again then.

    Every text is kept as a version. Where it is scheduled, cancel it first.
    """
    with database.writing(caller) as session:
        drafting.change(session, message_id, match, body)
        return changed(queries.message_now(session, message_id))


@router.delete(
    "/v1/messages/{message_id}",
    status_code=204,
    summary="Delete a message",
    response_description="It is gone.",
    responses=responses(*OWN_PROBLEMS, *CHANGE_PROBLEMS, WrongState),
)
def delete_message(caller: Writes, database: Stored, message_id: Id, match: IfMatch) -> Response:
    """Delete a message that has not left. One that was sent goes with its interview, or with whom it was to."""
    with database.writing(caller) as session:
        drafting.delete(session, message_id, match)
        return deleted()


@router.get(
    "/v1/messages/{message_id}/versions",
    summary="List the texts that a message had",
    response_description="A page of versions.",
    response_model=Page[schemas.MessageVersion],
    responses=responses(*OWN_PROBLEMS, NoSuchResource),
)
def list_message_versions(
    request: Request,
    caller: Reads,
    database: Stored,
    message_id: MessageId,
    sort: Annotated[queries.VersionSort, Query(description="The order; with `-` the newest first.")] = "number",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """The draft as it was proposed, and what you made of it."""
    with database.reading(caller) as reading:
        return listed(request, queries.versions(reading, message_id, Wanted(sort, limit, cursor)))


@router.get(
    "/v1/messages/{message_id}/preview",
    summary="Preview a message",
    response_description="What will leave.",
    response_model=schemas.MessagePreview,
    responses={**NOT_MODIFIED, **responses(*OWN_PROBLEMS, NoSuchResource)},
)
def preview_message(request: Request, caller: ReadsAddresses, database: Stored, message_id: MessageId) -> Response:
    """What will leave: from whom, to whom, the text, when by the reader's clocks and by yours, and what to know.

    Its `ETag` names the version of the message, so approve with it what you have read here.
    """
    with database.reading(caller) as reading:
        return found(request, queries.preview(reading, message_id))


@router.get(
    "/v1/message-languages",
    summary="List the languages that messages are drafted in",
    response_description="The languages.",
    responses=responses(),
)
def list_message_languages() -> schemas.MessageLanguages:
    """The languages that there are templates in, how many levels of formality each has, and which were reviewed."""
    return queries.languages()
