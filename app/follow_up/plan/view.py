"""The plan of an interview as clients see it."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import Row, and_, bindparam, or_, select, union_all
from sqlalchemy.orm import aliased

from app.applications.models import Application
from app.applications.statuses import ENDED, OPEN
from app.db.database import OWNER
from app.follow_up.plan import vocabulary as words
from app.follow_up.plan.models import InterviewPlan, SearchPlan, Task
from app.follow_up.plan.upkeep import Planned
from app.follow_up.tasks.queries import TASKS, shown
from app.follow_up.tasks.schemas import NextInterview
from app.http.resources import NoSuchResource
from app.interviews.models import Interview
from app.interviews.vocabulary import NOT_HELD
from app.references.models import ReferenceUse

_Coming, _Any = aliased(Interview), aliased(Task)
_ITS_APPLICATION = and_(Application.owner_id == Interview.owner_id, Application.id == Interview.application_id)
_INTERVIEW = (
    select(Interview.id, Interview.application_id, Interview.ends_at, Interview.starts_at, Interview.status)
    .add_columns(InterviewPlan.content, InterviewPlan.references_checked, InterviewPlan.consent_binding)
    .add_columns(Application.status.label("application_status"))
    .join(Application, _ITS_APPLICATION)
    .outerjoin(
        InterviewPlan, and_(InterviewPlan.owner_id == Interview.owner_id, InterviewPlan.interview_id == Interview.id)
    )
    .where(Interview.owner_id == bindparam(OWNER), Interview.id == bindparam("id"))
)
_OF_SEARCH: tuple[words.Kind, ...] = ("ask_consent", "keep_looking")
_OWN_IDS = select(_Any.id).where(_Any.owner_id == bindparam(OWNER))
_IS_NAMED_HERE = (
    select(ReferenceUse.id)
    .where(
        ReferenceUse.owner_id == bindparam(OWNER),
        ReferenceUse.reference_id == _Any.reference_id,
        ReferenceUse.application_id == bindparam("application_id"),
    )
    .correlate(_Any)
    .exists()
)
# Three looks into indexes: a condition with OR would make SQLite read all tasks of the user.
_IDS = union_all(
    _OWN_IDS.where(_Any.interview_id == bindparam("interview_id")),
    _OWN_IDS.where(_Any.application_id == bindparam("application_id"), _Any.interview_id.is_(None)),
    _OWN_IDS.where(
        _Any.application_id.is_(None),
        _Any.kind.in_(_OF_SEARCH),
        or_(_Any.kind != "ask_consent", _IS_NAMED_HERE),
        or_(_Any.state.in_(("open", "snoozed")), _Any.due_order > bindparam("now")),
    ),
)
_TASKS = TASKS.where(Task.id.in_(_IDS)).order_by(Task.due_order, Task.weight, Task.id)
_NEXT = (
    select(_Coming.id)
    .join(Application, and_(Application.owner_id == _Coming.owner_id, Application.id == _Coming.application_id))
    .where(_Coming.owner_id == bindparam(OWNER), _Coming.starts_at > bindparam("now"), _Coming.status == "scheduled")
    .where(Application.status.in_(OPEN))
    .order_by(_Coming.starts_at, _Coming.id)
    .limit(1)
    .scalar_subquery()
)
_NEXT_MEMBERS = tuple(NextInterview.model_fields)
_SEARCH = (
    select(SearchPlan.alive, SearchPlan.last_applied_on, SearchPlan.accepted_on)
    .add_columns(*(getattr(Interview, name) for name in _NEXT_MEMBERS))
    .outerjoin(Interview, and_(Interview.owner_id == SearchPlan.owner_id, Interview.id == _NEXT))
    .where(SearchPlan.owner_id == bindparam(OWNER))
)
_WHY: Mapping[words.Step, str] = {
    "thank_in_person": "Interviewers are thanked in person, always and everywhere.",
    "get_contact_information": "Who was met can be thanked and asked; who decides is worth knowing.",
    "reflect": "What is written down the same day is remembered best, and helps in the next interview.",
    "notify_references": "After an interview somebody may call them; they should not be surprised.",
    "follow_up": "The way it is done there: notes by recipient, then patience, then a polite question.",
    "keep_looking": "Whatever the feeling, the search goes on until a job is secured.",
}
_CHECKED: Mapping[str | None, str] = {
    "rare": "References are rarely checked there.",
    "usual": "References are usually checked there.",
}
_CONSENT: Mapping[str | None, str] = {
    "law": "The law there asks for your consent before an employer contacts them.",
    "directive": "A directive there asks for your consent before an employer contacts them.",
    "code": "A code of conduct there asks for your consent before an employer contacts them.",
    "guidance": "Official guidance there asks for your consent before an employer contacts them.",
    "recommendation": "It is recommended there that an employer asks for your consent before contacting them.",
}
_STEPS: tuple[words.Step, ...] = tuple(_WHY)


def plan_of(found: Planned, interview_id: UUID) -> bytes:
    """The plan of an interview: a `schemas.PlanOfInterview` as JSON. Raises `NoSuchResource`.

    What was decided is taken over as it is kept, without reading and writing it again.
    """
    row = found.reading.execute(_INTERVIEW, id=interview_id).first()
    if row is None:
        raise NoSuchResource("No interview of yours has this id.")
    is_held = row.status not in NOT_HELD
    is_over = is_held and (row.ends_at or row.starts_at) <= found.now
    is_to_come = is_held and not is_over and row.application_status not in ENDED
    of_step: dict[words.Step, list[dict[str, Any]]] = defaultdict(list)
    ids = {"interview_id": interview_id, "application_id": row.application_id}
    for one in found.reading.execute(_TASKS, **ids, now=found.now):
        task = shown(one, found)
        of_step[task["step"]].append(task)
    search = outlook(found)
    steps = [_step(step, of_step[step], _why(step, row), is_to_come=is_to_come) for step in _STEPS]
    if search["accepted_on"] is not None:
        _end_search(steps[-1])
    plan = {
        "interview_id": interview_id,
        "application_id": row.application_id,
        "is_over": is_over,
        "steps": steps,
        "own_tasks": of_step["own"],
        "search": search,
    }
    return to_json(plan)[:-1] + b',"follow_up":' + (row.content if is_over and row.content else b"null") + b"}"


def outlook(found: Planned) -> dict[str, Any]:
    """How the search as a whole stands: the members of a `schemas.SearchOutlook`."""
    alive, last_applied_on, accepted_on, *upcoming = found.reading.execute(_SEARCH, now=found.now).one()
    return {
        "alive": alive,
        "last_applied_on": last_applied_on,
        "next_interview": dict(zip(_NEXT_MEMBERS, upcoming, strict=True)) if upcoming[0] else None,
        "accepted_on": accepted_on,
    }


def _why(step: words.Step, row: Row[Any]) -> str:
    """Why there is a step; of references, also what is usual there and what the law asks for."""
    if step != "notify_references":
        return _WHY[step]
    more = [_CHECKED.get(row.references_checked), _CONSENT.get(row.consent_binding)]
    return " ".join([_WHY[step], *filter(None, more)])


def _step(step: words.Step, tasks: list[dict[str, Any]], why: str, *, is_to_come: bool) -> dict[str, Any]:
    """The members of a `schemas.PlanStep`."""
    left = [task["due_at"] for task in tasks if task["state"] not in words.CLOSED]
    due_at = min((due for due in left if due is not None), default=None)
    state = _state({task["state"] for task in tasks}, is_to_come=is_to_come)
    return {"step": step, "state": state, "why": why, "due_at": due_at, "tasks": tasks}


def _end_search(step: dict[str, Any]) -> None:
    """Let the last step, to keep looking, be done once a job is secured and nothing is left to do for it."""
    if step["state"] != "due":
        step["state"] = "done"


def _state(states: set[words.State], *, is_to_come: bool) -> words.StepState:
    """How far a step is: due as long as anything is to be done, then waiting, then done."""
    if states & {"open", "snoozed"}:
        return "due"
    if "waiting" in states:
        return "waiting"
    if states & {"done", "skipped"}:
        return "done"
    return "later" if is_to_come else "not_needed"
