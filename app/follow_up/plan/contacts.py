"""Get contact information of everybody met, and know who decides."""

from collections.abc import Iterator

from app.follow_up.plan.days import end_of
from app.follow_up.plan.following_up import is_closed_to_contact, is_via_consultant
from app.follow_up.plan.situation import Case, Meeting, Person, Wanted


def wanted(case: Case) -> Iterator[Wanted]:
    """A task for each person without a way to reach them, and one where nobody is known to decide.

    After two weeks nobody looks for what was not found.
    Where getting in touch would disqualify, there is nothing to get: nobody goes about looking for addresses.
    """
    if case.has_ended:
        return
    open_to_contact = [meeting for meeting in case.over if not is_closed_to_contact(meeting)]
    # Whoever was met twice is still one person without an address.
    met = {person.contact_id: (meeting, person) for meeting in open_to_contact for person in meeting.people}
    for meeting, person in met.values():
        if person.is_reachable or case.now < meeting.remembered_until:
            yield _way_to_reach(case, meeting, person)
    if open_to_contact and case.status != "offer":
        yield from _who_decides(case, open_to_contact[-1])


def _way_to_reach(case: Case, meeting: Meeting, person: Person) -> Wanted:
    # The consultant owns the line to the employer: past them nobody writes.
    is_optional = is_via_consultant(meeting) and person.role != "agency_consultant"
    return Wanted(
        key=f"get_contact:{case.application_id.hex}:{person.contact_id.hex}",
        kind="get_contact",
        because="no_way_to_reach",
        state="done" if person.is_reachable else "open",
        application_id=case.application_id,
        interview_id=meeting.id,
        participant_id=person.participant_id,
        contact_id=person.contact_id,
        time_zone=meeting.time_zone,
        due_at=None if is_optional else end_of(meeting.day, meeting.time_zone),
        remind_at=None if is_optional else meeting.ends_at,
        is_optional=is_optional,
    )


def _who_decides(case: Case, last: Meeting) -> Iterator[Wanted]:
    is_known = any(person.role == "decision_maker" for meeting in case.meetings for person in meeting.people)
    if not is_known and case.now >= last.remembered_until:
        return
    yield Wanted(
        key=f"find_decision_maker:{case.application_id.hex}",
        kind="find_decision_maker",
        because="nobody_decides",
        state="done" if is_known else "open",
        application_id=case.application_id,
        time_zone=last.time_zone,
        due_at=end_of(last.day, last.time_zone),
        remind_at=last.ends_at,
    )
