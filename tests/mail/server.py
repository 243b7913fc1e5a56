"""A mail server on loopback, with certificates of its own authority, that does what a test wants of it.

with running_mail_server() as server, Submission(server.as_server()) as submission: ...
"""

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from functools import cache, partial
from pathlib import Path
from socket import create_server, socket
from tempfile import TemporaryDirectory
from threading import Condition, Thread
from types import MappingProxyType
from typing import Any, Literal, cast

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from app.mail.smtp import Security, Server

# It writes down all that is said, which tests of what is in our own log would find there.
logging.getLogger("mail.log").setLevel(logging.ERROR)
HOST = "localhost"
USERNAME, PASSWORD = "kim@example.com", "correct horse battery"
KNOWN = MappingProxyType({USERNAME: PASSWORD})
SECONDS = 20.0
"""How long anything may take at most."""

Step = Literal["CONNECT", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "CONTENT", "QUIT"]
_COMMANDS: Sequence[Step] = ("EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "QUIT")
DROP, HANG = "\0drop", "\0hang"


@dataclass
class Received:
    """A mail that arrived, and the envelope it came in."""

    sender: str
    recipients: list[str]
    options: list[str]
    content: bytes
    login: str | None

    @property
    def message(self) -> EmailMessage:
        """The mail, read."""
        return BytesParser(policy=policy.default).parsebytes(self.content)

    @property
    def text(self) -> str:
        """What it says."""
        return str(self.message.get_content()).replace("\r\n", "\n")


@dataclass
class MailServer:
    """What a test sees of a running server, and how it tells it what to do.

    `answers` has for a step the reply that it gives instead of the usual one; with `DROP` or `HANG` behind it, it says
    exactly what stands before, and drops the connection, or says nothing more. `CONTENT` is the answer to the mail
    itself, which arrives whatever is answered.
    """

    port: int
    security: Security
    ca_file: Path
    answers: dict[Step, str] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    sessions: list[SMTP] = field(default_factory=list)
    commands: list[Step] = field(default_factory=list)
    news: Condition = field(default_factory=Condition)

    def as_server(self, **changed: Any) -> Server:  # noqa: ANN401 - members of `Server`
        """How it is reached by somebody who may send."""
        return Server(
            **{
                "host": HOST,
                "port": self.port,
                "security": self.security,
                "username": None if self.security == "none" else USERNAME,
                "password": None if self.security == "none" else PASSWORD,
                "ca_file": self.ca_file,
                "private": True,
                **changed,
            }
        )

    def wait_for(self, number: int) -> list[Received]:
        """The mails, as soon as there are so many."""
        with self.news:
            assert self.news.wait_for(lambda: len(self.received) >= number, SECONDS), len(self.received)
            return list(self.received)


class _Session(SMTP):
    """aiosmtpd's side of a connection, which looks at each step for the answer that a test wants."""

    def __init__(self, server: MailServer, passwords: Mapping[str, str] | None, **given: Any) -> None:  # noqa: ANN401 - aiosmtpd's
        self._server, self._passwords = server, passwords
        super().__init__(self, hostname=HOST, ident="test", authenticator=self._known, **given)
        for step in _COMMANDS:
            self._smtp_methods[step] = partial(self._asked, step, self._smtp_methods[step])

    async def _asked(self, step: Step, usual: Callable[[str], Awaitable[None]], argument: str) -> None:
        self._server.commands.append(step)
        if not await self._answered(step):
            await usual(argument)

    async def _answered(self, step: Step) -> bool:
        """Answer as a test wants, if it wants anything."""
        wanted = self._server.answers.get(step)
        if wanted is None:
            return False
        for end in (DROP, HANG):
            if wanted.endswith(end):
                self._writer.write(wanted.removesuffix(end).encode())
                if end == DROP:
                    cast("asyncio.Transport", self.transport).close()
                # Cancelled when the connection is lost.
                await asyncio.Event().wait()
        await self.push(wanted)
        return True

    async def _handle_client(self) -> None:
        self._server.sessions.append(self)
        if await self._answered("CONNECT"):
            cast("asyncio.Transport", self.transport).close()
            return
        await super()._handle_client()

    async def handle_DATA(self, _smtp: SMTP, session: Any, envelope: Any) -> str:  # noqa: ANN401, N802 - aiosmtpd's
        """Take the mail, and say so, unless something else is to be said."""
        with self._server.news:
            self._server.received.append(
                Received(
                    envelope.mail_from,
                    list(envelope.rcpt_tos),
                    list(envelope.mail_options),
                    envelope.content,
                    getattr(session, "username", None),
                )
            )
            self._server.news.notify_all()
        if "CONTENT" not in self._server.answers:
            return f"250 2.0.0 queued as {len(self._server.received)}"
        if self._server.answers["CONTENT"].endswith((DROP, HANG)):
            await self._answered("CONTENT")
        return self._server.answers["CONTENT"]

    def _known(self, _smtp: SMTP, session: Any, _envelope: Any, _mechanism: str, data: LoginPassword) -> AuthResult:  # noqa: ANN401 - aiosmtpd's
        session.username = data.login.decode()
        known = self._passwords is None or self._passwords.get(session.username) == data.password.decode()
        return AuthResult(success=known, handled=False)


@cache
def authority() -> trustme.CA:
    """The authority that the servers' certificates are of."""
    return trustme.CA()


@contextmanager
def running_mail_server(  # noqa: PLR0913 - what a server can be like
    security: Security = "starttls",
    *,
    certificate: trustme.LeafCert | None = None,
    passwords: Mapping[str, str] | None = KNOWN,
    port: int = 0,
    utf8: bool = True,
    without_auth: Sequence[str] = (),
) -> Iterator[MailServer]:
    """Run a server on a port that is free, in a thread.

    It has a good certificate for `HOST` unless it is given another one, and knows USERNAME with PASSWORD unless it is
    given other `passwords`; with None it lets everybody in. Raises `OSError` where the port cannot be had.
    """
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    (certificate or authority().issue_cert(HOST)).configure_cert(context)
    # It can be connected to from here on.
    listening = create_server(("127.0.0.1", port))
    with TemporaryDirectory() as folder:
        ca_file = Path(folder) / "ca.pem"
        authority().cert_pem.write_to_path(str(ca_file))
        server = MailServer(listening.getsockname()[1], security, ca_file)
        loop, end = asyncio.new_event_loop(), asyncio.Event()
        session = partial(
            _Session,
            server,
            passwords,
            loop=loop,
            tls_context=context if security == "starttls" else None,
            auth_require_tls=security == "starttls",
            auth_exclude_mechanism=without_auth,
            enable_SMTPUTF8=utf8,
        )
        tls = context if security == "tls" else None
        thread = Thread(target=loop.run_until_complete, args=(_serve(server, session, listening, tls, end),))
        thread.start()
        try:
            yield server
        finally:
            loop.call_soon_threadsafe(end.set)
            thread.join(SECONDS)
            loop.close()


async def _serve(
    server: MailServer,
    session: Callable[[], SMTP],
    listening: socket,
    tls: ssl.SSLContext | None,
    end: asyncio.Event,
) -> None:
    accepting = await asyncio.get_running_loop().create_server(session, sock=listening, ssl=tls)
    await end.wait()
    accepting.close()
    for one in server.sessions:
        if one.transport is not None:
            cast("asyncio.Transport", one.transport).abort()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
