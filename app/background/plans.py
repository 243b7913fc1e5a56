"""Brings plans up to date where nobody looks: of everybody to whom something happened, or whose time has come."""

import logging
from collections.abc import Sequence
from datetime import datetime
from threading import Event
from uuid import UUID

from sqlalchemy import bindparam, select, union

from app.accounts.on_behalf import AccountIsGone, OnBehalfOf
from app.background.doing import told
from app.db.database import Database, Writing
from app.db.errors import Busy, ChangedMeanwhile, DatabaseUnavailable
from app.events.models import EventCounter
from app.follow_up.plan.models import Plan, SearchPlan
from app.follow_up.plan.upkeep import Planner

_WAITING = union(
    select(Plan.owner_id).where(Plan.recheck_at <= bindparam("now")),
    select(SearchPlan.owner_id).where(SearchPlan.recheck_at <= bindparam("now")),
    select(EventCounter.owner_id).where(EventCounter.last_number > EventCounter.planned_number),
)
_log = logging.getLogger(__name__)


def waiting(session: Writing, now: datetime) -> Sequence[UUID]:
    """The users whose plans are to be looked at."""
    return session.scalars(_WAITING, {"now": now}).all()


def bring_up_to_date(database: Database, planner: Planner, now: datetime, stop: Event) -> int:
    """Bring the plans of all of them up to date, each user's in a transaction of its own, until `stop` is set.

    Gives how many users' were. What is wrong with those of one is in the log and spoils no other's.
    Raises `DatabaseUnavailable`; `Busy` where not even the users are found.
    """
    with database.session() as session:
        owners = waiting(session, now)
    done = 0
    for owner_id in owners:
        if stop.is_set():
            break
        done += _brought_up_to_date(database, planner, owner_id)
    return done


def _brought_up_to_date(database: Database, planner: Planner, owner_id: UUID) -> bool:
    try:
        with database.writing(OnBehalfOf(owner_id)) as session:
            planner.bring_up_to_date(session)
    except (AccountIsGone, Busy, ChangedMeanwhile):
        # Nothing is left to do, or it is done the next time.
        return False
    except DatabaseUnavailable:
        raise
    except Exception as error:  # noqa: BLE001 - the next user's plans are to be looked at whatever this one's are like
        _log.error("bringing the plans of user %s up to date %s", owner_id, told(error))
        return False
    return True
