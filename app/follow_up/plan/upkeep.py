"""Brings a user's plans up to date: after something happened, and when the time has come."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, bindparam, or_, select

from app.accounts.home import HOME, ZONE, home_zone
from app.applications.models import Application
from app.applications.statuses import OPEN
from app.db.database import OWNER, Database, Reading, Writing
from app.events.models import Event, EventCounter
from app.events.recording import all_planned, happened, held_counter
from app.follow_up.plan import following_up, planning
from app.follow_up.plan.gathering import World, cases, search_of, world_of
from app.follow_up.plan.keeping import Keeper
from app.follow_up.plan.models import InterviewPlan, Plan, SearchPlan, Task
from app.follow_up.plan.shown import follow_up_of
from app.follow_up.plan.situation import Case, Meeting, Wanted
from app.follow_up.plan.touched import touched_by
from app.follow_up.plan.vocabulary import FOLLOW_FROM_NO_FACT
from app.http import clock
from app.http.caller import Caller
from app.interviews.models import Interview
from app.rules.book import RuleBook

TIME = "time"
"""The reason where nothing happened but that time has passed."""
START = "start"
"""The reason where a user's data are looked at for the first time."""
MOVED = "user"
"""The reason where the user lives by other clocks now."""

_SEARCH_KINDS = ("ask_consent", "keep_looking")
_STATE = select(
    EventCounter.last_number > EventCounter.planned_number,
    ZONE.scalar_subquery(),
    select(SearchPlan.time_zone).where(SearchPlan.owner_id == bindparam(OWNER)).scalar_subquery(),
    select(Plan.recheck_at)
    .where(Plan.owner_id == bindparam(OWNER), Plan.recheck_at.is_not(None))
    .order_by(Plan.recheck_at)
    .limit(1)
    .scalar_subquery(),
    select(SearchPlan.recheck_at).where(SearchPlan.owner_id == bindparam(OWNER)).scalar_subquery(),
).where(EventCounter.owner_id == bindparam(OWNER))
_NEW = (
    select(Event.type, Event.subject_id, Event.data)
    .where(Event.owner_id == bindparam(OWNER), Event.number > bindparam("after"))
    .order_by(Event.number)
)
_OVER = select(Plan.application_id).where(Plan.owner_id == bindparam(OWNER), Plan.recheck_at <= bindparam("now"))
_ALL = select(Application.id).where(Application.owner_id == bindparam(OWNER))
_SAME_COMPANY = _ALL.where(
    or_(Application.status.in_(OPEN), Application.id.in_(bindparam("ids", expanding=True))),
    Application.company_id.in_(
        _ALL.with_only_columns(Application.company_id)
        .where(Application.id.in_(bindparam("ids", expanding=True)))
        .scalar_subquery()
    ),
)
_TASKS = select(Task).where(
    Task.owner_id == bindparam(OWNER),
    # An interview may have come from another application.
    or_(
        Task.application_id.in_(bindparam("ids", expanding=True)),
        Task.interview_id.in_(
            select(Interview.id)
            .where(
                Interview.owner_id == bindparam(OWNER), Interview.application_id.in_(bindparam("ids", expanding=True))
            )
            .scalar_subquery()
        ),
    ),
    Task.kind.not_in(FOLLOW_FROM_NO_FACT),
)
_PLANS = select(Plan).where(
    Plan.owner_id == bindparam(OWNER), Plan.application_id.in_(bindparam("ids", expanding=True))
)
_SHOWN = (
    select(InterviewPlan)
    .join(Interview, and_(Interview.owner_id == InterviewPlan.owner_id, Interview.id == InterviewPlan.interview_id))
    .where(InterviewPlan.owner_id == bindparam(OWNER), Interview.application_id.in_(bindparam("ids", expanding=True)))
)
_SEARCH_LOOK = select(SearchPlan.recheck_at, SearchPlan.time_zone).where(SearchPlan.owner_id == bindparam(OWNER))
_SEARCH = select(SearchPlan).where(SearchPlan.owner_id == bindparam(OWNER))
_OWN_TASKS = select(Task).where(
    Task.owner_id == bindparam(OWNER),
    Task.kind.in_(FOLLOW_FROM_NO_FACT),
    or_(
        Task.state == "snoozed", and_(Task.state == "open", Task.is_brought_up.is_(False), Task.remind_at.is_not(None))
    ),
)
_SEARCH_TASKS = select(Task).where(
    Task.owner_id == bindparam(OWNER),
    Task.kind.in_(_SEARCH_KINDS),
    or_(
        Task.key.in_(bindparam("keys", expanding=True)),
        Task.state.in_(("open", "waiting", "snoozed")),
        Task.kind == "ask_consent",
    ),
)


@dataclass(frozen=True, slots=True)
class Planned:
    """A user's rows, with plans that are up to date."""

    reading: Reading
    now: datetime
    user_zone: str


class Planner:
    """Keeps plans up to date."""

    def __init__(self, book: RuleBook, consent_good_for: timedelta) -> None:
        """Consent that is older than `consent_good_for` is asked for again."""
        self._book = book
        self._consent_good_for = consent_good_for

    @contextmanager
    def planned(self, database: Database, caller: Caller) -> Iterator[Planned]:
        """Read the caller's rows once their plans are up to date; mostly they are.

        Raises what `Database.reading` does.
        """
        with database.reading(caller) as reading:
            found, is_current = _looked_at(reading)
            if is_current:
                yield found
                return
        with database.writing(caller) as session:
            self.bring_up_to_date(session)
        with database.reading(caller) as reading:
            yield _looked_at(reading)[0]

    def bring_up_to_date(self, session: Writing) -> None:
        """Bring the plans of the session's user to what the facts and the time call for."""
        now = clock.now()
        counter = held_counter(session)
        reading = Reading(session.connection(), session.owner_id)
        reasons, of_search = _reasons(reading, counter, now)
        if reasons or of_search:
            world = world_of(reading, self._book, now, self._consent_good_for)
            if reasons:
                _keep_applications(session, cases(reading, world, reasons), reasons, now)
            _keep_search(session, reading, world, of_search or TIME)
        all_planned(session)


def _looked_at(reading: Reading) -> tuple[Planned, bool]:
    """What to read, and whether nothing has happened and no time has come since it was brought up to date."""
    now = clock.now()
    state = reading.execute(_STATE).first()
    if state is None:
        return Planned(reading, now, HOME), False
    has_new, home, planned_zone, *looks = state
    zone = home or HOME
    is_current = not has_new and zone == planned_zone and all(look is None or look > now for look in looks)
    return Planned(reading, now, zone), is_current


def _reasons(reading: Reading, counter: EventCounter, now: datetime) -> tuple[dict[UUID, str], str | None]:
    """Which applications to look at, each with the reason; and the reason to look at the search as a whole, if any."""
    if counter.planned_number < 0:
        return dict.fromkeys(reading.execute(_ALL).scalars(), START), START
    reasons = dict.fromkeys(reading.execute(_OVER, now=now).scalars(), TIME)
    look = reading.execute(_SEARCH_LOOK).first()
    if look is not None and look.time_zone != home_zone(reading):
        return dict.fromkeys(reading.execute(_ALL).scalars(), MOVED), MOVED
    of_search = TIME if look is None or look.recheck_at is None or look.recheck_at <= now else None
    if counter.last_number > counter.planned_number:
        new = reading.execute(_NEW, after=counter.planned_number).all()
        touched = touched_by(reading, new)
        for application_id in reading.execute(_SAME_COMPANY, ids=list(touched)).scalars() if touched else ():
            reasons[application_id] = touched.get(application_id) or next(iter(touched.values()))
        of_search = new[-1].type
    return reasons, of_search


def _keep_applications(session: Writing, found: Sequence[Case], reasons: Mapping[UUID, str], now: datetime) -> None:
    values = {OWNER: session.owner_id, "ids": list(reasons)}
    tasks = session.scalars(_TASKS, values).all()
    plans = {plan.application_id: plan for plan in session.scalars(_PLANS, values)}
    wanted: dict[str, tuple[Wanted, str]] = {}
    shown = {row.interview_id: row for row in session.scalars(_SHOWN, values)}
    for case in found:
        for meeting in case.over:
            _keep_shown(session, shown.get(meeting.id), meeting)
        reason = reasons[case.application_id]
        of_case = planning.of_application(case)
        wanted |= {one.key: (one, reason) for one in of_case}
        snoozed = [task.snoozed_until for task in tasks if task.application_id == case.application_id]
        _keep_plan(session, plans.get(case.application_id), case, planning.next_look(case, of_case, snoozed))
    keeper = Keeper(session, now, tasks)
    keeper.keep(wanted)
    keeper.retire((task, reasons.get(task.application_id or task.id, TIME)) for task in tasks if task.key not in wanted)
    session.flush()


def _keep_shown(session: Writing, row: InterviewPlan | None, meeting: Meeting) -> None:
    """Keep what the plan of an interview shows of its decisions, so that reading it decides nothing anew."""
    if row is None:
        row = InterviewPlan(owner_id=session.owner_id, interview_id=meeting.id)
        session.add(row)
    references = meeting.decided[0].decision.references
    row.content = follow_up_of(meeting)
    row.references_checked = references.checked
    row.consent_binding = None if references.consent is None else references.consent.binding


def _keep_plan(session: Writing, plan: Plan | None, case: Case, look: datetime | None) -> None:
    """Remember whose turn it is and when to look again; tell when the turn has changed."""
    if plan is None:
        plan = Plan(owner_id=session.owner_id, application_id=case.application_id)
        session.add(plan)
    turn = following_up.turn(case)
    if (turn.who, turn.since) != (plan.turn, plan.turn_since):
        happened(
            session,
            "turn.changed",
            case.application_id,
            application_id=case.application_id,
            interview_id=turn.interview_id,
            who=turn.who,
            since=turn.since,
            before=plan.turn,
        )
    plan.turn, plan.turn_since, plan.recheck_at = turn.who, turn.since, look
    plan.answer_expected_on, plan.answer_basis, plan.enquire_from = turn.expected_on, turn.basis, turn.ask_from


def _keep_search(session: Writing, reading: Reading, world: World, reason: str) -> None:
    found = search_of(reading, world)
    of_search = planning.of_search(found)
    wanted = {one.key: (one, reason) for one in of_search}
    tasks = session.scalars(_SEARCH_TASKS, {OWNER: session.owner_id, "keys": list(wanted)}).all()
    keeper = Keeper(session, world.now, tasks)
    keeper.keep(wanted)
    unwanted = [task for task in tasks if task.key not in wanted]
    keeper.finish((task, reason) for task in unwanted if task.reference_id in found.agreed)
    keeper.retire((task, reason) for task in unwanted)
    own = session.scalars(_OWN_TASKS, {OWNER: session.owner_id}).all()
    keeper.wake(own, reason)
    plan = session.scalars(_SEARCH, {OWNER: session.owner_id}).one_or_none()
    if plan is None:
        plan = SearchPlan(owner_id=session.owner_id)
        session.add(plan)
    plan.alive, plan.last_applied_on, plan.accepted_on = found.alive, found.last_applied_on, found.accepted_on
    plan.time_zone = world.user_zone
    moments = [task.snoozed_until for task in tasks] + [task.snoozed_until or task.remind_at for task in own]
    plan.recheck_at = planning.next_look_at_search(found, of_search, moments)
    session.flush()
