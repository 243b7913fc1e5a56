"""/v1/auth/token and /v1/auth/revoke: tokens are given out, exchanged and revoked, as OAuth 2 has it."""

from contextlib import nullcontext
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response

from app.accounts import addresses, login, schemas
from app.accounts.errors import InvalidForm, InvalidGrant, InvalidScope, RateLimited, UnsupportedGrantType
from app.accounts.limits import Limited, Limits, client_of
from app.accounts.models import LONGEST_USER_AGENT
from app.accounts.oauth_route import FORM_PROBLEMS, OAuthRoute
from app.accounts.passwords import Hashing, its_turn, prepared
from app.accounts.tokens import ACCESS_FOR, AccessTokens
from app.db.database import Database
from app.db.errors import Busy, DatabaseUnavailable
from app.http import clock
from app.http.answers import JSON
from app.http.caller import Stored
from app.http.problems import responses

router = APIRouter(prefix="/v1/auth", tags=["accounts"], route_class=OAuthRoute)

_NEVER_KEPT = {"Cache-Control": "no-store"}
_REVOKED = schemas.Message(message="The token is not good, or not any more.")


async def _turn_for_password(request: Request) -> Any:  # noqa: ANN401 - an iterator of nothing
    needed = (await request.form()).get("grant_type") == "password"
    async with its_turn(request) if needed else nullcontext():
        yield


async def _tokens(request: Request) -> Any:  # noqa: ANN401 - `AccessTokens`
    return request.app.state.access_tokens


Signing = Annotated[AccessTokens, Depends(_tokens)]


@router.post(
    "/token",
    summary="Log in, or refresh a login",
    response_description="The tokens.",
    response_model=schemas.Tokens,
    responses=responses(
        *(*FORM_PROBLEMS, InvalidGrant, InvalidScope, UnsupportedGrantType, RateLimited, Busy, DatabaseUnavailable),
        invalid=InvalidForm,
    ),
    dependencies=[Depends(_turn_for_password, scope="function")],
)
def create_token(
    request: Request,
    database: Stored,
    limits: Limited,
    passwords: Hashing,
    tokens: Signing,
    form: Annotated[schemas.TokenRequest, Form()],
) -> Response:
    """OAuth 2, password and refresh grants. Access tokens live for minutes; each refresh token can be exchanged once.

    Without `scope`, a login grants all scopes, and a refresh all that the login was granted (RFC 6749 section 3.3).
    A refresh token that is sent a second time ends its session, and the access tokens of that session with it.
    """
    if form.grant_type == "password":
        started, headers = _logged_in(request, database, limits, passwords, form)
    else:
        started, headers = _refreshed(database, limits, form, client_of(request))
    answer = schemas.Tokens(
        access_token=tokens.issue(started.owner_id, started.session_id, started.scopes, clock.now()),
        token_type="bearer",  # noqa: S106 - the name of the type
        expires_in=int(ACCESS_FOR.total_seconds()),
        refresh_token=str(started.refresh_token),
        scope=" ".join(sorted(started.scopes)),
    )
    return Response(answer.model_dump_json(), media_type=JSON, headers={**headers, **_NEVER_KEPT, "Pragma": "no-cache"})


def _logged_in(
    request: Request, database: Database, limits: Limits, passwords: Hashing, form: schemas.TokenRequest
) -> tuple[login.Login, dict[str, str]]:
    """Raises `InvalidScope`, `RateLimited`, `InvalidGrant`."""
    scopes, email, now = login.wanted_scopes(form.scope), addresses.looked_up(form.username or ""), clock.now()
    with database.session() as session:
        headers = limits.count(session, "login", now, client=client_of(request), account=email)
        account = login.account_with(session, email)
    # The same work is done, and the same answer given, whether there is an account or not.
    right, better_hash = passwords.verified(prepared(form.password or ""), account.password_hash if account else None)
    if account is not None and right:
        with database.session() as session:
            started = login.start(session, account, better_hash, scopes, user_agent=_user_agent(request), now=now)
        if started is not None:
            return started, headers
    raise InvalidGrant("The address and the password do not belong together.", headers=headers)


def _user_agent(request: Request) -> str | None:
    """What the program that sends a request says of itself, in printable ASCII; None where it says nothing."""
    told = "".join(one if " " <= one <= "~" else " " for one in request.headers.get("user-agent", ""))
    return " ".join(told.split())[:LONGEST_USER_AGENT].rstrip() or None


def _refreshed(
    database: Database, limits: Limits, form: schemas.TokenRequest, client: str
) -> tuple[login.Login, dict[str, str]]:
    """Raises `RateLimited`, `InvalidScope`, `InvalidGrant`."""
    secret, now = login.refresh_secret(form.refresh_token or ""), clock.now()
    with database.session() as session:
        name = secret.name if secret else ""
        headers = limits.count(session, "refresh", now, client=client, account=name, guessing=False)
    started = None
    if secret is not None:
        with database.session() as session:
            started = login.exchange(session, secret, form.scope, now)
    if started is None:
        raise InvalidGrant("The refresh token is not good, or not any more.", headers=headers)
    return started, headers


@router.post(
    "/revoke",
    summary="Log out, or revoke an API key",
    response_model=schemas.Message,
    response_description="The token is not good, or not any more.",
    responses=responses(*FORM_PROBLEMS, Busy, DatabaseUnavailable, invalid=InvalidForm),
)
def revoke_token(database: Stored, tokens: Signing, form: Annotated[schemas.Revocation, Form()]) -> Response:
    """RFC 7009: whoever has a token may revoke it. An access or refresh token ends its session, at once.

    The answer is the same for what is no token, or none any more.
    """
    with database.session() as session:
        login.revoke(session, form.token, tokens, clock.now())
    return Response(_REVOKED.model_dump_json(), media_type=JSON, headers=_NEVER_KEPT)
