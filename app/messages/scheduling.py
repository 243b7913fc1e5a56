"""Sending a message from a mailbox of the user's: at a time, at once, or after all not."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import bindparam

from app.contacts.details import first_address
from app.db.database import Writing, owned
from app.errors import FieldError, Invalid
from app.follow_up.plan.days import morning_of
from app.http import clock
from app.http.jobs import Jobs
from app.http.problems import invalid_request
from app.http.references import none_of_yours
from app.http.resources import Match
from app.messages import leaving, outcomes, schemas
from app.messages.drafting import require_state, warnings_after
from app.messages.errors import MailboxUntested, NoAddress
from app.messages.guard import Guard
from app.messages.look import Look
from app.messages.mailboxes.models import Mailbox
from app.messages.sending import require_scope
from app.rules import zones
from app.rules.calendar import ONE_DAY

LONGEST = timedelta(days=90)
"""How far ahead a message can be scheduled: what is true of it now may not be for ever."""
_FROM, _UNTIL = time(8), time(20)
"""Local hours between which a note that is late already leaves at once."""
# The lock that its foreign key takes anyway: nobody deletes the mailbox before the message has it.
_MAILBOX = owned(Mailbox).where(Mailbox.id == bindparam("id")).with_for_update(read=True, key_share=True)


def schedule(  # noqa: PLR0913, PLR0917 - what it takes
    session: Writing,
    guard: Guard,
    jobs: Jobs,
    message_id: UUID,
    match: Match,
    sent: schemas.ScheduleWrite,
    require: Callable[[str], None],
) -> None:
    """Let a message that is approved be sent at a time, or one that is scheduled at another.

    `require` makes sure of the scope of the fact that this writes down. Raises `NoSuchResource`, `ChangedMeanwhile`,
    `WrongState`, `Invalid`, `MailboxUntested`, `NoAddress`, `InterviewNotOver`, and what `require` and `Guard.look`
    raise.
    """
    _let_leave(session, guard, jobs, message_id, match, sent, require, _time_for)


def send(  # noqa: PLR0913, PLR0917 - what it takes
    session: Writing,
    guard: Guard,
    jobs: Jobs,
    message_id: UUID,
    match: Match,
    sent: schemas.SendWrite,
    require: Callable[[str], None],
) -> None:
    """The same at once."""
    at_once = schemas.ScheduleWrite(mailbox_id=sent.mailbox_id)
    _let_leave(session, guard, jobs, message_id, match, at_once, require, lambda _sent, _look, now: now)


def cancel(session: Writing, jobs: Jobs, message_id: UUID, match: Match) -> None:
    """Let a message that is scheduled not be sent; it stays approved.

    Raises `NoSuchResource`, `ChangedMeanwhile`, `WrongState`.
    """
    message, now = outcomes.held(session, message_id), clock.now()
    match.require(message)
    require_state(message, "scheduled")
    leaving.cancel(session, jobs, message)
    message.state, message.problem, message.updated_at = "approved", None, now
    message.send_at = message.to_address = None
    message.warnings = [one for one in message.warnings if one != "at_night"]
    outcomes.record(session, message, "message.cancelled")


def _let_leave(  # noqa: PLR0913, PLR0917 - as above
    session: Writing,
    guard: Guard,
    jobs: Jobs,
    message_id: UUID,
    match: Match,
    sent: schemas.ScheduleWrite,
    require: Callable[[str], None],
    time_for: Callable[[schemas.ScheduleWrite, Look, datetime], datetime],
) -> None:
    message, now = outcomes.held(session, message_id), clock.now()
    match.require(message)
    mailbox = session.find(_MAILBOX, id=sent.mailbox_id)
    if mailbox is None:
        raise invalid_request((none_of_yours("mailbox", "#/mailbox_id"),), 1)
    require_state(message, "approved", "scheduled")
    require_scope(message, require)
    look = guard.look_again(session, message, now)
    if not look.gathered.record.emails:
        raise NoAddress("There is no e-mail address of whom it is to.")
    if mailbox.tested_at is None:
        raise MailboxUntested(f"POST to /v1/mailboxes/{mailbox.id}/test first.")
    send_at = time_for(sent, look, now)
    look.require_over(send_at)
    if message.state == "scheduled":
        leaving.cancel(session, jobs, message)
    message.state, message.problem, message.updated_at = "scheduled", None, now
    message.send_at, message.mailbox_id, message.closes_at = send_at, sent.mailbox_id, look.closes_at
    message.to_address = first_address(look.gathered.record.emails)
    message.warnings = [*look.warnings_of_hour(send_at), *warnings_after(message, look, send_at)]
    message.turn += 1
    outcomes.record(session, message, "message.scheduled")
    leaving.enqueue(session, jobs, message, now)


def _time_for(sent: schemas.ScheduleWrite, look: Look, now: datetime) -> datetime:
    """When to send: as the user says, or as the decision suggests. Raises `Invalid`."""
    if sent.send_at is not None and sent.send_at < now:
        raise _no_time("This moment is over.", "Give one that is still to come, or leave it out.")
    send_at = sent.send_at or _suggested(look, now)
    if send_at is None:
        hint = "Only for thank-you notes there is a time that is suggested."
        raise _no_time("Say when it is to be sent.", hint)
    if send_at > now + LONGEST:
        raise _no_time(f"This is more than {LONGEST.days} days ahead.", "Give an earlier moment, or wait until then.")
    return send_at


def _suggested(look: Look, now: datetime) -> datetime | None:
    """The time that is suggested; where that is over, now or the next morning there that the window still reaches."""
    if look.suggested_at is None or look.suggested_at > now:
        return look.suggested_at
    time_zone = look.gathered.case.row.time_zone
    local = zones.local(now, time_zone)
    if _FROM <= local.time() < _UNTIL:
        return now
    morning = morning_of(local.date() if local.time() < _FROM else local.date() + ONE_DAY, time_zone)
    return now if look.closes_at is not None and look.closes_at <= morning else morning


def _no_time(detail: str, hint: str) -> Invalid:
    return invalid_request((FieldError(detail, "#/send_at", hint=hint),), 1)
