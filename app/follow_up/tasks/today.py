"""Today's queue: what to do now, who owes the next move, what was promised and not kept."""

from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from app.applications.models import Application
from app.companies.models import Company
from app.db.database import OWNER
from app.follow_up.plan.days import day_at, end_of
from app.follow_up.plan.models import Plan, Task
from app.follow_up.plan.upkeep import Planned
from app.follow_up.plan.view import outlook
from app.follow_up.tasks import schemas
from app.follow_up.tasks.queries import TASKS, shown

_FIRST = (Plan.turn_since.is_(None), Plan.answer_expected_on, Plan.application_id)
_UNDER_WAY = select(Plan).where(Plan.owner_id == bindparam(OWNER), Plan.turn.is_not(None)).order_by(*_FIRST)
_PROMISED = (Plan.answer_basis.in_(("promised", "policy")), Plan.answer_expected_on < bindparam("day"))
_TURN_MEMBERS = tuple(schemas.TurnInBrief.model_fields)


def _in_brief(plans: Select[Plan]) -> Select[Any]:
    """Whose turn it is by some plans, with the names that go with them; looked up only for those that are shown."""
    plan = aliased(Plan, plans.limit(bindparam("limit")).subquery())
    first = (plan.turn_since.is_(None), plan.answer_expected_on, plan.application_id)
    return (
        select(plan.application_id, plan.turn, plan.turn_since)
        .add_columns(plan.answer_expected_on, plan.answer_basis, plan.enquire_from)
        .add_columns(Application.position, Application.company_id, Company.name)
        .join(Application, and_(Application.owner_id == plan.owner_id, Application.id == plan.application_id))
        .join(Company, and_(Company.owner_id == Application.owner_id, Company.id == Application.company_id))
        .order_by(*first)
    )


_TURNS, _BROKEN = _in_brief(_UNDER_WAY), _in_brief(_UNDER_WAY.where(*_PROMISED))
_DUE = (
    TASKS.where(
        Task.state == "open",
        Task.is_optional.is_(False),
        or_(Task.due_order <= bindparam("until"), and_(Task.due_at.is_(None), Task.remind_at <= bindparam("until"))),
    )
    .order_by(Task.due_order, Task.weight, Task.id)
    .limit(bindparam("limit"))
)


def today(found: Planned, limit: int) -> dict[str, Any]:
    """Today's queue: the members of a `schemas.Today`, with at most `limit` items in each list."""
    day = day_at(found.now, found.user_zone)
    execute = found.reading.execute
    rows = execute(_DUE, until=end_of(day, found.user_zone), limit=limit + 1).all()
    return {
        "day": day,
        "now": [shown(row, found) for row in rows[:limit]],
        "has_more": len(rows) > limit,
        "turns": list(map(_turn, execute(_TURNS, limit=limit))),
        "broken_promises": list(map(_turn, execute(_BROKEN, day=day, limit=limit))),
        "search": outlook(found),
    }


def _turn(row: Row[Any]) -> dict[str, Any]:
    return dict(zip(_TURN_MEMBERS, row, strict=True))
