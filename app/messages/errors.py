"""Errors of this feature."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import TypeAdapter

from app.errors import AppError, FieldError
from app.messages.vocabulary import EDITABLE, State
from app.rules.decision import Decision

_DECISION = TypeAdapter(Decision)
_OVERRIDES: Mapping[str, str] = {
    "override_reason": "If you know better, say why in override_reason; it is kept.",
    "override_prohibition": "Set override_prohibition to true as well: a reason alone lifts nothing that is forbidden.",
}
_CALLED: Mapping[State, str] = {
    "draft": "a draft",
    "approved": "approved",
    "scheduled": "scheduled",
    "sending": "being sent",
    "sent": "sent",
    "failed": "one that failed",
    "unknown": "one that may or may not have arrived",
}
_ONE: Mapping[State, str] = {
    "draft": "a draft",
    "approved": "an approved message",
    "scheduled": "a scheduled one",
    "sending": "one that is being sent",
    "sent": "one that was sent",
    "failed": "one that failed",
    "unknown": "one that may or may not have arrived",
}
_LEADS_ON: Mapping[State, str] = {
    "draft": "Approve it first, by /v1/messages/{message_id}/approve.",
    "approved": "It is approved already: send or schedule it. Editing makes it a draft again.",
    "scheduled": "Cancel it first, by /v1/messages/{message_id}/cancel.",
    "sending": "Read it again in a few seconds: by then it is known what became of it, or when it is tried again.",
    "sent": "It is kept as it is. If you had said that you sent it by hand, and did not, take that back by "
    "/v1/messages/{message_id}/resolve; if there is more to say, draft another message.",
    "failed": "Approve it again, by /v1/messages/{message_id}/approve.",
    "unknown": "Find out whether it has arrived, and say so by /v1/messages/{message_id}/resolve.",
}
_NOT_SCHEDULED = "Nothing is to be cancelled: it does not leave unless you schedule or send it."
_NOT_UNKNOWN = "Nothing is to be found out: it has not left."
_SENT_AFTER_ALL = "If it was sent after all, say so by /v1/messages/{message_id}/sent-by-hand."
_FILL_IN = "Write with PATCH what belongs there, or take it out."


class NoteNotAdvised(
    AppError,
    code="note_not_advised",
    status=409,
    title="The decision advises against this message",
    explanation="What is known of the place, the sector and the company says that such a message would do harm or is "
    "not allowed. `decision` has the whole of it, with reasons and sources.",
    remedy="Leave it. If you know better, give your `override_reason`, which is kept; where a rule forbids the "
    "message, `override_prohibition: true` as well.",
):
    """A message that the rules advise against, or forbid."""

    def __init__(self, detail: str, decision: Decision, *, needs: Sequence[str], is_drafted: bool) -> None:
        how = "Change the message with PATCH. " if is_drafted else ""
        errors = tuple(
            FieldError(detail, None if is_drafted else f"#/{name}", hint=f"{how}{_OVERRIDES[name]}") for name in needs
        )
        super().__init__(detail, errors=errors, members={"decision": _DECISION.dump_python(decision, mode="json")})


class AlreadySent(
    AppError,
    code="message_already_sent",
    status=409,
    title="This was sent already, may have been, or is about to be",
    explanation="Each person gets one thank-you note for an interview, an employer is asked twice at most about an "
    "interview, and a reference is told once. What you have written down as sent counts, and what is approved, on its "
    "way or `unknown`, because it may have arrived, counts too.",
    remedy="Leave it. If the other one is not to be sent, edit or delete it; if it is `unknown`, say what became of it "
    "by /v1/messages/{message_id}/resolve; if none was ever sent, take back what says so.",
):
    """The same a second time; of enquiries a third."""


class NotCalledFor(
    AppError,
    code="message_not_called_for",
    status=409,
    title="Nothing calls for this message",
    explanation="What is written down does not have what such a message is about: an application that has ended cannot "
    "be withdrawn, where there is an answer nobody is asked for one, and an invitation to a later interview is one; a "
    "note that confirms interest does not go out after the end, a message does not tell what is no longer so, and "
    "nobody is thanked for an introduction or an interview that they had no part in.",
    remedy="Correct what `detail` names, if it is otherwise; ask about the last interview once it is over; draft "
    "another message. A thank-you note after the end passes with an `override_reason`: take out what is not true any "
    "more.",
):
    """A message of which the occasion is not there."""


class InterviewNotOver(
    AppError,
    code="interview_not_over",
    status=409,
    title="The interview is not over",
    explanation="A thank-you note and an enquiry look back at the interview. They can be drafted and approved "
    "before, but leave only when it is over.",
    remedy="Schedule the message for a time after the end of the interview, or correct the times of the interview.",
):
    """A message about an interview was to leave before its end."""

    def __init__(self, ends_at: datetime) -> None:
        super().__init__(f"The interview ends at {ends_at:%Y-%m-%dT%H:%M:%SZ}.")


class ConsentMissing(
    AppError,
    code="consent_missing",
    status=409,
    title="The reference has not agreed",
    explanation="A reference is told that an employer may call only with consent that is on record and current.",
    remedy="Ask them first, with the purpose `reference_request`, and write down the day on which they agree.",
):
    """A reference without consent was to be told."""


class MessageIncomplete(
    AppError,
    code="message_incomplete",
    status=409,
    title="Something is still to be filled in",
    explanation="The text has places in double square brackets, which stand for what only you can say.",
    remedy="Write what belongs there with PATCH, or take it out; `detail` names each. A draft stays as it is when "
    "you give what `missing` names afterwards: delete it and draft anew.",
):
    """A text with placeholders was to be approved."""

    def __init__(self, placeholders: Sequence[str], **texts: str) -> None:
        """`texts` are the members of the message that they may stand in."""
        found = {name: [one for one in placeholders if one in text] for name, text in texts.items()}
        errors = [
            FieldError(f"The {name} still has {', '.join(these)}.", f"#/{name}", hint=_FILL_IN)
            for name, these in found.items()
            if these
        ]
        detail = f"The text still has {', '.join(placeholders)}."
        super().__init__(detail, errors=tuple(errors) or (FieldError(detail, hint=_FILL_IN),))


class WrongState(
    AppError,
    code="message_state",
    status=409,
    title="The message is in a state in which this cannot be done",
    explanation="A message is drafted, approved, scheduled and sent, in this order. What is scheduled is cancelled "
    "before it is edited; what was sent, or may have been, is kept.",
    remedy="`detail` says in which state it is, and in which this can be done; the `hint` in `errors` says what leads "
    "on.",
):
    """An operation that does not fit the state of the message."""

    def __init__(self, state: State, possible: Sequence[State]) -> None:
        detail = f"The message is {_CALLED[state]}; this can be done with {_one_of(possible)}."
        super().__init__(detail, errors=(FieldError(detail, hint=_leads_on(state, possible)),))


def _leads_on(state: State, possible: Sequence[State]) -> str:
    """What the user can do about it; most states lead on in one way, whatever was to be done."""
    if state in EDITABLE and "scheduled" in possible and "approved" not in possible:
        return _NOT_SCHEDULED
    if "unknown" in possible and state in {"draft", "approved", "scheduled"}:
        return _NOT_UNKNOWN
    if "unknown" in possible and state == "failed":
        return _SENT_AFTER_ALL
    return _LEADS_ON[state]


def _one_of(states: Sequence[State]) -> str:
    *most, last = (_ONE[state] for state in states)
    return f"{', '.join(most)} or {last}" if most else last


class TooManyMessages(
    AppError,
    code="too_many_messages",
    status=429,
    title="So many messages are not written by hand",
    explanation="A limited number of messages can be approved within 24 hours, so that no program writes to people in "
    "your name without your reading it.",
    remedy="Try again after the seconds in `Retry-After`.",
):
    """More approvals than a day has."""


class MailboxUntested(
    AppError,
    code="mailbox_untested",
    status=409,
    title="The mailbox was not tested",
    explanation="A message to somebody else is sent only with a mailbox that has sent one to yourself, and was not "
    "changed since.",
    remedy="Test it by /v1/mailboxes/{mailbox_id}/test, then try again.",
):
    """A mailbox that may not work."""


class NoAddress(
    AppError,
    code="message_without_address",
    status=409,
    title="There is no address to send it to",
    explanation="A message is sent by mail to the first e-mail address of the person that it is to.",
    remedy="Give the contact an e-mail address, or send the message yourself in another way and say so by "
    "/v1/messages/{message_id}/sent-by-hand.",
):
    """A message to nobody, or to somebody without an e-mail address, was to be sent by mail."""


def unknown_language(tag: str, known: Sequence[str]) -> FieldError:
    """What is wrong with a language that there are no templates in."""
    return FieldError(f"There are no templates in {tag}.", "#/language", hint=f"There are: {', '.join(known)}.")
