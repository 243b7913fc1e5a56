"""The plan of an interview as clients see it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import and_, bindparam, or_, select

from app.db.database import OWNER
from app.follow_up.plan import schemas
from app.follow_up.plan import vocabulary as words
from app.follow_up.plan.models import InterviewPlan, SearchPlan, Task
from app.follow_up.plan.upkeep import Planned
from app.follow_up.tasks.queries import TASKS, shown
from app.follow_up.tasks.schemas import NextInterview, SearchOutlook
from app.follow_up.tasks.schemas import Task as ShownTask
from app.http.resources import NoSuchResource
from app.interviews.models import Interview

_INTERVIEW = (
    select(Interview.id, Interview.application_id, Interview.ends_at, Interview.starts_at, Interview.status)
    .add_columns(InterviewPlan.content)
    .outerjoin(
        InterviewPlan, and_(InterviewPlan.owner_id == Interview.owner_id, InterviewPlan.interview_id == Interview.id)
    )
    .where(Interview.owner_id == bindparam(OWNER), Interview.id == bindparam("id"))
)
_OF_SEARCH: tuple[words.Kind, ...] = ("ask_consent", "keep_looking")
_TASKS = TASKS.where(
    or_(
        Task.interview_id == bindparam("interview_id"),
        and_(Task.application_id == bindparam("application_id"), Task.interview_id.is_(None)),
        and_(Task.kind.in_(_OF_SEARCH), Task.state != "retired"),
    )
).order_by(Task.due_order, Task.weight, Task.id)
_NEXT = (
    select(Interview.id, Interview.application_id, Interview.starts_at, Interview.time_zone)
    .where(
        Interview.owner_id == bindparam(OWNER), Interview.starts_at > bindparam("now"), Interview.status == "scheduled"
    )
    .order_by(Interview.starts_at)
    .limit(1)
)
_SEARCH = select(SearchPlan.alive, SearchPlan.last_applied_on, SearchPlan.accepted_on).where(
    SearchPlan.owner_id == bindparam(OWNER)
)
_WHY: Mapping[words.Step, str] = {
    "thank_in_person": "Interviewers are thanked in person, always and everywhere.",
    "get_contact_information": "Who was met can be thanked and asked; who decides is worth knowing.",
    "reflect": "What is written down the same day is remembered best, and helps in the next interview.",
    "notify_references": "After an interview somebody may call them; they should not be surprised.",
    "follow_up": "The way it is done there: notes by recipient, then patience, then a polite question.",
    "keep_looking": "Whatever the feeling, the search goes on until a job is secured.",
}
_STEPS: tuple[words.Step, ...] = tuple(_WHY)
_NOT_HELD = ("cancelled", "no_show")


def plan_of(found: Planned, interview_id: UUID) -> schemas.PlanOfInterview:
    """The plan of an interview. Raises `NoSuchResource`."""
    row = found.reading.execute(_INTERVIEW, id=interview_id).first()
    if row is None:
        raise NoSuchResource("No interview of yours has this id.")
    is_over = row.status not in _NOT_HELD and (row.ends_at or row.starts_at) <= found.now
    of_step: dict[words.Step, list[ShownTask]] = defaultdict(list)
    ids = {"interview_id": interview_id, "application_id": row.application_id}
    for one in found.reading.execute(_TASKS, **ids):
        task = shown(one, found.now, found.user_zone)
        of_step[task.step].append(task)
    return schemas.PlanOfInterview.model_construct(
        interview_id=interview_id,
        application_id=row.application_id,
        is_over=is_over,
        steps=[_step(step, of_step[step], is_over=is_over) for step in _STEPS],
        own_tasks=of_step["own"],
        follow_up=row.content if is_over else None,
        search=outlook(found),
    )


def outlook(found: Planned) -> SearchOutlook:
    """How the search as a whole stands."""
    alive, last_applied_on, accepted_on = found.reading.execute(_SEARCH).one()
    upcoming = found.reading.execute(_NEXT, now=found.now).first()
    return SearchOutlook(
        alive=alive,
        last_applied_on=last_applied_on,
        next_interview=None if upcoming is None else NextInterview.model_validate(upcoming),
        accepted_on=accepted_on,
    )


def _step(step: words.Step, tasks: Sequence[ShownTask], *, is_over: bool) -> schemas.PlanStep:
    left = [task for task in tasks if task.state not in words.CLOSED]
    due = [task.due_at for task in left if task.due_at is not None]
    return schemas.PlanStep.model_construct(
        step=step,
        state=_state(tasks, is_over=is_over),
        why=_WHY[step],
        due_at=min(due, default=None),
        tasks=list(tasks),
    )


def _state(tasks: Sequence[ShownTask], *, is_over: bool) -> words.StepState:
    """How far a step is: due as long as anything is to be done, then waiting, then done."""
    states = {task.state for task in tasks}
    if states & {"open", "snoozed"}:
        return "due"
    if "waiting" in states:
        return "waiting"
    if states & {"done", "skipped"}:
        return "done"
    return "not_needed" if is_over else "later"
