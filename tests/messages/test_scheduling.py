"""Scheduling: when the decision suggests or the user says; rescheduled and cancelled until it goes."""

import pytest
from fastapi import FastAPI

from tests.messages.desk import Desk, Made
from tests.messages.mailboxes.sending import PRIVATE
from tests.people import NOBODY
from tests.stored import ANY, EVENTS, Account


def approved(desk: Desk, purpose: str = "thank_you", **more: object) -> Made:
    return desk.done(desk.draft(purpose, **more), "approve")


def test_a_note_is_scheduled_for_when_the_decision_suggests(new_york: Desk) -> None:
    mailbox, note = new_york.mailbox(), approved(new_york)
    scheduled = new_york.done(note, "schedule", {"mailbox_id": mailbox})
    assert (scheduled["state"], scheduled["mailbox_id"]) == ("scheduled", mailbox)
    # Nine o'clock on the next working day, in New York.
    assert scheduled["send_at"] == "2026-12-18T14:00:00Z"
    assert new_york.jobs(note) == ["DELAYED"]
    preview = new_york.seen(note, "/preview")
    assert preview["send_at_local"] == "2026-12-18T09:00:00-05:00"
    assert preview["send_at_home"] == "2026-12-18T15:00:00+01:00"
    assert preview["sender"] == {"name": "Kim Larsen", "email": "kim@example.com"}
    assert preview["is_approved"] is True


def test_until_it_goes_it_is_rescheduled_cancelled_and_sent_at_once(new_york: Desk) -> None:
    mailbox, note = new_york.mailbox(), approved(new_york)
    new_york.done(note, "schedule", {"mailbox_id": mailbox})
    later = new_york.done(note, "schedule", {"mailbox_id": mailbox, "send_at": "2026-12-18T11:00:00-05:00"})
    assert later["send_at"] == "2026-12-18T16:00:00Z"
    cancelled = new_york.done(note, "cancel")
    assert (cancelled["state"], cancelled["send_at"]) == ("approved", None)
    new_york.problem(note, "cancel", "message_state")
    now = new_york.done(note, "send", {"mailbox_id": mailbox})
    assert (now["state"], now["send_at"]) == ("scheduled", "2026-12-17T21:00:00Z")
    assert new_york.jobs(note) == ["CANCELLED", "CANCELLED", "ENQUEUED"]
    assert new_york.events()[1:] == ["approved", "scheduled", "scheduled", "cancelled", "scheduled"]
    # What is scheduled is neither edited nor deleted, and was not sent by hand.
    path = f"/v1/messages/{note['id']}"
    assert new_york.story.account.refused("PATCH", path, 409, json={"subject": "x"}, headers=ANY)
    assert new_york.story.account.refused("DELETE", path, 409, headers=ANY)
    new_york.problem(note, "sent-by-hand", "message_state")


def test_after_the_window_it_leaves_at_once_and_says_so(new_york: Desk) -> None:
    mailbox, note = new_york.mailbox(), approved(new_york)
    with new_york.story.at("2026-12-19T12:00:00-05:00"):
        scheduled = new_york.done(note, "schedule", {"mailbox_id": mailbox})
        assert scheduled["send_at"] == "2026-12-19T17:00:00Z"
        assert "window_passed" in scheduled["warnings"]


@pytest.fixture
def hong_kong(new_york: Desk) -> Desk:
    """An interview whose window is open for two days, and no further morning."""
    story = new_york.story
    application = story.application(story.company("Harbour Light"), "HK", applied_on="2026-12-01")
    boss = story.person("Rosa Chan")
    times = ("2026-12-16T15:00:00", "2026-12-16T16:00:00", "Asia/Hong_Kong")
    return Desk(story, application, story.interview(application, *times, (boss, "interviewer")), boss)


@pytest.mark.parametrize(
    ("now", "send_at"),
    [
        # The 18th begins there at 16:00 UTC on the 17th.
        ("2026-12-17T19:59:00+08:00", "2026-12-17T11:59:00Z"),
        ("2026-12-17T20:00:00+08:00", "2026-12-18T01:00:00Z"),
        ("2026-12-18T01:23:00+08:00", "2026-12-18T01:00:00Z"),
        ("2026-12-18T07:59:00+08:00", "2026-12-18T01:00:00Z"),
        ("2026-12-18T08:00:00+08:00", "2026-12-18T00:00:00Z"),
        # Its window ends at 16:00 there, before the next morning.
        ("2026-12-18T20:00:00+08:00", "2026-12-18T12:00:00Z"),
    ],
)
def test_after_the_time_that_is_suggested_it_leaves_by_day_there(hong_kong: Desk, now: str, send_at: str) -> None:
    mailbox, note = hong_kong.mailbox(), approved(hong_kong)
    assert note["closes_at"] == "2026-12-18T08:00:00Z"
    with hong_kong.story.at(now):
        scheduled = hong_kong.done(note, "schedule", {"mailbox_id": mailbox})
    assert (scheduled["send_at"], "at_night" in scheduled["warnings"]) == (send_at, False)


def test_where_the_window_closes_before_the_morning_it_leaves_at_night_and_says_so(hong_kong: Desk) -> None:
    mailbox = hong_kong.mailbox()
    times = {"starts_at": "2026-12-16T07:30:00", "ends_at": "2026-12-16T08:30:00"}
    hong_kong.story.change("interviews", hong_kong.interview, **times)
    note = approved(hong_kong)
    assert note["closes_at"] == "2026-12-18T00:30:00Z"
    with hong_kong.story.at("2026-12-18T01:23:00+08:00"):
        scheduled = hong_kong.done(note, "schedule", {"mailbox_id": mailbox})
    assert (scheduled["send_at"], scheduled["warnings"][:1]) == ("2026-12-17T17:23:00Z", ["at_night"])


@pytest.mark.parametrize(
    ("send_at", "is_night"),
    [
        ("2026-12-18T06:59:59-05:00", True),
        ("2026-12-18T07:00:00-05:00", False),
        ("2026-12-18T20:59:59-05:00", False),
        ("2026-12-18T21:00:00-05:00", True),
    ],
)
def test_whoever_lets_it_leave_at_night_is_warned(new_york: Desk, send_at: str, *, is_night: bool) -> None:
    mailbox, note = new_york.mailbox(), approved(new_york)
    scheduled = new_york.done(note, "schedule", {"mailbox_id": mailbox, "send_at": send_at})
    assert ("at_night" in scheduled["warnings"]) is is_night
    # What leaves at no time yet leaves at no bad one.
    assert "at_night" not in new_york.done(note, "cancel")["warnings"]


def test_the_night_is_that_of_the_reader_and_nothing_to_whoever_only_writes(new_york: Desk) -> None:
    mailbox = new_york.mailbox()
    with new_york.story.at("2026-12-17T23:30:00-05:00"):
        note = approved(new_york)
        assert "at_night" not in note["warnings"]
        assert "at_night" in new_york.done(note, "send", {"mailbox_id": mailbox})["warnings"]
        new_york.story.change("contacts", new_york.boss, time_zone="Asia/Hong_Kong")
        assert "at_night" not in new_york.done(note, "send", {"mailbox_id": mailbox})["warnings"]


def test_a_time_after_the_window_is_warned_of(new_york: Desk) -> None:
    mailbox, note = new_york.mailbox(), approved(new_york)
    body = {"mailbox_id": mailbox, "send_at": "2026-12-21T09:00:00-05:00"}
    assert "window_passed" in new_york.done(note, "schedule", body)["warnings"]


def test_before_the_end_of_the_interview_a_note_is_drafted_and_approved_and_stays(new_york: Desk) -> None:
    mailbox = new_york.mailbox()
    with new_york.story.at("2026-12-17T14:00:00-05:00"):
        draft = new_york.draft()
        assert draft["warnings"][:1] == ["interview_is_not_over"]
        note = new_york.done(draft, "approve")
        assert "interview_is_not_over" in note["warnings"]
        early = {"mailbox_id": mailbox, "send_at": "2026-12-17T14:59:59-05:00"}
        for what, body in (("send", {"mailbox_id": mailbox}), ("schedule", early), ("sent-by-hand", None)):
            problem = new_york.problem(note, what, "interview_not_over", body)
            assert (problem["status"], problem["detail"]) == (409, "The interview ends at 2026-12-17T20:00:00Z.")
        assert new_york.jobs(note) == []
        # A withdrawal does not look back at the interview.
        assert "interview_is_not_over" not in new_york.draft("withdrawal")["warnings"]
        scheduled = new_york.done(note, "schedule", {"mailbox_id": mailbox})
        assert (scheduled["send_at"], scheduled["warnings"]) == ("2026-12-18T14:00:00Z", draft["warnings"][1:])


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"mailbox_id": NOBODY}, "#/mailbox_id"),
        ({"send_at": "2026-12-17T20:59:00Z"}, "#/send_at"),
        ({"send_at": "2027-04-01T09:00:00Z"}, "#/send_at"),
        ({"send_at": "2026-12-18T09:00:00"}, "#/send_at"),
    ],
)
def test_refused(new_york: Desk, body: Made, pointer: str) -> None:
    mailbox, note = new_york.mailbox(), approved(new_york)
    problem = new_york.problem(note, "schedule", "invalid_request", {"mailbox_id": mailbox, **body})
    assert [error["pointer"] for error in problem["errors"]] == [pointer]
    assert new_york.jobs(note) == []


def test_only_for_notes_there_is_a_time_that_is_suggested(new_york: Desk) -> None:
    mailbox = new_york.mailbox()
    enquiry = approved(new_york, "status_enquiry", contact_id=new_york.boss["id"])
    problem = new_york.problem(enquiry, "schedule", "invalid_request", {"mailbox_id": mailbox})
    assert problem["errors"][0]["detail"] == "Say when it is to be sent."
    new_york.done(enquiry, "schedule", {"mailbox_id": mailbox, "send_at": "2026-12-28T09:00:00-05:00"})


def test_the_time_that_is_suggested_may_be_too_far_ahead_too(new_york: Desk) -> None:
    mailbox, note = new_york.mailbox(), approved(new_york)
    times = {"starts_at": "2027-04-15T13:00:00", "ends_at": "2027-04-15T15:00:00"}
    new_york.story.change("interviews", new_york.interview, **times)
    problem = new_york.problem(note, "schedule", "invalid_request", {"mailbox_id": mailbox})
    assert problem["errors"][0]["detail"] == "This is more than 90 days ahead."


def test_nothing_is_sent_with_a_mailbox_that_was_not_tested(new_york: Desk, stranger: Account) -> None:
    mailbox, note = new_york.mailbox(is_tested=False), approved(new_york)
    for what in ("schedule", "send"):
        assert new_york.problem(note, what, "mailbox_untested", {"mailbox_id": mailbox})["status"] == 409
    theirs = stranger.made("/v1/mailboxes", PRIVATE)
    new_york.problem(note, "send", "invalid_request", {"mailbox_id": theirs["id"]})


def test_nothing_is_sent_to_nobody(new_york: Desk) -> None:
    mailbox = new_york.mailbox()
    withdrawal = approved(new_york, "withdrawal")
    new_york.problem(withdrawal, "send", "message_without_address", {"mailbox_id": mailbox})
    new_york.story.change("contacts", new_york.boss, emails=[])
    note = approved(new_york)
    new_york.problem(note, "schedule", "message_without_address", {"mailbox_id": mailbox})


def test_nothing_is_sent_that_was_not_approved_or_is_not_advised_any_more(new_york: Desk) -> None:
    mailbox, draft = new_york.mailbox(), new_york.draft()
    problem = new_york.problem(draft, "send", "message_state", {"mailbox_id": mailbox})
    assert problem["detail"] == "The message is a draft; this can be done with an approved message or a scheduled one."
    new_york.done(draft, "approve")
    new_york.story.change("interviews", new_york.interview, said={"note_welcome": False})
    new_york.problem(draft, "schedule", "note_not_advised", {"mailbox_id": mailbox})


def test_a_mailbox_that_messages_wait_for_is_kept(new_york: Desk) -> None:
    mailbox, note = new_york.mailbox(), approved(new_york)
    new_york.done(note, "schedule", {"mailbox_id": mailbox})
    path = f"/v1/mailboxes/{mailbox}"
    assert new_york.story.account.refused("DELETE", path, 409, headers=ANY)["code"] == "in_use"
    new_york.done(note, "cancel")
    new_york.story.account.deleted(path)
    assert new_york.seen(note)["mailbox_id"] is None


def test_nothing_is_deleted_that_a_message_which_is_about_to_leave_would_go_with(new_york: Desk) -> None:
    account, mailbox, note = new_york.story.account, new_york.mailbox(), approved(new_york)
    friend = new_york.story.person("Ingrid Berg")
    reference = account.made("/v1/references", {"contact_id": friend["id"], "consent_given_on": "2026-12-01"})
    named = {"application_id": new_york.application["id"]}
    account.made(f"/v1/references/{reference['id']}/applications", named)
    word = approved(new_york, "reference_briefing", reference_id=reference["id"])
    above = [
        (f"/v1/references/{reference['id']}", 1),
        (f"/v1/contacts/{friend['id']}", 1),
        (f"/v1/contacts/{new_york.boss['id']}", 1),
        (f"/v1/interviews/{new_york.interview['id']}", 2),
        (f"/v1/applications/{new_york.application['id']}", 2),
    ]
    new_york.done(note, "schedule", {"mailbox_id": mailbox})
    new_york.done(word, "schedule", {"mailbox_id": mailbox, "send_at": "2026-12-18T09:00:00-05:00"})
    for path, number in above:
        problem = account.refused("DELETE", path, 409, headers=ANY)
        assert problem["code"] == "in_use", path
        assert f"{number} messages. Cancel them first." in problem["detail"], path
    for message in (note, word):
        new_york.done(message, "cancel")
    for path, _ in above:
        account.deleted(path)
    assert account.seen("/v1/messages")["items"] == []


def test_what_others_send_holds_nothing_up(new_york: Desk, stranger: Account) -> None:
    new_york.done(approved(new_york), "schedule", {"mailbox_id": new_york.mailbox()})
    theirs = stranger.made("/v1/contacts", {"name": {"given_name": "Ann", "family_name": "Lee"}})
    stranger.deleted(f"/v1/contacts/{theirs['id']}")


def test_other_peoples_messages_are_not_there(new_york: Desk, stranger: Account) -> None:
    path = f"/v1/messages/{approved(new_york)['id']}"
    for part, body in (("schedule", {"mailbox_id": NOBODY}), ("send", {"mailbox_id": NOBODY}), ("cancel", None)):
        given = {} if body is None else {"json": body}
        assert stranger.refused("POST", f"{path}/{part}", 404, headers=ANY, **given)["code"] == "no_such_resource"


def test_statements(new_york: Desk, queries: list[str], stored_app: FastAPI) -> None:
    mailbox, note = new_york.mailbox(), approved(new_york)
    stored_app.state.jobs.prepare()
    queries.clear()
    new_york.done(note, "schedule", {"mailbox_id": mailbox})
    ours = [query for query in queries if "workflow" not in query]
    # The caller, the counter, the message, five that the guard looks at, the mailbox, the change, three that write down
    # that a note is on its way, and the message as it is shown.
    assert len(ours) == 3 + 5 + 2 + 3 + 1 + EVENTS
    assert len(queries) - len(ours) <= 4
    queries.clear()
    new_york.done(note, "cancel")
    assert len([query for query in queries if "workflow" not in query]) == 5 + 3 + EVENTS
