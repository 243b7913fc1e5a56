"""Reflect and write it down, the same day; and ask next time what was left open."""

from collections.abc import Iterator

from app.follow_up.plan.days import end_of, morning_of
from app.follow_up.plan.situation import Case, Meeting, Wanted

_LEFT_BY_USER = frozenset({"accepted", "declined", "withdrawn"})
"""How an application ends whose next interview nobody prepares for."""


def wanted(case: Case) -> Iterator[Wanted]:
    """A reflection for each interview that is over, and the open questions before the next one."""
    for meeting in case.over:
        is_saved = meeting.reflected is not None and not meeting.reflected.is_draft
        is_of_use = case.now < meeting.remembered_until and case.status not in _LEFT_BY_USER
        if is_saved or is_of_use:
            yield _reflection(case, meeting, is_saved=is_saved)
    upcoming = [meeting for meeting in case.meetings if meeting.starts_at > case.now]
    if upcoming and case.questions_at_company and not case.has_ended:
        yield _questions(case, upcoming[0])


def _reflection(case: Case, meeting: Meeting, *, is_saved: bool) -> Wanted:
    reflected = meeting.reflected
    return Wanted(
        key=f"reflect:{meeting.id.hex}",
        kind="reflect",
        because="memory_fades",
        state="done" if is_saved else "open",
        application_id=case.application_id,
        interview_id=meeting.id,
        time_zone=meeting.time_zone,
        due_at=end_of(meeting.day, meeting.time_zone),
        remind_at=meeting.ends_at,
        facts={"missing": list(reflected.missing)} if reflected else {},
    )


def _questions(case: Case, upcoming: Meeting) -> Wanted:
    return Wanted(
        key=f"ask_open_questions:{upcoming.id.hex}",
        kind="ask_open_questions",
        because="questions_left_open",
        application_id=case.application_id,
        interview_id=upcoming.id,
        time_zone=upcoming.time_zone,
        due_at=upcoming.starts_at,
        remind_at=min(morning_of(upcoming.day, upcoming.time_zone), upcoming.starts_at),
        facts={"questions": case.questions_at_company},
    )
