"""Sends messages from the mailboxes of their users when their time has come, and none of them twice.

Each attempt has a number, which the message keeps. Right before a mail is handed over, it is written down that it is
about to be, by the attempt whose number the message has: so of two workers that are at the same message, which may be
when one was taken for dead, at most one goes on. Whoever finds a message that somebody was about to hand over does not
send it: nobody knows whether it has arrived, and the user has to find out.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Event

from sqlalchemy import bindparam, update

from app.accounts.on_behalf import AccountIsGone, OnBehalfOf
from app.contacts.details import first_address
from app.contacts.models import Contact
from app.db.database import OWNER, Database, Writing, owned
from app.db.errors import Busy, ChangedMeanwhile, DatabaseUnavailable
from app.errors import AppError
from app.http import clock
from app.http.jobs import Jobs
from app.http.resources import NoSuchResource
from app.mail.errors import MailError, Refused, Unknown, UnusableMail
from app.mail.message import Address, Mail, new_message_id
from app.mail.smtp import Server, Submission
from app.messages import leaving, outcomes
from app.messages.guard import Guard
from app.messages.leaving import Turn
from app.messages.mailboxes.models import Mailbox
from app.messages.mailboxes.post import Post, problem_of, sender_of
from app.messages.models import Message

_LOST = "The server was stopped while it handed the message over."
_LATE = "It could not be sent in time."
_NO_MAILBOX = "The mailbox that it was to be sent with is gone."
_UNTESTED = "The mailbox that it is to be sent with does not work, or was changed and not tested since."
_OTHER_ADDRESS = "The address of whom it is to was changed after it was scheduled."
_NO_ADDRESS = "There is no e-mail address of whom it is to."
_UNEXPECTED = "This server failed before the message left."
_UNEXPECTED_LATER = "This server failed while it handed the message over, or afterwards: it may have arrived."
_SECONDS_TO_NEXT_TRY = 1.0
_MAILBOX = owned(Mailbox).where(Mailbox.id == bindparam("id"))
_HAND_OVER = (
    update(Message)
    .where(
        Message.owner_id == bindparam(OWNER),
        Message.id == bindparam("this"),
        Message.state == "sending",
        Message.phase == "connecting",
        Message.attempts == bindparam("attempt"),
    )
    .values(
        phase="handing_over",
        handed_over_at=bindparam("now"),
        updated_at=bindparam("now"),
        version=Message.version + 1,
    )
)
_CONTACT = owned(Contact).where(Contact.id == bindparam("id"))

Write = Callable[[Writing, Message, datetime], None]
"""Writes down what has become of a message."""


class _CannotLeave(Exception):
    """Why a message cannot be sent, as a sentence."""


class _CannotLeaveYet(Exception):
    """Why a message cannot be sent until the user has mended it, as a sentence."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """An attempt to send a message."""

    turn: Turn
    number: int
    server: Server
    mail: Mail


class Delivery:
    """Sends messages of a database."""

    def __init__(self, database: Database, guard: Guard, post: Post, jobs: Jobs, stop: Event) -> None:
        """Once `stop` is set, nothing waits for the database any more."""
        self._database = database
        self._guard = guard
        self._post = post
        self._jobs = jobs
        self._stop = stop

    def deliver(self, **told: str | int) -> None:
        """Send a message if it is its turn; the job of that name.

        Raises `Busy`, `ChangedMeanwhile`, `DatabaseUnavailable` and `NotReady`: then it can be called again.
        """
        turn = Turn.told(**told)  # type: ignore[arg-type]
        self._jobs.prepare()
        # What was deleted meanwhile is not sent.
        with suppress(AccountIsGone, NoSuchResource):
            try:
                attempt = self._begun(turn)
                if attempt is not None:
                    self._send(attempt)
            except (AccountIsGone, Busy, ChangedMeanwhile, DatabaseUnavailable, NoSuchResource):
                raise
            except Exception:
                # Nobody would ever look at it again.
                self._give_up(turn)
                raise

    def _begun(self, turn: Turn) -> _Attempt | None:
        """Begin an attempt, unless the message is not to be sent, or not any more."""
        with self._held(turn) as (session, message):
            now = clock.now()
            if message.turn != turn.number or message.state not in {"scheduled", "sending"}:
                return None
            if message.phase == "handing_over":
                outcomes.unknown(session, message, _LOST, now)
                return None
            try:
                return self._attempt(session, message, turn, now)
            except _CannotLeaveYet as error:
                self._try_again(session, message, turn, str(error), now)
                return None
            except (AppError, UnusableMail, _CannotLeave) as error:
                outcomes.failed(session, message, error.detail if isinstance(error, AppError) else str(error), now)
                return None

    def _attempt(self, session: Writing, message: Message, turn: Turn, now: datetime) -> _Attempt:
        """Raises `_CannotLeave`, `UnusableMail`, and what the guard raises."""
        if turn.is_over(message, now):
            raise _CannotLeave(_LATE)
        self._guard.look_again(session, message, now).require_over(now)
        mailbox = session.find(_MAILBOX, id=message.mailbox_id)
        if mailbox is None:
            raise _CannotLeave(_NO_MAILBOX)
        if mailbox.tested_at is None:
            raise _CannotLeaveYet(_UNTESTED)
        server, sender, to = self._post.server_of(mailbox), sender_of(mailbox), _receiver(session, message)
        message_id = message.message_id or new_message_id(sender.domain)
        mail = Mail(sender, to, message.subject, message.body, message_id, now, message.language)
        message.state, message.phase, message.message_id = "sending", "connecting", message_id
        message.attempts += 1
        session.touch(message, now)
        return _Attempt(turn, message.attempts, server, mail)

    def _send(self, attempt: _Attempt) -> None:
        try:
            with Submission(attempt.server) as submission:
                submission.offer(attempt.mail)
                if self._may_hand_over(attempt):
                    submission.hand_over()
                    # Before the goodbye, which may take its time.
                    self._write_down(attempt, outcomes.sent)
        except MailError as error:
            self._write_down(attempt, partial(self._not_sent, attempt, error))

    def _may_hand_over(self, attempt: _Attempt) -> bool:
        """Write down that the mail is about to be handed over, unless another attempt has begun since."""
        which = {OWNER: attempt.turn.owner_id, "this": attempt.turn.message_id, "attempt": attempt.number}
        with self._database.session() as session:
            changed = session.connection().execute(_HAND_OVER, {**which, "now": clock.now()})
            return changed.rowcount == 1

    def _not_sent(self, attempt: _Attempt, error: MailError, session: Writing, message: Message, now: datetime) -> None:
        """Write down that it was not sent, or that nobody knows, and try it again where that may help."""
        problem = problem_of(attempt.server, error)
        if isinstance(error, Unknown):
            outcomes.unknown(session, message, problem, now)
        elif isinstance(error, Refused) and error.permanent:
            if error.phase == "logging_in":
                _note_of_mailbox(session, message, problem, now)
            outcomes.failed(session, message, problem, now)
        else:
            self._try_again(session, message, attempt.turn, problem, now)

    def _try_again(self, session: Writing, message: Message, turn: Turn, problem: str, now: datetime) -> None:
        """Postpone it, or let it have failed where that would be too late."""
        next_try = turn.next_try(message, now)
        if next_try is None:
            outcomes.failed(session, message, problem, now)
        else:
            outcomes.postponed(session, message, next_try, problem, now)
            leaving.enqueue(session, self._jobs, message, now, turn)

    def _write_down(self, attempt: _Attempt, write: Write) -> None:
        """Write down how an attempt has ended, and try it for as long as it takes: nobody else knows it.

        Where another worker has taken this one for dead and the message for one that nobody knows of, it is known now.
        """
        while True:
            try:
                with self._held(attempt.turn) as (session, message):
                    if message.attempts == attempt.number and message.state in {"sending", "unknown"}:
                        write(session, message, clock.now())
            except (Busy, ChangedMeanwhile, DatabaseUnavailable):
                if self._stop.wait(_SECONDS_TO_NEXT_TRY):
                    raise
            else:
                return

    def _give_up(self, turn: Turn) -> None:
        """End a message that was to be sent, by an error that nobody foresaw."""
        with self._held(turn) as (session, message):
            if message.turn == turn.number and message.state in {"scheduled", "sending"}:
                if message.phase == "handing_over":
                    outcomes.unknown(session, message, _UNEXPECTED_LATER, clock.now())
                else:
                    outcomes.failed(session, message, _UNEXPECTED, clock.now())

    @contextmanager
    def _held(self, turn: Turn) -> Iterator[tuple[Writing, Message]]:
        """A transaction that nobody else changes the message in. Raises `AccountIsGone` and `NoSuchResource`."""
        with self._database.writing(OnBehalfOf(turn.owner_id)) as session:
            yield session, outcomes.held(session, turn.message_id)


def _note_of_mailbox(session: Writing, message: Message, problem: str, now: datetime) -> None:
    """Show at the mailbox that it cannot log in any more, and let no other message try the same password."""
    mailbox = session.find(_MAILBOX, id=message.mailbox_id)
    if mailbox is not None:
        mailbox.tested_at, mailbox.problem = None, problem
        session.touch(mailbox, now)


def _receiver(session: Writing, message: Message) -> Address:
    """Whom it is to. Raises `_CannotLeave`, and `UnusableMail` for an address that no mail can go to."""
    contact = session.find(_CONTACT, id=message.contact_id)
    email = None if contact is None else first_address(contact.emails)
    if contact is None or email is None:
        raise _CannotLeave(_NO_ADDRESS)
    if message.to_address not in {None, email}:
        raise _CannotLeave(_OTHER_ADDRESS)
    message.to_address = email
    return Address(contact.display_name, email)
