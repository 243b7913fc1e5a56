"""Who sends a request, and what they may do.

Every operation on a user's data takes its caller as `Annotated[Caller, Security(BEARER, scopes=["companies:read"])]`:
the scope stands in the OpenAPI document from then on, and `JsonRoute` reads the credentials before anything else of the
request. Whether they still hold is seen in the database, by `Caller.admit`, in the request's own transaction.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Protocol

from fastapi import Depends, Request
from fastapi.security import OAuth2PasswordBearer
from starlette.requests import HTTPConnection

from app.db.database import Caller as Caller  # noqa: PLC0414 - the features take it from here
from app.db.database import Database
from app.db.errors import Busy, DatabaseUnavailable
from app.errors import AppError

CALLER = "afterword.caller"
"""Key of the caller in the ASGI scope."""

API_KEY = "ApiKey"
"""Name of the scheme in the OpenAPI document."""

SCOPES: dict[str, str] = {
    "account:read": "See the account, its sessions and its API keys.",
    "account:write": "Change and delete the account, make and revoke API keys.",
    "companies:read": "See companies and what is reported of them.",
    "companies:write": "Add, change, merge and delete companies and reports.",
    "contacts:read": "See contacts.",
    "contacts:write": "Add, change, merge and delete contacts.",
    "applications:read": "See applications and their history.",
    "applications:write": "Add, change and delete applications.",
    "interviews:read": "See interviews and who took part.",
    "interviews:write": "Add, change and delete interviews and participants.",
    "reflections:read": "See what the user wrote about interviews.",
    "reflections:write": "Write, change and delete reflections.",
    "references:read": "See references with their names, where they are named and what they were told.",
    "references:write": "Add, change and delete references, name and brief them.",
    "decisions:read": "See stored decisions, with facts of interviews, applications, companies and contacts.",
    "decisions:write": "Have decisions made and stored; needs the scopes to see what they are made of, too.",
    "tasks:read": "See tasks and plans, with the names of the people, companies and decisions that they are of.",
    "tasks:write": "Add, change and close tasks; doing one needs the scope of the fact that it writes down, too.",
    "mailboxes:read": "See from which mailboxes mail is sent, without their passwords.",
    "mailboxes:write": "Add, change, test and delete mailboxes.",
    "messages:read": "See messages to people, with their names and texts; addresses need `contacts:read`, too.",
    "messages:write": "Draft, edit, approve and delete messages; drafting needs the scopes of what they tell, too.",
    "messages:send": "Send messages, now or later; needs the scope of the fact that it writes down, too.",
    "events:read": "See what has happened: ids, codes and days.",
}
"""What can be allowed: resource and kind of access."""

ONLY_FOR_PEOPLE = frozenset({"account:read", "account:write"})
"""What no API key is made for: a program with one could otherwise make itself more of them."""


class Unauthenticated(
    AppError,
    code="unauthenticated",
    status=401,
    title="Log in first",
    explanation="The operation needs a bearer token in `Authorization`, and there is none, or it has expired, was "
    "revoked, or was never given out by this server.",
    remedy="Get a token at /v1/auth/token and send it as `Authorization: Bearer …`; when it has expired, exchange the "
    "refresh token there. An API key is sent the same way.",
):
    """No credentials, or none that hold."""

    def __init__(self, detail: str, *, error: str | None = "invalid_token") -> None:
        challenge = 'Bearer realm="afterword"' + (f', error="{error}"' if error else "")
        super().__init__(detail, headers={"WWW-Authenticate": challenge})


class ScopeMissing(
    AppError,
    code="scope_missing",
    status=403,
    title="The token does not allow this",
    explanation="The token or API key is good, but was made for fewer things than this operation. Every operation "
    "names the scopes that it needs in the OpenAPI document.",
    remedy="Log in with the scope, or make an API key that has it.",
):
    """Credentials without the scopes that the operation needs, all of which are named."""

    def __init__(self, missing: Sequence[str]) -> None:
        challenge = f'Bearer realm="afterword", error="insufficient_scope", scope="{" ".join(missing)}"'
        scopes = f"the scopes {', '.join(missing[:-1])} and {missing[-1]}" if missing[1:] else f"the scope {missing[0]}"
        super().__init__(f"This needs {scopes}.", headers={"WWW-Authenticate": challenge})


class Authenticator(Protocol):
    """Makes callers of bearer tokens; the accounts feature has it."""

    def read(self, token: str, scopes: Sequence[str]) -> Caller:
        """The caller that a token stands for, as far as can be told without the database, with all of these scopes.

        Raises `Unauthenticated` and `ScopeMissing`.
        """
        ...


OWN_PROBLEMS = (Unauthenticated, ScopeMissing, Busy, DatabaseUnavailable)
"""What every operation on a user's data can answer."""


class _Bearer(OAuth2PasswordBearer):
    """Documents what an operation needs, and gives it the caller that `JsonRoute` has read."""

    async def __call__(self, request: HTTPConnection) -> Any:  # noqa: ANN401 - a `Caller`; the framework's is a string
        return request.scope[CALLER]


BEARER = _Bearer(
    tokenUrl="v1/auth/token",
    refreshUrl="v1/auth/token",
    scheme_name="Account",
    description="Log in with e-mail and password; access tokens live for minutes and are renewed by refresh tokens.",
    scopes=SCOPES,
)


async def _database(request: Request) -> Any:  # noqa: ANN401 - a `Database`
    return request.app.state.database


Stored = Annotated[Database, Depends(_database)]
"""The database, for endpoints: `with database.reading(caller)` or `.writing(caller)`, inside the endpoint."""


def authenticate(request: Request, scopes: Sequence[str]) -> None:
    """Read the credentials of a request that needs all of these scopes. Raises `Unauthenticated`, `ScopeMissing`."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated("The request has no bearer token.", error=None)
    authenticator: Authenticator = request.app.state.authenticator
    request.scope[CALLER] = authenticator.read(token.strip(), scopes)


def describe_callers(document: dict[str, Any]) -> None:
    """Say in an OpenAPI document that what a login may do, an API key with the same scope may do, mostly."""
    schemes = document.get("components", {}).get("securitySchemes")
    if schemes is None:
        return
    schemes[API_KEY] = {
        "type": "http",
        "scheme": "bearer",
        "description": "An API key, from /v1/api-keys. It needs the scope that the operation names beside `Account`.",
    }
    for methods in document["paths"].values():
        for operation in methods.values():
            needed = operation.get("security", [])
            if needed and all(ONLY_FOR_PEOPLE.isdisjoint(scopes) for one in needed for scopes in one.values()):
                # OpenAPI 3.1 would let the scope stand here again; to linters and generators only OAuth 2 has scopes.
                operation["security"] = [*needed, {API_KEY: []}]
