"""What is wanted, as a function of what is known: no database, and the clock is an argument."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid5

from app.follow_up.plan import following_up, keeping, planning
from app.follow_up.plan.models import Task
from app.follow_up.plan.situation import (
    AskConsent,
    Case,
    ForRecipient,
    Meeting,
    Person,
    Reflected,
    Search,
    UsedReference,
    Wanted,
)
from app.follow_up.plan.touched import touched_by
from app.follow_up.plan.vocabulary import Because
from app.follow_up.tasks.sentences import reason_of
from app.interviews.vocabulary import NoteDelivery
from app.references.availability import away_until, changes_on
from app.rules.decide import decide
from app.rules.decision import Decision
from app.rules.facts import Facts
from tests.rules.whole_book import whole_book

NOW = datetime(2026, 12, 4, 10, 0, tzinfo=UTC)
"""A Friday."""
_SPACE = UUID(int=0)
DAY = timedelta(days=1)


def an_id(name: str) -> UUID:
    """The same id for the same name."""
    return uuid5(_SPACE, name)


def meeting(name: str, ends_at: datetime, *people: Person, **more: object) -> Meeting:
    """An interview in London of one hour, that is to come unless somebody decided about it."""
    known: dict[str, Any] = {
        "id": an_id(name),
        "starts_at": ends_at - timedelta(hours=1),
        "ends_at": ends_at,
        "time_zone": "Europe/London",
        "status": "scheduled",
        "thanked_in_person": True,
        "enquiries": 0,
        "people": people,
        "reflected": None,
        "decided": (),
    }
    known |= more
    return Meeting(**known)


def nobody_in_particular(decision: Decision) -> ForRecipient:
    """What is decided where nobody is known who took part."""
    return ForRecipient(
        participant_id=None, contact_id=None, role=None, note_sent_at=None, is_own_choice=False, decision=decision
    )


def held(name: str, ends_at: datetime, *people: Person, as_of: datetime = NOW, **facts: object) -> Meeting:
    """An interview that is over, with what is decided about it on a day for nobody in particular."""
    known = {"country": "GB", "time_zone": "Europe/London", "ended_at": ends_at, "as_of": as_of.date(), **facts}
    decision = decide(whole_book(), Facts.model_validate(known))
    enquiries: Any = facts.get("enquiries", 0)
    return meeting(name, ends_at, *people, enquiries=enquiries, decided=[nobody_in_particular(decision)])


def case(*meetings: Meeting, **more: object) -> Case:
    """An application for which interviews are held."""
    known: dict[str, Any] = {
        "now": NOW,
        "user_zone": "Europe/London",
        "application_id": an_id("application"),
        "company_id": an_id("company"),
        "status": "interviewing",
        "decided_on": None,
        "offer_answer_by": None,
        "updated_at": NOW,
        "meetings": meetings,
        "references": (),
        "introduced_by": None,
        "agency_contact": None,
        "questions_at_company": 0,
        "accepted_on": None,
    }
    known |= more
    return Case(**known)


def of_kind(kind: str, tasks: Sequence[Wanted]) -> list[Wanted]:
    """Those of one kind."""
    return [task for task in tasks if task.kind == kind]


def test_an_interview_to_come_answers_the_one_before_it() -> None:
    first = held("first", NOW - 30 * DAY)
    alone, invited = case(first), case(first, meeting("second", NOW + DAY))
    assert of_kind("ask_for_answer", planning.of_application(alone))
    assert following_up.turn(alone).who == "candidate"
    assert not of_kind("ask_for_answer", planning.of_application(invited))
    assert following_up.turn(invited) == following_up.Turn()


def test_after_the_second_enquiry_an_answer_is_waited_for_before_the_matter_is_closed() -> None:
    asked = replace(
        held("first", NOW - 60 * DAY, enquiries=2, last_enquiry_on=NOW.date() - DAY), close_from=date(2026, 12, 17)
    )
    (waiting,) = of_kind("await_answer", planning.of_application(case(asked)))
    assert (waiting.because, waiting.due_at) == ("answer_asked_for", datetime(2026, 12, 17, tzinfo=UTC))
    assert planning.next_look(case(asked), [], []) == datetime(2026, 12, 17, tzinfo=UTC)

    later = datetime(2026, 12, 17, 8, tzinfo=UTC)
    for now in (later, later + 3 * DAY):
        tasks = planning.of_application(case(asked, now=now))
        assert not of_kind("await_answer", tasks)
        (close,) = of_kind("close", tasks)
        assert close.due_at == datetime(2026, 12, 18, tzinfo=UTC), "it does not become due anew each day"


def test_where_nothing_is_known_of_when_to_ask_or_to_close_there_is_no_due_time() -> None:
    asked = held("first", NOW - 60 * DAY, enquiries=2)
    (close,) = of_kind("close", planning.of_application(case(asked)))
    assert (close.due_at, close.remind_at) == (None, asked.ends_at)


def somebody(name: str, **more: object) -> Person:
    """Somebody who took part, without a way to reach them."""
    known: dict[str, Any] = {"role": "interviewer", "is_reachable": False, "note_sent_at": None}
    known |= more
    return Person(participant_id=an_id(f"{name} takes part"), contact_id=an_id(name), **known)


def test_where_contact_disqualifies_nobody_looks_for_addresses() -> None:
    there: dict[str, Any] = {"country": "KE", "time_zone": "Africa/Nairobi"}
    free = held("first", NOW - DAY, somebody("Wanjiru"), **there)
    forbidden = held("first", NOW - DAY, somebody("Wanjiru"), said={"canvassing_disqualifies": True}, **there)
    kinds = {task.kind for task in planning.of_application(case(free))}
    assert {"get_contact", "find_decision_maker", "await_answer"} <= kinds
    kinds = {task.kind for task in planning.of_application(case(forbidden))}
    assert kinds == {"thank_in_person", "reflect", "await_answer"}


def test_who_was_met_twice_is_asked_for_an_address_once() -> None:
    first, second = (held(name, ends_at, somebody("Ken")) for name, ends_at in (("a", NOW - 9 * DAY), ("b", NOW - DAY)))
    (task,) = of_kind("get_contact", planning.of_application(case(first, second)))
    assert task.interview_id == second.id


def test_through_a_consultant_the_consultant_is_asked_and_addresses_of_others_are_optional() -> None:
    consultant = somebody("Emi", role="agency_consultant")
    yesterday, long_ago = (
        planning.of_application(case(there, agency_contact=consultant.contact_id))
        for there in (held("first", NOW - days * DAY, somebody("Ken"), consultant, via_agency=True) for days in (1, 30))
    )
    assert [task.is_optional for task in of_kind("get_contact", yesterday)] == [True, False]
    (ask,) = of_kind("ask_for_answer", long_ago)
    assert (ask.contact_id, ask.facts["channel"]) == (consultant.contact_id, "via_recruiter")


def test_two_weeks_after_an_interview_nobody_looks_for_addresses_any_more() -> None:
    ended_at = NOW - 14 * DAY
    last = held("a", ended_at, somebody("Ken"), somebody("Emi", is_reachable=True, role="decision_maker"))
    before, after = (case(last, now=now) for now in (NOW - timedelta(seconds=1), NOW))
    kinds = [[task.state for task in of_kind("get_contact", planning.of_application(one))] for one in (before, after)]
    assert kinds == [["open", "done"], ["done"]]
    assert of_kind("find_decision_maker", planning.of_application(after))[0].state == "done"
    assert planning.next_look(before, [], []) == NOW
    unknown = held("a", ended_at, somebody("Ken"))
    for now, number in ((NOW - timedelta(seconds=1), 1), (NOW, 0)):
        tasks = planning.of_application(case(unknown, now=now))
        assert len(of_kind("find_decision_maker", tasks)) == number


def test_only_who_knew_that_they_were_named_is_thanked() -> None:
    last = held("a", NOW - DAY)
    thanked = [
        of_kind("thank_reference", planning.of_application(case(last, references=[one], status="rejected"))) != []
        for one in (
            reference(consent="none"),
            reference(consent="none", briefed=frozenset({last.id})),
            reference(consent="old"),
            reference(),
        )
    ]
    assert thanked == [False, True, True, True]


def test_what_became_of_a_task_is_a_reason_only_where_nothing_else_happened() -> None:
    one, other = an_id("one"), an_id("other")
    happened = [
        SimpleNamespace(type=kind, subject_id=an_id(kind), data={"application_id": str(application)})
        for kind, application in (
            ("task.snoozed", one),
            ("interview.updated", one),
            ("task.done", one),
            ("task.done", other),
        )
    ]
    # Each event names its application, so nothing is read.
    assert touched_by(cast("Any", None), cast("Any", happened)) == {one: "interview.updated", other: "task.done"}


def test_once_it_is_done_a_task_does_not_say_that_anything_is_missing() -> None:
    assert reason_of("no_way_to_reach", "open").startswith("You met them, and have neither")
    reasons: tuple[Because, ...] = (
        "no_way_to_reach",
        "nobody_decides",
        "no_consent_on_record",
        "consent_is_old",
        "consent_has_ended",
    )
    said = ["You know how to reach them.", "You know who decides.", *["They have agreed."] * 3]
    assert [reason_of(because, "done") for because in reasons] == said
    assert reason_of("memory_fades", "done") == reason_of("memory_fades", "open")


def test_after_an_offer_nobody_is_looked_for_who_decides() -> None:
    assert not of_kind("find_decision_maker", planning.of_application(case(held("a", NOW - DAY), status="offer")))


def test_a_result_that_is_posted_is_to_be_looked_up_on_its_day() -> None:
    said = {"who_contacts": "portal", "answer_by": date(2026, 12, 10)}
    before = case(held("first", NOW - DAY, said=said))
    (waiting,) = of_kind("check_portal", planning.of_application(before))
    assert (waiting.state, waiting.due_at) == ("waiting", datetime(2026, 12, 11, tzinfo=UTC))
    assert planning.next_look(case(*before.meetings, now=NOW + 5 * DAY), [], []) == datetime(2026, 12, 10, tzinfo=UTC)

    day = datetime(2026, 12, 10, 9, tzinfo=UTC)
    (open_,) = of_kind("check_portal", planning.of_application(case(held("first", NOW - DAY, said=said), now=day)))
    assert (open_.state, open_.due_at, open_.remind_at) == ("open", datetime(2026, 12, 11, tzinfo=UTC), day)
    assert open_.key == waiting.key


def test_asking_is_fair_before_an_answer_is_overdue() -> None:
    paris: dict[str, Any] = {"country": "FR", "time_zone": "Europe/Paris"}
    early = held("first", NOW - 12 * DAY, **paris)
    late = held("first", NOW - 12 * DAY, said={"answer_by": date(2026, 12, 1)}, **paris)
    assert [
        task.because for one in (early, late) for task in of_kind("ask_for_answer", planning.of_application(case(one)))
    ] == ["asking_is_fair", "answer_overdue"]


def reference(**more: object) -> UsedReference:
    """Somebody who speaks for the user and has agreed long ago."""
    known: dict[str, Any] = {
        "reference_id": an_id("Ingrid's word"),
        "contact_id": an_id("Ingrid"),
        "consent": "current",
        "consent_ends_at": None,
        "ready_since": NOW - 90 * DAY,
        "away_until": None,
        "away_changes_on": None,
        "briefed": frozenset(),
        "thanked_on": None,
        "outcome_told_on": None,
    }
    known |= more
    return UsedReference(**known)


def test_a_reference_is_told_about_the_last_interview_only() -> None:
    first, second = held("first", NOW - 9 * DAY), held("second", NOW - DAY)
    (one,) = of_kind("brief_reference", planning.of_application(case(first, second, references=[reference()])))
    assert (one.interview_id, one.state) == (second.id, "open")
    told = reference(briefed=frozenset({first.id}))
    both = of_kind("brief_reference", planning.of_application(case(first, second, references=[told])))
    assert [(task.interview_id, task.state) for task in both] == [(first.id, "done"), (second.id, "open")]


def test_telling_a_reference_is_not_overdue_before_they_have_agreed() -> None:
    late = reference(ready_since=NOW)
    (one,) = of_kind("brief_reference", planning.of_application(case(held("a", NOW - 9 * DAY), references=[late])))
    assert (one.remind_at, one.due_at) == (NOW, datetime(2026, 12, 5, tzinfo=UTC))


def test_where_references_are_rarely_called_telling_them_is_optional() -> None:
    berlin = held("a", NOW - DAY, country="DE", time_zone="Europe/Berlin")
    (one,) = of_kind("brief_reference", planning.of_application(case(berlin, references=[reference()])))
    assert (one.is_optional, one.because) == (True, "reference_rarely_called")


ASK = AskConsent(an_id("Ingrid's word"), an_id("Ingrid"), "none", None, NOW)
SEARCH = Search(
    now=NOW,
    user_zone="Europe/London",
    alive=1,
    has_applications=True,
    accepted_on=None,
    last_applied_on=None,
    to_ask=[ASK],
    agreed=frozenset(),
    consent_ends_at=None,
)


def test_consent_that_ends_again_is_asked_for_again() -> None:
    again = replace(SEARCH, to_ask=[replace(ASK, consent="old", given_on=date(2025, 12, 1))])
    keys = [of_kind("ask_consent", planning.of_search(found))[0].key for found in (SEARCH, again)]
    assert len(set(keys)) == len(keys), "that they were asked once is still true"


def test_an_offer_that_was_answered_is_done() -> None:
    states = {
        status: [task.state for task in of_kind("answer_offer", planning.of_application(case(status=status)))]
        for status in ("interviewing", "offer", "accepted", "declined", "rejected")
    }
    done = ["done"]
    assert states == {"interviewing": [], "offer": ["open"], "accepted": done, "declined": done, "rejected": []}


def test_who_has_accepted_need_not_write_down_how_it_went() -> None:
    kinds = {task.kind for task in planning.of_application(case(held("a", NOW - DAY), status="accepted"))}
    assert kinds == {"thank_in_person", "answer_offer", "say_thanks"}
    assert of_kind("reflect", planning.of_application(case(held("a", NOW - DAY), status="rejected")))


def test_who_declined_or_withdrew_need_not_write_down_how_it_went() -> None:
    for status in ("declined", "withdrawn"):
        assert not of_kind("reflect", planning.of_application(case(held("a", NOW - DAY), status=status)))
    saved = replace(held("a", NOW - DAY), reflected=Reflected(is_draft=False, missing=(), open_questions=0))
    (reflected,) = of_kind("reflect", planning.of_application(case(saved, status="declined")))
    assert reflected.state == "done"


def test_where_another_offer_was_accepted_there_is_nothing_to_do_but_to_withdraw() -> None:
    last = held("a", NOW - 30 * DAY, somebody("Ken"))
    for status in ("interviewing", "offer"):
        alone = case(last, meeting("b", NOW + DAY), references=[reference()], questions_at_company=1, status=status)
        given_up = replace(alone, accepted_on=NOW.date())
        tasks = planning.of_application(given_up)
        assert [(task.kind, task.state) for task in tasks] == [("thank_in_person", "done")] * 2 + [("withdraw", "open")]
        assert following_up.turn(given_up) == following_up.Turn()
    assert following_up.turn(case(last)).who == "candidate"
    assert following_up.turn(case(last, accepted_on=NOW.date())) == following_up.Turn()


def test_nobody_is_asked_for_consent_once_an_offer_is_accepted() -> None:
    assert of_kind("ask_consent", planning.of_search(SEARCH))
    assert not planning.of_search(replace(SEARCH, accepted_on=NOW.date()))


def test_it_is_said_that_a_reference_is_away_and_looked_at_again_when_that_changes() -> None:
    back_on = NOW.date() + 3 * DAY
    away = reference(away_until=back_on - DAY, away_changes_on=back_on)
    found = case(held("a", NOW - DAY), references=[away])
    tasks = planning.of_application(found)
    (one,) = of_kind("brief_reference", tasks)
    assert one.facts["away_until"] == str(back_on - DAY)
    back_at = datetime.combine(back_on, time(0), UTC)
    assert back_at in set(planning._of_references(found))  # noqa: SLF001 - other moments come before it


def test_periods_are_over_on_the_day_after_their_last() -> None:
    spans = [("2026-12-01", "2026-12-04"), ("2026-12-20", "2026-12-20")]
    periods = [{"from_on": first, "until_on": last} for first, last in spans]
    days = [date(2026, 12, day) for day in (1, 4, 5, 20)]
    assert [away_until(periods, day) for day in days] == [date(2026, 12, 4), date(2026, 12, 4), None, days[-1]]
    assert [changes_on(periods, day).day for day in days] == [5, 5, 20, 21]  # type: ignore[union-attr]


def test_tasks_keep_instants_in_utc() -> None:
    due_at = datetime(2026, 12, 4, 10, tzinfo=timezone(timedelta(hours=-5)))
    task = Task()
    one = Wanted("key", "send_note", "note_expected", "America/New_York", due_at=due_at)
    keeping._take_over(task, one)  # noqa: SLF001 - what is read from the database again is in UTC anyway
    assert str(task.due_at) == str(task.due_order) == "2026-12-04 15:00:00+00:00"


def on_its_way(note_delivery: NoteDelivery | None, goes_at: datetime | None, *, as_of: datetime = NOW) -> Case:
    """An interview in New York yesterday, after which a note to the interviewer is on its way."""
    ends_at = NOW - DAY
    there = {"country": "US", "time_zone": "America/New_York"}
    facts = {**there, "ended_at": ends_at, "as_of": as_of.date(), "recipient": {"role": "interviewer"}}
    to = ForRecipient(
        participant_id=an_id("Ann takes part"),
        contact_id=an_id("Ann"),
        role="interviewer",
        note_sent_at=None,
        is_own_choice=False,
        decision=decide(whole_book(), Facts.model_validate(facts)),
        note_delivery=note_delivery,
        note_scheduled_at=goes_at,
    )
    return case(meeting("first", ends_at, somebody("Ann"), decided=[to]), now=as_of)


def test_while_a_note_is_scheduled_the_task_waits_for_it() -> None:
    goes_at = NOW + timedelta(hours=5)
    (plain,) = of_kind("send_note", planning.of_application(on_its_way(None, None)))
    scheduled = on_its_way("scheduled", goes_at)
    (task,) = of_kind("send_note", planning.of_application(scheduled))
    assert (plain.state, plain.waits_for) == ("open", None)
    assert (task.key, task.state, task.because) == (plain.key, "waiting", "note_scheduled")
    assert (task.waits_for, task.due_at, task.remind_at) == ("message", goes_at, None)
    assert task.facts == {**plain.facts, "scheduled_at": "2026-12-04T15:00:00Z"}
    assert goes_at >= (planning.next_look(scheduled, [task], []) or goes_at + DAY)


def test_while_a_note_may_have_arrived_nobody_is_asked_to_send_one() -> None:
    (task,) = of_kind("send_note", planning.of_application(on_its_way("unknown", None)))
    assert (task.state, task.because, task.waits_for) == ("waiting", "delivery_unknown", "message")
    assert (task.due_at, task.remind_at) == (None, None)


def test_a_note_that_is_on_its_way_is_waited_for_after_its_window() -> None:
    later = NOW + 30 * DAY
    assert not of_kind("send_note", planning.of_application(on_its_way(None, None, as_of=later)))
    (task,) = of_kind("send_note", planning.of_application(on_its_way("scheduled", later + DAY, as_of=later)))
    assert task.state == "waiting"
