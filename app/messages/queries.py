"""Reading messages."""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, select

from app.accounts.home import HOME, ZONE
from app.contacts.details import first_address
from app.contacts.models import Contact
from app.db.database import OWNER, Reading, Writing, owned
from app.http.pages import Page, Wanted, both_ways, rows_of
from app.interviews.models import Interview
from app.messages import schemas
from app.messages.drafting import placeholders
from app.messages.mailboxes.models import Mailbox
from app.messages.models import Message, MessageVersion
from app.messages.outcomes import no_message
from app.messages.writing import LANGUAGES
from app.rules import zones

MessageSort = Literal["created_at", "-created_at"]
SORTS = both_ways(created_at=(Message.id,))
VersionSort = Literal["number", "-number"]
VERSION_SORTS = both_ways(number=(MessageVersion.number,))

_STORED = tuple(name for name in schemas.Message.model_fields if name != "application_id")
_MESSAGES: Select[Any] = (
    select(*(getattr(Message, name) for name in _STORED), Interview.application_id)
    .join(Interview, and_(Interview.owner_id == Message.owner_id, Interview.id == Message.interview_id))
    .where(Message.owner_id == bindparam(OWNER))
)
_MESSAGE = _MESSAGES.where(Message.id == bindparam("id"))
_EXISTS = owned(Message).with_only_columns(Message.id).where(Message.id == bindparam("id"))
_VERSIONS = owned(MessageVersion).where(MessageVersion.message_id == bindparam("message_id"))
_PREVIEW = (
    owned(Message)
    .add_columns(Contact.display_name, Contact.emails, Contact.time_zone.label("contact_zone"))
    .add_columns(Mailbox.from_name, Mailbox.from_address)
    .add_columns(Interview.time_zone, ZONE.scalar_subquery().label("home"))
    .join(Interview, and_(Interview.owner_id == Message.owner_id, Interview.id == Message.interview_id))
    .outerjoin(Contact, and_(Contact.owner_id == Message.owner_id, Contact.id == Message.contact_id))
    .outerjoin(Mailbox, and_(Mailbox.owner_id == Message.owner_id, Mailbox.id == Message.mailbox_id))
    .where(Message.id == bindparam("id"))
)


def message(reading: Reading, message_id: UUID) -> schemas.Message:
    """A message. Raises `NoSuchResource`."""
    row = reading.execute(_MESSAGE, id=message_id).first()
    if row is None:
        raise no_message()
    return schemas.Message.model_validate(row)


def message_now(session: Writing, message_id: UUID) -> schemas.Message:
    """A message within a change, as it is now. Raises `NoSuchResource`."""
    session.flush()
    return message(Reading(session.connection(), session.owner_id), message_id)


def messages(  # noqa: PLR0913 - one argument for each filter
    reading: Reading,
    wanted: Wanted,
    *,
    states: Sequence[str] = (),
    purposes: Sequence[str] = (),
    interview_id: UUID | None = None,
    application_id: UUID | None = None,
) -> Page[schemas.Message]:
    """A page of messages. Raises `Invalid` for a cursor that is not of this list."""
    statement = _MESSAGES
    if states:
        statement = statement.where(Message.state.in_(states))
    if purposes:
        statement = statement.where(Message.purpose.in_(purposes))
    if interview_id:
        statement = statement.where(Message.interview_id == interview_id)
    if application_id:
        statement = statement.where(Interview.application_id == application_id)
    rows, next_cursor = rows_of(reading, statement, SORTS, wanted)
    return Page(list(map(schemas.Message.model_validate, rows)), next_cursor)


def versions(reading: Reading, message_id: UUID, wanted: Wanted) -> Page[schemas.MessageVersion]:
    """A page of the texts of a message. Raises `NoSuchResource`, and `Invalid` for a cursor of another list."""
    if reading.execute(_EXISTS, id=message_id).first() is None:
        raise no_message()
    rows, next_cursor = rows_of(reading, _VERSIONS, VERSION_SORTS, wanted, message_id=message_id)
    return Page(list(map(schemas.MessageVersion.model_validate, rows)), next_cursor)


def preview(reading: Reading, message_id: UUID) -> schemas.MessagePreview:
    """What will leave. Raises `NoSuchResource`."""
    row = reading.execute(_PREVIEW, id=message_id).first()
    if row is None:
        raise no_message()
    recipient, warnings = None, [*row.warnings]
    if row.contact_id is not None:
        recipient = schemas.Correspondent(name=row.display_name, email=row.to_address or first_address(row.emails))
    if recipient is None or recipient.email is None:
        warnings.append("no_address")
    sender = None
    if row.mailbox_id is not None:
        sender = schemas.Correspondent(name=row.from_name, email=row.from_address)
    send_at = row.send_at
    return schemas.MessagePreview(
        id=row.id,
        version=row.version,
        sender=sender,
        recipient=recipient,
        subject=row.subject,
        text=row.body,
        language=row.language,
        is_approved=row.approved_version is not None,
        placeholders=placeholders(row.subject, row.body),
        send_at=send_at,
        send_at_local=send_at and zones.local(send_at, row.contact_zone or row.time_zone),
        send_at_home=send_at and zones.local(send_at, row.home or HOME),
        warnings=warnings,
    )


def languages() -> schemas.MessageLanguages:
    """The languages that messages are drafted in."""
    return schemas.MessageLanguages(
        items=[
            schemas.MessageLanguage(
                tag=one.tag,
                name=one.name,
                english_name=one.english_name,
                direction=one.direction,
                levels=list(one.levels),
                is_reviewed=one.second_reader_on is not None,
            )
            for one in LANGUAGES.values()
        ]
    )
