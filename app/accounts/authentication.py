"""Who a bearer token stands for: read without the database first, then held against it."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from hmac import compare_digest
from uuid import UUID

from sqlalchemy import Connection, Update, bindparam, select, update

from app.accounts.models import ApiKey, LoginSession
from app.accounts.tokens import API_KEY, Access, AccessTokens, Secret, parse_secret
from app.http import clock
from app.http.caller import Caller, ScopeMissing, Unauthenticated

USE_NOTED_EVERY = timedelta(minutes=1)
"""`last_used_at` of an API key is this exact: writing at every request would make a write of every read."""


_SESSION = select(LoginSession.id).where(
    LoginSession.owner_id == bindparam("owner_id"), LoginSession.id == bindparam("session_id")
)
_KEY = select(ApiKey).where(ApiKey.prefix == bindparam("prefix"))


class TokenAuthenticator:
    """Reads access tokens and API keys."""

    def __init__(self, tokens: AccessTokens) -> None:
        self._tokens = tokens

    def read(self, token: str, scopes: Sequence[str]) -> Caller:
        """See `app.http.caller.Authenticator`. Whether an API key has the scopes is seen in the database."""
        secret = parse_secret(token)
        if secret is not None and secret.kind == API_KEY:
            return KeyCaller(secret, scopes)
        access = self._tokens.read(token, clock.now())
        _require(scopes, access.scopes)
        return SessionCaller(access)


class SessionCaller:
    """Somebody who has logged in."""

    use: None = None

    def __init__(self, access: Access) -> None:
        self.access = access

    def admit(self, connection: Connection) -> UUID:
        """The user. Raises `Unauthenticated` once the session has ended."""
        own = {"owner_id": self.access.owner_id, "session_id": self.access.session_id}
        if connection.execute(_SESSION, own).first() is None:
            raise Unauthenticated("The session of this token has ended.")
        return self.access.owner_id

    def allows(self, scope: str) -> bool:
        """Whether it has another scope."""
        return scope in self.access.scopes

    def require(self, scope: str) -> None:
        """Make sure of another scope. Raises `ScopeMissing`."""
        _require([scope], self.access.scopes)


class KeyCaller:
    """A program with an API key."""

    def __init__(self, secret: Secret, needed: Sequence[str]) -> None:
        self._secret = secret
        self._needed = needed
        self._scopes: list[str] = []
        self.use: Update | None = None

    def admit(self, connection: Connection) -> UUID:
        """The user whose key it is. Raises `Unauthenticated` and `ScopeMissing`."""
        key = connection.execute(_KEY, {"prefix": self._secret.prefix}).first()
        if key is None or not compare_digest(key.secret_hash, self._secret.digest()):
            raise Unauthenticated("The API key was revoked, or was never given out by this server.")
        now = clock.now()
        if key.expires_at is not None and key.expires_at <= now:
            raise Unauthenticated("The API key has expired.")
        self._scopes = key.scopes
        _require(self._needed, key.scopes)
        if key.last_used_at is None or key.last_used_at < now - USE_NOTED_EVERY:
            mine = (ApiKey.owner_id == key.owner_id, ApiKey.id == key.id)
            self.use = update(ApiKey).where(*mine).values(last_used_at=now)
        owner_id: UUID = key.owner_id
        return owner_id

    def allows(self, scope: str) -> bool:
        """Whether it has another scope."""
        return scope in self._scopes

    def require(self, scope: str) -> None:
        """Make sure of another scope. Raises `ScopeMissing`."""
        _require([scope], self._scopes)


def _require(needed: Sequence[str], given: Collection[str]) -> None:
    """Raises `ScopeMissing` for the scopes that are missing."""
    if missing := [scope for scope in needed if scope not in given]:
        raise ScopeMissing(missing)
