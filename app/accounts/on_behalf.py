"""Work for a user that no request of theirs asks for."""

from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from app.accounts.models import User

_USER = select(User.id).where(User.id == bindparam("id"))


class AccountIsGone(Exception):
    """The user has deleted the account."""


class OnBehalfOf:
    """A caller for work that no request asks for: a user as such, without credentials."""

    use: None = None

    def __init__(self, owner_id: UUID) -> None:
        self._owner_id = owner_id

    def admit(self, connection: Connection) -> UUID:
        """The user. Raises `AccountIsGone`."""
        if connection.execute(_USER, {"id": self._owner_id}).first() is None:
            raise AccountIsGone
        return self._owner_id

    def allows(self, scope: str) -> bool:  # noqa: ARG002 - as the protocol has it
        """Whatever the user may do."""
        return True

    def require(self, scope: str) -> None:
        """Nothing is missing."""
