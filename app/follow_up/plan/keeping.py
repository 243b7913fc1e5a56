"""Keeps the rows of tasks as the facts call for them, without touching what the user has skipped or put off."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python

from app.db.database import Writing
from app.db.types import new_id
from app.events.recording import happened
from app.events.vocabulary import EventType
from app.follow_up.plan import vocabulary as words
from app.follow_up.plan.models import Task, TaskChange
from app.follow_up.plan.situation import Wanted

NEVER_DUE = datetime(9999, 1, 1, tzinfo=UTC)
"""Where tasks are sorted that have no due time and are never brought up: after all others."""

_SUBJECTS = ("application_id", "interview_id", "participant_id", "contact_id", "reference_id")
_TAKEN_OVER = (
    *_SUBJECTS,
    "because",
    "time_zone",
    "opens_at",
    "due_at",
    "remind_at",
    "is_optional",
    "waits_for",
    "facts",
)
_TOLD = frozenset({"because", "opens_at", "due_at", "is_optional", "facts", "state", "snoozed_until", "title", "notes"})
"""What a user sees of a task: a change of it is noted."""


class Keeper:
    """Brings the tasks of some applications, or of a search, to what is wanted of them."""

    def __init__(self, session: Writing, now: datetime, tasks: Sequence[Task]) -> None:
        """`tasks` are all that there are of these applications, except the user's own."""
        self._session = session
        self._now = now
        self._tasks = {task.key: task for task in tasks}

    def keep(self, wanted: Mapping[str, tuple[Wanted, str]]) -> None:
        """Add, change, close, open again and retire tasks. With each that is wanted goes the reason for looking."""
        for key, (one, reason) in wanted.items():
            task = self._tasks.get(key) or self._of_one_person(one, wanted)
            if task is None:
                self._add(one)
            else:
                self._follow(task, one, reason)

    def wake(self, own: Sequence[Task], reason: str) -> None:
        """Bring up the user's own tasks whose time has come, and open those again that were put off until now."""
        for task in own:
            if task.snoozed_until is not None and task.snoozed_until <= self._now:
                before = seen(task)
                open_again(task)
                self._changed(task, before, reason, "task.reopened")
            self._bring_up(task)

    def finish(self, tasks: Iterable[tuple[Task, str]]) -> None:
        """Let be done what the facts have done, each with the reason for looking."""
        self._let_be("done", "task.done", tasks)

    def retire(self, unwanted: Iterable[tuple[Task, str]]) -> None:
        """Retire what the facts do not call for any more, each with the reason for looking."""
        self._let_be("retired", "task.retired", unwanted)

    def _let_be(self, state: words.State, kind: EventType, tasks: Iterable[tuple[Task, str]]) -> None:
        for task, reason in tasks:
            if task.state not in words.CLOSED:
                before = seen(task)
                close(task, state, "facts", self._now)
                self._changed(task, before, reason, kind)

    def _of_one_person(self, one: Wanted, wanted: Mapping[str, object]) -> Task | None:
        """The task about somebody who was written down twice: merging has given it their other id, and its key is old.

        What the user has said of it goes on.
        """
        same = [task for task in self._tasks.values() if task.key not in wanted and _is_about(task, one)]
        if not same:
            return None
        task = max(same, key=lambda task: task.closed_by == "user")
        del self._tasks[task.key]
        task.key = one.key
        self._tasks[one.key] = task
        return task

    def _add(self, one: Wanted) -> None:
        task = Task(
            owner_id=self._session.owner_id,
            id=new_id(),
            created_at=self._now,
            updated_at=self._now,
            key=one.key,
            kind=one.kind,
            state=one.state,
            weight=words.WEIGHT[one.kind],
            is_brought_up=False,
        )
        _take_over(task, one)
        self._session.add(task)
        if one.state == "done":
            close(task, "done", "facts", self._now)
        else:
            tell(self._session, "task.added", task)
            self._bring_up(task)

    def _follow(self, task: Task, one: Wanted, reason: str) -> None:
        if is_settled(task):
            _take_over(task, one, _SUBJECTS)
            return
        before, was = seen(task), task.state
        _take_over(task, one)
        if one.state == "done":
            if was != "done":
                close(task, "done", "facts", self._now)
        elif was in words.CLOSED:
            open_again(task, one.state)
        elif was != "snoozed" or (task.snoozed_until is not None and task.snoozed_until <= self._now):
            task.state, task.snoozed_until = one.state, None
        if task.remind_at is None or task.remind_at > self._now:
            task.is_brought_up = False
        self._changed(task, before, reason, _event(was, task.state))
        self._bring_up(task)

    def _bring_up(self, task: Task) -> None:
        """Tell once that a task is due."""
        if (
            task.state == "open"
            and not task.is_brought_up
            and task.remind_at is not None
            and task.remind_at <= self._now
        ):
            task.is_brought_up = True
            tell(self._session, "task.due", task)

    def _changed(self, task: Task, before: Mapping[str, Any], reason: str, kind: EventType) -> None:
        if note_change(self._session, task, before, reason, self._now):
            tell(self._session, kind, task)


def is_settled(task: Task) -> bool:
    """Whether the user's word is all there is: they have skipped it, or done what is written down nowhere else."""
    if task.closed_by != "user":
        return False
    # A note to nobody in particular has no place to be written down.
    is_recorded = task.kind in words.RECORDED and (task.kind != "send_note" or task.participant_id is not None)
    return task.state == "skipped" or (task.state == "done" and not is_recorded)


def seen(task: Task) -> dict[str, Any]:
    """What a user sees of a task."""
    return {name: getattr(task, name) for name in _TOLD}


def note_change(session: Writing, task: Task, before: Mapping[str, Any], reason: str, now: datetime) -> bool:
    """Write down how a task differs from what it was, and why; whether it does at all."""
    fields = [
        {"field": name, "before": to_jsonable_python(old), "after": to_jsonable_python(getattr(task, name))}
        for name, old in sorted(before.items())
        if old != getattr(task, name)
    ]
    if session.is_modified(task):
        task.updated_at = now
    if not fields:
        return False
    session.add(TaskChange(owner_id=session.owner_id, task_id=task.id, changed_at=now, because=reason, fields=fields))
    return True


def tell(session: Writing, kind: EventType, task: Task) -> None:
    """Write the event of a task."""
    subjects: dict[str, UUID | None] = {name: getattr(task, name) for name in _SUBJECTS}
    happened(session, kind, task.id, kind=task.kind, state=task.state, due_at=task.due_at, **subjects)


def open_again(task: Task, state: words.State = "open") -> None:
    """Let a closed or snoozed task be to do again."""
    task.state = state
    task.closed_by = task.closed_at = task.skip_reason = task.snoozed_until = None


def close(task: Task, state: words.State, by: words.ClosedBy, now: datetime) -> None:
    """Let a task be closed, by the user or by the facts."""
    task.state, task.closed_by, task.closed_at, task.snoozed_until = state, by, now, None


def _is_about(task: Task, one: Wanted) -> bool:
    """Whether a task is of one kind with what is wanted, and about the same person and event."""
    if one.kind not in words.OF_EACH_PERSON or (task.kind, task.contact_id) != (one.kind, one.contact_id):
        return False
    of_event = "application_id" if one.interview_id is None else "interview_id"
    return task.reference_id == one.reference_id and bool(getattr(task, of_event) == getattr(one, of_event))


def _take_over(task: Task, one: Wanted, names: Sequence[str] = _TAKEN_OVER) -> None:
    for name in names:
        value = getattr(one, name)
        if isinstance(value, datetime):
            value = value.astimezone(UTC)
        # Instants of SQLite and of the rules are equal where they are the same moment.
        if getattr(task, name) != value:
            setattr(task, name, value)
    if task.due_order != (due_order := task.due_at or task.remind_at or NEVER_DUE):
        task.due_order = due_order


def _event(was: words.State, state: words.State) -> EventType:
    if state == was:
        return "task.changed"
    if state == "done":
        return "task.done"
    return "task.reopened" if was in words.CLOSED or was == "snoozed" else "task.changed"
