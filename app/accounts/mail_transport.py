"""How mails of the system leave: by an SMTP server, or in development into a folder."""

import logging
import os
from pathlib import Path
from secrets import token_hex
from typing import Protocol

from app.mail.message import Mail, composed
from app.mail.smtp import Server, Submission
from app.settings import Settings

_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_log = logging.getLogger(__name__)


class Transport(Protocol):
    """Takes mails."""

    def send(self, mail: Mail) -> None:
        """Hand a mail over. Raises `app.mail.errors.MailError`."""
        ...


class Smtp:
    """Hands mails to the system's server."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def send(self, mail: Mail) -> None:
        """Hand a mail over. Raises `app.mail.errors.MailError`."""
        with Submission(self._server) as submission:
            submission.offer(mail)
            submission.hand_over()


class Outbox:
    """Keeps mails as files, for developers; the log names each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, mail: Mail) -> None:
        """Write a mail into a file of its own, which only its owner can read: there is a token in it."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / f"{mail.date:%Y%m%dT%H%M%S}-{token_hex(4)}.eml"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(composed(mail).as_bytes())
        _log.info("a mail is in %s", path)


def transport(settings: Settings) -> Transport | None:
    """What the settings name: a server; in development without one, a folder; None where no mail can be sent."""
    if settings.mail_host is not None:
        password = settings.mail_password
        return Smtp(
            Server(
                host=settings.mail_host,
                port=settings.mail_port or _PORTS[settings.mail_security],
                security=settings.mail_security,
                username=settings.mail_username,
                password=None if password is None else password.get_secret_value(),
                ca_file=settings.mail_authorities,
                private=True,
            )
        )
    if settings.is_development:
        _log.info("mails of the system are not sent but kept in %s", settings.outbox)
        return Outbox(settings.outbox)
    _log.warning("mails of the system are not sent: AFTERWORD_MAIL_HOST names no server")
    return None
