"""Mails of the system to its users: to confirm an address, and to choose a new password.

Nothing that somebody has sent is in their texts, not even a name: whoever registers with another's address must not be
able to write to them through us.
"""

import logging
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from sqlalchemy import select

from app.accounts.mail_tokens import MailTokens, Purpose
from app.accounts.mail_transport import Transport
from app.accounts.models import User
from app.db.database import Database, Writing
from app.db.types import new_id
from app.http import clock
from app.http.jobs import Jobs
from app.mail.errors import MailError, Refused
from app.mail.message import Address, Mail, new_message_id
from app.settings import Settings

SEND_SYSTEM_MAIL = "send_system_mail"
RETRIED_AFTER = tuple(timedelta(seconds=seconds) for seconds in (30, 120, 600, 3600))
"""How long a mail waits that could not be handed over, each time; after the last it is given up."""

_LANGUAGES = ("en", "de")
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "mail_texts"),
    autoescape=False,  # noqa: S701 - plain text
    undefined=StrictUndefined,
)
_log = logging.getLogger(__name__)


def enqueue(jobs: Jobs, session: Writing, purpose: Purpose, user_id: UUID) -> None:
    """Have a mail sent once the session's transaction is committed. Nothing is sent to a user who is not there."""
    _enqueue(jobs, session, purpose, user_id.hex, new_id().hex, 0)


def _enqueue(jobs: Jobs, session: Writing, purpose: Purpose, user_id: str, mail_id: str, attempt: int) -> None:  # noqa: PLR0913, PLR0917 - what a job is told
    delay = RETRIED_AFTER[attempt - 1] if attempt else None
    given: Mapping[str, str | int] = {"purpose": purpose, "user_id": user_id, "mail_id": mail_id, "attempt": attempt}
    jobs.enqueue(session, SEND_SYSTEM_MAIL, f"system-mail-{mail_id}-{attempt}", delay=delay, **given)


class SystemMails:
    """Sends them."""

    def __init__(
        self, settings: Settings, database: Database, tokens: MailTokens, transport: Transport | None, jobs: Jobs
    ) -> None:
        self._settings = settings
        self._database = database
        self._tokens = tokens
        self._transport = transport
        self._jobs = jobs

    def send(self, purpose: Purpose, user_id: str, mail_id: str, attempt: int) -> None:
        """The job. The token is made here, so that no queue and no table has it.

        What a server does not take for the moment is tried again later; it may be sent twice where a worker died at it.
        """
        with self._database.session() as session:
            user = session.execute(select(User).where(User.id == UUID(user_id))).scalar()
        if user is None or self._transport is None or (purpose == "verification" and user.email_verified_at):
            return
        try:
            self._transport.send(self._mail(purpose, user))
        except MailError as error:
            # Without the server's words: they may name the address.
            code = f" ({error.code})" if isinstance(error, Refused) else ""
            problem = f"{type(error).__name__} while {error.phase}{code}"
            if (isinstance(error, Refused) and error.permanent) or attempt == len(RETRIED_AFTER):
                _log.error("the mail %s was not sent: %s", mail_id, problem)
                return
            _log.warning("the mail %s is sent later: %s", mail_id, problem)
            self._jobs.prepare()
            with self._database.session() as session:
                _enqueue(self._jobs, session, purpose, user_id, mail_id, attempt + 1)

    def _mail(self, purpose: Purpose, user: User) -> Mail:
        now = clock.now()
        language = (user.language or "").partition("-")[0]
        language = language if language in _LANGUAGES else _LANGUAGES[0]
        token = self._tokens.issue(purpose, user.id, bound_to(purpose, user), now)
        text = _template(purpose, language).render(root=self._settings.public_root, token=token)
        subject, _, body = text.partition("\n")
        sender = Address("Afterword", self._settings.mail_from)
        return Mail(
            sender=sender,
            to=Address(None, user.email),
            subject=subject,
            text=body.lstrip("\n"),
            message_id=new_message_id(sender.domain),
            date=now,
            language=language,
            automatic=True,
        )


def bound_to(purpose: Purpose, user: User) -> str:
    """What a token is about: when this changes, it is good no longer."""
    return user.email if purpose == "verification" else f"{user.email}\0{user.password_hash}"


@cache
def _template(purpose: Purpose, language: str) -> Template:
    return _TEMPLATES.get_template(f"{purpose}.{language}.txt.j2")
