"""What is to be done in an application, and in a search: a function of what is known."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain

from app.follow_up.plan import contacts, following_up, in_person, referring, reflecting, search
from app.follow_up.plan.days import day_at, end_of, start_of
from app.follow_up.plan.situation import Case, Meeting, Search, Wanted
from app.rules.calendar import ONE_DAY

_STEPS = (in_person.wanted, contacts.wanted, reflecting.wanted, referring.wanted, following_up.wanted, search.wanted)


def of_application(case: Case) -> list[Wanted]:
    """The tasks of an application, each key once; where another offer was accepted, what is done and to withdraw."""
    tasks = chain.from_iterable(step(case) for step in _STEPS)
    if case.is_given_up:
        return [task for task in tasks if task.state == "done" or task.kind == "withdraw"]
    return list(tasks)


def of_search(found: Search) -> list[Wanted]:
    """The tasks of a search as a whole."""
    return [*referring.to_ask(found), *search.nudge(found)]


def next_look(case: Case, tasks: list[Wanted], snoozed: Iterable[datetime | None]) -> datetime | None:
    """The next moment at which time alone may change what is wanted or bring it up; None where none does."""
    moments = chain(
        _of_tasks(tasks),
        chain.from_iterable(map(_of_meeting, case.meetings)),
        _of_turn(case),
        _of_references(case),
        filter(None, snoozed),
    )
    return min((moment for moment in moments if moment > case.now), default=None)


def next_look_at_search(found: Search, tasks: list[Wanted], others: Iterable[datetime | None]) -> datetime:
    """The same for a search: the end of the week at the latest. `others`: when tasks are woken or brought up."""
    today = day_at(found.now, found.user_zone)
    week_ends = end_of(today + (7 - today.isoweekday()) * ONE_DAY, found.user_zone)
    moments = [week_ends, *_of_tasks(tasks), *filter(None, [found.consent_ends_at, *others])]
    return min(moment for moment in moments if moment > found.now)


def _of_tasks(tasks: list[Wanted]) -> Iterator[datetime]:
    for task in tasks:
        if task.state != "done":
            yield from filter(None, (task.remind_at, task.due_at))


def _of_meeting(meeting: Meeting) -> Iterator[datetime]:
    yield meeting.starts_at
    yield meeting.ends_at
    yield meeting.ends_at + in_person.ASKED_FOR
    yield meeting.remembered_until
    for one in meeting.decided:
        if (window := one.decision.thank_you.window) is not None:
            yield window.closes_at
            yield window.closes_at + following_up.LATE_NOTE


def _of_turn(case: Case) -> Iterator[datetime]:
    if (awaited := following_up.awaiting(case)) is None:
        return
    move = awaited.decided[0].decision.next_move
    if move.enquire_from is not None:
        yield start_of(move.enquire_from, awaited.time_zone)
    if awaited.close_from is not None:
        yield start_of(awaited.close_from, awaited.time_zone)
    if move.answer_expected_on is not None:
        yield start_of(move.answer_expected_on, awaited.time_zone)
        yield end_of(move.answer_expected_on, awaited.time_zone)
    if move.statutory is not None and move.statutory.must_inform_by is not None:
        yield end_of(move.statutory.must_inform_by, awaited.time_zone)


def _of_references(case: Case) -> Iterator[datetime]:
    for one in case.references:
        if one.consent_ends_at is not None:
            yield one.consent_ends_at
        if one.away_changes_on is not None:
            yield start_of(one.away_changes_on, case.user_zone)
