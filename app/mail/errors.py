"""How handing a mail to a server may end, other than well."""

from typing import Literal

Phase = Literal["connecting", "securing", "logging_in", "sender", "recipient", "content", "handing_over"]
"""What was being done: opening the connection, TLS, AUTH, MAIL, RCPT, DATA, and the mail itself."""
Reason = Literal[
    "no_such_host", "private_host", "unreachable", "timeout", "closed", "certificate", "tls", "no_starttls", "no_login",
    "not_smtp",
]  # fmt: skip


class UnusableMail(ValueError):
    """Something that no mail may have, such as a line end in its subject. The message says what."""


class MailError(Exception):
    """Base of the three outcomes. `words` are for the user: the server's own where it said something."""

    def __init__(self, words: str, phase: Phase) -> None:
        super().__init__(f"{phase}: {words}")
        self.words = words
        self.phase = phase


class Refused(MailError):
    """The server said no: it does not have the mail.

    `code` is its reply code. What is `permanent` (5xx) is of no use to try again; what is not (4xx) may go later.
    """

    def __init__(self, code: int, words: str, phase: Phase) -> None:
        super().__init__(words, phase)
        self.code = code
        self.permanent = code >= 500  # noqa: PLR2004 - RFC 5321 section 4.2.1


class ConnectionFailed(MailError):
    """There was no connection that a mail may go over, or it was lost before the mail began: the server has nothing."""

    def __init__(self, reason: Reason, words: str, phase: Phase) -> None:
        super().__init__(words, phase)
        self.reason = reason

    @property
    def is_certificate_problem(self) -> bool:
        """Whether the server could not show that it is the one that was meant."""
        return self.reason == "certificate"


class Unknown(MailError):
    """The connection was lost, or nothing came, after the mail began and before the final reply.

    The server may have the mail or not; to send it again could be to send it twice.
    """
