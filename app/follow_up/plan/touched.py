"""Which applications an event touches."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Row, and_, bindparam, or_, select

from app.applications.models import Application
from app.applications.statuses import OPEN
from app.db.database import OWNER, Reading
from app.interviews.models import Interview, Participant
from app.references.models import Reference, ReferenceUse

_APPLICATIONS = select(Application.id).where(Application.owner_id == bindparam(OWNER))
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_ALIVE = _APPLICATIONS.where(or_(Application.status.in_(OPEN), Application.id.in_(_IDS)))
_OF_COMPANY = _APPLICATIONS.where(Application.company_id.in_(_IDS))
_TAKES_PART = (
    select(Interview.application_id)
    .join(Participant, and_(Participant.owner_id == Interview.owner_id, Participant.interview_id == Interview.id))
    .where(Interview.owner_id == bindparam(OWNER), Participant.contact_id.in_(_IDS))
)


def _refers(condition: ColumnElement[bool]) -> Any:  # noqa: ANN401 - a SELECT of ids
    """The applications in which references are named."""
    return (
        select(ReferenceUse.application_id)
        .join(Reference, and_(Reference.owner_id == ReferenceUse.owner_id, Reference.id == ReferenceUse.reference_id))
        .where(ReferenceUse.owner_id == bindparam(OWNER), condition)
    )


_OF_CONTACT = _APPLICATIONS.where(
    or_(
        Application.id.in_(_TAKES_PART.scalar_subquery()),
        Application.id.in_(_refers(Reference.contact_id.in_(_IDS)).scalar_subquery()),
        Application.agency_contact_id.in_(_IDS),
        Application.introduced_by_contact_id.in_(_IDS),
    )
)
_OF_INTERVIEW = select(Interview.application_id).where(Interview.owner_id == bindparam(OWNER), Interview.id.in_(_IDS))
_OF: dict[str, Any] = {
    "application": _APPLICATIONS.where(Application.id.in_(_IDS)),
    "company": _OF_COMPANY,
    "contact": _OF_CONTACT,
    "interview": _OF_INTERVIEW,
    "reference": _refers(ReferenceUse.reference_id.in_(_IDS)),
    "reflection": _OF_INTERVIEW,
}


_OF_PLANS = ("task.", "turn.")
_OF_MESSAGES = ("message.", "mailbox.")
"""These touch no plan: that a message was sent is a fact of something else, which has an event of its own."""
_LEADS_NOWHERE = frozenset({"contact.deleted", "reference.deleted"})
"""What led from these to the applications is gone, so they may touch any."""


def touched_by(reading: Reading, events: Iterable[Row[Any]]) -> dict[UUID, str]:
    """The applications that events touch, each with the type of the last event that does.

    What became of a task is the reason only where nothing else happened.
    """
    found: dict[UUID, str] = {}
    for event in events:
        for application_id in _touched(reading, event):
            if event.type.startswith(_OF_PLANS):
                found.setdefault(application_id, event.type)
            else:
                found[application_id] = event.type
    return found


def _touched(reading: Reading, event: Row[Any]) -> Iterable[UUID]:
    """The applications that one event touches."""
    if event.type.startswith(_OF_MESSAGES):
        return ()
    if event.type.startswith(_OF_PLANS):
        # Planning takes its own events into account at once, so this is the user's: the time may have changed at which
        # the task is brought up.
        return _named(event, "application_id")
    if event.type in _LEADS_NOWHERE:
        return reading.execute(_APPLICATIONS).scalars().all()
    applications = _named(event, "application_id", "previous_application_id")
    if _is_about_acceptance(event):
        return reading.execute(_ALIVE, ids=applications).scalars().all()
    if companies := _named(event, "company_id", "previous_company_id"):
        return [*applications, *reading.execute(_OF_COMPANY, ids=companies).scalars()]
    subjects = _named(event, "interview_id") or [event.subject_id]
    return applications or reading.execute(_OF[event.type.partition(".")[0]], ids=subjects).scalars().all()


def _named(event: Row[Any], *names: str) -> list[UUID]:
    return [UUID(event.data[name]) for name in names if event.data.get(name)]


def _is_about_acceptance(event: Row[Any]) -> bool:
    """Whether an offer was accepted, or no longer is, which concerns every application that is alive."""
    return "accepted" in {event.data.get("status"), event.data.get("before"), event.type.partition(".")[2]}
