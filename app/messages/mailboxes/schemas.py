"""What clients send and get about mailboxes."""

import unicodedata
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from app.email_addresses import LONGEST, checked, deliverable
from app.http.resources import Patch, Resource, Sent
from app.rules.facts import Number
from app.rules.form import Form
from app.text import Line

MOST_MAILBOXES = 10
"""Of one user."""
MailSecurity = Literal["starttls", "tls"]

_LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
Host = Annotated[
    str,
    Form(
        rf"^{_LABEL}(\.{_LABEL})*$",
        "This is no name of a mail server",
        "Write it as smtp.example.com: without https://, without the port, and letters outside ASCII as xn--….",
        least=1,
        most=253,
    ),
    AfterValidator(str.lower),
]
Port = Annotated[int, Field(ge=1, le=65535), Number]


def _sent_from(given: str) -> str:
    checked(given)
    return deliverable(given)


def _sendable(password: str) -> str:
    for one in password:
        if unicodedata.category(one) in {"Cc", "Cs"}:
            message = "The character {code} cannot be in a password"
            raise PydanticCustomError("password_character", message, {"code": f"U+{ord(one):04X}"})
    return password


FromAddress = Annotated[
    str,
    StringConstraints(min_length=3, max_length=LONGEST),
    AfterValidator(_sent_from),
    Field(json_schema_extra={"format": "email"}),
]
MailPassword = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(_sendable)]


class MailboxWrite(Sent):
    """An account at a mail server, as the provider's help page on mail programs describes it."""

    name: Annotated[str, Line(100)] = Field(description="What the user calls it.", examples=["Private"])
    from_name: Annotated[str, Line(100)] | None = Field(
        None, description="The name that readers see as the sender's.", examples=["Kim Larsen"]
    )
    from_address: FromAddress = Field(description="The address that mail is sent from.", examples=["kim@example.com"])
    host: Host = Field(description="The server for outgoing mail (SMTP).", examples=["smtp.example.com"])
    port: Port = Field(description="Its port: mostly 587 with `starttls`, 465 with `tls`.", examples=[587])
    security: MailSecurity = Field(description="When TLS begins. Without it nothing is sent.")
    username: Annotated[str, Line(254)] = Field(
        description="Who logs in there; mostly the address.", examples=["kim@example.com"]
    )
    password: MailPassword | None = Field(
        None,
        description="The password for that, better one that the provider makes for a single program. It is encrypted "
        "and never shown again, and is given again where host, port, security or username change.",
        json_schema_extra={"format": "password", "writeOnly": True},
        repr=False,
    )


class MailboxPatch(Patch, of=MailboxWrite):
    """A change to a mailbox, as JSON Merge Patch. With null the password is deleted."""


class Mailbox(Resource):
    """An account at a mail server that mail of the user's is sent with."""

    name: str
    from_name: str | None
    from_address: str
    host: str
    port: int
    security: MailSecurity
    username: str
    has_password: bool
    """Whether there is a password. It is shown to nobody."""
    tested_at: datetime | None
    """When a test message was sent with what the mailbox is now; only then other messages are."""
    problem: str | None
    """Why that did not work when it was last tried, in the words of the mail server."""
