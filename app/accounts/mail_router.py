"""What is done by mail: confirming an address, and choosing a new password for one that was forgotten."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Request, Response

from app.accounts import mail_service, schemas, system_mail
from app.accounts.errors import EmailVerifiedAlready, MailNotSetUp, MailTokenNotGood, RateLimited
from app.accounts.guessing import is_address
from app.accounts.limits import Limited, client_of
from app.accounts.login import account_with
from app.accounts.mail_tokens import MailTokens
from app.accounts.me_router import Writes
from app.accounts.passwords import HINT, Hashing, Turn
from app.db.errors import Busy, DatabaseUnavailable
from app.db.types import new_id
from app.errors import FieldError, NotReady
from app.http import clock
from app.http.answers import JSON
from app.http.caller import OWN_PROBLEMS, Stored
from app.http.idempotency import ONCE_PROBLEMS, Idempotent
from app.http.jobs import Enqueuing
from app.http.problems import BODY_PROBLEMS, invalid_request, responses
from app.http.routes import JsonRoute

router = APIRouter(prefix="/v1", tags=["accounts"], route_class=JsonRoute)

_NEVER_KEPT = {"Cache-Control": "no-store"}
_OPEN = (*BODY_PROBLEMS, RateLimited, Busy, DatabaseUnavailable)
_VERIFICATION_SENT = schemas.Message(message="A mail is on its way to the address, with what confirms it.")
_RESET_SENT = schemas.Message(
    message="If an account has this address, a mail is on its way to it, with what is needed to choose a new password."
)


async def _mail_tokens(request: Request) -> Any:  # noqa: ANN401 - `MailTokens`
    return request.app.state.mail_tokens


async def _mailing(request: Request) -> None:
    if not request.app.state.settings.can_mail:
        raise MailNotSetUp("AFTERWORD_MAIL_HOST names no server.")


Tokens = Annotated[MailTokens, Depends(_mail_tokens)]
_Mailing = Depends(_mailing)


@router.post(
    "/me/email-verification",
    status_code=202,
    summary="Have the address confirmed",
    response_description="A mail is on its way.",
    response_model=schemas.Message,
    responses=responses(*OWN_PROBLEMS, *ONCE_PROBLEMS, EmailVerifiedAlready, MailNotSetUp, NotReady, RateLimited),
    dependencies=[_Mailing],
)
def create_email_verification(
    request: Request, caller: Writes, database: Stored, jobs: Enqueuing, limits: Limited, once: Idempotent
) -> Response:
    """Send a mail to the account's address. The token in it, good for 24 hours, goes to /v1/auth/verify-email.

    A new account gets this mail by itself. It is in German for a user whose `language` is German, else in English.
    """

    def send() -> Response:
        email = mail_service.unverified_address(session)
        client = client_of(request)
        headers = limits.count(session, "mail", clock.now(), client=client, mail_to=email)
        system_mail.enqueue(jobs, session, "verification", session.owner_id)
        return _told(_VERIFICATION_SENT, headers)

    with database.writing(caller) as session:
        return once(session, send)


@router.post(
    "/auth/verify-email",
    status_code=204,
    summary="Confirm an address",
    response_description="The address is confirmed.",
    responses=responses(*_OPEN, MailTokenNotGood, EmailVerifiedAlready),
)
def confirm_email(
    request: Request, database: Stored, limits: Limited, tokens: Tokens, body: Annotated[schemas.Verification, Body()]
) -> Response:
    """Give the token that came by mail. It is good once, and only as long as the account has the address."""
    now = clock.now()
    token = tokens.read(body.token, "verification", now)
    with database.session() as session:
        headers = limits.count(
            session, "verify", now, client=client_of(request), account=token.user_id.hex, guessing=False
        )
    with database.session() as session:
        mail_service.verify(session, tokens, token, now)
    return Response(status_code=204, headers=headers)


@router.post(
    "/auth/password-reset",
    status_code=202,
    summary="Ask for a new password",
    response_description="The same, whether the address has an account or not.",
    response_model=schemas.Message,
    responses=responses(*_OPEN, MailNotSetUp, NotReady),
    dependencies=[_Mailing],
)
def create_password_reset(
    request: Request,
    database: Stored,
    jobs: Enqueuing,
    limits: Limited,
    body: Annotated[schemas.PasswordResetRequest, Body()],
) -> Response:
    """Send a mail to the address of an account. The token in it goes to /v1/auth/password-reset/confirm.

    It is in German for a user whose `language` is German, else in English. Nobody learns here whether an address has
    an account. It takes no `Idempotency-Key`: each request sends a mail, and
    they are limited.
    """
    with database.session() as session:
        client = client_of(request)
        headers = limits.count(session, "mail", clock.now(), client=client, mail_to=body.email)
        account = account_with(session, body.email)
        # The same is done for an address without an account: then nobody has this id, and no mail is sent.
        system_mail.enqueue(jobs, session, "password_reset", account.id if account else new_id())
    return _told(_RESET_SENT, headers)


@router.post(
    "/auth/password-reset/confirm",
    status_code=204,
    summary="Choose a new password",
    response_description="The new password is good, and all sessions have ended.",
    responses=responses(*_OPEN, MailTokenNotGood),
    dependencies=[Turn],
)
def confirm_password_reset(
    request: Request,
    database: Stored,
    limits: Limited,
    passwords: Hashing,
    tokens: Tokens,
    body: Annotated[schemas.PasswordReset, Body()],
) -> Response:
    """Give the token that came by mail, which is good once and for 30 minutes, and a new password.

    All sessions end at once; API keys stay, as they do when the password is changed: look through them at
    /v1/api-keys. The address is confirmed by this, too.
    """
    now = clock.now()
    token = tokens.read(body.token, "password_reset", now)
    with database.session() as session:
        headers = limits.count(
            session, "reset", now, client=client_of(request), account=token.user_id.hex, guessing=False
        )
        email = mail_service.address_to_reset(session, tokens, token)
    if is_address(body.password, email):
        raise invalid_request((FieldError("This is the address.", "#/password", hint=HINT),), 1)
    # No transaction is open: hashing takes longer than all statements together.
    password_hash = passwords.hashed(body.password)
    with database.session() as session:
        mail_service.reset(session, tokens, token, password_hash, now)
    return Response(status_code=204, headers=headers)


def _told(message: schemas.Message, headers: dict[str, str]) -> Response:
    return Response(message.model_dump_json(), 202, media_type=JSON, headers={**headers, **_NEVER_KEPT})
