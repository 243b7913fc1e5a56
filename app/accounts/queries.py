"""Reading accounts, sessions and API keys."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import bindparam, select

from app.accounts import schemas
from app.accounts.authentication import SessionCaller
from app.accounts.errors import deleted_meanwhile
from app.accounts.models import ApiKey, LoginSession, User
from app.db.database import OWNER, Reading, owned
from app.http.pages import Page, Wanted, both_ways, rows_of
from app.http.resources import NoSuchResource

SessionSort = Literal["created_at", "-created_at"]
SESSION_SORTS = both_ways(created_at=(LoginSession.id,))
KeySort = Literal["name", "-name", "created_at", "-created_at"]
KEY_SORTS = both_ways(name=(ApiKey.name, ApiKey.id), created_at=(ApiKey.id,))
_ACCOUNT = select(User).where(User.id == bindparam(OWNER))
_KEY = owned(ApiKey).where(ApiKey.id == bindparam("id"))


def account(reading: Reading) -> schemas.Account:
    """The caller's account. Raises `Unauthenticated` where another request deleted it meanwhile."""
    row = reading.execute(_ACCOUNT).first()
    if row is None:
        raise deleted_meanwhile()
    return schemas.Account.model_validate(row)


def sessions(reading: Reading, caller: SessionCaller, wanted: Wanted, now: datetime) -> Page[schemas.LoginSession]:
    """A page of the sessions that have not ended. Raises `Invalid` for a cursor of another list."""
    statement = owned(LoginSession).where(LoginSession.expires_at > now)
    rows, next_cursor = rows_of(reading, statement, SESSION_SORTS, wanted)
    current = caller.access.session_id
    shown = [schemas.LoginSession.model_validate({**row._mapping, "is_current": row.id == current}) for row in rows]  # noqa: SLF001 - public by its documentation
    return Page(shown, next_cursor)


def key(reading: Reading, key_id: UUID) -> schemas.ApiKey:
    """An API key. Raises `NoSuchResource`."""
    row = reading.execute(_KEY, id=key_id).first()
    if row is None:
        raise NoSuchResource("No API key of yours has this id.")
    return schemas.ApiKey.model_validate(row)


def keys(reading: Reading, wanted: Wanted) -> Page[schemas.ApiKey]:
    """A page of API keys. Raises `Invalid` for a cursor of another list."""
    rows, next_cursor = rows_of(reading, owned(ApiKey), KEY_SORTS, wanted)
    return Page(list(map(schemas.ApiKey.model_validate, rows)), next_cursor)
