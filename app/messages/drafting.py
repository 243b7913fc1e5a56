"""Drafts messages from what was gathered, and keeps what the user makes of them."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.exc import IntegrityError

from app.contacts.models import Contact
from app.db.constraints import lacks
from app.db.database import OWNER, Reading, Writing, owned
from app.db.types import new_id
from app.events.recording import happened
from app.follow_up import decisions
from app.http import clock
from app.http.problems import invalid_request
from app.http.references import none_of_yours
from app.http.resources import Match, NoSuchResource, patched
from app.messages import schemas
from app.messages import vocabulary as words
from app.messages.errors import WrongState, unknown_language
from app.messages.gathering import Gathered, Wanted
from app.messages.guard import Guard, Override
from app.messages.look import Look
from app.messages.models import LONGEST_SUBJECT, Message, MessageVersion
from app.messages.outcomes import checked, held, record
from app.messages.writing import LANGUAGES, Choice, choose, written
from app.rules.vocabulary import Formality

_PLACEHOLDER = re.compile(r"\[\[(?:[^\[\]]*\]\]|[^\[\]\s]*)")
"""One that nobody has closed, too: whatever begins like one was to be filled in."""
_TO_EMPLOYERS = frozenset({"thank_you", "status_enquiry", "withdrawal"})
_NEWEST = select(func.max(MessageVersion.number)).where(
    MessageVersion.owner_id == bindparam(OWNER), MessageVersion.message_id == bindparam("message_id")
)
# Whoever deletes or merges the contact waits until the draft is written, or comes first.
_CONTACT = (
    owned(Contact)
    .with_only_columns(Contact.id)
    .where(Contact.id == bindparam("id"))
    .with_for_update(read=True, key_share=True)
)


def create(session: Writing, guard: Guard, interview_id: UUID, sent: schemas.MessageCreate) -> Message:
    """Draft a message. Raises `NoSuchResource`, `Invalid`, and what `Guard.look` raises."""
    now = clock.now()
    wanted = Wanted(sent.purpose, interview_id, sent.participant_id, sent.contact_id, sent.reference_id)
    override = Override(sent.override_reason, sent.override_prohibition)
    look = _looked(session, guard, wanted, override, now)
    found = look.gathered
    chosen = _language(found, sent.language)
    draft = written(found.occasion(chosen.tag, sent.formality or _formality(found)))
    message = Message(
        owner_id=session.owner_id,
        id=new_id(),
        created_at=now,
        updated_at=now,
        interview_id=interview_id,
        contact_id=found.record.contact_id,
        reference_id=sent.reference_id,
        decision_id=_kept_decision(session, guard, found),
        purpose=sent.purpose,
        state="draft",
        channel=look.channel,
        language=draft.language,
        level=draft.level,
        subject=draft.subject[:LONGEST_SUBJECT],
        body=draft.body.strip(),
        outcome=found.outcome,
        missing=[asdict(one) for one in draft.missing],
        warnings=[*look.warnings(now), *_of_language(chosen)],
        override_reason=sent.override_reason,
        override_prohibition=sent.override_prohibition,
        turn=0,
        attempts=0,
        closes_at=look.closes_at,
    )
    _add(session, message)
    _keep_version(session, message, 1, "template", now)
    record(session, message, "message.drafted")
    return message


def change(session: Writing, message_id: UUID, match: Match, patch: schemas.MessagePatch) -> Message:
    """Change a message that has not left; one that was approved is a draft again.

    Raises `NoSuchResource`, `ChangedMeanwhile`, `WrongState`, `Invalid`.
    """
    message = held(session, message_id)
    match.require(message)
    require_state(message, *words.EDITABLE)
    sent = patched(schemas.MessageWrite, message, patch)
    now, before = clock.now(), (message.subject, message.body)
    message.subject, message.body = sent.subject, sent.body
    message.override_reason, message.override_prohibition = sent.override_reason, sent.override_prohibition
    if session.is_modified(message):
        message.state, message.slot, message.updated_at = "draft", None, now
        message.approved_at = message.approved_version = message.problem = None
        message.send_at = message.mailbox_id = message.to_address = None
        if before != (message.subject, message.body):
            _keep_version(session, message, newest_version(session, message) + 1, "user", now)
        record(session, message, "message.changed")
    return message


def delete(session: Writing, message_id: UUID, match: Match) -> None:
    """Delete a message that has not left. Raises `NoSuchResource`, `ChangedMeanwhile`, `WrongState`."""
    message = held(session, message_id)
    match.require(message)
    require_state(message, *words.EDITABLE)
    checked(session, message, clock.now(), "message.deleted")
    session.delete(message)
    session.flush()
    happened(session, "message.deleted", message_id, purpose=message.purpose, interview_id=message.interview_id)


def require_state(message: Message, *possible: words.State) -> None:
    """Raises `WrongState`."""
    if message.state not in possible:
        raise WrongState(message.state, [state for state in words.STATES if state in possible])


def placeholders(subject: str, body: str) -> list[str]:
    """What still has to be filled in, each once."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(f"{subject}\n{body}")))


def newest_version(session: Writing, message: Message) -> int:
    """The number of the text that a message has."""
    which = {OWNER: session.owner_id, "message_id": message.id}
    number: int = session.execute(_NEWEST, which).scalar_one()
    return number


def warnings_after(message: Message, look: Look, leaves_at: datetime) -> list[str]:
    """What there is to know of a message after another look: what is true of its language stays so."""
    return [*look.warnings(leaves_at), *(one for one in message.warnings if one.startswith("language_"))]


def _looked(session: Writing, guard: Guard, wanted: Wanted, override: Override, now: datetime) -> Look:
    """What is seen, of a reader who stays until the transaction ends. Raises what `Guard.look` raises."""
    while True:
        look = guard.look(Reading(session.connection(), session.owner_id), wanted, override, now)
        contact_id = look.gathered.record.contact_id
        which = {OWNER: session.owner_id, "id": contact_id}
        # Where they were deleted or merged since, another look tells what is there now.
        if contact_id is None or session.execute(_CONTACT, which).first() is not None:
            return look


def _add(session: Writing, message: Message) -> None:
    """Raises `NoSuchResource` and `Invalid` for what was deleted meanwhile."""
    session.add(message)
    try:
        session.flush()
    except IntegrityError as error:
        if lacks(error, Message, "owner_id", "interview_id"):
            raise NoSuchResource("This interview was deleted meanwhile.") from error
        if lacks(error, Message, "owner_id", "reference_id"):
            raise invalid_request((none_of_yours("reference", "#/reference_id"),), 1) from error
        raise


def _keep_version(session: Writing, message: Message, number: int, made_by: words.MadeBy, now: datetime) -> None:
    session.add(
        MessageVersion(
            owner_id=session.owner_id,
            id=new_id(),
            message_id=message.id,
            number=number,
            subject=message.subject,
            body=message.body,
            made_by=made_by,
            created_at=now,
        )
    )


def _kept_decision(session: Writing, guard: Guard, found: Gathered) -> UUID | None:
    """What the guard looked at, kept with the choice that the plan goes by; None where it looked at none."""
    if found.wanted.purpose not in {"thank_you", "status_enquiry"}:
        return None
    as_of = decisions.today_of(found.case, found.now)
    recipients = decisions.decided(guard.book, found.people)
    decision_id, _ = decisions.keep(session, guard.book, found.case, as_of, found.choice, recipients)
    return decision_id


def _language(found: Gathered, wanted: str | None) -> Choice:
    """The language of the draft. Raises `Invalid` for one that is wanted and that there are no templates in."""
    country, own = found.case.row.country, found.record.languages or ()
    if wanted is not None:
        # Of a language alone, the form that the reader prefers.
        forms = (one for one in own if one.startswith(f"{wanted}-"))
        chosen = choose([*forms, wanted], country)
        if chosen.is_fallback:
            raise invalid_request((unknown_language(wanted, list(LANGUAGES)),), 1)
        return chosen
    first, *others = found.decision.thank_you.languages
    if found.wanted.purpose in _TO_EMPLOYERS and found.case.row.language is not None:
        # The first is the one that they spoke with each other.
        return choose([first, *own, *others], country)
    return choose([*own, first, *others], country)


def _formality(found: Gathered) -> Formality:
    """As it is customary there; among people who know each other neither stiff nor familiar."""
    return found.decision.thank_you.formality if found.wanted.purpose in _TO_EMPLOYERS else "neutral"


def _of_language(chosen: Choice) -> Iterator[words.Warning]:
    if chosen.is_fallback:
        yield "language_is_fallback"
    if LANGUAGES[chosen.tag].second_reader_on is None:
        yield "language_is_not_reviewed"
