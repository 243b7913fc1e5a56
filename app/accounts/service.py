"""Changing accounts."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, delete, select
from sqlalchemy.exc import IntegrityError

from app.accounts import schemas
from app.accounts.authentication import SessionCaller
from app.accounts.errors import EmailTaken, LoginTooOld, deleted_meanwhile
from app.accounts.models import ApiKey, LoginSession, User
from app.accounts.tokens import API_KEY, new_secret
from app.db.constraints import repeats
from app.db.database import Writing, owned
from app.db.types import new_id
from app.errors import FieldError, Invalid
from app.http import clock
from app.http.problems import invalid_request
from app.http.resources import Match, NoSuchResource, patched

_SESSION = owned(LoginSession).where(LoginSession.id == bindparam("id"))
_KEY = owned(ApiKey).where(ApiKey.id == bindparam("id"))

LOGIN_MAY_BE_OLD = timedelta(minutes=10)
"""For what cannot be taken back."""


def register(session: Writing, sent: schemas.Registration, password_hash: str, now: datetime) -> UUID | None:
    """Make an account, which works at once, and give its id; nothing happens where the address has one.

    Whether mail reaches the user is not known then: `email_verified_at` is empty.
    """
    statement = session.inserting(User).values(
        id=new_id(),
        email=sent.email,
        password_hash=password_hash,
        name=sent.name,
        language=sent.language,
        time_zone=sent.time_zone,
        letterhead=sent.letterhead,
        created_at=now,
        updated_at=now,
        version=1,
    )
    made = session.execute(statement.on_conflict_do_nothing(index_elements=[User.email]).returning(User.id))
    user_id: UUID | None = made.scalar()
    return user_id


def account(session: Writing) -> User:
    """The caller's account. Raises `Unauthenticated` where another request deleted it meanwhile."""
    user = session.get(User, session.owner_id)
    if user is None:
        raise deleted_meanwhile()
    return user


def change(session: Writing, match: Match, patch: schemas.AccountPatch) -> schemas.Account:
    """Change what the user says about themselves. Raises `ChangedMeanwhile`, `Invalid`."""
    user = account(session)
    match.require(user)
    sent = patched(schemas.AccountWrite, user, patch)
    user.name, user.language, user.time_zone = sent.name, sent.language, sent.time_zone
    user.letterhead = sent.letterhead
    session.touch(user, clock.now())
    return schemas.Account.model_validate(user)


def change_email(session: Writing, email: str, verified_hash: str) -> schemas.Account:
    """Change the address. Raises `EmailTaken`; `Invalid` where the password is another one by now."""
    user = _unchanged(session, verified_hash, "password")
    if user.email != email:
        user.email, user.email_verified_at = email, None
        try:
            session.touch(user, clock.now())
        except IntegrityError as error:
            if not repeats(error, User, "email"):
                raise
            raise EmailTaken(f"Another account has {email}.") from error
    return schemas.Account.model_validate(user)


def change_password(session: Writing, caller: SessionCaller, verified_hash: str, password_hash: str) -> None:
    """Change the password and end all other sessions.

    Raises `Invalid` where the password is another one by now.
    """
    user = _unchanged(session, verified_hash, "old_password")
    user.password_hash = password_hash
    session.touch(user, clock.now())
    others = (LoginSession.owner_id == session.owner_id, LoginSession.id != caller.access.session_id)
    session.execute(delete(LoginSession).where(*others))


def delete_account(session: Writing, caller: SessionCaller, match: Match) -> None:
    """Delete the account and everything in it. Raises `ChangedMeanwhile`, `LoginTooOld`."""
    user = account(session)
    match.require(user)
    mine = (LoginSession.owner_id == session.owner_id, LoginSession.id == caller.access.session_id)
    since = session.execute(select(LoginSession.created_at).where(*mine)).scalar()
    if since is None:
        raise deleted_meanwhile()
    if since < clock.now() - LOGIN_MAY_BE_OLD:
        raise LoginTooOld(LOGIN_MAY_BE_OLD)
    session.delete(user)
    session.flush()


def end_session(session: Writing, session_id: UUID) -> None:
    """End a session of the user's. Raises `NoSuchResource`."""
    row = session.find(_SESSION, id=session_id)
    if row is None:
        raise NoSuchResource("No session of yours has this id.")
    session.delete(row)
    session.flush()


def create_key(session: Writing, caller: SessionCaller, sent: schemas.ApiKeyWrite) -> schemas.NewApiKey:
    """Make an API key. Raises `Invalid` for a scope that the caller's own token does not have."""
    now = clock.now()
    beyond = [place for place, scope in enumerate(sent.scopes) if scope not in caller.access.scopes]
    errors = [
        FieldError(f"Your own token does not have {sent.scopes[place]}.", "#/scopes", hint="Log in with it first.")
        for place in beyond
    ]
    if sent.expires_at is not None and sent.expires_at <= now:
        errors.append(FieldError("This is over already.", "#/expires_at", hint="Name a moment to come."))
    if errors:
        raise invalid_request(tuple(errors), len(errors))
    key_id = new_id()
    # The last digits of a version 7 identifier are random.
    secret = new_secret(API_KEY, key_id.hex[-12:])
    key = ApiKey(
        owner_id=session.owner_id,
        id=key_id,
        name=sent.name,
        prefix=secret.prefix,
        secret_hash=secret.digest(),
        scopes=sent.scopes,
        expires_at=sent.expires_at,
        created_at=now,
        updated_at=now,
    )
    session.add(key)
    session.flush()
    return schemas.NewApiKey(**schemas.ApiKey.model_validate(key).model_dump(), version=key.version, secret=str(secret))


def rename_key(session: Writing, key_id: UUID, match: Match, patch: schemas.ApiKeyPatch) -> schemas.ApiKey:
    """Change the name of a key. Raises `NoSuchResource`, `ChangedMeanwhile`, `Invalid`."""
    key = _key(session, key_id)
    match.require(key)
    key.name = patched(schemas.ApiKeyName, key, patch).name
    session.touch(key, clock.now())
    return schemas.ApiKey.model_validate(key)


def delete_key(session: Writing, key_id: UUID, match: Match) -> None:
    """Delete a key, which is not good any more from then on. Raises `NoSuchResource`, `ChangedMeanwhile`."""
    key = _key(session, key_id)
    match.require(key)
    session.delete(key)
    session.flush()


def _key(session: Writing, key_id: UUID) -> ApiKey:
    key = session.find(_KEY, id=key_id)
    if key is None:
        raise NoSuchResource("No API key of yours has this id.")
    return key


def wrong_password(field: str) -> Invalid:
    """The error for a password in a field of the body that is not the account's."""
    return invalid_request((FieldError("This is not the password of the account.", f"#/{field}"),), 1)


def _unchanged(session: Writing, verified_hash: str, field: str) -> User:
    """The account, which nobody else changes until this is done."""
    session.execute(select(User.id).where(User.id == session.owner_id).with_for_update(key_share=True))
    user = account(session)
    if user.password_hash != verified_hash:
        raise wrong_password(field)
    return user
