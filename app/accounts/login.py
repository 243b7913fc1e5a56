"""Logging in, refreshing and logging out: what happens to the rows of sessions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from app.accounts.errors import InvalidScope
from app.accounts.models import ApiKey, LoginSession, User
from app.accounts.tokens import REFRESH, REFRESH_FOR, AccessTokens, Secret, new_secret, parse_secret
from app.db.database import Writing
from app.db.types import new_id
from app.http.caller import SCOPES, Unauthenticated

_ID_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Login:
    """A session that goes on, with its newest refresh token, and what its next access token allows."""

    owner_id: UUID
    session_id: UUID
    refresh_token: Secret
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """An account, as far as logging in looks at it."""

    id: UUID
    password_hash: str


def wanted_scopes(given: str | None, granted: Iterable[str] = SCOPES) -> frozenset[str]:
    """What a `scope` parameter asks for; without one, all that can be granted. Raises `InvalidScope`."""
    names = frozenset((given or "").split())
    for name in sorted(names):
        if name not in SCOPES:
            raise InvalidScope(f"{name[:100]!r} is no scope.")
    granted = frozenset(granted)
    if not names <= granted:
        raise InvalidScope(f"The login was not granted {' '.join(sorted(names - granted))}.")
    return names or granted


def account_with(session: Writing, email: str) -> Found | None:
    """The account that has an address."""
    row = session.execute(select(User.id, User.password_hash).where(User.email == email)).first()
    return row and Found(row.id, row.password_hash)


def start(  # noqa: PLR0913 - all that is kept of a login
    session: Writing,
    account: Found,
    better_hash: str | None,
    scopes: frozenset[str],
    *,
    user_agent: str | None,
    now: datetime,
) -> Login | None:
    """Begin a session, and keep the better hash of the password where there is one.

    None where the account was deleted or its password changed since the password was verified. Sessions of the account
    that are over are forgotten on this occasion.
    """
    same = (User.id == account.id, User.password_hash == account.password_hash)
    if session.execute(select(User.id).where(*same).with_for_update()).first() is None:
        return None
    if better_hash:
        session.execute(update(User).where(*same).values(password_hash=better_hash))
    session.execute(delete(LoginSession).where(LoginSession.owner_id == account.id, LoginSession.expires_at <= now))
    session_id = new_id()
    token = _refresh_token(account.id, session_id)
    session.add(
        LoginSession(
            owner_id=account.id,
            id=session_id,
            created_at=now,
            refreshed_at=now,
            expires_at=now + REFRESH_FOR,
            refresh_hash=token.digest(),
            scopes=sorted(scopes),
            user_agent=user_agent,
        )
    )
    session.flush()
    return Login(account.id, session_id, token, scopes)


def exchange(session: Writing, given: Secret, scope: str | None, now: datetime) -> Login | None:
    """Exchange a refresh token for the next one.

    None where it is not good. One that was exchanged before ends its session: either it was stolen, or the next one
    was. Nobody else knows the two ids in it, so whoever sends them with another random part had the token once. Raises
    `InvalidScope`, and then the token can still be exchanged.
    """
    row = session.execute(select(LoginSession).where(*_named(given)).with_for_update()).scalar()
    if row is None:
        return None
    if not compare_digest(row.refresh_hash, given.digest()) or row.expires_at <= now:
        session.delete(row)
        session.flush()
        return None
    scopes = wanted_scopes(scope, row.scopes)
    token = _refresh_token(row.owner_id, row.id)
    row.refresh_hash, row.refreshed_at, row.expires_at = token.digest(), now, now + REFRESH_FOR
    session.flush()
    return Login(row.owner_id, row.id, token, scopes)


def revoke(session: Writing, given: str, tokens: AccessTokens, now: datetime) -> None:
    """End the session of an access or refresh token, or delete an API key. Nothing happens to what is none of them."""
    secret = parse_secret(given)
    if secret is None:
        try:
            access = tokens.read(given, now)
        except Unauthenticated:
            return
        mine = (LoginSession.owner_id == access.owner_id, LoginSession.id == access.session_id)
        session.execute(delete(LoginSession).where(*mine))
    elif secret.kind == REFRESH:
        session.execute(delete(LoginSession).where(*_named(secret)))
    else:
        mine = (ApiKey.prefix == secret.prefix, ApiKey.secret_hash == secret.digest())
        session.execute(delete(ApiKey).where(*mine))


def refresh_secret(given: str) -> Secret | None:
    """The parts of a refresh token; None for anything else."""
    secret = parse_secret(given)
    if secret is None or secret.kind != REFRESH or len(secret.name) != 2 * _ID_DIGITS:
        return None
    return secret if all(one in "0123456789abcdef" for one in secret.name) else None


def _refresh_token(owner_id: UUID, session_id: UUID) -> Secret:
    return new_secret(REFRESH, owner_id.hex + session_id.hex)


def _named(secret: Secret) -> tuple[Any, ...]:
    owner_id, session_id = UUID(secret.name[:_ID_DIGITS]), UUID(secret.name[_ID_DIGITS:])
    return LoginSession.owner_id == owner_id, LoginSession.id == session_id
