"""Looks whether a message may be sent: by the decision of the current rules, and by what was sent already.

It looks when a message is drafted, approved and scheduled, and again right before it leaves.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, func, select

from app.accounts.home import HOME
from app.db.database import OWNER, Reading, Writing
from app.follow_up.plan.days import day_at
from app.messages import vocabulary as words
from app.messages.errors import AlreadySent, ConsentMissing, NotCalledFor, NoteNotAdvised, TooManyMessages
from app.messages.gathering import Gathered, Wanted, gathered
from app.messages.models import Message
from app.messages.writing.vocabulary import Purpose
from app.references.availability import away_until
from app.references.consent import consent_on
from app.references.errors import NotNamed
from app.rules.book import RuleBook
from app.rules.vocabulary import Channel

MOST_ENQUIRIES = 2
_DAY = timedelta(days=1)
_APPROVED = select(func.count(), func.min(Message.approved_at)).where(
    Message.owner_id == bindparam(OWNER), Message.approved_at > bindparam("since")
)


@dataclass(frozen=True, slots=True)
class Override:
    """What the user says who knows better than the decision."""

    reason: str | None = None
    prohibition: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of a message that may be sent."""

    gathered: Gathered
    slot: str
    """What may be sent once only."""
    channel: Channel
    closes_at: datetime | None
    suggested_at: datetime | None

    def warnings(self, leaves_at: datetime) -> Iterator[words.Warning]:
        """What to know before it leaves at a time."""
        found = self.gathered
        purpose, move = found.wanted.purpose, found.decision.next_move
        if self.closes_at is not None and self.closes_at <= leaves_at:
            yield "window_passed"
            if found.sending.thank_you.late == "send_nothing":
                yield "late_note_is_worse"
        if purpose == "status_enquiry" and move.advice not in {"ask", "ask_again"}:
            yield "enquiry_is_not_due"
        if self.channel != "email":
            yield "other_channel_is_customary"
        if purpose in words.TO_REFERENCES and away_until(found.record.unavailable, _today(found)) is not None:
            yield "reference_is_away"


@dataclass(frozen=True, slots=True)
class Guard:
    """Looks by the rules and settings of a server."""

    book: RuleBook
    consent_good_for: timedelta
    per_day: int

    def look(self, reading: Reading, wanted: Wanted, override: Override, now: datetime) -> Look:
        """See whether it may be sent.

        Raises `NoteNotAdvised`, `AlreadySent`, `ConsentMissing`, `NotNamed`, `NotCalledFor`, and what `gathered` does.
        """
        found = gathered(reading, self.book, wanted, now, against_advice=override.reason is not None)
        if found.record.others:
            raise AlreadySent("Another message to them of this kind was sent, or is approved.")
        _RULES.get(wanted.purpose, _no_rule)(found, override, self.consent_good_for)
        window = found.sending.thank_you.window if wanted.purpose == "thank_you" else None
        return Look(
            gathered=found,
            slot=_slot(found),
            channel=_channel(found),
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
        )
        override = Override(message.override_reason, message.override_prohibition)
        return self.look(reading, wanted, override, now)

    def require_share(self, session: Writing, now: datetime) -> None:
        """Make sure that the user has not approved a day's messages already. Raises `TooManyMessages`."""
        number, first = session.execute(_APPROVED, {OWNER: session.owner_id, "since": now - _DAY}).one()
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
        raise NoteNotAdvised(f"The decision is do_not_send: a note is {advice.expectation} there.", found.decision)


def _enquiry(found: Gathered, override: Override, _good_for: timedelta) -> None:
    if found.enquiry > MOST_ENQUIRIES:
        raise AlreadySent(f"You have asked {found.enquiry - 1} times.")
    if any(stop.forbids == "enquiry" for stop in found.decision.stops):
        _require_override(found, override, "enquiry")


def _require_override(found: Gathered, override: Override, forbidden: str) -> None:
    """Raises `NoteNotAdvised` unless the user overrides a prohibition."""
    if override.reason is None or not override.prohibition:
        because = next((stop.because for stop in found.decision.stops if stop.forbids == forbidden), "")
        raise NoteNotAdvised(
            f"It is forbidden, so override_prohibition is needed too. {because}".strip(), found.decision
        )


def _reference_briefing(found: Gathered, _override: Override, good_for: timedelta) -> None:
    record = found.record
    if record.use_id is None:
        raise NotNamed(record.reference_id, found.case.row.application_id)
    if record.told_at is not None:
        raise AlreadySent(f"They were told at {record.told_at:%Y-%m-%dT%H:%M:%SZ}.")
    consent = consent_on(_today(found), record.consent_given_on, record.consent_until, good_for)
    if consent != "current":
        raise ConsentMissing(f"Their consent is {consent}.")


def _reference_thanks(found: Gathered, _override: Override, _good_for: timedelta) -> None:
    record = found.record
    if record.use_id is None:
        raise NotNamed(record.reference_id, found.case.row.application_id)
    if record.thanked_on is not None:
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


def _slot(found: Gathered) -> str:
    interview, application = found.wanted.interview_id.hex, found.case.row.application_id.hex
    person = found.record.contact_id.hex if found.record.contact_id else "anybody"
    once: Mapping[Purpose, str] = {
        "thank_you": f"{interview}:{person}",
        "status_enquiry": f"{interview}:{found.enquiry}",
        "reference_request": f"{interview}:{person}",
        "reference_briefing": f"{interview}:{person}",
        "reference_thanks": f"{application}:{person}",
        "introducer_thanks": f"{application}:{person}",
        "withdrawal": application,
    }
    return f"{found.wanted.purpose}:{once[found.wanted.purpose]}"


def _channel(found: Gathered) -> Channel:
    if found.wanted.purpose == "thank_you":
        return found.sending.thank_you.channels[0]
    return found.decision.next_move.enquire_via if found.wanted.purpose == "status_enquiry" else "email"


def _today(found: Gathered) -> date:
    """The day it is where the user lives."""
    return day_at(found.now, found.record.home or HOME)
