"""Hands mails to a server by SMTP submission (RFC 6409), in two steps.

A caller can write down between them that the second has begun. After the first the server has nothing; after the second
it has the mail or has said no; in the middle of the second nobody knows.
"""

import re
import socket
import ssl
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from smtplib import SMTPNotSupportedError, SMTPResponseException, SMTPServerDisconnected
from typing import Literal, Self

from app.mail.connection import Connection, UnreadableAuthorities, verifying
from app.mail.errors import ConnectionFailed, Phase, Reason, Refused, Unknown
from app.mail.hosts import PrivateHost
from app.mail.message import Mail, composed

Security = Literal["starttls", "tls", "none"]
SECONDS = 30.0
_SECONDS_FOR_GOODBYE = 2.0
_MOST_WORDS = 500
_SHORTEST_SECRET = 4
"""Characters of what is taken out of a server's words; less than that is in any sentence."""
_OK, _FORWARDED, _GO_AHEAD, _LOGGED_IN, _CHALLENGE = 250, 251, 354, 235, 334
_NO_UNICODE = 550
_HOST = re.compile(r"[A-Za-z0-9:]([A-Za-z0-9.:_-]{0,251}[A-Za-z0-9])?")
_UNSENDABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_UNSHOWN = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True)
class Server:
    """A server that takes mail from those who may send it.

    `host` is a name in ASCII or an IP address; its certificate must be for that. `security` is TLS after STARTTLS, TLS
    from the beginning, or none, for a server on the same machine. `ca_file` holds certificates of further authorities.
    `private` says that the host may be one that the public internet does not reach. Raises `ValueError`.
    """

    host: str
    port: int
    security: Security
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: Path | None = None
    private: bool = False

    def __post_init__(self) -> None:
        if not _HOST.fullmatch(self.host):
            raise ValueError("This is no name of a host")
        if _UNSENDABLE.search((self.username or "") + (self.password or "")):
            raise ValueError("A control character cannot stand in a user name or a password")


class Submission:
    """A connection to a server, logged in: `with Submission(server) as submission`.

    Entering, `offer` and `hand_over` take at most `seconds` each. Entering raises `Refused` and `ConnectionFailed`.
    Mails go one after the other; after an error none goes.
    """

    def __init__(self, server: Server, *, seconds: float = SECONDS) -> None:
        self._server = server
        self._seconds = seconds
        self._content: bytes | None = None

    def __enter__(self) -> Self:
        with self._during("connecting"):
            context = None if self._server.security == "none" else verifying(self._server.ca_file)
            self._smtp = Connection(
                self._server.host,
                self._server.port,
                seconds=self._seconds,
                tls=context if self._server.security == "tls" else None,
                private=self._server.private,
            )
        try:
            with self._during("securing"):
                if self._server.security == "starttls":
                    self._smtp.starttls(context=context)
                self._smtp.ehlo_or_helo_if_needed()
            if self._server.username is not None:
                with self._during("logging_in"):
                    self._log_in(self._server.username, self._server.password or "")
        except BaseException:
            self._smtp.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        # Whatever a server says to a goodbye changes nothing.
        with suppress(OSError):
            self._smtp.allow(min(self._seconds, _SECONDS_FOR_GOODBYE))
            self._smtp.docmd("QUIT")
        self._smtp.close()

    def offer(self, mail: Mail) -> None:
        """Say from whom a mail is and to whom, and get the word that it may come. The server has nothing yet.

        Raises `Refused` and `ConnectionFailed`.
        """
        content = _as_sent(composed(mail).as_bytes())
        self._smtp.allow(self._seconds)
        with self._during("sender"):
            options = self._options(mail, len(content))
            self._expect((_OK,), self._smtp.mail(mail.sender.email, options), "sender")
        with self._during("recipient"):
            self._expect((_OK, _FORWARDED), self._smtp.rcpt(mail.to.email), "recipient")
        with self._during("content"):
            self._expect((_GO_AHEAD,), self._smtp.docmd("DATA"), "content")
        self._content = content

    def hand_over(self) -> str:
        """Send the mail that was offered; what the server says to it, often the id it gave it.

        Raises `Refused` where the server said no, and `Unknown` where it said nothing, or nothing that can be read.
        """
        if self._content is None:
            raise RuntimeError("no mail is offered")
        content, self._content = self._content, None
        self._smtp.allow(self._seconds)
        try:
            self._smtp.send(content)
            code, words = self._smtp.getreply()
        except OSError as error:
            reason = "in time" if _is_timeout(error) else "before the connection was lost"
            raise Unknown(f"The server did not say {reason} whether it took the mail.", "handing_over") from error
        if code == _OK:
            return self._shown(words)
        if _is_refusal(code):
            raise Refused(code, self._shown(words), "handing_over")
        raise Unknown("The server's answer to the mail cannot be understood.", "handing_over")

    def _options(self, mail: Mail, size: int) -> Sequence[str]:
        options = [f"SIZE={size}"] if self._smtp.has_extn("size") else []
        if not mail.needs_utf8:
            return options
        if not self._smtp.has_extn("smtputf8"):
            words = "The server does not take addresses with letters outside ASCII before the @."
            raise Refused(_NO_UNICODE, words, "sender")
        return [*options, "SMTPUTF8", "BODY=8BITMIME"]

    def _log_in(self, username: str, password: str) -> None:
        """By AUTH, in UTF-8, which smtplib's own does not know (RFC 4616)."""
        known = self._smtp.esmtp_features.get("auth", "").upper().split()
        if "PLAIN" in known:
            reply = self._smtp.docmd("AUTH", f"PLAIN {_base64(_plain(username, password))}")
        elif "LOGIN" in known:
            reply = self._smtp.docmd("AUTH", "LOGIN")
            for answer in (username, password):
                if reply[0] == _CHALLENGE:
                    reply = self._smtp.docmd(_base64(answer))
        else:
            words = "The server has no way to log in with a password."
            raise ConnectionFailed("no_login", words, "logging_in")
        self._expect((_LOGGED_IN,), reply, "logging_in")

    def _expect(self, good: Sequence[int], reply: tuple[int, bytes], phase: Phase) -> None:
        code, words = reply
        if code not in good:
            raise self._refusal(code, words, phase)

    def _refusal(self, code: int, words: bytes, phase: Phase) -> Refused | ConnectionFailed:
        if _is_refusal(code):
            return Refused(code, self._shown(words), phase)
        # Its words stay here: who knows what it is that a user let us ask.
        return ConnectionFailed("not_smtp", "What answers there does not speak SMTP.", phase)

    @contextmanager
    def _during(self, phase: Phase) -> Iterator[None]:
        try:
            yield
        except SMTPResponseException as error:
            words = error.smtp_error
            raise self._refusal(error.smtp_code, words.encode() if isinstance(words, str) else words, phase) from error
        except OSError as error:
            reason = _reason(error)
            raise ConnectionFailed(reason, self._sentence(reason, error), phase) from error

    def _sentence(self, reason: Reason, error: OSError) -> str:
        host, port = self._server.host, self._server.port
        sentences: dict[Reason, str] = {
            "no_such_host": f"There is no host {host}.",
            "private_host": f"{host} is not on the public internet.",
            "unreachable": f"Nothing answers on port {port} of {host}.",
            "timeout": f"{host} did not answer in time.",
            "closed": f"{host} closed the connection.",
            "tls": f"{host} does not speak TLS on port {port} as expected.",
            "no_starttls": f"{host} does not offer STARTTLS on port {port}, so nothing was sent over it.",
        }
        if isinstance(error, ssl.SSLCertVerificationError):
            return f"The certificate of {host} cannot be trusted: {error.verify_message}."
        if reason == "certificate":
            return "The file of authorities that this server trusts cannot be read."
        return sentences[reason]

    def _shown(self, words: bytes) -> str:
        """What a server says, on one line, and without the password, which some repeat."""
        username, password = self._server.username or "", self._server.password or ""
        text = words.decode("utf-8", "replace")
        for secret in (_base64(_plain(username, password)), _base64(password), password):
            if len(secret) >= _SHORTEST_SECRET:
                text = text.replace(secret, "…")
        return _UNSHOWN.sub(" ", text).strip()[:_MOST_WORDS]


def _as_sent(content: bytes) -> bytes:
    """A mail as DATA has it: with dots before dots, and the one that ends it."""
    stuffed = re.sub(rb"(?m)^\.", b"..", content)
    return stuffed.removesuffix(b"\r\n") + b"\r\n.\r\n"


def _plain(username: str, password: str) -> str:
    return f"\0{username}\0{password}"


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode("ascii")


def _is_refusal(code: int) -> bool:
    return code // 100 in {4, 5}


def _is_timeout(error: OSError) -> bool:
    """Whether it was that nothing came in time; smtplib says of this that the connection was closed."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def _reason(error: OSError) -> Reason:
    if _is_timeout(error):
        return "timeout"
    known: tuple[tuple[type[OSError], Reason], ...] = (
        (PrivateHost, "private_host"),
        (socket.gaierror, "no_such_host"),
        (ssl.SSLCertVerificationError, "certificate"),
        (UnreadableAuthorities, "certificate"),
        (ssl.SSLError, "tls"),
        (SMTPNotSupportedError, "no_starttls"),
        (SMTPServerDisconnected, "closed"),
        (ConnectionResetError, "closed"),
        (BrokenPipeError, "closed"),
    )
    return next((reason for kind, reason in known if isinstance(error, kind)), "unreachable")
