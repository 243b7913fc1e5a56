"""Gathers what plans look at from rows: of many applications in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, func, select

from app.accounts.home import home_zone
from app.applications.models import Application
from app.applications.statuses import OPEN
from app.companies.models import PracticeReport
from app.contacts.models import Contact
from app.db.database import OWNER, Reading
from app.follow_up import gathering
from app.follow_up.models import StoredDecision
from app.follow_up.plan.days import day_at, end_of, start_of
from app.follow_up.plan.situation import (
    AskConsent,
    Case,
    ForRecipient,
    Meeting,
    Person,
    Reflected,
    Search,
    UsedReference,
)
from app.interviews.models import Interview, Participant, Reflection
from app.interviews.reflection_schemas import ReflectionWrite
from app.interviews.vocabulary import NOT_HELD
from app.references.availability import away_until, changes_on
from app.references.consent import consent_on, last_day
from app.references.models import Briefing, Reference, ReferenceUse
from app.rules.book import RuleBook
from app.rules.calendar import Place
from app.rules.decide import decide
from app.rules.facts import Choice
from app.rules.next_move import times_asked

_REFLECTED = tuple(name for name in ReflectionWrite.model_fields if name != "draft")
_OURS = Application.id.in_(bindparam("ids", expanding=True))
_ITS_APPLICATION = and_(Application.owner_id == Interview.owner_id, Application.id == Interview.application_id)

_ACCEPTED = select(Application.id, Application.decided_on, Application.updated_at).where(
    Application.owner_id == bindparam(OWNER), Application.status == "accepted"
)
_APPLICATIONS = (
    select(
        Application.id,
        Application.company_id,
        Application.status,
        Application.decided_on,
        Application.offer_answer_by,
        Application.updated_at,
        Application.introduced_by_contact_id,
        Application.agency_contact_id,
    )
    .where(Application.owner_id == bindparam(OWNER), _OURS)
    .order_by(Application.id)
)
_INTERVIEWS = gathering.CASES.where(_OURS, Interview.status.not_in(NOT_HELD)).order_by(
    Interview.starts_at, Interview.id, gathering.DOMAIN_ORDER
)
_PEOPLE = (
    gathering.PEOPLE.add_columns(Participant.interview_id, Contact.reachable)
    .add_columns(Participant.note_delivery, Participant.note_scheduled_at)
    .join(Interview, and_(Interview.owner_id == Participant.owner_id, Interview.id == Participant.interview_id))
    .join(Application, _ITS_APPLICATION)
    .where(_OURS)
)
_REFLECTIONS = (
    select(Reflection)
    .join(Interview, and_(Interview.owner_id == Reflection.owner_id, Interview.id == Reflection.interview_id))
    .join(Application, _ITS_APPLICATION)
    .where(Reflection.owner_id == bindparam(OWNER), _OURS)
)
_OPEN_QUESTIONS = (
    select(Application.company_id, Reflection.open_questions)
    .join(Interview, and_(Interview.owner_id == Reflection.owner_id, Interview.id == Reflection.interview_id))
    .join(Application, _ITS_APPLICATION)
    .where(
        Reflection.owner_id == bindparam(OWNER),
        Interview.status.not_in(NOT_HELD),
        Application.company_id.in_(
            select(Application.company_id).where(Application.owner_id == bindparam(OWNER), _OURS).scalar_subquery()
        ),
    )
)
_REPORTS = gathering.ALL_REPORTS.where(
    PracticeReport.company_id.in_(
        select(Application.company_id).where(Application.owner_id == bindparam(OWNER), _OURS).scalar_subquery()
    )
)
_CHOICES = (
    select(StoredDecision.interview_id, StoredDecision.choice)
    .join(Interview, and_(Interview.owner_id == StoredDecision.owner_id, Interview.id == StoredDecision.interview_id))
    .join(Application, _ITS_APPLICATION)
    .where(StoredDecision.owner_id == bindparam(OWNER), _OURS)
    .order_by(StoredDecision.id)
)
_ITS_REFERENCE = and_(Reference.owner_id == ReferenceUse.owner_id, Reference.id == ReferenceUse.reference_id)
_CONSENT = (Reference.contact_id, Reference.consent_given_on, Reference.consent_until)
_REFERENCES = (
    select(ReferenceUse, *_CONSENT, Reference.unavailable)
    .join(Reference, _ITS_REFERENCE)
    .where(ReferenceUse.owner_id == bindparam(OWNER), ReferenceUse.application_id.in_(bindparam("ids", expanding=True)))
    .order_by(ReferenceUse.id)
)
_BRIEFED = (
    select(Briefing.reference_id, Briefing.interview_id)
    .join(Interview, and_(Interview.owner_id == Briefing.owner_id, Interview.id == Briefing.interview_id))
    .join(Application, _ITS_APPLICATION)
    .where(Briefing.owner_id == bindparam(OWNER), _OURS)
)
_ALIVE = select(func.count()).where(Application.owner_id == bindparam(OWNER), Application.status.in_(OPEN))
_LAST_APPLIED = select(func.max(Application.applied_on), func.count()).where(Application.owner_id == bindparam(OWNER))
_USED = (
    select(Reference.id, *_CONSENT, func.min(ReferenceUse.created_at).label("used_since"))
    .join(ReferenceUse, _ITS_REFERENCE)
    .join(
        Application,
        and_(Application.owner_id == ReferenceUse.owner_id, Application.id == ReferenceUse.application_id),
    )
    .where(Reference.owner_id == bindparam(OWNER), Application.status.in_(OPEN))
    .group_by(Reference.owner_id, Reference.id, *_CONSENT)
    .order_by(Reference.id)
)


@dataclass(frozen=True, slots=True)
class World:
    """What is the same for all plans of a user at a moment."""

    book: RuleBook
    now: datetime
    user_zone: str
    consent_good_for: timedelta
    accepted: Mapping[UUID, date] = field(default_factory=dict)
    """The day on which each application was accepted that was."""


def world_of(reading: Reading, book: RuleBook, now: datetime, consent_good_for: timedelta) -> World:
    """What is the same for all plans of the caller."""
    home = home_zone(reading)
    accepted = {row.id: row.decided_on or day_at(row.updated_at, home) for row in reading.execute(_ACCEPTED)}
    return World(book, now, home, consent_good_for, accepted)


def cases(reading: Reading, world: World, ids: Collection[UUID]) -> list[Case]:
    """The cases of applications; of those that there are."""
    wanted = {"ids": list(ids)}
    rows = reading.execute(_APPLICATIONS, **wanted).all()
    meetings = _meetings(reading, world, wanted)
    references = _references(reading, world, wanted)
    questions: dict[UUID, int] = defaultdict(int)
    for company_id, asked in reading.execute(_OPEN_QUESTIONS, **wanted):
        questions[company_id] += _unanswered(asked)
    return [
        Case(
            now=world.now,
            user_zone=world.user_zone,
            application_id=row.id,
            company_id=row.company_id,
            status=row.status,
            decided_on=row.decided_on,
            offer_answer_by=row.offer_answer_by,
            updated_at=row.updated_at,
            meetings=meetings[row.id],
            references=references[row.id],
            introduced_by=row.introduced_by_contact_id,
            agency_contact=row.agency_contact_id,
            questions_at_company=questions[row.company_id],
            accepted_on=min((day for one, day in world.accepted.items() if one != row.id), default=None),
        )
        for row in rows
    ]


def search_of(reading: Reading, world: World) -> Search:
    """A user's search as a whole."""
    last_applied_on, number = reading.execute(_LAST_APPLIED).one()
    used = list(reading.execute(_USED))
    to_ask = list(_to_ask(world, used))
    return Search(
        now=world.now,
        user_zone=world.user_zone,
        alive=reading.execute(_ALIVE).scalar_one(),
        has_applications=number > 0,
        accepted_on=min(world.accepted.values(), default=None),
        last_applied_on=last_applied_on,
        to_ask=to_ask,
        agreed=frozenset(row.id for row in used) - {one.reference_id for one in to_ask},
        consent_ends_at=min(filter(None, (_consent_ends_at(world, row) for row in used)), default=None),
    )


def _meetings(reading: Reading, world: World, wanted: dict[str, Any]) -> Mapping[UUID, list[Meeting]]:
    """The interviews of each application, in their order."""
    people: dict[UUID, list[Row[Any]]] = defaultdict(list)
    for row in reading.execute(_PEOPLE, **wanted):
        people[row.interview_id].append(row)
    reports: dict[UUID, list[Row[Any]]] = defaultdict(list)
    for row in reading.execute(_REPORTS, **wanted):
        reports[row.company_id].append(row)
    reflections = {row.interview_id: row for row in reading.execute(_REFLECTIONS, **wanted)}
    choices = {row.interview_id: row.choice for row in reading.execute(_CHOICES, **wanted)}
    found: dict[UUID, list[Meeting]] = defaultdict(list)
    for interview_id, group in groupby(reading.execute(_INTERVIEWS, **wanted).all(), attrgetter("id")):
        rows = list(group)
        case = gathering.Case(rows[0], [row.domain for row in rows if row.domain])
        met = [row for row in people[interview_id] if row.attended is not False]
        meeting = _meeting(rows[0], met, reflections.get(interview_id))
        if meeting.ends_at <= world.now:
            choice = choices.get(interview_id)
            decided = _decided(world, case, people[interview_id], reports[rows[0].company_id], choice)
            meeting = replace(meeting, decided=list(decided))
            meeting = replace(meeting, close_from=_close_from(world, rows[0], meeting))
        found[rows[0].application_id].append(meeting)
    return found


def _meeting(row: Row[Any], met: Sequence[Row[Any]], reflection: Row[Any] | None) -> Meeting:
    return Meeting(
        id=row.id,
        starts_at=row.starts_at,
        ends_at=row.ends_at or row.starts_at,
        time_zone=row.time_zone,
        status=row.status,
        thanked_in_person=row.thanked_in_person,
        enquiries=times_asked(row.enquiries, row.last_enquiry_on),
        people=[Person(one.id, one.contact_id, one.role, one.reachable, one.note_sent_at) for one in met],
        reflected=_reflected(reflection) if reflection else None,
        decided=(),
    )


def _close_from(world: World, row: Row[Any], meeting: Meeting) -> date | None:
    """After the last enquiry as long is waited for an answer as before the first."""
    days = meeting.decided[0].decision.next_move.enquire_after_business_days
    if row.last_enquiry_on is None or days is None:
        return None
    return Place(world.book.calendar, row.country, row.subdivision).after(row.last_enquiry_on, days)


def _reflected(row: Row[Any]) -> Reflected:
    missing = tuple(name for name in _REFLECTED if not getattr(row, name))
    return Reflected(row.draft, missing, _unanswered(row.open_questions))


def _unanswered(questions: Sequence[Mapping[str, Any]]) -> int:
    return sum(not question["answer"] for question in questions)


def _decided(
    world: World,
    case: gathering.Case,
    people: Sequence[Row[Any]],
    reports: Sequence[Row[Any]],
    kept: Mapping[str, Any] | None,
) -> Iterator[ForRecipient]:
    """The decision for each recipient, as of today there, with the choice that the user has made."""
    as_of = day_at(world.now, case.row.time_zone)
    choice = Choice(**kept) if kept else None
    for one in gathering.facts_for(case, people, reports, world.book, as_of, choice):
        chosen = choice is not None and choice.thank_you is not None
        decision = decide(world.book, one.facts)
        note = next(((row.note_delivery, row.note_scheduled_at) for row in people if row.id == one.participant_id), ())
        whom = (one.participant_id, one.contact_id, one.role, one.facts.note_sent_at)
        yield ForRecipient(*whom, chosen, decision, *note)


def _references(reading: Reading, world: World, wanted: dict[str, Any]) -> Mapping[UUID, list[UsedReference]]:
    """The references of each application, in the order in which they were named."""
    found: dict[UUID, list[UsedReference]] = defaultdict(list)
    used = reading.execute(_REFERENCES, **wanted).all()
    briefed: dict[UUID, set[UUID]] = defaultdict(set)
    if used:
        for row in reading.execute(_BRIEFED, **wanted):
            briefed[row.reference_id].add(row.interview_id)
    today = day_at(world.now, world.user_zone)
    for row in used:
        found[row.application_id].append(
            UsedReference(
                reference_id=row.reference_id,
                contact_id=row.contact_id,
                consent=consent_on(today, row.consent_given_on, row.consent_until, world.consent_good_for),
                consent_ends_at=_consent_ends_at(world, row),
                ready_since=max(filter(None, [row.created_at, _start_of_consent(world, row)])),
                away_until=away_until(row.unavailable, today),
                away_changes_on=changes_on(row.unavailable, today),
                briefed=frozenset(briefed[row.reference_id]),
                thanked_on=row.thanked_on,
                outcome_told_on=row.outcome_told_on,
            )
        )
    return found


def _to_ask(world: World, used: Sequence[Row[Any]]) -> Iterator[AskConsent]:
    today = day_at(world.now, world.user_zone)
    for row in used:
        consent = consent_on(today, row.consent_given_on, row.consent_until, world.consent_good_for)
        if consent != "current":
            ended = _end_of_consent(world, row)
            since = max(filter(None, [row.used_since, ended]))
            yield AskConsent(row.id, row.contact_id, consent, row.consent_given_on, since)


def _consent_ends_at(world: World, row: Row[Any]) -> datetime | None:
    """When consent that is current ends."""
    ends = _end_of_consent(world, row)
    return ends if ends and ends > world.now else None


def _start_of_consent(world: World, row: Row[Any]) -> datetime | None:
    return start_of(row.consent_given_on, world.user_zone) if row.consent_given_on else None


def _end_of_consent(world: World, row: Row[Any]) -> datetime | None:
    last = last_day(row.consent_given_on, row.consent_until, world.consent_good_for)
    return None if last is None else end_of(last, world.user_zone)
