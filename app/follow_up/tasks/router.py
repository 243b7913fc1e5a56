"""/v1/tasks and /v1/today: what is to be done in the whole job search."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Path, Query, Request, Response, Security
from pydantic_core import to_json

from app.db.database import Writing
from app.follow_up.plan import vocabulary as words
from app.follow_up.plan.router import planner_of
from app.follow_up.tasks import queries, schemas, service
from app.follow_up.tasks.errors import DoneByFacts, NotYourOwnTask, TaskRetired
from app.follow_up.tasks.today import today
from app.http.answers import JSON
from app.http.caller import BEARER, OWN_PROBLEMS, Caller, Stored
from app.http.etags import NOT_MODIFIED
from app.http.idempotency import ONCE_PROBLEMS, Idempotent
from app.http.pages import DEFAULT_LIMIT, MOST, Cursor, Limit, Page, Wanted
from app.http.problems import BODY_PROBLEMS, problem_of, responses
from app.http.resources import (
    CHANGE_PROBLEMS,
    OWN_AND_FRESH,
    PATCH_PROBLEMS,
    Id,
    IfMatch,
    Match,
    NoSuchResource,
    changed,
    created,
    deleted,
    found,
    listed,
)
from app.http.routes import JsonRoute
from app.http.words import SeveralOf, named

router = APIRouter(tags=["tasks"], route_class=JsonRoute)
_TODAY = 10

Reads = Annotated[Caller, Security(BEARER, scopes=["tasks:read"])]
Writes = Annotated[Caller, Security(BEARER, scopes=["tasks:write"])]
TaskId = Annotated[UUID, Path(description="The `id` of the task.")]
Kinds = Annotated[
    Annotated[str, SeveralOf(words.KINDS)] | None,
    Query(description="Only those of one of these kinds, with commas between them."),
]
States = Annotated[
    Annotated[str, SeveralOf(words.STATES)] | None,
    Query(description=f"Only those in one of these states, with commas between them: {', '.join(words.STATES)}."),
]


@router.get(
    "/v1/today",
    summary="See what to do today",
    response_description="The queue of the day.",
    response_model=schemas.Today,
    responses=responses(*OWN_PROBLEMS),
)
def get_today(
    request: Request,
    caller: Reads,
    database: Stored,
    limit: Annotated[int, Query(ge=1, le=MOST, description="How many items each list has at most.")] = _TODAY,
) -> Response:
    """The one queue: what to do now, who owes the next move in each application, what was promised and not kept.

    What is optional never stands in it. Days are those of the user's own time zone.
    """
    with planner_of(request).planned(database, caller) as planned:
        return Response(to_json(today(planned, limit)), media_type=JSON, headers={"Cache-Control": OWN_AND_FRESH})


@router.get(
    "/v1/tasks",
    summary="List tasks",
    response_description="A page of tasks.",
    response_model=Page[schemas.Task],
    responses=responses(*OWN_PROBLEMS),
)
def list_tasks(
    request: Request,
    caller: Reads,
    database: Stored,
    due: Annotated[
        words.Due | None,
        Query(
            description="Only those that are overdue, due today (or overdue), or due within seven days; open ones, "
            "unless `state` says otherwise."
        ),
    ] = None,
    kind: Kinds = None,
    step: Annotated[words.Step | None, Query(description="Only those of this step.")] = None,
    state: States = None,
    application_id: Annotated[UUID | None, Query(description="Only those of this application.")] = None,
    interview_id: Annotated[UUID | None, Query(description="Only those of this interview.")] = None,
    company_id: Annotated[UUID | None, Query(description="Only those at this company.")] = None,
    sort: Annotated[
        queries.TaskSort, Query(description="The order: the most urgent first, or by when they were added.")
    ] = "urgency",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Tasks of the whole job search. They follow from what is written down, and change with it."""
    with planner_of(request).planned(database, caller) as planned:
        page = queries.tasks(
            planned,
            Wanted(sort, limit, cursor),
            due=due,
            kinds=named(kind),
            step=step,
            states=named(state),
            application_id=application_id,
            interview_id=interview_id,
            company_id=company_id,
        )
        return listed(request, page)


@router.post(
    "/v1/tasks",
    status_code=201,
    summary="Add a task of one's own",
    response_description="The task.",
    response_model=schemas.Task,
    responses=responses(*OWN_PROBLEMS, *BODY_PROBLEMS, *ONCE_PROBLEMS),
)
def create_task(
    request: Request,
    caller: Writes,
    database: Stored,
    once: Idempotent,
    body: Annotated[schemas.TaskWrite, Body()],
) -> Response:
    """Something that follows from nothing else. It stands among the others, and is never retired.

    It goes with the interview or the application that it belongs to.
    """
    with database.writing(caller) as session:
        return once(session, lambda: created(request, queries.task_now(session, service.create(session, body))))


@router.post(
    "/v1/tasks/state",
    summary="Say what becomes of several tasks",
    response_description="What became of each.",
    responses=responses(*OWN_PROBLEMS, *BODY_PROBLEMS, *ONCE_PROBLEMS),
    response_model=schemas.StateResults,
)
def change_task_states(
    request: Request,
    caller: Writes,
    database: Stored,
    once: Idempotent,
    body: Annotated[schemas.ManyStatesWrite, Body()],
) -> Response:
    """Do, skip, snooze or open up to 100 tasks at once. Each has its own result; one that fails spoils no other."""
    with database.writing(caller) as session:
        return once(session, lambda: _results(request, session, body, caller))


@router.get(
    "/v1/tasks/{task_id:uuid}",
    summary="Look up a task",
    response_description="The task.",
    response_model=schemas.Task,
    responses={**NOT_MODIFIED, **responses(*OWN_PROBLEMS, NoSuchResource)},
)
def get_task(request: Request, caller: Reads, database: Stored, task_id: Id) -> Response:
    """A task as it is now."""
    with planner_of(request).planned(database, caller) as planned:
        return found(request, queries.task(planned, task_id))


@router.patch(
    "/v1/tasks/{task_id:uuid}",
    summary="Change a task of one's own",
    response_description="The task as it is now.",
    response_model=schemas.Task,
    responses=responses(*OWN_PROBLEMS, *PATCH_PROBLEMS, NotYourOwnTask),
)
def change_task(
    caller: Writes, database: Stored, task_id: Id, match: IfMatch, body: Annotated[schemas.TaskPatch, Body()]
) -> Response:
    """JSON Merge Patch: members that are absent stay, null takes one away. The state has an operation of its own."""
    with database.writing(caller) as session:
        service.change(session, task_id, match, body)
        return changed(queries.task_now(session, task_id))


@router.delete(
    "/v1/tasks/{task_id:uuid}",
    status_code=204,
    summary="Delete a task of one's own",
    response_description="It is gone.",
    responses=responses(*OWN_PROBLEMS, *CHANGE_PROBLEMS, NotYourOwnTask),
)
def delete_task(caller: Writes, database: Stored, task_id: Id, match: IfMatch) -> Response:
    """Delete a task that you have added. One that follows from facts is skipped instead."""
    with database.writing(caller) as session:
        service.delete(session, task_id, match)
        return deleted()


@router.post(
    "/v1/tasks/{task_id}/state",
    summary="Say what becomes of a task",
    response_description="The task as it is now.",
    response_model=schemas.Task,
    responses=responses(*OWN_PROBLEMS, *PATCH_PROBLEMS, *ONCE_PROBLEMS, TaskRetired, DoneByFacts),
)
def change_task_state(
    request: Request,
    caller: Writes,
    database: Stored,
    task_id: TaskId,
    match: IfMatch,
    once: Idempotent,
    body: Annotated[schemas.StateWrite, Body()],
) -> Response:
    """Do, skip or snooze a task, or open it again.

    Doing writes down the fact behind it: that the interviewers were thanked, that a note was sent today, that you
    asked, that a reference was told or has agreed, that an answer came, that you withdrew. It needs the scope
    of the fact, too. To take that back, change the fact: then the task opens again by itself.
    """
    with database.writing(caller) as session:
        return once(session, lambda: changed(_after(request, session, task_id, match, body, caller)))


@router.get(
    "/v1/tasks/{task_id}/changes",
    summary="List what changed about a task",
    response_description="A page of changes.",
    response_model=Page[schemas.TaskChange],
    responses=responses(*OWN_PROBLEMS, NoSuchResource),
)
def list_task_changes(
    request: Request,
    caller: Reads,
    database: Stored,
    task_id: TaskId,
    sort: Annotated[queries.ChangeSort, Query(description="The order; with `-` the newest first.")] = "changed_at",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """What changed, when and why: because of something that you wrote down or did, or because time has passed."""
    with planner_of(request).planned(database, caller) as planned:
        return listed(request, queries.changes(planned, task_id, Wanted(sort, limit, cursor)))


def _after(
    request: Request, session: Writing, task_id: UUID, match: Match, sent: schemas.StateWrite, caller: Caller
) -> schemas.Task:
    service.set_state(session, request.app.state.rule_book, task_id, match, sent, caller.require)
    return queries.task_now(session, task_id)


def _results(request: Request, session: Writing, sent: schemas.ManyStatesWrite, caller: Caller) -> Response:
    results = []
    for task_id, error in service.set_states(session, request.app.state.rule_book, sent, caller.require):
        task = None if error else queries.task_now(session, task_id)
        problem = problem_of(request, error) if error else None
        results.append(schemas.StateResult.model_construct(task_id=task_id, task=task, problem=problem))
    return Response(to_json(schemas.StateResults.model_construct(results=results)), media_type=JSON)
