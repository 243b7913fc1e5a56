"""A user who is logged in, for examples in the documentation and for tests: nobody else gets one without a password."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.accounts.mail_tokens import MailToken, MailTokens, Purpose
from app.accounts.models import LoginSession, User
from app.accounts.passwords import Passwords
from app.accounts.tokens import REFRESH_FOR, AccessTokens
from app.db.database import Database
from app.db.types import new_id
from app.http import clock

PASSWORD = "a handful of odd words"  # noqa: S105 - nobody's
"""The password of the user in the documentation."""
EMAIL = "kim.larsen@example.com"
FORGETFUL = "lee@example.com"
"""Another user in the documentation, who has forgotten the password."""
MAIL_TOKEN = "<the token from the mail>"  # noqa: S105 - none
"""Stands in the documentation for a token that came by mail."""
PASSWORDS = Passwords(PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)))
"""What hashes that user's: at once, because it keeps no secret."""


class MailTokensOfExamples(MailTokens):
    """Takes `MAIL_TOKEN` for the token of a user, for each purpose."""

    def __init__(self, users: Mapping[Purpose, UUID]) -> None:
        super().__init__(())
        self._users = users

    def read(self, token: str, purpose: Purpose, now: datetime) -> MailToken:
        """The token of the user. Raises `MailTokenNotGood` for any other text."""
        if token != MAIL_TOKEN:
            return super().read(token, purpose, now)
        return MailToken(purpose, self._users[purpose], token, token)

    def verify(self, token: MailToken, bound_to: str) -> None:
        """It is good."""


def logged_in(
    database: Database, tokens: AccessTokens, scopes: Iterable[str], email: str | None = None
) -> tuple[UUID, str]:
    """A new user and an access token of theirs with these scopes; one without an address cannot log in."""
    now = clock.now()
    scopes = list(scopes)
    user_id, session_id = new_id(), new_id()
    with database.session() as session:
        # No password has the empty hash.
        password_hash = PASSWORDS.hashed(PASSWORD) if email else ""
        address = email or f"{user_id.hex}@example.com"
        user = User(id=user_id, email=address, password_hash=password_hash, created_at=now, updated_at=now)
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
