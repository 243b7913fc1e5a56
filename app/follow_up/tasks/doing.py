"""Doing a task writes down the fact behind it, where there is one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from app.db.database import Writing
from app.errors import FieldError, Invalid
from app.follow_up import facts
from app.follow_up.plan.days import day_at
from app.follow_up.plan.models import Task
from app.follow_up.plan.vocabulary import RECORDED, Kind
from app.follow_up.tasks.checking import HAS_READER
from app.http.problems import invalid_request
from app.references import service as references
from app.references import uses_service as reference_uses

_HINT = "Do it later, skip it, or correct what stands in the way."
_DONE_ELSEWHERE: Mapping[Kind, tuple[str, str]] = {
    "answer_offer": (
        "An offer is answered with yes or no.",
        "Say accepted or declined by POST /v1/applications/{{id}}/status; that closes the task.",
    ),
    "check_message": (
        "A message has arrived or has not.",
        "Say sent or not_sent by POST /v1/messages/{message_id}/resolve; that closes the task.",
    ),
}
"""What cannot simply be done, and how it is done."""


def do(session: Writing, task: Task, now: datetime, require: Callable[[str], None]) -> None:
    """Write down what doing a task means, for which `require` makes sure of the scope of the fact.

    Raises what `require` and the service of the fact raise; `Invalid` where it cannot be.
    """
    if task.kind in _DONE_ELSEWHERE and not _is_seen(task):
        detail, how = _DONE_ELSEWHERE[task.kind]
        hint = how.format_map({"application_id": task.application_id, **task.facts})
        raise invalid_request((FieldError(detail, "#/state", hint=hint),), 1)
    if task.kind not in RECORDED:
        return
    require(RECORDED[task.kind])
    try:
        _FACTS[task.kind](session, task, now)
    except Invalid as error:
        # The fact stands nowhere in the request: it is the state that cannot be.
        errors = tuple(replace(one, pointer="#/state", hint=_HINT) for one in error.errors)
        raise invalid_request(errors, len(errors)) from error


def _is_seen(task: Task) -> bool:
    """Whether there is no more to know of a message: it has failed, or was deleted together with whom it was to."""
    return task.because == "delivery_failed" or (bool(task.facts.get(HAS_READER)) and task.contact_id is None)


def _thank_in_person(session: Writing, task: Task, _now: datetime) -> None:
    _change_interview(session, task, thanked_in_person=True)


def _send_note(session: Writing, task: Task, now: datetime) -> None:
    if task.interview_id is not None and task.participant_id is not None:
        facts.note_sent(session, task.interview_id, task.participant_id, now)


def _ask(session: Writing, task: Task, now: datetime) -> None:
    if task.interview_id is not None:
        facts.asked(session, task.interview_id, task.facts["enquiry"], day_at(now, task.time_zone))


def _get_answer(session: Writing, task: Task, _now: datetime) -> None:
    _change_interview(session, task, status="complete")


def _change_interview(session: Writing, task: Task, **members: object) -> None:
    if task.interview_id is not None:
        facts.change_interview(session, task.interview_id, **members)


def _withdraw(session: Writing, task: Task, now: datetime) -> None:
    if task.application_id is not None:
        facts.withdrawn(session, task.application_id, day_at(now, task.time_zone))


def _brief(session: Writing, task: Task, now: datetime) -> None:
    if task.reference_id is not None and task.interview_id is not None:
        facts.reference_told(session, task.reference_id, task.interview_id, now)


def _thank_reference(session: Writing, task: Task, now: datetime) -> None:
    if task.reference_id is not None and task.application_id is not None:
        day = day_at(now, task.time_zone)
        reference_uses.thank(session, task.reference_id, task.application_id, day, tells_outcome=True)


def _get_consent(session: Writing, task: Task, now: datetime) -> None:
    if task.reference_id is not None:
        references.agree(session, task.reference_id, day_at(now, task.time_zone))


_FACTS: Mapping[Kind, Callable[[Writing, Task, datetime], None]] = {
    "thank_in_person": _thank_in_person,
    "send_note": _send_note,
    "ask_for_answer": _ask,
    "await_answer": _get_answer,
    "check_portal": _get_answer,
    # Whoever stops asking waits for nothing any more.
    "close": _get_answer,
    "withdraw": _withdraw,
    "ask_consent": _get_consent,
    "brief_reference": _brief,
    "thank_reference": _thank_reference,
}
