"""/v1/me: the account of the user, and its sessions."""

from typing import Annotated

from fastapi import APIRouter, Body, Query, Request, Response, Security

from app.accounts import queries, schemas, service, system_mail
from app.accounts.authentication import SessionCaller
from app.accounts.errors import EmailTaken, LoginTooOld, RateLimited
from app.accounts.guessing import is_address
from app.accounts.limits import Limited, Limits, client_of
from app.accounts.models import User
from app.accounts.passwords import HINT, Hashing, Passwords, Turn
from app.db.database import Database
from app.db.errors import ChangedMeanwhile
from app.errors import FieldError, NotReady
from app.http import clock
from app.http.caller import BEARER, OWN_PROBLEMS, Stored
from app.http.etags import NOT_MODIFIED
from app.http.jobs import Enqueuing
from app.http.pages import DEFAULT_LIMIT, Cursor, Limit, Page, Wanted
from app.http.problems import BODY_PROBLEMS, invalid_request, responses
from app.http.resources import (
    Id,
    IfMatch,
    NoSuchResource,
    PreconditionRequired,
    changed,
    deleted,
    found,
    listed,
)
from app.http.routes import JsonRoute

router = APIRouter(prefix="/v1/me", tags=["accounts"], route_class=JsonRoute)

# No API key has a scope of accounts: whoever is admitted has logged in.
Reads = Annotated[SessionCaller, Security(BEARER, scopes=["account:read"])]
Writes = Annotated[SessionCaller, Security(BEARER, scopes=["account:write"])]
_WITH_PASSWORD = (*OWN_PROBLEMS, *BODY_PROBLEMS, RateLimited)


@router.get(
    "",
    summary="Look up the account",
    response_description="The account.",
    response_model=schemas.Account,
    responses={**NOT_MODIFIED, **responses(*OWN_PROBLEMS)},
)
def get_me(request: Request, caller: Reads, database: Stored) -> Response:
    """The account of the user."""
    with database.reading(caller) as reading:
        return found(request, queries.account(reading))


@router.patch(
    "",
    summary="Change the account",
    response_description="The account as it is now.",
    response_model=schemas.Account,
    responses=responses(*OWN_PROBLEMS, PreconditionRequired, ChangedMeanwhile, *BODY_PROBLEMS),
)
def change_me(
    caller: Writes, database: Stored, match: IfMatch, body: Annotated[schemas.AccountPatch, Body()]
) -> Response:
    """JSON Merge Patch: members that are absent stay, null takes a value away."""
    with database.writing(caller) as session:
        return changed(service.change(session, match, body))


@router.delete(
    "",
    status_code=204,
    summary="Delete the account",
    response_description="It is gone, with everything in it.",
    responses=responses(*OWN_PROBLEMS, PreconditionRequired, ChangedMeanwhile, LoginTooOld),
)
def delete_me(caller: Writes, database: Stored, match: IfMatch) -> Response:
    """Delete the account and everything in it, for good. The login must be at most ten minutes old: log in again first.

    A token that was refreshed since counts from the login, not from the refresh.
    """
    with database.writing(caller) as session:
        service.delete_account(session, caller, match)
        return deleted()


@router.post(
    "/email",
    status_code=200,
    summary="Change the address",
    response_description="The account as it is now.",
    response_model=schemas.Account,
    responses=responses(*_WITH_PASSWORD, EmailTaken, NotReady),
    dependencies=[Turn],
)
def change_email(
    request: Request,
    caller: Writes,
    database: Stored,
    jobs: Enqueuing,
    limits: Limited,
    passwords: Hashing,
    body: Annotated[schemas.EmailChange, Body()],
) -> Response:
    """Log in with another address from now on. Needs the password. A mail goes to the new one, with what confirms it.

    It takes no `Idempotency-Key`: sent again, it changes nothing more, and nothing is kept of a body with a password.
    """
    can_mail = request.app.state.settings.can_mail
    user, headers = _counted(database, caller, limits, client_of(request), body.email if can_mail else None)
    _verify(passwords, user.password_hash, body.password, "password", headers)
    with database.writing(caller) as session:
        account = service.change_email(session, body.email, user.password_hash)
        if account.email != user.email and can_mail:
            system_mail.enqueue(jobs, session, "verification", session.owner_id)
        answer = changed(account)
    answer.headers.update(headers)
    return answer


@router.post(
    "/password",
    status_code=204,
    summary="Change the password",
    response_description="The new password is good, and all other sessions have ended.",
    responses=responses(*_WITH_PASSWORD),
    dependencies=[Turn],
)
def change_password(
    request: Request,
    caller: Writes,
    database: Stored,
    limits: Limited,
    passwords: Hashing,
    body: Annotated[schemas.PasswordChange, Body()],
) -> Response:
    """Needs the old password. All sessions but this one end at once; API keys stay.

    It takes no `Idempotency-Key`, because nothing is kept of a body with a password: sent again, it is refused by 422,
    since the old password is good no longer.
    """
    user, headers = _counted(database, caller, limits, client_of(request))
    _verify(passwords, user.password_hash, body.old_password, "old_password", headers)
    if is_address(body.new_password, user.email):
        raise invalid_request((FieldError("This is the address.", "#/new_password", hint=HINT),), 1)
    password_hash = passwords.hashed(body.new_password)
    with database.writing(caller) as session:
        service.change_password(session, caller, user.password_hash, password_hash)
    return Response(status_code=204, headers=headers)


@router.get(
    "/sessions",
    summary="List logins",
    response_description="A page of sessions.",
    response_model=Page[schemas.LoginSession],
    responses=responses(*OWN_PROBLEMS),
)
def list_sessions(
    request: Request,
    caller: Reads,
    database: Stored,
    sort: Annotated[queries.SessionSort, Query(description="The order; with `-` the other way round.")] = "-created_at",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Where the user is logged in: sessions that have not ended, each with the program that it was begun with.

    End those that are not yours; when in doubt, change the password, which ends all others at once.
    """
    with database.reading(caller) as reading:
        return listed(request, queries.sessions(reading, caller, Wanted(sort, limit, cursor), clock.now()))


@router.delete(
    "/sessions/{session_id}",
    status_code=204,
    summary="End a login",
    response_description="It has ended.",
    responses=responses(*OWN_PROBLEMS, NoSuchResource),
)
def delete_session(caller: Writes, database: Stored, session_id: Id) -> Response:
    """End a session at once, its access tokens included; also this one. A session has no versions to match."""
    with database.writing(caller) as session:
        service.end_session(session, session_id)
        return deleted()


def _counted(
    database: Database, caller: SessionCaller, limits: Limits, client: str, new_email: str | None = None
) -> tuple[User, dict[str, str]]:
    """The account, and the headers that tell how often its password may still be given.

    To `new_email` a mail goes if the account has another one. Raises `RateLimited`.
    """
    with database.writing(caller) as session:
        user, account = service.account(session), session.owner_id.hex
        mail_to = None if new_email == user.email else new_email
        return user, limits.count(session, "password", clock.now(), client=client, account=account, mail_to=mail_to)


def _verify(passwords: Passwords, kept: str, given: str, field: str, headers: dict[str, str]) -> None:
    """Raises `Invalid`. Called between two transactions: hashing takes longer than all statements together."""
    right, _ = passwords.verified(given, kept)
    if not right:
        refusal = service.wrong_password(field)
        refusal.headers.update(headers)
        raise refusal
