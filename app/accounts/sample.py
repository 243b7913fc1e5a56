"""A user who is logged in, for examples in the documentation and for tests: nobody else gets one without a password."""

from collections.abc import Iterable
from uuid import UUID

from app.accounts.models import LoginSession, User
from app.accounts.tokens import REFRESH_FOR, AccessTokens
from app.db.database import Database
from app.db.types import new_id
from app.http import clock


def logged_in(database: Database, tokens: AccessTokens, scopes: Iterable[str]) -> tuple[UUID, str]:
    """A new user, who cannot log in, and an access token of theirs with these scopes."""
    now = clock.now()
    scopes = list(scopes)
    user_id, session_id = new_id(), new_id()
    with database.session() as session:
        # No password has this hash.
        user = User(id=user_id, email=f"{user_id.hex}@example.com", password_hash="", created_at=now, updated_at=now)
        session.add(user)
        session.flush()
        login = LoginSession(
            owner_id=user_id,
            id=session_id,
            created_at=now,
            refreshed_at=now,
            expires_at=now + REFRESH_FOR,
            refresh_hash=b"",
            scopes=scopes,
        )
        session.add(login)
    return user_id, tokens.issue(user_id, session_id, scopes, now)
