"""Deciding about an interview, and keeping what was decided."""

import zlib
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import bindparam
from sqlalchemy.exc import IntegrityError

from app.db.constraints import lacks
from app.db.database import Reading, Writing, owned
from app.db.types import new_id
from app.events.recording import happened
from app.follow_up.errors import InterviewNotHeld
from app.follow_up.gathering import Case, Somebody, case_of, facts_of
from app.follow_up.models import StoredDecision
from app.follow_up.plan.days import day_at
from app.follow_up.schemas import DecisionSummary, DecisionWrite, InterviewDecision, RecipientDecision
from app.http import clock
from app.http.pages import Page, Wanted, both_ways, rows_of
from app.http.resources import NoSuchResource
from app.rules.book import RuleBook
from app.rules.decide import decide
from app.rules.facts import Choice

_NOT_HELD = {"cancelled": "was cancelled", "no_show": "did not take place"}
_DECISION = TypeAdapter(InterviewDecision)
_BY_ID = owned(StoredDecision).where(StoredDecision.id == bindparam("id"))
_OF_INTERVIEW = (
    owned(StoredDecision)
    .with_only_columns(*(getattr(StoredDecision, name) for name in DecisionSummary.model_fields))
    .where(StoredDecision.interview_id == bindparam("interview_id"))
)
_NEWEST_CHOICE = (
    owned(StoredDecision)
    .with_only_columns(StoredDecision.choice)
    .where(StoredDecision.interview_id == bindparam("interview_id"))
    .order_by(StoredDecision.id.desc())
    .limit(1)
)
SORTS = both_ways(created_at=(StoredDecision.id,))


def make(session: Writing, book: RuleBook, interview_id: UUID, sent: DecisionWrite) -> tuple[UUID, bytes]:
    """Decide for everybody who took part, and keep the decision: its id and its body.

    Raises `NoSuchResource`, and `InterviewNotHeld` where there is nothing to follow up.
    """
    reading = Reading(session.connection(), session.owner_id)
    case = case_of(reading, interview_id)
    require_held(case)
    as_of = sent.as_of or today_of(case, clock.now())
    people = facts_of(reading, case, book, as_of, sent.choice)
    return keep(session, book, case, as_of, sent.choice, decided(book, people))


def require_held(case: Case) -> None:
    """Raises `InterviewNotHeld`."""
    if case.status in _NOT_HELD:
        raise InterviewNotHeld(f"This interview {_NOT_HELD[case.status]}.")


def decided(book: RuleBook, people: Sequence[Somebody]) -> list[RecipientDecision]:
    """The decisions for people whose facts are known."""
    return [RecipientDecision(one.participant_id, one.contact_id, one.role, decide(book, one.facts)) for one in people]


def keep(  # noqa: PLR0913, PLR0917 - all that there is to a decision
    session: Writing,
    book: RuleBook,
    case: Case,
    as_of: date,
    choice: Choice | None,
    recipients: list[RecipientDecision],
) -> tuple[UUID, bytes]:
    """Keep a decision as it is given: its id and its body. Raises `NoSuchResource`."""
    now, interview_id = clock.now(), case.row.id
    given = InterviewDecision(
        id=new_id(),
        interview_id=interview_id,
        created_at=now,
        as_of=as_of,
        rules_version=book.version,
        recipients=recipients,
    )
    body = _DECISION.dump_json(given)
    session.add(
        StoredDecision(
            owner_id=session.owner_id,
            id=given.id,
            interview_id=interview_id,
            created_at=now,
            as_of=as_of,
            rules_version=book.version,
            choice=choice and choice.model_dump(exclude_none=True),
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
    happened(session, "decision.made", given.id, **about)
    return given.id, body


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


def newest_choice(reading: Reading, interview_id: UUID) -> Choice | None:
    """The user's own choice in the newest decision about an interview; a further one that has none takes it back."""
    kept = reading.execute(_NEWEST_CHOICE, interview_id=interview_id).scalar()
    return Choice(**kept) if kept else None


def today_of(case: Case, now: datetime) -> date:
    """The day it is where the interview was held."""
    return day_at(now, case.row.time_zone)
