"""Errors of this feature."""

from collections.abc import Mapping

from app.errors import AppError
from app.messages.mailboxes.schemas import MOST_MAILBOXES


class TooManyMailboxes(
    AppError,
    code="too_many_mailboxes",
    status=409,
    title="You have as many mailboxes as you can have",
    explanation=f"A user has at most {MOST_MAILBOXES} mailboxes. Nothing was changed.",
    remedy="Change or delete one that you no longer need.",
):
    """One mailbox more than a user can have."""

    def __init__(self) -> None:
        super().__init__(f"You have {MOST_MAILBOXES} mailboxes already.")


class MailboxWithoutPassword(
    AppError,
    code="mailbox_without_password",
    status=409,
    title="The mailbox has no password",
    explanation="Nothing can be sent with this mailbox: its password was never given or was deleted, or it can no "
    "longer be read, because the operator has taken the key away that it was encrypted with.",
    remedy="Give the password (again) by PATCH, then send a test message.",
):
    """A mailbox that cannot log in."""

    def __init__(self) -> None:
        super().__init__("There is no password with which this mailbox could log in.")


class MailboxNotWorking(
    AppError,
    code="mailbox_not_working",
    status=409,
    title="No message could be sent with this mailbox",
    explanation="The test message did not leave. `detail` says where it stopped, in the words of the mail server where "
    "it had any; the mailbox shows it as `problem`, too. Until a test succeeds no other message is sent with it.",
    remedy="Compare host, port, security and user name with the help page of the provider; where two-factor login is "
    "on, most want a password made for this program. Mend it by PATCH and test again.",
):
    """A test that failed."""

    def __init__(self, problem: str, headers: Mapping[str, str]) -> None:
        super().__init__(problem, headers=headers)
