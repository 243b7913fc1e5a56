"""What tokens that came by mail change in accounts."""

from datetime import datetime

from sqlalchemy import delete, select

from app.accounts.errors import EmailVerifiedAlready, MailTokenNotGood
from app.accounts.mail_tokens import MailToken, MailTokens
from app.accounts.models import LoginSession, User
from app.accounts.service import account
from app.accounts.system_mail import bound_to
from app.db.database import Writing


def unverified_address(session: Writing) -> str:
    """The caller's address. Raises `EmailVerifiedAlready`; `Unauthenticated` where the account is gone."""
    user = account(session)
    if user.email_verified_at is not None:
        raise EmailVerifiedAlready("Mail to the address is known to reach you.")
    return user.email


def verify(session: Writing, tokens: MailTokens, token: MailToken, now: datetime) -> None:
    """Write down that mail to the address reaches the user. Raises `MailTokenNotGood`, `EmailVerifiedAlready`."""
    user = _meant(session, tokens, token)
    if user.email_verified_at is not None:
        raise EmailVerifiedAlready("The token is for the address that the account has, which was confirmed before.")
    user.email_verified_at = now
    session.touch(user, now)


def address_to_reset(session: Writing, tokens: MailTokens, token: MailToken) -> str:
    """The address of the account that a token is for. Raises `MailTokenNotGood`."""
    return _meant(session, tokens, token).email


def reset(session: Writing, tokens: MailTokens, token: MailToken, password_hash: str, now: datetime) -> None:
    """Change the password and end all sessions. Raises `MailTokenNotGood`."""
    user = _meant(session, tokens, token)
    user.password_hash = password_hash
    user.email_verified_at = user.email_verified_at or now
    session.touch(user, now)
    session.execute(delete(LoginSession).where(LoginSession.owner_id == user.id))


def _meant(session: Writing, tokens: MailTokens, token: MailToken) -> User:
    """The account that a token is for, which nobody else changes until this is done."""
    statement = select(User).where(User.id == token.user_id).with_for_update(key_share=True)
    user = session.execute(statement).scalar()
    # Verified in any case, so that nobody learns who has an account.
    tokens.verify(token, bound_to(token.purpose, user) if user else "")
    if user is None:
        raise MailTokenNotGood("The account was deleted.")
    return user
