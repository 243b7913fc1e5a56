"""Before everything: thank the interviewers in person, at the end of the interview."""

from collections.abc import Iterator
from datetime import timedelta

from app.follow_up.plan.days import end_of
from app.follow_up.plan.situation import Case, Wanted

ASKED_FOR = timedelta(days=7)
"""How long after an interview it still makes sense to ask whether it was done."""


def wanted(case: Case) -> Iterator[Wanted]:
    """A reminder before the interview ends, and the question after it whether it was done."""
    for meeting in case.meetings:
        is_said = meeting.thanked_in_person is not None
        if not is_said and (case.has_ended or case.now >= meeting.ends_at + ASKED_FOR):
            continue
        yield Wanted(
            key=f"thank_in_person:{meeting.id.hex}",
            kind="thank_in_person",
            because="always_thank_in_person",
            state="done" if is_said else "open",
            application_id=case.application_id,
            interview_id=meeting.id,
            time_zone=meeting.time_zone,
            due_at=meeting.ends_at if meeting.ends_at > case.now else end_of(meeting.day, meeting.time_zone),
            remind_at=meeting.starts_at,
            facts={"is_over": meeting.ends_at <= case.now},
        )
