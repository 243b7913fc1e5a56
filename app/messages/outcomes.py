"""What becomes of a message that leaves: it is sent, or not, or nobody knows.

Whoever changes a message holds the user's counter of events from the beginning of the transaction (`held`), as whoever
changes tasks does: of two who want the same, the second sees what the first has done.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, select

from app.accounts.home import HOME, ZONE
from app.db.database import OWNER, Writing, owned
from app.errors import AppError
from app.events.recording import happened, held_counter
from app.events.vocabulary import EventType
from app.follow_up import facts
from app.follow_up.plan.days import day_at
from app.follow_up.tasks.checking import Trouble, check_message, message_checked
from app.http.resources import NoSuchResource
from app.interviews import service as interviews
from app.interviews.models import Interview, Participant
from app.interviews.vocabulary import NoteDelivery
from app.messages import vocabulary as words
from app.messages.models import Message
from app.messages.writing.vocabulary import Outcome, Purpose
from app.references import uses_service as reference_uses
from app.rules.next_move import times_asked

_MESSAGE = owned(Message).where(Message.id == bindparam("id"))
_ABOUT = (
    select(Interview.application_id, Interview.time_zone, Interview.enquiries, Interview.last_enquiry_on)
    .add_columns(Participant.id.label("participant_id"), ZONE.scalar_subquery().label("home"))
    .outerjoin(
        Participant,
        and_(
            Participant.owner_id == Interview.owner_id,
            Participant.interview_id == Interview.id,
            Participant.contact_id == bindparam("contact_id"),
        ),
    )
    .where(Interview.owner_id == bindparam(OWNER), Interview.id == bindparam("interview_id"))
)

_OF_DELIVERY: frozenset[EventType] = frozenset(
    {"message.scheduled", "message.cancelled", "message.sent", "message.failed", "message.unknown"}
)
_NOT_ARRIVED = "It did not arrive, as the user found out."
_NOT_SENT = "It was not sent after all, as the user says."
_DELIVERY: dict[words.State, NoteDelivery] = {"scheduled": "scheduled", "unknown": "unknown"}


def held(session: Writing, message_id: UUID) -> Message:
    """A message that nobody else changes until the commit. Raises `NoSuchResource`."""
    held_counter(session)
    message = session.find(_MESSAGE, id=message_id)
    if message is None:
        raise no_message()
    return message


def no_message() -> NoSuchResource:
    """The error for an id that is no message's."""
    return NoSuchResource("No message of yours has this id.")


def sent(
    session: Writing, message: Message, now: datetime, via: words.SentVia = "mailbox", at: datetime | None = None
) -> None:
    """It was sent, now unless it was `at` another time, and the fact behind it is written down."""
    at = now if at is None else at
    _become(message, "sent", None, now)
    message.sent_at, message.sent_via = at, via
    about = _about(session, message)
    # It was sent all the same where the fact cannot be written down: because it is already, or cannot be any more.
    with suppress(AppError), session.attempt():
        _FACTS.get(message.purpose, _nothing)(session, about, at)
    checked(session, message, now, "message.sent")
    record(session, message, "message.sent")


def failed(session: Writing, message: Message, problem: str, now: datetime) -> None:
    """It was not sent, for good, and the user learns it; `problem` is what the mail server said."""
    checked(session, message, now, "message.failed")
    _become(message, "failed", problem, now)
    _let_check(session, message, now, "delivery_failed")
    record(session, message, "message.failed")


def postponed(session: Writing, message: Message, send_at: datetime, problem: str, now: datetime) -> None:
    """It was not sent yet, and is tried again in a new turn; the caller enqueues it."""
    _become(message, "scheduled", problem, now)
    message.send_at = send_at
    message.turn += 1
    # Where another worker has taken this one for dead, it was unknown.
    checked(session, message, now, "message.scheduled")
    record(session, message, "message.scheduled")


def unknown(session: Writing, message: Message, problem: str, now: datetime) -> None:
    """It was being handed over when it was lost from sight: it is not sent again, and the user has to find out."""
    was = message.state
    _become(message, "unknown", problem, now)
    if was != "unknown":
        _let_check(session, message, now, "delivery_unknown")
    record(session, message, "message.unknown")


def resolved(session: Writing, message: Message, outcome: words.Resolution, now: datetime) -> None:
    """The user has found out what became of it."""
    if outcome == "sent":
        sent(session, message, now, at=message.handed_over_at)
    else:
        is_taken_back = message.sent_via == "by_hand"
        _become(message, "failed", _NOT_SENT if is_taken_back else _NOT_ARRIVED, now)
        message.sent_at = message.sent_via = None
        checked(session, message, now, "message.failed")
        record(session, message, "message.failed")


def checked(session: Writing, message: Message, now: datetime, reason: EventType) -> None:
    """Let the task to see to it be done, where there is one: only what was scheduled can have come to grief."""
    if message.turn:
        message_checked(session, message.id, now, reason)


def record(session: Writing, message: Message, kind: EventType) -> None:
    """Send the changes of a message to the database, and tell what has happened: planning, too, what of a note."""
    session.flush()
    if message.purpose == "thank_you" and message.contact_id is not None and kind in _OF_DELIVERY:
        delivery = _DELIVERY.get(message.state)
        at = message.send_at if delivery == "scheduled" else None
        interviews.note_becomes(session, message.interview_id, message.contact_id, delivery, at)
    about = {"interview_id": message.interview_id, "contact_id": message.contact_id}
    happened(session, kind, message.id, purpose=message.purpose, state=message.state, **about)


def _let_check(session: Writing, message: Message, now: datetime, because: Trouble) -> None:
    about = _about(session, message)
    check_message(
        session,
        message.id,
        now,
        because=because,
        purpose=message.purpose,
        time_zone=about.time_zone,
        application_id=about.application_id,
        interview_id=message.interview_id,
        contact_id=message.contact_id,
        reference_id=message.reference_id,
    )


def _become(message: Message, state: words.State, problem: str | None, now: datetime) -> None:
    message.state, message.phase, message.problem, message.updated_at = state, None, problem, now


@dataclass(frozen=True, slots=True)
class _About:
    """What a message is about, as the facts need it."""

    interview_id: UUID
    reference_id: UUID | None
    outcome: Outcome | None
    application_id: UUID
    participant_id: UUID | None
    enquiries: int
    time_zone: str
    home: str


def _about(session: Writing, message: Message) -> _About:
    which = {OWNER: session.owner_id, "interview_id": message.interview_id, "contact_id": message.contact_id}
    row = session.execute(_ABOUT, which).one()
    return _About(
        interview_id=message.interview_id,
        reference_id=message.reference_id,
        outcome=message.outcome,
        application_id=row.application_id,
        participant_id=row.participant_id,
        enquiries=times_asked(row.enquiries, row.last_enquiry_on),
        time_zone=row.time_zone,
        home=row.home or HOME,
    )


def _note_sent(session: Writing, about: _About, at: datetime) -> None:
    if about.participant_id is not None:
        facts.note_sent(session, about.interview_id, about.participant_id, at)


def _asked(session: Writing, about: _About, at: datetime) -> None:
    facts.asked(session, about.interview_id, about.enquiries + 1, day_at(at, about.time_zone))


def _reference_told(session: Writing, about: _About, at: datetime) -> None:
    if about.reference_id is not None:
        facts.reference_told(session, about.reference_id, about.interview_id, at)


def _reference_thanked(session: Writing, about: _About, at: datetime) -> None:
    if about.reference_id is not None:
        day, is_told = day_at(at, about.home), about.outcome is not None
        reference_uses.thank(session, about.reference_id, about.application_id, day, tells_outcome=is_told)


def _withdrawn(session: Writing, about: _About, at: datetime) -> None:
    facts.withdrawn(session, about.application_id, day_at(at, about.time_zone))


def _nothing(_session: Writing, _about: _About, _at: datetime) -> None:
    """That they were asked to be a reference, or thanked for an introduction, is written down nowhere else."""


_FACTS: dict[Purpose, Callable[[Writing, Any, datetime], None]] = {
    "thank_you": _note_sent,
    "status_enquiry": _asked,
    "reference_briefing": _reference_told,
    "reference_thanks": _reference_thanked,
    "withdrawal": _withdrawn,
}
