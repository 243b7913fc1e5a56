"""Mails as RFC 5322 has them, in which nothing that anybody wrote can become another header or another address."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from secrets import token_hex

from app import email_addresses
from app.mail import headers
from app.mail.errors import UnusableMail

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9.-]{1,100}@[A-Za-z0-9.-]{1,253}>")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True)
class Address:
    """Whom a mail is from or to. The domain of `email` is kept in ASCII.

    Raises `UnusableMail` for what is no e-mail address, or no name on one line.
    """

    name: str | None
    email: str

    def __post_init__(self) -> None:
        try:
            object.__setattr__(self, "email", email_addresses.deliverable(self.email))
        except ValueError as error:
            raise UnusableMail(str(error)) from error
        headers.refuse_unwritable(self.name or "", "a name")

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.email.rpartition("@")[2]


@dataclass(frozen=True)
class Mail:
    """One mail to one person, in plain text.

    `message_id` is `new_message_id`, made once and kept, so that a mail that is tried again is known as the same.
    `language` is a tag of BCP 47. `automatic` says that no person sent it (RFC 3834). Raises `UnusableMail`.
    """

    sender: Address
    to: Address
    subject: str
    text: str
    message_id: str
    date: datetime
    language: str | None = None
    reply_to: Address | None = None
    automatic: bool = False

    def __post_init__(self) -> None:
        headers.refuse_unwritable(self.subject, "a subject")
        if found := _UNWRITABLE.search(self.text):
            raise UnusableMail(f"U+{ord(found[0]):04X} cannot stand in a text")
        if not _MESSAGE_ID.fullmatch(self.message_id):
            raise UnusableMail("This is no Message-ID as they are made here")
        if self.language is not None and not _LANGUAGE.fullmatch(self.language):
            raise UnusableMail("This is no language tag")
        if self.date.tzinfo is None:
            raise UnusableMail("A date needs a time zone")

    @property
    def needs_utf8(self) -> bool:
        """Whether an address can only be written in Unicode, which not every server takes (RFC 6531)."""
        addresses = (self.sender, self.to, self.reply_to)
        return not all(one.email.isascii() for one in addresses if one is not None)


def new_message_id(domain: str) -> str:
    """A Message-ID that no other mail has; `domain` is the sender's, in ASCII."""
    return f"<{token_hex(16)}@{domain}>"


def composed(mail: Mail) -> EmailMessage:
    """The mail, in ASCII throughout unless an address is not."""
    message = EmailMessage(policy=headers.AS_WRITTEN.clone(utf8=mail.needs_utf8))
    message["Date"] = format_datetime(mail.date)
    message["From"] = headers.mailbox(mail.sender.name, mail.sender.email)
    message["To"] = headers.mailbox(mail.to.name, mail.to.email)
    if mail.reply_to is not None:
        message["Reply-To"] = headers.mailbox(mail.reply_to.name, mail.reply_to.email)
    message["Subject"] = headers.unstructured(mail.subject)
    message["Message-ID"] = mail.message_id
    if mail.automatic:
        message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text, charset="utf-8")
    if mail.language is not None:
        # Now, because what begins with Content- goes when the content is set.
        message["Content-Language"] = mail.language
    return message
