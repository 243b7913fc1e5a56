"""Looks whether a message may be sent: by the decision of the current rules, and by what was sent already.

It looks when a message is drafted, approved and scheduled, and again right before it leaves.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from sqlalchemy import bindparam, func, select

from app.applications.statuses import Status
from app.db.database import OWNER, Reading, Writing
from app.events.models import Event
from app.messages import look as looks
from app.messages.errors import AlreadySent, ConsentMissing, NotCalledFor, NoteNotAdvised, TooManyMessages
from app.messages.gathering import Gathered, Wanted, gathered
from app.messages.look import Look
from app.messages.models import Message
from app.messages.writing.vocabulary import Purpose
from app.references.consent import Consent, consent_on
from app.references.errors import NotNamed
from app.rules.book import RuleBook
from app.rules.next_move import ENQUIRY_CAP
from app.rules.vocabulary import Expectation
from app.settings import Settings

_COUNTED: frozenset[Purpose] = frozenset({"status_enquiry", "reference_thanks"})
"""Purposes of which there may be two to the same person."""
_ANSWERS: Mapping[Status, str] = {
    "offer": "An offer was made",
    "accepted": "You have accepted the offer",
    "declined": "You have declined the offer",
    "rejected": "The application was rejected",
    "withdrawn": "You have withdrawn the application",
}
"""How far an application has come that no answer is awaited to any more, as a sentence."""
_NOT_WANTED: frozenset[Status] = frozenset({"declined", "rejected", "withdrawn"})
_NOTE_IS: Mapping[Expectation, str] = {
    "expected": "Notes are expected there, but not in this case.",
    "appreciated": "Notes are appreciated there, but not in this case.",
    "optional": "A note is optional there, but not advised in this case.",
    "uncommon": "Notes are uncommon there.",
    "avoid": "A note would be read badly there, or is not allowed.",
}
_CONSENT: Mapping[Consent, str] = {
    "none": "No consent of theirs is on record.",
    "old": "Their consent was given too long ago.",
    "ended": "The time for which they have agreed is over.",
}
_DAY = timedelta(days=1)
# Of events, because messages go with an interview or a contact that is deleted, and would give their share back.
_APPROVALS = (
    select(func.max(Event.occurred_at).label("last"))
    .where(Event.owner_id == bindparam(OWNER), Event.type == "message.approved")
    .where(Event.occurred_at > bindparam("since"), Event.subject_id != bindparam("message_id"))
    .group_by(Event.subject_id)
    .subquery()
)
_APPROVED = select(func.count(), func.min(_APPROVALS.c.last))


@dataclass(frozen=True, slots=True)
class Override:
    """What the user says who knows better than the decision."""

    reason: str | None = None
    prohibition: bool = False


@dataclass(frozen=True, slots=True)
class Guard:
    """Looks by the rules and settings of a server."""

    book: RuleBook
    consent_good_for: timedelta
    per_day: int

    @classmethod
    def of(cls, settings: Settings, book: RuleBook) -> Self:
        """That of a server with these settings."""
        return cls(book, timedelta(days=settings.consent_days), settings.messages_per_day)

    def look(self, reading: Reading, wanted: Wanted, override: Override, now: datetime) -> Look:
        """See whether it may be sent.

        Raises `NoteNotAdvised`, `AlreadySent`, `ConsentMissing`, `NotNamed`, `NotCalledFor`, and what `gathered` does.
        """
        found = gathered(reading, self.book, wanted, now, against_advice=override.reason is not None)
        if found.record.others and wanted.purpose not in _COUNTED:
            raise AlreadySent("Another message to them of this kind was sent, may have arrived, or is approved.")
        if found.outcome not in {None, found.ended}:
            raise NotCalledFor("It tells how the application has ended, and that is no longer so. Draft another one.")
        _RULES.get(wanted.purpose, _no_rule)(found, override, self.consent_good_for)
        window = found.sending.thank_you.window if wanted.purpose == "thank_you" else None
        return Look(
            gathered=found,
            slot=looks.slot(found),
            channel=looks.channel(found),
            closes_at=window.closes_at if window else None,
            suggested_at=window.suggested_at if window else None,
        )

    def look_again(self, session: Writing, message: Message, now: datetime) -> Look:
        """See whether a message may still be sent. Raises what `look` raises."""
        reading = Reading(session.connection(), session.owner_id)
        wanted = Wanted(
            message.purpose,
            message.interview_id,
            contact_id=message.contact_id,
            reference_id=message.reference_id,
            message_id=message.id,
            outcome=message.outcome,
        )
        override = Override(message.override_reason, message.override_prohibition)
        return self.look(reading, wanted, override, now)

    def require_share(self, session: Writing, message_id: UUID, now: datetime) -> None:
        """Make sure that the user has not approved a day's messages besides this one already.

        Raises `TooManyMessages`. Its caller holds the counter of events, so that no approval is missed.
        """
        which = {OWNER: session.owner_id, "message_id": message_id, "since": now - _DAY}
        number, first = session.execute(_APPROVED, which).one()
        if first is not None and number >= self.per_day:
            seconds = int((first + _DAY - now).total_seconds()) + 1
            detail = f"{number} messages were approved within 24 hours; try again in {seconds} seconds."
            raise TooManyMessages(detail, headers={"Retry-After": str(seconds)})


def _thank_you(found: Gathered, override: Override, _good_for: timedelta) -> None:
    if found.record.note_sent_at is not None:
        raise AlreadySent(f"They were sent a note at {found.record.note_sent_at:%Y-%m-%dT%H:%M:%SZ}.")
    advice = found.decision.thank_you
    if advice.prohibited:
        _require_override(found, override, "thank_you")
    elif advice.outcome == "do_not_send" and override.reason is None:
        raise _not_advised(found, f"The decision is do_not_send. {_NOTE_IS[advice.expectation]}", "override_reason")
    status = found.case.row.application_status
    if status in _NOT_WANTED and override.reason is None:
        mend = "If you thank them all the same, give an override_reason, and take out that you are interested."
        raise NotCalledFor(f"{_ANSWERS[status]}. {mend}")


def _enquiry(found: Gathered, override: Override, _good_for: timedelta) -> None:
    status = found.case.row.application_status
    if status in _ANSWERS:
        raise NotCalledFor(f"{_ANSWERS[status]}: there is nothing to ask for. If that is wrong, correct the status.")
    if found.is_next_over:
        raise NotCalledFor(f"There is a later interview, on {found.next_on}: they have answered. Ask about that one.")
    if found.next_on is not None:
        raise NotCalledFor(f"There is another interview, on {found.next_on}: with the invitation they have answered.")
    if found.enquiry > ENQUIRY_CAP:
        last = f", last on {found.asked_on}" if found.asked_on else ""
        raise AlreadySent(f"You have asked {found.enquiry - 1} times about this interview{last}.")
    if any(stop.forbids == "enquiry" for stop in found.decision.stops):
        _require_override(found, override, "enquiry")


def _require_override(found: Gathered, override: Override, forbidden: str) -> None:
    """Raises `NoteNotAdvised` unless the user overrides a prohibition."""
    if override.reason is None or not override.prohibition:
        because = next((stop.because for stop in found.decision.stops if stop.forbids == forbidden), "")
        raise _not_advised(found, f"A rule forbids it. {because}".strip(), "override_reason", "override_prohibition")


def _not_advised(found: Gathered, detail: str, *needs: str) -> NoteNotAdvised:
    return NoteNotAdvised(detail, found.decision, needs=needs, is_drafted=found.wanted.message_id is not None)


def _reference_briefing(found: Gathered, _override: Override, good_for: timedelta) -> None:
    record = found.record
    if record.use_id is None:
        raise NotNamed(record.reference_id, found.case.row.application_id)
    if record.told_at is not None:
        raise AlreadySent(f"They were told at {record.told_at:%Y-%m-%dT%H:%M:%SZ}.")
    consent = consent_on(looks.today(found), record.consent_given_on, record.consent_until, good_for)
    if consent != "current":
        raise ConsentMissing(_CONSENT[consent])


def _reference_thanks(found: Gathered, _override: Override, _good_for: timedelta) -> None:
    record = found.record
    if record.use_id is None:
        raise NotNamed(record.reference_id, found.case.row.application_id)
    if record.thanked_on is not None and (record.outcome_told_on is not None or found.outcome is None):
        raise AlreadySent(f"They were thanked on {record.thanked_on}.")


def _introducer(found: Gathered, _override: Override, _good_for: timedelta) -> None:
    if found.record.contact_id is None:
        raise NotCalledFor("The application names nobody who introduced you: its introduced_by_contact_id is empty.")


def _withdrawal(found: Gathered, _override: Override, _good_for: timedelta) -> None:
    if found.ended is not None:
        raise NotCalledFor(f"The application is {found.case.row.application_status} already.")


def _no_rule(_found: Gathered, _override: Override, _good_for: timedelta) -> None:
    """Whether somebody wants to be a reference may be asked."""


_RULES: Mapping[Purpose, Callable[[Gathered, Override, timedelta], None]] = {
    "thank_you": _thank_you,
    "status_enquiry": _enquiry,
    "reference_briefing": _reference_briefing,
    "reference_thanks": _reference_thanks,
    "introducer_thanks": _introducer,
    "withdrawal": _withdrawal,
}
