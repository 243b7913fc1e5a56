"""Doing a task writes down the fact behind it, where there is one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from app.applications import schemas as application_schemas
from app.applications import service as applications
from app.db.database import Writing
from app.errors import FieldError, Invalid
from app.follow_up.plan.days import day_at
from app.follow_up.plan.models import Task
from app.follow_up.plan.vocabulary import RECORDED, Kind
from app.http.problems import invalid_request
from app.http.resources import Match
from app.interviews import schemas as interview_schemas
from app.interviews import service as interviews
from app.references import briefings_service as briefings
from app.references import schemas as reference_schemas
from app.references import service as references
from app.references import uses_service as reference_uses

_ANY = Match("*")
_HINT = "Do it later, skip it, or correct what stands in the way."


def do(session: Writing, task: Task, now: datetime, require: Callable[[str], None]) -> None:
    """Write down what doing a task means, for which `require` makes sure of the scope of the fact.

    Raises what `require` and the service of the fact raise; `Invalid` where it cannot be.
    """
    if task.kind == "answer_offer":
        hint = "Say accepted or declined by POST /v1/applications/{id}/status; that closes the task."
        wrong = FieldError("An offer is answered with yes or no.", "#/state", hint=hint)
        raise invalid_request((wrong,), 1)
    if task.kind not in RECORDED:
        return
    require(RECORDED[task.kind])
    try:
        _FACTS[task.kind](session, task, now)
    except Invalid as error:
        # The fact stands nowhere in the request: it is the state that cannot be.
        errors = tuple(replace(one, pointer="#/state", hint=_HINT) for one in error.errors)
        raise invalid_request(errors, len(errors)) from error


def _thank_in_person(session: Writing, task: Task, _now: datetime) -> None:
    _change_interview(session, task, thanked_in_person=True)


def _send_note(session: Writing, task: Task, now: datetime) -> None:
    if task.interview_id is not None and task.participant_id is not None:
        patch = interview_schemas.ParticipantPatch.model_validate({"note_sent_at": now.isoformat()})
        interviews.change_participant(session, task.interview_id, task.participant_id, _ANY, patch)


def _ask(session: Writing, task: Task, now: datetime) -> None:
    today = str(day_at(now, task.time_zone))
    _change_interview(session, task, enquiries=task.facts["enquiry"], last_enquiry_on=today)


def _get_answer(session: Writing, task: Task, _now: datetime) -> None:
    _change_interview(session, task, status="complete")


def _change_interview(session: Writing, task: Task, **members: object) -> None:
    if task.interview_id is not None:
        patch = interview_schemas.InterviewPatch.model_validate(members)
        interviews.change(session, task.interview_id, _ANY, patch)


def _withdraw(session: Writing, task: Task, now: datetime) -> None:
    if task.application_id is not None:
        sent = application_schemas.StatusChangeWrite(status="withdrawn", happened_on=day_at(now, task.time_zone))
        applications.change_status(session, task.application_id, _ANY, sent)


def _brief(session: Writing, task: Task, now: datetime) -> None:
    if task.reference_id is not None and task.interview_id is not None:
        sent = reference_schemas.ReferenceBriefingWrite(interview_id=task.interview_id, told_at=now)
        briefings.create(session, task.reference_id, sent)


def _thank_reference(session: Writing, task: Task, now: datetime) -> None:
    if task.reference_id is not None and task.application_id is not None:
        reference_uses.thank(session, task.reference_id, task.application_id, day_at(now, task.time_zone))


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
