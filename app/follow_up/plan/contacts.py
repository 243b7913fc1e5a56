"""Get contact information of everybody met, and know who decides."""

from collections.abc import Iterator

from app.follow_up.plan.days import end_of
from app.follow_up.plan.situation import Case, Meeting, Wanted


def wanted(case: Case) -> Iterator[Wanted]:
    """A task for each person without a way to reach them, and one where nobody is known to decide."""
    if case.has_ended:
        return
    for meeting in case.over:
        yield from _people(case, meeting)
    if case.over:
        yield _who_decides(case, case.over[-1])


def _people(case: Case, meeting: Meeting) -> Iterator[Wanted]:
    for person in meeting.people:
        yield Wanted(
            key=f"get_contact:{meeting.id.hex}:{person.contact_id.hex}",
            kind="get_contact",
            because="no_way_to_reach",
            state="done" if person.is_reachable else "open",
            application_id=case.application_id,
            interview_id=meeting.id,
            participant_id=person.participant_id,
            contact_id=person.contact_id,
            time_zone=meeting.time_zone,
            due_at=end_of(meeting.day, meeting.time_zone),
            remind_at=meeting.ends_at,
        )


def _who_decides(case: Case, last: Meeting) -> Wanted:
    is_known = any(person.role == "decision_maker" for meeting in case.meetings for person in meeting.people)
    return Wanted(
        key=f"find_decision_maker:{case.application_id.hex}",
        kind="find_decision_maker",
        because="nobody_decides",
        state="done" if is_known else "open",
        application_id=case.application_id,
        interview_id=last.id,
        time_zone=last.time_zone,
        due_at=end_of(last.day, last.time_zone),
        remind_at=last.ends_at,
    )
