"""What is handed over: a message that is written to the end, and from whom and to whom it is."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, case, select

from app.accounts.home import HOME
from app.accounts.models import User
from app.applications.models import Application
from app.companies.models import Company
from app.contacts.details import first_address
from app.contacts.models import Contact
from app.contacts.names import ContactName, displayed
from app.db.database import OWNER, Reading
from app.interviews.models import Interview
from app.mail.message import Address
from app.messages.drafting import placeholders
from app.messages.errors import MessageIncomplete, NoAddress
from app.messages.handing_over import eml, mailto
from app.messages.handing_over.letter import Letter, Printable, printable
from app.messages.handing_over.postal_addresses import PostalAddress
from app.messages.models import Message
from app.messages.outcomes import no_message
from app.rules import zones

_HANDED_OVER = (
    select(Message.purpose, Message.language, Message.subject, Message.body)
    .add_columns(User.name.label("user_name"), User.email.label("user_email"), User.time_zone, User.letterhead)
    .add_columns(Application.country.label("applied_in"))
    .add_columns(Contact.name, Contact.display_name, Contact.emails, Contact.addresses, Company.name.label("company"))
    .join(User, User.id == Message.owner_id)
    .join(Interview, and_(Interview.owner_id == Message.owner_id, Interview.id == Message.interview_id))
    .join(Application, and_(Application.owner_id == Message.owner_id, Application.id == Interview.application_id))
    .outerjoin(Contact, and_(Contact.owner_id == Message.owner_id, Contact.id == Message.contact_id))
    .outerjoin(
        Company,
        and_(
            Company.owner_id == Message.owner_id,
            # Whoever reads it may work elsewhere than where the user applies.
            Company.id == case((Message.contact_id.is_(None), Application.company_id), else_=Contact.company_id),
        ),
    )
    .where(Message.owner_id == bindparam(OWNER), Message.id == bindparam("id"))
)


def text(reading: Reading, message_id: UUID) -> tuple[str, str]:
    """The text alone, and its language. Raises `NoSuchResource`, `MessageIncomplete`."""
    row = _handed_over(reading, message_id)
    return row.body, row.language


def link(reading: Reading, message_id: UUID) -> mailto.Link:
    """The message as a link. Raises `NoSuchResource`, `MessageIncomplete`."""
    row = _handed_over(reading, message_id)
    return mailto.link(first_address(row.emails), row.subject, row.body)


def file(reading: Reading, message_id: UUID) -> tuple[bytes, str]:
    """The message as a file for mail programs, and how to call it.

    Raises `NoSuchResource`, `MessageIncomplete`, `NoAddress`.
    """
    row = _handed_over(reading, message_id)
    email = first_address(row.emails)
    if email is None:
        raise NoAddress("The contact has no e-mail address." if row.name else "The message is to nobody in particular.")
    sender, to = Address(row.user_name, row.user_email), Address(row.display_name, email)
    name = f"{row.purpose.replace('_', '-')}-{message_id.hex[-8:]}.eml"
    return eml.draft(sender, to, row.subject, row.body, row.language), name


def letter(reading: Reading, message_id: UUID, posted_in: str | None, now: datetime) -> tuple[Printable, str]:
    """The message as a letter, and its language. Raises `NoSuchResource`, `MessageIncomplete`, `LetterTooLong`."""
    row = _handed_over(reading, message_id)
    made = Letter(
        language=row.language,
        day=zones.local(now, row.time_zone or HOME).date(),
        sender=tuple(filter(None, (row.user_name, *row.letterhead, row.user_email))),
        recipient=_addressed(row),
        company=row.company,
        address=_postal_address(row),
        subject=row.subject,
        body=row.body,
        posted_in=posted_in,
        applied_in=row.applied_in,
    )
    return printable(made), row.language


def _handed_over(reading: Reading, message_id: UUID) -> Row[Any]:
    row = reading.execute(_HANDED_OVER, id=message_id).first()
    if row is None:
        raise no_message()
    if found := placeholders(row.subject, row.body):
        raise MessageIncomplete(found, subject=row.subject, body=row.body)
    return row


def _addressed(row: Row[Any]) -> str:
    """The name as it stands on an envelope, with titles; empty where the message is to nobody in particular."""
    if row.name is None:
        return ""
    name = ContactName.model_validate(row.name)
    return " ".join(filter(None, (name.honorific_prefix, displayed(name), name.honorific_suffix)))


def _postal_address(row: Row[Any]) -> PostalAddress | None:
    if not row.addresses:
        return None
    first = row.addresses[0]
    return PostalAddress(first["country"], first["street"], first["locality"], first["region"], first["postal_code"])
