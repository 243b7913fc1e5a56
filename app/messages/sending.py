"""From a draft to a message that leaves: approved, sent by hand, or found out about."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from app.db.constraints import repeats
from app.db.database import Writing
from app.http import clock
from app.http.resources import Match
from app.messages import outcomes
from app.messages import vocabulary as words
from app.messages.drafting import newest_version, placeholders, require_state, warnings_after
from app.messages.errors import AlreadySent, MessageIncomplete
from app.messages.guard import Guard
from app.messages.look import Look
from app.messages.models import Message

_FOUND_OUT: Mapping[words.Resolution, words.State] = {"sent": "sent", "not_sent": "failed"}


def approve(session: Writing, guard: Guard, message_id: UUID, match: Match) -> None:
    """Approve exactly the text that was read.

    Raises `NoSuchResource`, `ChangedMeanwhile`, `WrongState`, `MessageIncomplete`, `TooManyMessages`, and what
    `Guard.look` raises.
    """
    message, now = outcomes.held(session, message_id), clock.now()
    match.require(message)
    require_state(message, "draft", "failed")
    _require_complete(message)
    guard.require_share(session, message_id, now)
    look, number = guard.look_again(session, message, now), newest_version(session, message)
    message.state, message.problem = "approved", None
    message.approved_at, message.approved_version = now, number
    _take_slot(session, message, look, now)
    outcomes.checked(session, message, now, "message.approved")
    outcomes.record(session, message, "message.approved")


def sent_by_hand(
    session: Writing, guard: Guard, message_id: UUID, match: Match, require: Callable[[str], None]
) -> None:
    """Write down that the user has sent it in another way, for which `require` makes sure of the scope of the fact.

    Raises `NoSuchResource`, `ChangedMeanwhile`, `WrongState`, `MessageIncomplete`, `InterviewNotOver`, and what
    `require` and `Guard.look` raise.
    """
    message, now = outcomes.held(session, message_id), clock.now()
    match.require(message)
    require_state(message, *words.EDITABLE)
    require_scope(message, require)
    _require_complete(message)
    look = guard.look_again(session, message, now)
    look.require_over(now)
    _take_slot(session, message, look, now)
    outcomes.sent(session, message, now, "by_hand")


def resolve(
    session: Writing, message_id: UUID, match: Match, outcome: words.Resolution, require: Callable[[str], None]
) -> None:
    """Write down what the user has found out about a message of which that was unknown; what is known may be repeated.

    What the user had said to have sent by hand may turn out not to be sent.

    Raises `NoSuchResource`, `ChangedMeanwhile`, `WrongState`, and what `require` raises.
    """
    message, now = outcomes.held(session, message_id), clock.now()
    match.require(message)
    if message.state == _FOUND_OUT[outcome]:
        return
    if not (outcome == "not_sent" and message.sent_via == "by_hand"):
        require_state(message, "unknown")
    require_scope(message, require)
    outcomes.resolved(session, message, outcome, now)


def require_scope(message: Message, require: Callable[[str], None]) -> None:
    """Make sure of the scope of the fact that sending writes down. Raises what `require` raises."""
    if message.purpose in words.WRITES_DOWN:
        require(words.WRITES_DOWN[message.purpose])


def _require_complete(message: Message) -> None:
    """Raises `MessageIncomplete`."""
    if found := placeholders(message.subject, message.body):
        raise MessageIncomplete(found, subject=message.subject, body=message.body)


def _take_slot(session: Writing, message: Message, look: Look, now: datetime) -> None:
    """Let nobody else send the same, and remember what was seen. Raises `AlreadySent`."""
    message.slot, message.closes_at, message.updated_at = look.slot, look.closes_at, now
    message.warnings = warnings_after(message, look, now)
    try:
        session.flush()
    except IntegrityError as error:
        if not repeats(error, Message, "owner_id", "slot"):
            raise
        raise AlreadySent("Another message of this kind was sent, may have arrived, or is approved.") from error
