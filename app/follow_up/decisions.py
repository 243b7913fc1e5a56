"""Deciding about an interview, and keeping what was decided."""

import zlib
from datetime import date
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import bindparam
from sqlalchemy.exc import IntegrityError

from app.db.constraints import lacks
from app.db.database import Reading, Writing, owned
from app.db.types import new_id
from app.events.recording import happened
from app.follow_up.errors import InterviewNotHeld
from app.follow_up.gathering import Case, case_of, facts_of
from app.follow_up.models import StoredDecision
from app.follow_up.plan.days import day_at
from app.follow_up.schemas import DecisionSummary, DecisionWrite, InterviewDecision, RecipientDecision
from app.http import clock
from app.http.pages import Page, Wanted, both_ways, rows_of
from app.http.resources import NoSuchResource
from app.rules.book import RuleBook
from app.rules.decide import decide

_NOT_HELD = {"cancelled": "was cancelled", "no_show": "did not take place"}
_DECISION = TypeAdapter(InterviewDecision)
_BY_ID = owned(StoredDecision).where(StoredDecision.id == bindparam("id"))
_OF_INTERVIEW = (
    owned(StoredDecision)
    .with_only_columns(*(getattr(StoredDecision, name) for name in DecisionSummary.model_fields))
    .where(StoredDecision.interview_id == bindparam("interview_id"))
)
SORTS = both_ways(created_at=(StoredDecision.id,))


def make(session: Writing, book: RuleBook, interview_id: UUID, sent: DecisionWrite) -> tuple[UUID, bytes]:
    """Decide for everybody who took part, and keep the decision: its id and its body.

    Raises `NoSuchResource`, and `InterviewNotHeld` where there is nothing to follow up.
    """
    reading = Reading(session.connection(), session.owner_id)
    case = case_of(reading, interview_id)
    if case.status in _NOT_HELD:
        raise InterviewNotHeld(f"This interview {_NOT_HELD[case.status]}.")
    now = clock.now()
    as_of = sent.as_of or _today(case)
    decided = InterviewDecision(
        id=new_id(),
        interview_id=interview_id,
        created_at=now,
        as_of=as_of,
        rules_version=book.version,
        recipients=[
            RecipientDecision(one.participant_id, one.contact_id, one.role, decide(book, one.facts))
            for one in facts_of(reading, case, book, as_of, sent.choice)
        ],
    )
    body = _DECISION.dump_json(decided)
    session.add(
        StoredDecision(
            owner_id=session.owner_id,
            id=decided.id,
            interview_id=interview_id,
            created_at=now,
            as_of=as_of,
            rules_version=book.version,
            choice=sent.choice and sent.choice.model_dump(exclude_none=True),
            content=zlib.compress(body),
        )
    )
    try:
        session.flush()
    except IntegrityError as error:
        if not lacks(error, StoredDecision, "owner_id", "interview_id"):
            raise
        raise NoSuchResource("This interview was deleted meanwhile.") from error
    about = {"interview_id": interview_id, "application_id": case.row.application_id}
    happened(session, "decision.made", decided.id, **about)
    return decided.id, body


def body_of(reading: Reading, decision_id: UUID) -> bytes:
    """The body of a decision as it was given. Raises `NoSuchResource`."""
    row = reading.execute(_BY_ID, id=decision_id).first()
    if row is None:
        raise NoSuchResource("No decision of yours has this id.")
    return zlib.decompress(row.content)


def summaries(reading: Reading, interview_id: UUID, wanted: Wanted) -> Page[DecisionSummary]:
    """A page of the decisions about an interview.

    Raises `NoSuchResource`, and `Invalid` for a cursor of another list.
    """
    case_of(reading, interview_id)
    rows, next_cursor = rows_of(reading, _OF_INTERVIEW, SORTS, wanted, interview_id=interview_id)
    return Page(list(map(DecisionSummary.model_validate, rows)), next_cursor)


def _today(case: Case) -> date:
    """The day it is where the interview was held."""
    return day_at(clock.now(), case.row.time_zone)
