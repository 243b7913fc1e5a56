"""Reading tasks."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, select

from app.accounts.home import home_zone
from app.applications.models import Application
from app.companies.models import Company
from app.contacts.models import Contact
from app.db.database import OWNER, Reading, Writing, owned
from app.follow_up.plan import vocabulary as words
from app.follow_up.plan.days import day_at, end_of
from app.follow_up.plan.models import Task, TaskChange
from app.follow_up.plan.upkeep import Planned
from app.follow_up.tasks import schemas
from app.follow_up.tasks.sentences import reason_of, title_of
from app.http import clock
from app.http.pages import Page, Sort, Wanted, both_ways, rows_of
from app.http.resources import NoSuchResource
from app.rules.load import zone

TaskSort = Literal["urgency", "created_at", "-created_at"]
SORTS = {
    "urgency": Sort((Task.due_order, Task.weight, Task.id)),
    **both_ways(created_at=(Task.id,)),
}
ChangeSort = Literal["changed_at", "-changed_at"]
CHANGE_SORTS = both_ways(changed_at=(TaskChange.id,))
_WEEK = timedelta(days=6)

_MADE = {"step", "title", "why", "due_at_local", "due_at_home", "is_overdue", "company_id"}
_STORED = tuple(name for name in schemas.Task.model_fields if name not in {*_MADE, "version"})
TASKS: Select[Any] = (
    select(
        *(getattr(Task, name) for name in (*_STORED, "version", "weight", "due_order")),
        Task.title.label("own_title"),
        Application.company_id,
        Application.position,
        Company.name.label("company_name"),
        Contact.display_name.label("contact_name"),
    )
    .outerjoin(Application, and_(Application.owner_id == Task.owner_id, Application.id == Task.application_id))
    .outerjoin(Company, and_(Company.owner_id == Task.owner_id, Company.id == Application.company_id))
    .outerjoin(Contact, and_(Contact.owner_id == Task.owner_id, Contact.id == Task.contact_id))
    .where(Task.owner_id == bindparam(OWNER))
)
"""Tasks with the names that their sentences need."""
_TASK = TASKS.where(Task.id == bindparam("id"))
_EXISTS = owned(Task).with_only_columns(Task.id).where(Task.id == bindparam("id"))
_CHANGES = owned(TaskChange).where(TaskChange.task_id == bindparam("task_id"))


def task(found: Planned, task_id: UUID) -> schemas.Task:
    """A task. Raises `NoSuchResource`."""
    row = found.reading.execute(_TASK, id=task_id).first()
    if row is None:
        raise no_task()
    return schemas.Task.model_construct(**shown(row, found), version=row.version)


def task_now(session: Writing, task_id: UUID) -> schemas.Task:
    """A task within a change, as it is now. Raises `NoSuchResource`."""
    session.flush()
    reading = Reading(session.connection(), session.owner_id)
    return task(Planned(reading, clock.now(), home_zone(reading)), task_id)


def tasks(  # noqa: PLR0913 - one argument for each filter
    found: Planned,
    wanted: Wanted,
    *,
    due: words.Due | None = None,
    kinds: Sequence[str] = (),
    step: words.Step | None = None,
    states: Sequence[str] = (),
    application_id: UUID | None = None,
    interview_id: UUID | None = None,
    company_id: UUID | None = None,
) -> Page[dict[str, Any]]:
    """A page of tasks. Raises `Invalid` for a cursor that is not of this list."""
    statement = TASKS
    if due:
        statement = statement.where(is_due(due, found.now, found.user_zone))
        states = states or ("open",)
    if kinds:
        statement = statement.where(Task.kind.in_(kinds))
    if step:
        statement = statement.where(Task.kind.in_([kind for kind, of in words.STEP_OF.items() if of == step]))
    if states:
        statement = statement.where(Task.state.in_(states))
    if application_id:
        statement = statement.where(Task.application_id == application_id)
    if interview_id:
        statement = statement.where(Task.interview_id == interview_id)
    if company_id:
        statement = statement.where(Application.company_id == company_id)
    rows, next_cursor = rows_of(found.reading, statement, SORTS, wanted)
    return Page([shown(row, found) for row in rows], next_cursor)


def changes(found: Planned, task_id: UUID, wanted: Wanted) -> Page[schemas.TaskChange]:
    """A page of what changed about a task. Raises `NoSuchResource`, and `Invalid` for a cursor of another list."""
    if found.reading.execute(_EXISTS, id=task_id).first() is None:
        raise no_task()
    rows, next_cursor = rows_of(found.reading, _CHANGES, CHANGE_SORTS, wanted, task_id=task_id)
    return Page(list(map(schemas.TaskChange.model_validate, rows)), next_cursor)


def is_due(due: words.Due, now: datetime, user_zone: str) -> ColumnElement[bool]:
    """The condition that a task is due by then, or was brought up without a day; optional ones never are."""
    if due == "overdue":
        return and_(Task.is_optional.is_(False), Task.due_order <= now, Task.due_at.is_not(None))
    today = day_at(now, user_zone)
    until = end_of(today + _WEEK if due == "week" else today, user_zone)
    return is_due_by(until)


def is_due_by(until: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """The condition that a task is due, or was brought up without a day, by a moment; optional ones never are."""
    return and_(Task.is_optional.is_(False), Task.due_order <= until)


def shown(row: Any, found: Planned) -> dict[str, Any]:  # noqa: ANN401 - a row of `TASKS`
    """The members of a `schemas.Task`: not as one, because a queue has many, and they come with their types."""
    due_at = row.due_at
    names = {"contact": row.contact_name, "company": row.company_name, "position": row.position}
    task: dict[str, Any] = dict(zip(_STORED, row, strict=False))
    task["step"] = words.STEP_OF[row.kind]
    task["title"] = title_of(row.kind, row.facts, names, row.own_title)
    task["why"] = reason_of(row.because, row.state)
    task["due_at_local"] = due_at and due_at.astimezone(zone(row.time_zone))
    task["due_at_home"] = due_at and due_at.astimezone(zone(found.user_zone))
    task["is_overdue"] = row.state == "open" and due_at is not None and due_at <= found.now and not row.is_optional
    task["company_id"] = row.company_id
    return task


def no_task() -> NoSuchResource:
    """The error of an id that is no task's."""
    return NoSuchResource("No task of yours has this id.")
