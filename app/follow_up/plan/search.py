"""Relax and keep looking, until a job is secured; then thank, and withdraw the others politely."""

from collections.abc import Iterator
from datetime import date, timedelta

from app.follow_up.plan.days import day_at, end_of, morning_of
from app.follow_up.plan.situation import THANKED_WITHIN, Case, Search, Wanted

WITHDRAWN_WITHIN = timedelta(days=2)
_LAST_OF_WEEK = 7
_FRIDAY = 5


def wanted(case: Case) -> Iterator[Wanted]:
    """What an accepted offer asks for: here to say thanks, in every other application that is alive to withdraw."""
    if case.status == "accepted":
        accepted_on = case.decided_on or day_at(case.updated_at, case.user_zone)
        yield Wanted(
            key=f"say_thanks:{case.application_id.hex}",
            kind="say_thanks",
            because="offer_accepted",
            application_id=case.application_id,
            contact_id=case.introduced_by,
            time_zone=case.user_zone,
            due_at=end_of(accepted_on + THANKED_WITHIN, case.user_zone),
            remind_at=morning_of(accepted_on, case.user_zone),
        )
    elif case.accepted_on is not None and case.is_given_up and case.status != "interested":
        yield Wanted(
            key=f"withdraw:{case.application_id.hex}",
            kind="withdraw",
            because="accepted_elsewhere",
            application_id=case.application_id,
            time_zone=case.user_zone,
            due_at=end_of(case.accepted_on + WITHDRAWN_WITHIN, case.user_zone),
            remind_at=morning_of(case.accepted_on, case.user_zone),
        )


def nudge(search: Search) -> Iterator[Wanted]:
    """One gentle task a week, done once the user applies somewhere."""
    if search.accepted_on is not None or not search.has_applications:
        return
    today = day_at(search.now, search.user_zone)
    year, week, _ = today.isocalendar()
    first, last = (date.fromisocalendar(year, week, day) for day in (1, _LAST_OF_WEEK))
    has_applied = search.last_applied_on is not None and first <= search.last_applied_on <= last
    yield Wanted(
        key=f"keep_looking:{year}-W{week:02}",
        kind="keep_looking",
        because="search_goes_on",
        state="done" if has_applied else "open",
        time_zone=search.user_zone,
        due_at=end_of(last, search.user_zone),
        remind_at=morning_of(date.fromisocalendar(year, week, _FRIDAY), search.user_zone),
        is_optional=True,
        facts={
            "alive": search.alive,
            "last_applied_on": str(search.last_applied_on) if search.last_applied_on else None,
        },
    )
