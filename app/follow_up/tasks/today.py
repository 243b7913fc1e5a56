"""Today's queue: what to do now, who owes the next move, what was promised and not kept."""

from datetime import date
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, select, union_all

from app.applications.models import Application
from app.companies.models import Company
from app.db.database import OWNER
from app.follow_up.plan.days import day_at, end_of
from app.follow_up.plan.models import Plan, Task
from app.follow_up.plan.upkeep import Planned
from app.follow_up.plan.view import outlook
from app.follow_up.tasks import schemas
from app.follow_up.tasks.queries import TASKS, is_due_by, shown

_FIRST = (Plan.turn_since.is_(None), Plan.answer_expected_on, Plan.application_id)
_UNDER_WAY = select(Plan).where(Plan.owner_id == bindparam(OWNER), Plan.turn.is_not(None)).order_by(*_FIRST)
_PROMISES = frozenset({"promised", "policy"})
_BROKEN = _UNDER_WAY.where(Plan.answer_basis.in_(_PROMISES), Plan.answer_expected_on < bindparam("day"))
_TURN_MEMBERS = tuple(schemas.TurnInBrief.model_fields)


def _first(plans: Select[Plan]) -> Select[Any]:
    """The ids of the first of some plans."""
    limited = plans.with_only_columns(Plan.application_id).limit(bindparam("limit")).subquery()
    return select(limited.c.application_id)


# The names that go with turns are looked up only for those that are shown.
_TURNS = (
    select(Plan.application_id, Plan.turn, Plan.turn_since)
    .add_columns(Plan.answer_expected_on, Plan.answer_basis, Plan.enquire_from)
    .add_columns(Application.position, Application.company_id, Company.name)
    .join(Application, and_(Application.owner_id == Plan.owner_id, Application.id == Plan.application_id))
    .join(Company, and_(Company.owner_id == Application.owner_id, Company.id == Application.company_id))
    .where(Plan.owner_id == bindparam(OWNER), Plan.application_id.in_(union_all(_first(_UNDER_WAY), _first(_BROKEN))))
    .order_by(*_FIRST)
)
_DUE = (
    TASKS.where(Task.state == "open", is_due_by(bindparam("until")))
    .order_by(Task.due_order, Task.weight, Task.id)
    .limit(bindparam("limit"))
)


def today(found: Planned, limit: int) -> dict[str, Any]:
    """Today's queue: the members of a `schemas.Today`, with at most `limit` items in each list."""
    day = day_at(found.now, found.user_zone)
    execute = found.reading.execute
    # Whoever has broken a promise may stand behind the others.
    turns = list(map(_turn, execute(_TURNS, day=day, limit=limit)))
    rows = execute(_DUE, until=end_of(day, found.user_zone), limit=limit + 1).all()
    return {
        "day": day,
        "now": [shown(row, found) for row in rows[:limit]],
        "has_more": len(rows) > limit,
        "turns": turns[:limit],
        "broken_promises": [turn for turn in turns if _is_broken(turn, day)][:limit],
        "search": outlook(found),
    }


def _turn(row: Row[Any]) -> dict[str, Any]:
    return dict(zip(_TURN_MEMBERS, row, strict=True))


def _is_broken(turn: dict[str, Any], day: date) -> bool:
    """Whether an answer was promised by a day that has passed."""
    expected_on = turn["answer_expected_on"]
    return turn["answer_basis"] in _PROMISES and expected_on is not None and expected_on < day
