"""The way from a mailbox to its mail server."""

from threading import BoundedSemaphore
from typing import Annotated, Any, NamedTuple

from fastapi import Depends, Request

from app.db.errors import SECONDS_TO_RETRY, Busy
from app.mail.errors import MailError, Phase, Refused
from app.mail.message import Address, Mail
from app.mail.smtp import Server, Submission
from app.messages.mailboxes.models import Mailbox
from app.messages.mailboxes.passwords import Vault
from app.settings import Settings

_SECONDS = 5.0
"""For each of the three parts of a test: somebody waits for it."""
_WHAT: dict[Phase, str] = {
    "connecting": "the connection",
    "securing": "to speak TLS",
    "logging_in": "the user name or the password",
    "sender": "the address of the sender",
    "recipient": "the address of the receiver",
    "content": "the message",
    "handing_over": "the message",
}


class Trial(NamedTuple):
    """A mailbox's server, and a message from it to its own address."""

    server: Server
    mail: Mail


class Post:
    """Knows how mailboxes send, and tries it out."""

    def __init__(self, settings: Settings, vault: Vault) -> None:
        self._settings = settings
        self.vault = vault
        # A test waits for somebody else's server; most threads are kept for what does not.
        self._turns = BoundedSemaphore(max(1, settings.worker_threads // 4))

    def server_of(self, mailbox: Mailbox) -> Server:
        """The server of a mailbox, with the password. Raises `MailboxWithoutPassword`."""
        return Server(
            host=mailbox.host,
            port=mailbox.port,
            security=mailbox.security,
            username=mailbox.username,
            password=self.vault.opened(mailbox.login, mailbox.password_encrypted),
            ca_file=self._settings.mail_authorities,
            private=self._settings.private_mail_hosts,
        )

    def try_out(self, trial: Trial) -> str | None:
        """Send the message, outside of any transaction; what went wrong, in a sentence.

        Raises `Busy` at once where as many are tried out as may be.
        """
        if not self._turns.acquire(blocking=False):
            raise Busy("Other mailboxes are being tested.", headers={"Retry-After": SECONDS_TO_RETRY})
        try:
            with Submission(trial.server, seconds=_SECONDS) as submission:
                submission.offer(trial.mail)
                submission.hand_over()
        except MailError as error:
            return problem_of(trial.server, error)
        finally:
            self._turns.release()
        return None


def sender_of(mailbox: Mailbox) -> Address:
    """Whom mail of a mailbox is from."""
    return Address(mailbox.from_name, mailbox.from_address)


def problem_of(server: Server, error: MailError) -> str:
    """What went wrong, in a sentence, with the server's own words where it said something."""
    if isinstance(error, Refused):
        return f"{server.host} refused {_WHAT[error.phase]}: {error.code} {error.words}".rstrip()
    return error.words


async def _post(request: Request) -> Any:  # noqa: ANN401 - a `Post`
    return request.app.state.post


Posting = Annotated[Post, Depends(_post)]
