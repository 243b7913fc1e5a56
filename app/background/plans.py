"""Brings plans up to date where nobody looks: of everybody to whom something happened, or whose time has come."""

import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from threading import Event
from traceback import extract_tb
from uuid import UUID

from sqlalchemy import Connection, bindparam, select, union

from app.accounts.models import User
from app.db.database import Database, Writing
from app.db.errors import Busy, ChangedMeanwhile, DatabaseUnavailable
from app.events.models import EventCounter
from app.follow_up.plan.models import Plan, SearchPlan
from app.follow_up.plan.upkeep import Planner

_USER = select(User.id).where(User.id == bindparam("id"))
_WAITING = union(
    select(Plan.owner_id).where(Plan.recheck_at <= bindparam("now")),
    select(SearchPlan.owner_id).where(SearchPlan.recheck_at <= bindparam("now")),
    select(EventCounter.owner_id).where(EventCounter.last_number > EventCounter.planned_number),
)
_APP = Path(__file__).resolve().parents[1]
_log = logging.getLogger(__name__)


class AccountIsGone(Exception):
    """The user has deleted the account."""


class OnBehalfOf:
    """A caller for work that no request asks for: a user as such, without credentials."""

    use: None = None

    def __init__(self, owner_id: UUID) -> None:
        self._owner_id = owner_id

    def admit(self, connection: Connection) -> UUID:
        """The user. Raises `AccountIsGone`."""
        if connection.execute(_USER, {"id": self._owner_id}).first() is None:
            raise AccountIsGone
        return self._owner_id

    def allows(self, scope: str) -> bool:  # noqa: ARG002 - as the protocol has it
        """Whatever the user may do."""
        return True

    def require(self, scope: str) -> None:
        """Nothing is missing."""


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
        where = [one for one in extract_tb(error.__traceback__) if Path(one.filename).is_relative_to(_APP)][-1]
        # Without the message: it may quote what somebody wrote.
        kind = type(error).__name__
        _log.error("the plans of user %s fail with %s in %s, line %s", owner_id, kind, where.name, where.lineno)
        return False
    return True
