"""/v1/mailboxes: where the user's own mail leaves from."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Path, Query, Request, Response, Security

from app.accounts.errors import RateLimited
from app.accounts.limits import Limited, Quota
from app.db.errors import ChangedMeanwhile
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
from app.messages.mailboxes import queries, schemas, service
from app.messages.mailboxes.errors import MailboxNotWorking, MailboxWithoutPassword, TooManyMailboxes
from app.messages.mailboxes.post import Posting

router = APIRouter(prefix="/v1/mailboxes", tags=["mailboxes"], route_class=JsonRoute)


async def _any_port(request: Request) -> Any:  # noqa: ANN401 - a bool, which the framework would make a query parameter
    return request.app.state.settings.private_mail_hosts


async def _quota_of_tests(request: Request) -> Any:  # noqa: ANN401 - a `Quota`
    return Quota.read(request.app.state.settings.mailbox_tests)


AnyPort = Annotated[bool, Depends(_any_port)]
"""Whether users may name any port of a mail server."""
QuotaOfTests = Annotated[Quota, Depends(_quota_of_tests)]
"""How often a user may have mailboxes tested."""
Reads = Annotated[Caller, Security(BEARER, scopes=["mailboxes:read"])]
Writes = Annotated[Caller, Security(BEARER, scopes=["mailboxes:write"])]


@router.post(
    "",
    status_code=201,
    summary="Add a mailbox",
    response_description="The mailbox, without its password.",
    response_model=schemas.Mailbox,
    responses=responses(*OWN_PROBLEMS, *BODY_PROBLEMS, *ONCE_PROBLEMS, TooManyMailboxes),
)
def create_mailbox(
    request: Request,
    caller: Writes,
    database: Stored,
    once: Idempotent,
    post: Posting,
    any_port: AnyPort,
    body: Annotated[schemas.MailboxWrite, Body()],
) -> Response:
    """Say how mail of yours is sent. Nothing is connected to before you test it. You can have 10."""
    with database.writing(caller) as session:
        return once(session, lambda: created(request, service.create(session, body, post.vault, any_port=any_port)))


@router.get(
    "",
    summary="List mailboxes",
    response_description="A page of mailboxes, without their passwords.",
    response_model=Page[schemas.Mailbox],
    responses=responses(*OWN_PROBLEMS),
)
def list_mailboxes(
    request: Request,
    caller: Reads,
    database: Stored,
    sort: Annotated[queries.MailboxSort, Query(description="The order; with `-` the other way round.")] = "created_at",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """The user's mailboxes, and whether they work."""
    with database.reading(caller) as reading:
        return listed(request, queries.mailboxes(reading, Wanted(sort, limit, cursor)))


@router.get(
    "/{mailbox_id}",
    summary="Look up a mailbox",
    response_description="The mailbox, without its password.",
    response_model=schemas.Mailbox,
    responses={**NOT_MODIFIED, **responses(*OWN_PROBLEMS, NoSuchResource)},
)
def get_mailbox(request: Request, caller: Reads, database: Stored, mailbox_id: Id) -> Response:
    """A mailbox of the user's."""
    with database.reading(caller) as reading:
        return found(request, queries.mailbox(reading, mailbox_id))


@router.patch(
    "/{mailbox_id}",
    summary="Change a mailbox",
    response_description="The mailbox as it is now.",
    response_model=schemas.Mailbox,
    responses=responses(*OWN_PROBLEMS, *PATCH_PROBLEMS),
)
def change_mailbox(
    caller: Writes,
    database: Stored,
    post: Posting,
    any_port: AnyPort,
    mailbox_id: Id,
    match: IfMatch,
    body: Annotated[schemas.MailboxPatch, Body()],
) -> Response:
    """JSON Merge Patch: members that are absent stay, null takes a value away.

    Where host, port, security or username change, the password is needed again: it is shown to nobody it was not given
    for. After that, and after another address, the mailbox is to be tested again.
    """
    with database.writing(caller) as session:
        return changed(service.change(session, mailbox_id, match, body, post.vault, any_port=any_port))


@router.delete(
    "/{mailbox_id}",
    status_code=204,
    summary="Delete a mailbox",
    response_description="It is gone, and so is its password.",
    responses=responses(*OWN_PROBLEMS, *CHANGE_PROBLEMS, InUse),
)
def delete_mailbox(caller: Writes, database: Stored, mailbox_id: Id, match: IfMatch) -> Response:
    """Delete a mailbox. Messages that were sent with it stay; those that are scheduled are to be cancelled first."""
    with database.writing(caller) as session:
        service.delete(session, mailbox_id, match)
        return deleted()


@router.post(
    "/{mailbox_id}/test",
    summary="Send a test message to oneself",
    response_description="The message was taken by the mail server, and the mailbox can be used.",
    response_model=schemas.Mailbox,
    responses=responses(
        *OWN_PROBLEMS, NoSuchResource, ChangedMeanwhile, MailboxWithoutPassword, MailboxNotWorking, RateLimited
    ),
)
def test_mailbox(
    caller: Writes,
    database: Stored,
    post: Posting,
    limits: Limited,
    quota: QuotaOfTests,
    mailbox_id: Annotated[UUID, Path(description="The `id` of the mailbox.")],
) -> Response:
    """Send a message from the mailbox to its own address, and note whether that worked. It takes some seconds.

    It takes no `Idempotency-Key`: sent again, it sends another message to yourself.
    """
    with database.writing(caller) as session:
        headers = limits.take(session, "mailbox-tests", quota, clock.now(), str(session.owner_id))
        trial = service.trial_of(session, mailbox_id, post)
    problem = post.try_out(trial)
    with database.writing(caller) as session:
        mailbox = service.tested(session, mailbox_id, trial, problem, post)
    if problem is not None:
        raise MailboxNotWorking(problem, headers)
    answer = changed(mailbox)
    answer.headers.update(headers)
    return answer
