"""Access tokens (JWT), refresh tokens and API keys: how they are written, and what can be told from them alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

import jwt

from app.http.caller import Unauthenticated

ACCESS_FOR = timedelta(minutes=15)
REFRESH_FOR = timedelta(days=30)
_ALGORITHM = "HS256"
_AUDIENCE = "afterword"
_MOST_REMEMBERED = 4096
REFRESH, API_KEY = "afr", "afk"
"""What refresh tokens and API keys begin with: people and secret scanners see what they have found."""


@dataclass(frozen=True, slots=True)
class Access:
    """What an access token says."""

    owner_id: UUID
    session_id: UUID
    scopes: frozenset[str]
    expires: int
    """Seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A refresh token or an API key in its parts: what it is, by what it is found, and a random part."""

    kind: str
    name: str
    random: str

    def __str__(self) -> str:
        return f"{self.kind}_{self.name}_{self.random}"

    @property
    def prefix(self) -> str:
        """What may be shown of it."""
        return f"{self.kind}_{self.name}"

    def digest(self) -> bytes:
        """What is kept of it."""
        return sha256(self.random.encode()).digest()


def new_secret(kind: str, name: str) -> Secret:
    """A secret with 256 random bits."""
    return Secret(kind, name, token_urlsafe(32))


def parse_secret(token: str) -> Secret | None:
    """The parts of a refresh token or an API key; None for anything else."""
    kind, _, rest = token.partition("_")
    name, _, random = rest.partition("_")
    return Secret(kind, name, random) if kind in {REFRESH, API_KEY} and name and random else None


class AccessTokens:
    """Signs access tokens, and reads those that any of the keys signed."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = keys
        # Most requests come with a token that came before, and verifying one takes longer than a query.
        self._verified = lru_cache(_MOST_REMEMBERED)(self._verify)

    def issue(self, owner_id: UUID, session_id: UUID, scopes: Iterable[str], now: datetime) -> str:
        """A token that is good for `ACCESS_FOR` from `now`, unless its session ends before."""
        claims = {
            "sub": owner_id.hex,
            "sid": session_id.hex,
            "scope": " ".join(sorted(scopes)),
            "aud": _AUDIENCE,
            "iat": int(now.timestamp()),
            "exp": int((now + ACCESS_FOR).timestamp()),
        }
        return jwt.encode(claims, self._keys[0], algorithm=_ALGORITHM)

    def read(self, token: str, now: datetime) -> Access:
        """What a token says. Raises `Unauthenticated` for one that is expired or was not signed here."""
        access = self._verified(token)
        if access is None:
            raise Unauthenticated("The token was not given out by this server.")
        if access.expires <= now.timestamp():
            raise Unauthenticated("The token has expired.")
        return access

    def _verify(self, token: str) -> Access | None:
        """What a token says that any of the keys signed. The time is looked at by `read`, which is told it."""
        options: Any = {"verify_exp": False, "verify_iat": False, "require": ["sub", "sid", "scope", "exp"]}
        for key in self._keys:
            try:
                claims = jwt.decode(token, key, algorithms=[_ALGORITHM], audience=_AUDIENCE, options=options)
            except jwt.InvalidTokenError:
                continue
            scopes = frozenset(claims["scope"].split())
            return Access(UUID(claims["sub"]), UUID(claims["sid"]), scopes, claims["exp"])
        return None
