"""Follow up the way it is done there: notes by recipient, then whose turn it is."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from pydantic_core import to_jsonable_python

from app.follow_up.plan import vocabulary as words
from app.follow_up.plan.days import day_at, end_of, morning_of, start_of
from app.follow_up.plan.situation import Case, ForRecipient, Meeting, Wanted
from app.rules.calendar import ONE_DAY
from app.rules.decision import NextMoveAdvice, StatutoryClock
from app.rules.vocabulary import AnswerBasis, Mover

LATE_NOTE = timedelta(days=3)
"""How long after its window a note that is not sent is still called for."""
_EXPECTED: dict[str, words.Because] = {"expected": "note_expected", "appreciated": "note_appreciated"}
_BASIS: dict[str | None, words.Because] = {
    "promised": "answer_promised",
    "policy": "answer_promised",
    "customary": "answer_customary",
    None: "answer_unknown",
}


def wanted(case: Case) -> Iterator[Wanted]:
    """Notes for each interview that is over; whose turn it is comes from the last of them."""
    if case.status in {"offer", "accepted", "declined"}:
        yield _answer_offer(case)
    for meeting in case.over:
        for recipient in meeting.decided:
            yield from _note(case, meeting, recipient)
    last = awaiting(case)
    if last is not None:
        yield from _turn(case, last)


@dataclass(frozen=True, slots=True)
class Turn:
    """Who owes the next move in an application, and the days that come of it."""

    who: Mover | None = None
    since: date | None = None
    interview_id: UUID | None = None
    expected_on: date | None = None
    basis: AnswerBasis | None = None
    ask_from: date | None = None


def turn(case: Case) -> Turn:
    """Whose turn it is; nobody's before an interview, after the end, and where another offer was accepted."""
    if case.status == "offer" and not case.is_given_up:
        return Turn("candidate")
    if (last := awaiting(case)) is None:
        return Turn()
    move = last.decided[0].decision.next_move
    return Turn(move.who, move.turn_since, last.id, move.answer_expected_on, move.answer_basis, move.enquire_from)


def awaiting(case: Case) -> Meeting | None:
    """The interview whose result is awaited: the last one, unless its result is known or the process has ended.

    Whoever is invited to another interview has had the answer to the one before it.
    """
    if case.has_ended or case.is_given_up or case.status == "offer" or not case.meetings:
        return None
    last = case.meetings[-1]
    return last if last.ends_at <= case.now and last.status != "complete" and last.decided else None


def _note(case: Case, meeting: Meeting, recipient: ForRecipient) -> Iterator[Wanted]:
    advice = recipient.decision.thank_you
    window = advice.window
    is_sent = recipient.note_sent_at is not None
    if advice.outcome == "do_not_send" and not is_sent:
        return
    is_late = window is not None and case.now >= window.closes_at + (
        LATE_NOTE if advice.outcome == "send" else timedelta()
    )
    is_on_its_way = recipient.note_delivery is not None and not is_sent
    if not is_sent and not is_on_its_way and (is_late or case.has_ended):
        return
    whom = recipient.participant_id.hex if recipient.participant_id else "anybody"
    is_optional = advice.outcome == "optional"
    task = Wanted(
        key=f"send_note:{meeting.id.hex}:{whom}",
        kind="send_note",
        because="note_chosen" if recipient.is_own_choice else _EXPECTED.get(advice.expectation, "note_optional"),
        state="done" if is_sent else "open",
        application_id=case.application_id,
        interview_id=meeting.id,
        participant_id=recipient.participant_id,
        contact_id=recipient.contact_id,
        time_zone=window.time_zone if window else meeting.time_zone,
        opens_at=window.opens_at if window else None,
        due_at=window.closes_at if window and not is_optional else None,
        remind_at=window.suggested_at if window and not is_optional else None,
        is_optional=is_optional,
        facts={
            "channel": advice.channels[0],
            "outcome": advice.outcome,
            "is_passed_on": advice.channels[0] == "via_recruiter" and recipient.role != "agency_consultant",
        },
    )
    yield _on_its_way(task, recipient) if is_on_its_way else task


def _on_its_way(task: Wanted, recipient: ForRecipient) -> Wanted:
    """The task to send a note while one is scheduled or may have arrived: nobody writes a second one meanwhile."""
    at = recipient.note_scheduled_at
    return replace(
        task,
        state="waiting",
        because="note_scheduled" if recipient.note_delivery == "scheduled" else "delivery_unknown",
        due_at=at,
        remind_at=None,
        waits_for="message",
        facts={**task.facts, "scheduled_at": to_jsonable_python(at)},
    )


def _turn(case: Case, last: Meeting) -> Iterator[Wanted]:
    move = last.decided[0].decision.next_move
    if move.advice == "close" and (last.close_from is None or case_day(case, last) >= last.close_from):
        yield _now(case, last, "close", "enough_asked", f"close:{last.id.hex}", last.close_from)
    elif move.advice in {"ask", "ask_again"}:
        number = last.enquiries + 1
        yield _now(
            case,
            last,
            "ask_for_answer",
            _why_to_ask(move),
            f"ask_for_answer:{last.id.hex}:{number}",
            move.turn_since,
            contact=case.agency_contact if move.enquire_via == "via_recruiter" else None,
            enquiry=number,
            channel=move.enquire_via,
        )
    elif move.advice == "check_portal":
        until = move.answer_expected_on
        if until is not None and case_day(case, last) >= until:
            # Nobody will write: the result is there for those who look.
            yield _now(case, last, "check_portal", "result_is_posted", f"check_portal:{last.id.hex}", until)
        else:
            yield _waiting(case, last, move, "check_portal", "result_is_posted")
    else:
        yield _waiting(case, last, move, "await_answer", _BASIS[move.answer_basis])
    if move.statutory is not None and _is_reached(case, last, move.statutory):
        yield _statutory(case, last, move.statutory)


def is_closed_to_contact(meeting: Meeting) -> bool:
    """Whether getting in touch with those who were met is forbidden, even to ask."""
    return any(stop.forbids == "enquiry" for one in meeting.decided for stop in one.decision.stops)


def is_via_consultant(meeting: Meeting) -> bool:
    """Whether a consultant stands between the candidate and those who were met."""
    return any(one.decision.next_move.enquire_via == "via_recruiter" for one in meeting.decided)


def case_day(case: Case, meeting: Meeting) -> date:
    """The day it is where an interview was held."""
    return day_at(case.now, meeting.time_zone)


def _now(  # noqa: PLR0913, PLR0917 - what makes the task
    case: Case,
    last: Meeting,
    kind: words.Kind,
    because: words.Because,
    key: str,
    since: date | None,
    contact: UUID | None = None,
    **facts: object,
) -> Wanted:
    """Something that the candidate does now, since a day; where that is not known, without a due time."""
    return Wanted(
        key=key,
        kind=kind,
        because=because,
        application_id=case.application_id,
        interview_id=last.id,
        contact_id=contact,
        time_zone=last.time_zone,
        due_at=end_of(since, last.time_zone) if since else None,
        remind_at=morning_of(since, last.time_zone) if since else last.ends_at,
        facts=facts,
    )


def _waiting(case: Case, last: Meeting, move: NextMoveAdvice, kind: words.Kind, because: words.Because) -> Wanted:
    """Something that the employer owes, until a day; after an enquiry until it is time to ask again, or to close."""
    expected = move.answer_expected_on
    due_at = end_of(expected, last.time_zone) if expected else None
    if last.enquiries and (expected is None or expected < case_day(case, last)):
        turns_on, because = move.enquire_from or last.close_from, "answer_asked_for"
        due_at = start_of(turns_on, last.time_zone) if turns_on else None
    return Wanted(
        key=f"{kind}:{last.id.hex}",
        kind=kind,
        because=because,
        state="waiting",
        application_id=case.application_id,
        interview_id=last.id,
        time_zone=last.time_zone,
        due_at=due_at,
        waits_for="employer",
        facts={
            "expected_on": str(expected) if expected else None,
            "ask_from": str(move.enquire_from) if move.enquire_from else None,
        },
    )


def _why_to_ask(move: NextMoveAdvice) -> words.Because:
    if move.turn_since is None:
        return "answer_unknown"
    # Where candidates ask early, an answer may be usual only later.
    is_overdue = move.answer_expected_on is not None and move.answer_expected_on < move.turn_since
    return "answer_overdue" if is_overdue else "asking_is_fair"


def _is_reached(case: Case, last: Meeting, clock: StatutoryClock) -> bool:
    by = clock.must_inform_by
    return by is not None and clock.status != "not_met" and case_day(case, last) > by


def _statutory(case: Case, last: Meeting, clock: StatutoryClock) -> Wanted:
    by = clock.must_inform_by or last.day
    return _now(
        case,
        last,
        "statutory_deadline",
        "law_obliges_employer",
        f"statutory_deadline:{last.id.hex}",
        by + ONE_DAY,
        statute=clock.statute,
        citation=clock.citation,
        must_inform_by=str(by),
        conditions=clock.status,
    )


def _answer_offer(case: Case) -> Wanted:
    zone = case.meetings[-1].time_zone if case.meetings else case.user_zone
    return Wanted(
        key=f"answer_offer:{case.application_id.hex}",
        kind="answer_offer",
        because="offer_made",
        state="open" if case.status == "offer" else "done",
        application_id=case.application_id,
        time_zone=zone,
        due_at=end_of(case.offer_answer_by, zone) if case.offer_answer_by else None,
        remind_at=case.updated_at,
    )
