"""/v1/messages/{message_id}/…: what becomes of a message."""

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response, Security

from app.errors import NotReady
from app.http.caller import BEARER, OWN_PROBLEMS, Caller, Stored
from app.http.idempotency import ONCE_PROBLEMS, Idempotent
from app.http.jobs import Enqueuing
from app.http.problems import BODY_PROBLEMS, responses
from app.http.resources import CHANGE_PROBLEMS, IfMatch, changed
from app.http.routes import JsonRoute
from app.messages import queries, scheduling, schemas, sending
from app.messages.errors import (
    InterviewNotOver,
    MailboxUntested,
    MessageIncomplete,
    NoAddress,
    TooManyMessages,
    WrongState,
)
from app.messages.router import GUARD_PROBLEMS, MessageId, Writes, guard_of

router = APIRouter(prefix="/v1/messages/{message_id}", tags=["messages"], route_class=JsonRoute)

_LEAVING_PROBLEMS = (
    *OWN_PROBLEMS,
    *CHANGE_PROBLEMS,
    *GUARD_PROBLEMS,
    *BODY_PROBLEMS,
    *ONCE_PROBLEMS,
    NotReady,
    WrongState,
    MailboxUntested,
    NoAddress,
    InterviewNotOver,
)
Sends = Annotated[Caller, Security(BEARER, scopes=["messages:send"])]


@router.post(
    "/approve",
    summary="Approve a message",
    response_description="The message as it is now.",
    response_model=schemas.Message,
    responses=responses(
        *OWN_PROBLEMS,
        *CHANGE_PROBLEMS,
        *GUARD_PROBLEMS,
        *ONCE_PROBLEMS,
        WrongState,
        MessageIncomplete,
        TooManyMessages,
    ),
)
def approve_message(
    request: Request, caller: Writes, database: Stored, message_id: MessageId, match: IfMatch, once: Idempotent
) -> Response:
    """Say that exactly this text may be sent: the one that the `ETag` in `If-Match` came with.

    What is still in double square brackets has to be filled in first. From now on no other message of the kind can be
    approved, until this one is edited or deleted. So many can be approved within 24 hours, by default 20, which the
    operator sets (`AFTERWORD_MESSAGES_PER_DAY`).
    """
    with database.writing(caller) as session:

        def approved() -> Response:
            sending.approve(session, guard_of(request), message_id, match)
            return changed(queries.message_now(session, message_id))

        return once(session, approved)


@router.post(
    "/schedule",
    summary="Schedule a message",
    response_description="The message as it is now.",
    response_model=schemas.Message,
    responses=responses(*_LEAVING_PROBLEMS),
)
def schedule_message(
    request: Request,
    caller: Sends,
    database: Stored,
    jobs: Enqueuing,
    message_id: MessageId,
    match: IfMatch,
    once: Idempotent,
    body: Annotated[schemas.ScheduleWrite, Body()],
) -> Response:
    """Let a message that is approved be sent with a mailbox of yours: when the decision suggests, or when you say.

    Where the moment that is suggested is over it leaves by day, by the clocks of the interview: now from 08:00 to
    20:00, else at 09:00, unless the window closes before that. A moment that you say may be 90 days ahead at most.
    Until it goes, it can be scheduled for another time, sent at once, or cancelled. Right before it leaves the server
    looks once more whether it may: whoever was thanked meanwhile is not thanked again. Being sent writes down the fact
    behind it, which needs a scope besides, as with /sent-by-hand.
    """
    with database.writing(caller) as session:

        def scheduled() -> Response:
            guard = guard_of(request)
            scheduling.schedule(session, guard, jobs, message_id, match, body, caller.require)
            return changed(queries.message_now(session, message_id))

        return once(session, scheduled)


@router.post(
    "/send",
    summary="Send a message now",
    response_description="The message as it is now.",
    response_model=schemas.Message,
    responses=responses(*_LEAVING_PROBLEMS),
)
def send_message(
    request: Request,
    caller: Sends,
    database: Stored,
    jobs: Enqueuing,
    message_id: MessageId,
    match: IfMatch,
    once: Idempotent,
    body: Annotated[schemas.SendWrite, Body()],
) -> Response:
    """Let a message that is approved, or scheduled for later, leave at once; within seconds it is `sent`, or not.

    That needs a scope besides, as with /sent-by-hand.
    """
    with database.writing(caller) as session:

        def sent() -> Response:
            scheduling.send(session, guard_of(request), jobs, message_id, match, body, caller.require)
            return changed(queries.message_now(session, message_id))

        return once(session, sent)


@router.post(
    "/cancel",
    summary="Cancel a scheduled message",
    response_description="The message as it is now.",
    response_model=schemas.Message,
    responses=responses(*OWN_PROBLEMS, *CHANGE_PROBLEMS, *ONCE_PROBLEMS, NotReady, WrongState),
)
def cancel_message(
    caller: Sends, database: Stored, jobs: Enqueuing, message_id: MessageId, match: IfMatch, once: Idempotent
) -> Response:
    """Let a message that is scheduled not be sent. It stays approved, so that it can be scheduled again or edited."""
    with database.writing(caller) as session:

        def cancelled() -> Response:
            scheduling.cancel(session, jobs, message_id, match)
            return changed(queries.message_now(session, message_id))

        return once(session, cancelled)


@router.post(
    "/sent-by-hand",
    summary="Say that you have sent a message yourself",
    response_description="The message as it is now.",
    response_model=schemas.Message,
    responses=responses(
        *OWN_PROBLEMS,
        *CHANGE_PROBLEMS,
        *GUARD_PROBLEMS,
        *ONCE_PROBLEMS,
        WrongState,
        MessageIncomplete,
        InterviewNotOver,
    ),
)
def mark_message_sent_by_hand(
    request: Request, caller: Sends, database: Stored, message_id: MessageId, match: IfMatch, once: Idempotent
) -> Response:
    """You have sent it in another way: with your own mail program, as a letter, or through the consultant.

    That writes down the fact behind it, such as the day of the note, so that the task is done by it; this needs
    `interviews:write` for notes and enquiries, `references:write` for briefings of references and thanks to them, and
    `applications:write` for withdrawals, too. Where it is scheduled, cancel it first.
    """
    with database.writing(caller) as session:

        def sent() -> Response:
            sending.sent_by_hand(session, guard_of(request), message_id, match, caller.require)
            return changed(queries.message_now(session, message_id))

        return once(session, sent)


@router.post(
    "/resolve",
    summary="Say what became of a message",
    response_description="The message as it is now.",
    response_model=schemas.Message,
    responses=responses(*OWN_PROBLEMS, *CHANGE_PROBLEMS, *BODY_PROBLEMS, *ONCE_PROBLEMS, WrongState),
)
def resolve_message(
    caller: Sends,
    database: Stored,
    message_id: MessageId,
    match: IfMatch,
    once: Idempotent,
    body: Annotated[schemas.ResolveWrite, Body()],
) -> Response:
    """You have found out whether a message has arrived of which that was `unknown`: it lies among your sent mail, say.

    One that was not sent is `failed` then, and can be approved and sent again. Either way the task is done by it. It
    needs a scope besides, as with /sent-by-hand. What was said to be sent by hand, and was not, is taken back by
    `not_sent`; the fact that this wrote down, such as `note_sent_at`, stays until you change it.
    """
    with database.writing(caller) as session:

        def resolved() -> Response:
            sending.resolve(session, message_id, match, body.outcome, caller.require)
            return changed(queries.message_now(session, message_id))

        return once(session, resolved)
