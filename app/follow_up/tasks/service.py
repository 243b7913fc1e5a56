"""Changing tasks: the user's own, and what becomes of any."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from app.accounts.home import HOME, ZONE
from app.applications.models import Application
from app.contacts.models import Contact
from app.db.database import OWNER, Writing, owned
from app.db.types import new_id
from app.errors import AppError, FieldError
from app.events.recording import happened, held_counter
from app.follow_up.plan import vocabulary as words
from app.follow_up.plan.days import day_at, morning_of
from app.follow_up.plan.keeping import NEVER_DUE, is_settled, note_change, open_again, seen, tell
from app.follow_up.plan.models import Task
from app.follow_up.tasks import schemas
from app.follow_up.tasks.doing import do
from app.follow_up.tasks.errors import DoneByFacts, NotYourOwnTask, TaskRetired
from app.follow_up.tasks.queries import no_task
from app.http import clock
from app.http.problems import invalid_request
from app.http.references import require_own, which_exist
from app.http.resources import Match, patched
from app.interviews.models import Interview
from app.rules.book import RuleBook
from app.rules.calendar import MondayToFriday, Place

USER = "user"
"""The reason of a change that the user has made."""
_EVENTS = {"done": "task.done", "skipped": "task.skipped", "snoozed": "task.snoozed", "open": "task.reopened"}
_TASK = owned(Task).where(Task.id == bindparam("id"))
_WHERE = select(Application.country, Application.subdivision).where(
    Application.owner_id == bindparam(OWNER), Application.id == bindparam("id")
)
_OF_INTERVIEW = select(Interview.application_id, Interview.time_zone).where(
    Interview.owner_id == bindparam(OWNER), Interview.id == bindparam("id")
)
_APPLICATIONS, _INTERVIEWS, _CONTACTS = which_exist(Application), which_exist(Interview), which_exist(Contact)


def create(session: Writing, sent: schemas.TaskWrite) -> UUID:
    """Add a task of the user's own: its id. Raises `Invalid`."""
    now = clock.now()
    task_id = new_id()
    task = Task(
        owner_id=session.owner_id,
        id=task_id,
        created_at=now,
        updated_at=now,
        key=f"own:{task_id.hex}",
        kind="own",
        state="open",
        because="user_wants_it",
        weight=words.WEIGHT["own"],
        is_optional=False,
        is_brought_up=False,
        facts={},
    )
    _write(session, task, sent)
    session.add(task)
    session.flush()
    tell(session, "task.added", task)
    return task_id


def change(session: Writing, task_id: UUID, match: Match, patch: schemas.TaskPatch) -> None:
    """Change a task of the user's own. Raises `NoSuchResource`, `ChangedMeanwhile`, `NotYourOwnTask`, `Invalid`."""
    task = _own(session, task_id)
    match.require(task)
    now, before = clock.now(), seen(task)
    _write(session, task, patched(schemas.TaskWrite, task, patch))
    if note_change(session, task, before, USER, now):
        tell(session, "task.changed", task)
    session.touch(task, now)


def delete(session: Writing, task_id: UUID, match: Match) -> None:
    """Delete a task of the user's own. Raises `NoSuchResource`, `ChangedMeanwhile`, `NotYourOwnTask`."""
    task = _own(session, task_id)
    match.require(task)
    session.delete(task)
    session.flush()
    happened(session, "task.deleted", task_id, kind="own")


def set_state(  # noqa: PLR0913, PLR0917 - what it takes
    session: Writing,
    book: RuleBook,
    task_id: UUID,
    match: Match,
    sent: schemas.StateWrite,
    require: Callable[[str], None],
) -> None:
    """Say what becomes of a task; doing it writes down the fact behind it, for which `require` makes sure of a scope.

    Raises `NoSuchResource`, `ChangedMeanwhile`, `TaskRetired`, `DoneByFacts`, `Invalid`, and what `require` and the
    service of the fact raise.
    """
    held_counter(session)
    task = session.find(_TASK, id=task_id)
    if task is None:
        raise no_task()
    match.require(task)
    if task.state == "retired":
        raise TaskRetired(f"This task was retired at {task.closed_at:%Y-%m-%dT%H:%M:%SZ}.")
    if task.state == sent.state == "done":
        return
    if task.state == "done" and not is_settled(task):
        raise DoneByFacts(f"The task was done at {task.closed_at:%Y-%m-%dT%H:%M:%SZ}, and the fact behind it stands.")
    now, before = clock.now(), seen(task)
    if sent.state == "done":
        do(session, task, now, require)
    if sent.state == "open":
        open_again(task, "waiting" if task.waits_for else "open")
        task.is_brought_up = False
    else:
        task.state = sent.state
        task.skip_reason = sent.reason
        task.snoozed_until = _until(session, book, task, sent, now) if sent.state == "snoozed" else None
        is_closed = sent.state in words.CLOSED
        task.closed_by, task.closed_at = ("user", now) if is_closed else (None, None)
    if note_change(session, task, before, USER, now):
        tell(session, _EVENTS[sent.state], task)  # type: ignore[arg-type]
    session.touch(task, now)


def set_states(
    session: Writing, book: RuleBook, sent: schemas.ManyStatesWrite, require: Callable[[str], None]
) -> list[tuple[UUID, AppError | None]]:
    """The same for several tasks; of each that it cannot be done for, the error. The others are done."""
    results: list[tuple[UUID, AppError | None]] = []
    for task_id in sent.task_ids:
        try:
            with session.attempt():
                set_state(session, book, task_id, Match("*"), sent, require)
        except AppError as error:
            results.append((task_id, error))
        else:
            results.append((task_id, None))
    return results


def _own(session: Writing, task_id: UUID) -> Task:
    held_counter(session)
    task = session.find(_TASK, id=task_id)
    if task is None:
        raise no_task()
    if task.kind != "own":
        raise NotYourOwnTask(f"This task is of the kind {task.kind!r}; skip it by POST /v1/tasks/{task_id}/state.")
    return task


def _write(session: Writing, task: Task, sent: schemas.TaskWrite) -> None:
    """Take over what was sent; references that change are looked up."""
    if sent.contact_id != task.contact_id:
        require_own(session, _CONTACTS, {"#/contact_id": sent.contact_id}, "contact")
    task.contact_id = sent.contact_id
    _place(session, task, sent)
    task.title = sent.title
    task.notes = sent.notes
    if task.due_at != sent.due_at:
        task.is_brought_up = False
    task.due_at = task.remind_at = sent.due_at
    task.due_order = sent.due_at or NEVER_DUE


def _place(session: Writing, task: Task, sent: schemas.TaskWrite) -> None:
    """Let a task belong to an interview, and so to its application and its place; to an application; or to nothing."""
    if sent.interview_id is not None:
        require_own(session, _INTERVIEWS, {"#/interview_id": sent.interview_id}, "interview")
        which = {OWNER: session.owner_id, "id": sent.interview_id}
        application_id, time_zone = session.execute(_OF_INTERVIEW, which).one()
        if sent.application_id not in {None, task.application_id, application_id}:
            hint = "Leave it out: it follows from interview_id."
            wrong = FieldError("The interview is for another application.", "#/application_id", hint=hint)
            raise invalid_request((wrong,), 1)
        task.application_id, task.time_zone = application_id, time_zone
    else:
        if sent.application_id != task.application_id:
            require_own(session, _APPLICATIONS, {"#/application_id": sent.application_id}, "application")
        task.application_id = sent.application_id
        task.time_zone = session.scalars(ZONE, {OWNER: session.owner_id}).one() or HOME
    task.interview_id = sent.interview_id


def _until(session: Writing, book: RuleBook, task: Task, sent: schemas.StateWrite, now: datetime) -> datetime:
    """The moment until which a task is put off. Raises `Invalid` for one that is over."""
    if sent.until is not None:
        if sent.until <= now:
            wrong = FieldError("This moment is over.", "#/until", hint="Give one that is still to come.")
            raise invalid_request((wrong,), 1)
        return sent.until
    today, days = day_at(now, task.time_zone), sent.working_days or 1
    where = session.execute(_WHERE, {OWNER: session.owner_id, "id": task.application_id}).first()
    # Of what belongs nowhere, the place is not known: working days are those of most places.
    place = Place(MondayToFriday(), "", None) if where is None else Place(book.calendar, *where)
    return morning_of(place.after(today, days), task.time_zone)
