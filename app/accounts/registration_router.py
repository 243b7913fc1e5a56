"""/v1/auth/register: accounts are opened."""

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response

from app.accounts import schemas, service, system_mail
from app.accounts.errors import RateLimited
from app.accounts.limits import Limited, client_of
from app.accounts.passwords import Hashing, Turn
from app.db.errors import Busy, DatabaseUnavailable
from app.errors import NotReady
from app.http import clock
from app.http.answers import JSON
from app.http.caller import Stored
from app.http.jobs import Enqueuing
from app.http.problems import BODY_PROBLEMS, responses
from app.http.routes import JsonRoute

router = APIRouter(prefix="/v1/auth", tags=["accounts"], route_class=JsonRoute)

_REGISTERED = schemas.Message(
    message="If no account has this address, it has one now: log in at /v1/auth/token. Otherwise nothing has changed."
)


@router.post(
    "/register",
    status_code=202,
    summary="Open an account",
    response_description="The same, whether the address had an account or not.",
    response_model=schemas.Message,
    responses=responses(*BODY_PROBLEMS, RateLimited, Busy, DatabaseUnavailable, NotReady),
    dependencies=[Turn],
)
def create_account(
    request: Request,
    database: Stored,
    jobs: Enqueuing,
    limits: Limited,
    passwords: Hashing,
    body: Annotated[schemas.Registration, Body()],
) -> Response:
    """Open an account, which works at once. Nobody learns here whether an address has an account already.

    A mail goes to the address, with what confirms it at /v1/auth/verify-email; that can be done later.

    It takes no `Idempotency-Key`: sent again, it changes nothing more.
    """
    now, can_mail = clock.now(), request.app.state.settings.can_mail
    # Also where the address has an account and no mail is sent: nobody learns which it is.
    mail_to = body.email if can_mail else None
    with database.session() as session:
        client = client_of(request)
        headers = limits.count(session, "register", now, client=client, account=body.email, mail_to=mail_to)
    # No transaction is open: hashing takes longer than all statements together.
    password_hash = passwords.hashed(body.password)
    with database.session() as session:
        user_id = service.register(session, body, password_hash, now)
        if user_id is not None and can_mail:
            system_mail.enqueue(jobs, session, "verification", user_id)
    return Response(
        _REGISTERED.model_dump_json(), 202, media_type=JSON, headers={**headers, "Cache-Control": "no-store"}
    )
