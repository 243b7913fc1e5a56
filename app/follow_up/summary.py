"""The search so far: how far applications have come, and how long answers take."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, select

from app.applications.models import StatusChange
from app.applications.statuses import Status
from app.db.database import OWNER, Reading
from app.follow_up import gathering
from app.follow_up.plan.days import day_at
from app.follow_up.summary_schemas import AnswerTimes, CompanyAnswers, CountryAnswers, Funnel, Median, Summary
from app.interviews.models import Interview
from app.interviews.vocabulary import NOT_HELD
from app.rules.book import RuleBook
from app.rules.calendar import ONE_DAY, Place
from app.rules.decide import decide
from app.rules.decision import NextMoveAdvice
from app.rules.facts import Facts

MOST_COMPANIES = 100
_FURTHER: Mapping[str, frozenset[Status]] = {
    "applied": frozenset({"applied", "interviewing", "offer", "accepted", "declined"}),
    "interviewing": frozenset({"interviewing", "offer", "accepted", "declined"}),
    "offers": frozenset({"offer", "accepted", "declined"}),
    "accepted": frozenset({"accepted"}),
    "declined": frozenset({"declined"}),
    "rejected": frozenset({"rejected"}),
    "withdrawn": frozenset({"withdrawn"}),
}
"""Steps of the funnel, each with the statuses of which one shows that an application has come as far."""
_ANSWERS: frozenset[Status] = frozenset({"offer", "rejected"})
_HISTORY = (
    select(StatusChange.application_id, StatusChange.status, StatusChange.changed_at, StatusChange.happened_on)
    .where(StatusChange.owner_id == bindparam(OWNER), StatusChange.correction.is_(False))
    .order_by(StatusChange.id)
)
_INTERVIEWS = gathering.CASES.where(
    Interview.status.not_in(NOT_HELD), Interview.starts_at <= bindparam("now")
).order_by(Interview.starts_at, Interview.id, gathering.DOMAIN_ORDER)


@dataclass(frozen=True, slots=True)
class _Waits:
    """Waits in working days."""

    promised: list[int]
    observed: list[int]


def summary_of(reading: Reading, book: RuleBook, now: datetime) -> Summary:
    """The search so far."""
    history: dict[UUID, list[Row[Any]]] = defaultdict(list)
    for row in reading.execute(_HISTORY):
        history[row.application_id].append(row)
    held = {row.id: row for row in reading.execute(_INTERVIEWS, now=now)}
    over = [row for row in held.values() if (row.ends_at or row.starts_at) <= now]
    waits = _waits(book, over, history)
    return Summary(
        funnel=_funnel(history, len(over)),
        answers=_times(waits.values(), None),
        by_country=[
            CountryAnswers(country=code, **dict(_times(_only(waits, over, "country", code), _customary(book, code))))
            for code in sorted({row.country for row in over})
        ],
        by_company=_companies(book, over, waits),
    )


def _funnel(history: Mapping[UUID, Sequence[Row[Any]]], interviews: int) -> Funnel:
    reached = [{row.status for row in rows} for rows in history.values()]
    steps = {step: sum(not statuses.isdisjoint(some) for some in reached) for step, statuses in _FURTHER.items()}
    return Funnel(applications=len(reached), interviews=interviews, **steps)


def _waits(book: RuleBook, over: Sequence[Row[Any]], history: Mapping[UUID, Sequence[Row[Any]]]) -> dict[UUID, _Waits]:
    """The waits that began with each interview. An answer ends the wait of the last interview before it."""
    found = {row.id: _Waits([], []) for row in over}
    by_application: dict[UUID, list[Row[Any]]] = defaultdict(list)
    for row in over:
        by_application[row.application_id].append(row)
        if row.said_answer_by is not None:
            found[row.id].promised.append(_business_days(book, row, row.said_answer_by))
    for application_id, rows in by_application.items():
        for answer in history.get(application_id, ()):
            if answer.status in _ANSWERS:
                day = answer.happened_on or day_at(answer.changed_at, rows[-1].time_zone)
                before = [row for row in rows if _day_of(row) <= day]
                if before:
                    found[before[-1].id].observed.append(_business_days(book, before[-1], day))
    return found


def _day_of(row: Row[Any]) -> date:
    return day_at(row.ends_at or row.starts_at, row.time_zone)


def _business_days(book: RuleBook, row: Row[Any], until: date) -> int:
    """Working days from the interview to a day, where the job is."""
    place, day, number = Place(book.calendar, row.country, row.subdivision), _day_of(row), 0
    while day < until:
        day += ONE_DAY
        number += place.is_working_day(day)
    return number


def _only(waits: Mapping[UUID, _Waits], over: Sequence[Row[Any]], name: str, value: object) -> list[_Waits]:
    return [waits[row.id] for row in over if getattr(row, name) == value]


def _times(waits: Iterable[_Waits], known: NextMoveAdvice | None) -> AnswerTimes:
    several = list(waits)
    customary = known.typical_wait_business_days if known else None
    return AnswerTimes(
        promised=_median([days for one in several for days in one.promised]),
        observed=_median([days for one in several for days in one.observed]),
        customary_business_days=list(customary) if customary else None,
        published_business_days=known.promised_within_business_days if known else None,
    )


def _median(days: Sequence[int]) -> Median | None:
    return Median(business_days=median(days), cases=len(days)) if days else None


def _customary(book: RuleBook, country: str, company: str | None = None) -> NextMoveAdvice:
    """What the rules know of answers in a country, and at a company there."""
    return decide(book, Facts(country=country, company=company)).next_move


def _companies(book: RuleBook, over: Sequence[Row[Any]], waits: Mapping[UUID, _Waits]) -> list[CompanyAnswers]:
    newest = {row.company_id: row for row in over[::-1]}
    latest = sorted(newest.values(), key=lambda row: row.starts_at, reverse=True)[:MOST_COMPANIES]
    return [
        CompanyAnswers(
            company_id=row.company_id,
            name=row.company_name,
            **dict(_times(_only(waits, over, "company_id", row.company_id), _known(book, row))),
        )
        for row in sorted(latest, key=lambda row: row.company_name)
    ]


def _known(book: RuleBook, row: Row[Any]) -> NextMoveAdvice:
    names = [name for name in (row.domain, row.company_name) if name]
    return _customary(book, row.country, gathering.known_as(book, names, row.country))
