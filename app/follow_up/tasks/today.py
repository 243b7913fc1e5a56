"""Today's queue: what to do now, who owes the next move, what was promised and not kept."""

from sqlalchemy import and_, bindparam, select

from app.applications.models import Application
from app.companies.models import Company
from app.db.database import OWNER
from app.follow_up.plan.days import day_at
from app.follow_up.plan.models import Plan, Task
from app.follow_up.plan.upkeep import Planned
from app.follow_up.plan.view import outlook
from app.follow_up.tasks import schemas
from app.follow_up.tasks.queries import TASKS, is_due, shown

MOST_NOW, MOST_TURNS = 25, 100
_TURNS = (
    select(
        Plan.application_id,
        Plan.turn.label("who"),
        Plan.turn_since.label("since"),
        Plan.answer_expected_on,
        Plan.answer_basis,
        Plan.enquire_from,
        Application.position,
        Application.company_id,
        Company.name.label("company_name"),
    )
    .join(Application, and_(Application.owner_id == Plan.owner_id, Application.id == Plan.application_id))
    .join(Company, and_(Company.owner_id == Application.owner_id, Company.id == Application.company_id))
    .where(Plan.owner_id == bindparam(OWNER), Plan.turn.is_not(None))
    .order_by(Plan.answer_expected_on, Plan.application_id)
    .limit(MOST_TURNS)
)
_PROMISES = frozenset({"promised", "policy"})


def today(found: Planned) -> schemas.Today:
    """Today's queue."""
    due = TASKS.where(Task.state == "open", is_due("today", found.now, found.user_zone))
    rows = found.reading.execute(due.order_by(Task.due_order, Task.weight, Task.id).limit(MOST_NOW + 1)).all()
    turns = list(map(schemas.TurnInBrief.model_validate, found.reading.execute(_TURNS)))
    day = day_at(found.now, found.user_zone)
    return schemas.Today(
        day=day,
        now=[shown(row, found.now, found.user_zone) for row in rows[:MOST_NOW]],
        has_more=len(rows) > MOST_NOW,
        turns=turns,
        broken_promises=[
            turn
            for turn in turns
            if turn.answer_basis in _PROMISES and turn.answer_expected_on is not None and turn.answer_expected_on < day
        ],
        search=outlook(found),
    )
