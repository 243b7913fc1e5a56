"""Notify the references: ask for consent, tell them that somebody may call, thank them at the end."""

from collections.abc import Iterator

from app.follow_up.plan import vocabulary as words
from app.follow_up.plan.days import day_at, end_of, morning_of
from app.follow_up.plan.situation import THANKED_WITHIN, Case, Meeting, Search, UsedReference, Wanted
from app.references.consent import Consent

CONSENT: dict[Consent, words.Because] = {
    "none": "no_consent_on_record",
    "old": "consent_is_old",
    "ended": "consent_has_ended",
}


def wanted(case: Case) -> Iterator[Wanted]:
    """Whom to tell about which interview; after the process, whom to thank and tell how it ended."""
    for reference in case.references:
        for meeting in case.over:
            is_told = meeting.id in reference.briefed
            # Without consent nothing tells the user to hand the name out: there is a task to ask for it first.
            # Who was not told about an earlier interview is told about the last one, once.
            is_last = meeting is case.over[-1]
            if is_told or (is_last and reference.consent == "current" and not case.has_ended):
                yield _briefing(case, meeting, reference, is_told=is_told)
        if case.has_ended and case.over and _has_helped(case, reference):
            yield _thanks(case, reference)


def to_ask(search: Search) -> Iterator[Wanted]:
    """Whose consent to ask for, again or for the first time, once for all applications; nobody's after the search."""
    if search.accepted_on is not None:
        return
    for one in search.to_ask:
        yield Wanted(
            # Consent that ends is asked for by a task of its own: that it was asked for once is still true.
            key=f"ask_consent:{one.reference_id.hex}" + (f":{one.given_on}" if one.given_on else ""),
            kind="ask_consent",
            because=CONSENT[one.consent],
            contact_id=one.contact_id,
            reference_id=one.reference_id,
            time_zone=search.user_zone,
            remind_at=one.since,
        )


def _has_helped(case: Case, reference: UsedReference) -> bool:
    """Whether they know that they were named: they have agreed once, or were told about an interview."""
    return reference.consent != "none" or any(meeting.id in reference.briefed for meeting in case.meetings)


def _briefing(case: Case, meeting: Meeting, reference: UsedReference, *, is_told: bool) -> Wanted:
    checked = meeting.decided[0].decision.references.checked
    since = max(meeting.ends_at, reference.ready_since)
    is_optional = checked == "rare"
    return Wanted(
        key=f"brief_reference:{meeting.id.hex}:{reference.reference_id.hex}",
        kind="brief_reference",
        because="reference_rarely_called" if is_optional else "reference_may_be_called",
        state="done" if is_told else "open",
        application_id=case.application_id,
        interview_id=meeting.id,
        contact_id=reference.contact_id,
        reference_id=reference.reference_id,
        time_zone=case.user_zone,
        due_at=None if is_optional else end_of(day_at(since, case.user_zone), case.user_zone),
        remind_at=None if is_optional else since,
        is_optional=is_optional,
        # They may be called all the same, and the user may tell the employer when they are back.
        facts={"checked": checked, "away_until": str(reference.away_until) if reference.away_until else None},
    )


def _thanks(case: Case, reference: UsedReference) -> Wanted:
    ended_on = case.decided_on or day_at(case.updated_at, case.user_zone)
    is_done = reference.thanked_on is not None and reference.outcome_told_on is not None
    return Wanted(
        key=f"thank_reference:{case.application_id.hex}:{reference.reference_id.hex}",
        kind="thank_reference",
        because="reference_helped",
        state="done" if is_done else "open",
        application_id=case.application_id,
        contact_id=reference.contact_id,
        reference_id=reference.reference_id,
        time_zone=case.user_zone,
        due_at=end_of(ended_on + THANKED_WITHIN, case.user_zone),
        remind_at=morning_of(ended_on, case.user_zone),
        facts={"outcome": case.status},
    )
