"""The guard: what the decision advises against, and what was sent already."""

from typing import Any

import pytest

from tests.messages.desk import Desk


def kenya(desk: Desk) -> None:
    """An interview where canvassing disqualifies."""
    story = desk.story
    application = story.application(story.company("Savanna Water"), "KE")
    times = ("2026-12-17T13:00:00", "2026-12-17T14:00:00", "Africa/Nairobi")
    said = {"canvassing_disqualifies": True}
    desk.interview = story.interview(application, *times, (desk.boss, "panel_chair"), said=said)
    desk.application = application


def test_a_note_that_is_advised_against_comes_back_with_the_decision(tokyo: Desk) -> None:
    problem = tokyo.refused(409, purpose="thank_you", contact_id=tokyo.boss["id"])
    assert problem["code"] == "note_not_advised"
    assert problem["detail"] == "The decision is do_not_send. Notes are uncommon there."
    assert problem["decision"]["thank_you"]["outcome"] == "do_not_send"
    assert problem["decision"]["reasons"]
    assert tokyo.story.account.seen("/v1/messages")["items"] == []
    assert tokyo.story.account.seen(f"/v1/interviews/{tokyo.interview['id']}/decisions")["items"] == []


def test_a_reason_lets_it_pass_and_is_kept(tokyo: Desk) -> None:
    draft = tokyo.draft(override_reason="She asked for the paper that we spoke of.")
    assert draft["override_reason"] == "She asked for the paper that we spoke of."
    assert draft["language"] == "ja"
    assert "田中" in draft["body"]
    assert tokyo.done(draft, "approve")["state"] == "approved"


def test_a_prohibition_needs_more_than_a_reason(new_york: Desk) -> None:
    kenya(new_york)
    body: dict[str, Any] = {"purpose": "thank_you", "contact_id": new_york.boss["id"]}
    assert new_york.refused(409, **body)["code"] == "note_not_advised"
    problem = new_york.refused(409, **body, override_reason="They asked for it.")
    assert problem["detail"].startswith("A rule forbids it. The advertisement says that canvassing leads to")
    assert [error["pointer"] for error in problem["errors"]] == ["#/override_reason", "#/override_prohibition"]
    draft = new_york.draft(override_reason="They asked for it.", override_prohibition=True)
    assert draft["override_prohibition"] is True


def test_an_enquiry_that_is_forbidden_needs_an_override_too(new_york: Desk) -> None:
    kenya(new_york)
    problem = new_york.refused(409, purpose="status_enquiry")
    assert (problem["code"], bool(problem["decision"]["stops"])) == ("note_not_advised", True)
    override = {"override_reason": "They asked me to.", "override_prohibition": True}
    assert new_york.draft("status_enquiry", **override)["state"] == "draft"


def test_what_becomes_inadvisable_after_it_was_drafted_is_not_approved_without_a_reason(new_york: Desk) -> None:
    draft = new_york.draft()
    new_york.story.change("interviews", new_york.interview, said={"note_welcome": False})
    problem = new_york.problem(draft, "approve", "note_not_advised")
    assert problem["decision"]["thank_you"]["outcome"] == "do_not_send"
    assert [error["hint"] for error in problem["errors"]] == [
        "Change the message with PATCH. If you know better, say why in override_reason; it is kept."
    ]
    new_york.change(draft, override_reason="She wrote to me since.")
    assert new_york.done(draft, "approve")["state"] == "approved"


def test_after_the_window_there_is_a_warning(new_york: Desk) -> None:
    draft = new_york.draft()
    assert "window_passed" not in draft["warnings"]
    with new_york.story.at("2026-12-19T12:00:00-05:00"):
        assert "window_passed" in new_york.done(draft, "approve")["warnings"]
        assert "window_passed" in new_york.seen(draft, "/preview")["warnings"]


def test_where_a_late_note_is_worse_than_none_the_warning_says_so(tokyo: Desk) -> None:
    draft = tokyo.draft(override_reason="She asked for it.")
    assert (draft["closes_at"], draft["warnings"]) == ("2026-12-18T06:00:00Z", [])
    with tokyo.story.at("2026-12-18T15:01:00+09:00"):
        assert tokyo.done(draft, "approve")["warnings"] == ["window_passed", "late_note_is_worse"]


def test_nobody_is_thanked_twice_for_an_interview(new_york: Desk) -> None:
    first, second = new_york.draft(), new_york.draft()
    new_york.done(first, "approve")
    new_york.problem(second, "approve", "message_already_sent")
    new_york.problem(second, "sent-by-hand", "message_already_sent")
    assert new_york.refused(409, purpose="thank_you", contact_id=new_york.boss["id"])["code"] == "message_already_sent"
    new_york.change(first, subject="Other words")
    new_york.done(second, "approve")
    new_york.done(second, "sent-by-hand")
    new_york.problem(first, "approve", "message_already_sent")


def test_a_note_that_is_written_down_counts(new_york: Desk) -> None:
    draft = new_york.draft()
    new_york.story.account.changed(new_york.participant, {"note_sent_at": "2026-12-17T20:30:00Z"})
    problem = new_york.problem(draft, "approve", "message_already_sent")
    assert problem["detail"] == "They were sent a note at 2026-12-17T20:30:00Z."


def test_two_contacts_that_turn_out_to_be_one_are_not_both_thanked(new_york: Desk) -> None:
    twin = new_york.story.person("Annie Lee")
    participants = f"/v1/interviews/{new_york.interview['id']}/participants"
    new_york.story.account.made(participants, {"contact_id": twin["id"]})
    first, second = new_york.draft(), new_york.draft(contact_id=twin["id"])
    new_york.done(first, "approve")
    merged = new_york.story.account.ask(
        "POST", f"/v1/contacts/{new_york.boss['id']}/merge", json={"contact_id": twin["id"]}, headers={"If-Match": "*"}
    )
    assert merged.status_code == 200, merged.text
    assert new_york.seen(second)["contact_id"] == new_york.boss["id"]
    new_york.problem(second, "approve", "message_already_sent")


def test_an_employer_is_asked_twice_at_most(new_york: Desk) -> None:
    for number in (1, 2):
        draft, other = new_york.draft("status_enquiry"), new_york.draft("status_enquiry")
        new_york.done(draft, "approve")
        new_york.problem(other, "approve", "message_already_sent")
        new_york.done(draft, "sent-by-hand")
        enquiries = new_york.story.account.seen(f"/v1/interviews/{new_york.interview['id']}")["enquiries"]
        assert enquiries == number
    problem = new_york.refused(409, purpose="status_enquiry")
    assert (problem["code"], problem["detail"]) == (
        "message_already_sent",
        "You have asked 2 times about this interview, last on 2026-12-17.",
    )
    # Taking the fact back does not take back that it was sent.
    new_york.story.change("interviews", new_york.interview, enquiries=None, last_enquiry_on=None)
    assert new_york.refused(409, purpose="status_enquiry")["code"] == "message_already_sent"


def test_a_reference_is_told_with_consent_only_and_once(new_york: Desk) -> None:
    story = new_york.story
    reference = story.reference(story.person("Ingrid Berg"))
    about = {"purpose": "reference_briefing", "reference_id": reference["id"]}
    assert new_york.refused(409, **about)["code"] == "not_named"
    uses = f"/v1/references/{reference['id']}/applications"
    story.account.made(uses, {"application_id": new_york.application["id"]})
    problem = new_york.refused(409, **about)
    assert (problem["code"], problem["detail"]) == ("consent_missing", "No consent of theirs is on record.")
    story.change("references", reference, consent_given_on="2026-12-10")
    draft = new_york.draft(**about)
    story.change("references", reference, consent_given_on=None)
    new_york.problem(draft, "sent-by-hand", "consent_missing")
    story.change("references", reference, consent_given_on="2026-12-10")
    new_york.done(draft, "sent-by-hand")
    assert len(story.account.seen(f"/v1/references/{reference['id']}/briefings")["items"]) == 1
    assert new_york.refused(409, **about)["code"] == "message_already_sent"


def test_a_reference_that_is_away_or_was_told_or_thanked(new_york: Desk) -> None:
    story = new_york.story
    away = [{"from_on": "2026-12-16", "until_on": "2026-12-20"}]
    more = {"consent_given_on": "2026-12-10", "unavailable": away}
    reference = story.reference(story.person("Ingrid Berg"), new_york.application, **more)
    about = {"reference_id": reference["id"]}
    assert "reference_is_away" in new_york.draft("reference_briefing", **about)["warnings"]
    body = {"interview_id": new_york.interview["id"]}
    story.account.made(f"/v1/references/{reference['id']}/briefings", body)
    assert new_york.refused(409, purpose="reference_briefing", **about)["code"] == "message_already_sent"
    use = f"/v1/references/{reference['id']}/applications/{story.use(reference)['id']}"
    story.account.changed(use, {"thanked_on": "2026-12-17"})
    problem = new_york.refused(409, purpose="reference_thanks", **about)
    assert problem["detail"] == "They were thanked on 2026-12-17."
    story.account.deleted(use)
    assert new_york.refused(409, purpose="reference_thanks", **about)["code"] == "not_named"


def test_what_nothing_calls_for(new_york: Desk) -> None:
    assert new_york.refused(409, purpose="introducer_thanks")["code"] == "message_not_called_for"
    draft = new_york.draft("withdrawal")
    new_york.story.status(new_york.application, "rejected")
    problem = new_york.problem(draft, "sent-by-hand", "message_not_called_for")
    assert problem["detail"] == "The application is rejected already."


def test_whoever_takes_part_no_longer_is_not_thanked(new_york: Desk) -> None:
    draft = new_york.draft()
    new_york.story.account.deleted(new_york.participant)
    problem = new_york.problem(draft, "approve", "message_not_called_for")
    assert problem["detail"] == "This contact takes no part in the interview."


def few_a_day(desk: Desk, patch: pytest.MonkeyPatch, number: int) -> None:
    """Let only so many messages be approved."""
    app: Any = desk.story.account.client.app
    fewer = app.state.settings.model_copy(update={"messages_per_day": number})
    patch.setitem(app.state._state, "settings", fewer)  # noqa: SLF001 - a State gives nothing back


def test_a_day_has_so_many_approvals(new_york: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    few_a_day(new_york, monkeypatch, 1)
    first, second = new_york.draft(), new_york.draft("withdrawal")
    new_york.done(first, "approve")
    answer = new_york.ask(second, "approve")
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_messages")
    assert answer.headers["retry-after"] == "86401"
    with new_york.story.at("2026-12-18T16:00:01-05:00"):
        new_york.done(second, "approve")


@pytest.mark.parametrize("gone", ["messages", "interviews", "contacts"])
def test_what_is_deleted_gives_its_approval_not_back(
    new_york: Desk, monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    few_a_day(new_york, monkeypatch, 2)
    other = new_york.story.person("Rosa Diaz")
    times = ("2026-12-16T13:00:00", "2026-12-16T15:00:00", "America/New_York")
    left = Desk(
        new_york.story,
        new_york.application,
        new_york.story.interview(new_york.application, *times, (other, "interviewer")),
        other,
    )
    note = left.done(left.draft(), "approve")
    if gone != "messages":
        left.done(note, "sent-by-hand")
    ids = {"messages": note["id"], "interviews": left.interview["id"], "contacts": other["id"]}
    new_york.story.account.deleted(f"/v1/{gone}/{ids[gone]}")
    with new_york.story.at("2026-12-17T17:00:00-05:00"):
        new_york.done(new_york.draft(), "approve")
        further = new_york.draft("withdrawal")
        answer = new_york.ask(further, "approve")
        assert (answer.status_code, answer.json()["code"]) == (429, "too_many_messages")
        assert answer.headers["retry-after"] == "82801"
    with new_york.story.at("2026-12-18T16:00:01-05:00"):
        new_york.done(further, "approve")


def test_a_message_that_is_edited_and_approved_again_is_one_of_those_of_the_day(
    new_york: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    few_a_day(new_york, monkeypatch, 2)
    first, second = new_york.draft(), new_york.draft("withdrawal")
    new_york.done(first, "approve")
    new_york.done(second, "approve")
    with new_york.story.at("2026-12-17T17:00:00-05:00"):
        new_york.change(first, subject="Thank you")
        new_york.done(first, "approve")
        third = new_york.draft("status_enquiry")
        # The second is the first to be over: the other one was approved again since.
        assert new_york.ask(third, "approve").headers["retry-after"] == "82801"
    with new_york.story.at("2026-12-18T16:00:01-05:00"):
        new_york.done(third, "approve")


def test_the_second_enquiry_may_be_to_the_same_person_and_says_that_it_is_the_second(new_york: Desk) -> None:
    about = {"contact_id": new_york.boss["id"]}
    with new_york.story.at("2027-01-06T10:00:00-05:00"):
        first = new_york.draft("status_enquiry", **about)
        assert "enquiry_is_not_due" not in first["warnings"]
        new_york.done(first, "sent-by-hand")
        # On the same day it is too soon, but the user's own business.
        assert "enquiry_is_not_due" in new_york.draft("status_enquiry", **about)["warnings"]
    with new_york.story.at("2027-01-26T10:00:00-05:00"):
        second = new_york.draft("status_enquiry", **about)
        assert "I wrote once before" in second["body"]
        assert "enquiry_is_not_due" not in second["warnings"]
        new_york.done(second, "sent-by-hand")
        problem = new_york.refused(409, purpose="status_enquiry", **about)
        assert problem["detail"] == "You have asked 2 times about this interview, last on 2027-01-26."


def test_after_another_interview_only_that_one_can_be_asked_about_and_twice_again(new_york: Desk) -> None:
    story, first = new_york.story, new_york.interview
    with story.at("2027-01-06T10:00:00-05:00"):
        story.change("interviews", first, enquiries=2, last_enquiry_on="2027-01-04")
        times = ("2027-01-05T13:00:00", "2027-01-05T15:00:00", "America/New_York")
        second = story.interview(new_york.application, *times, (story.person("Rosa Diaz"), "interviewer"))
        problem = new_york.refused(409, purpose="status_enquiry")
        assert (problem["code"], problem["detail"]) == (
            "message_not_called_for",
            "There is a later interview, on 2027-01-05: they have answered. Ask about that one.",
        )
    with story.at("2027-01-05T14:59:59-05:00"):
        # Nobody can be asked yet about one that is not over.
        problem = new_york.refused(409, purpose="status_enquiry")
        assert (problem["code"], problem["detail"]) == (
            "message_not_called_for",
            "There is another interview, on 2027-01-05: with the invitation they have answered.",
        )
    new_york.interview = second
    with story.at("2027-01-20T10:00:00-05:00"):
        draft = new_york.draft("status_enquiry")
        assert "I wrote once before" not in draft["body"]
        new_york.done(draft, "sent-by-hand")
        # Somebody may have written down more by hand, and not the day.
        story.change("interviews", second, enquiries=3, last_enquiry_on=None)
        problem = new_york.refused(409, purpose="status_enquiry")
        assert problem["detail"] == "You have asked 3 times about this interview, last on 2027-01-20."


def test_an_enquiry_of_which_only_the_day_is_known_counts(new_york: Desk) -> None:
    story = new_york.story
    with story.at("2027-01-26T10:00:00-05:00"):
        story.change("interviews", new_york.interview, last_enquiry_on="2027-01-06")
        assert story.task("Ask Hudson Analytics politely about the result")["facts"]["enquiry"] == 2
        draft = new_york.draft("status_enquiry")
        assert "I wrote once before" in draft["body"]
        new_york.done(draft, "sent-by-hand")
        assert story.account.seen(f"/v1/interviews/{new_york.interview['id']}")["enquiries"] == 2
        assert new_york.refused(409, purpose="status_enquiry")["code"] == "message_already_sent"


def test_an_interview_that_was_cancelled_answers_nothing(new_york: Desk) -> None:
    story = new_york.story
    times = ("2027-01-05T13:00:00", "2027-01-05T15:00:00", "America/New_York")
    other = story.interview(new_york.application, *times, (story.person("Rosa Diaz"), "interviewer"))
    assert new_york.refused(409, purpose="status_enquiry")["code"] == "message_not_called_for"
    story.change("interviews", other, status="cancelled")
    assert new_york.draft("status_enquiry")["state"] == "draft"


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        (("offer",), "An offer was made"),
        (("offer", "accepted"), "You have accepted the offer"),
        (("offer", "declined"), "You have declined the offer"),
        (("rejected",), "The application was rejected"),
        (("withdrawn",), "You have withdrawn the application"),
    ],
)
def test_where_there_is_an_answer_nobody_is_asked_for_one(
    new_york: Desk, statuses: tuple[str, ...], words: str
) -> None:
    draft = new_york.draft("status_enquiry")
    for status in statuses:
        new_york.story.status(new_york.application, status)
    for problem in (
        new_york.refused(409, purpose="status_enquiry"),
        new_york.problem(draft, "approve", "message_not_called_for"),
    ):
        assert problem["detail"] == f"{words}: there is nothing to ask for. If that is wrong, correct the status."


@pytest.mark.parametrize("statuses", [("rejected",), ("withdrawn",), ("offer", "declined")])
def test_a_note_after_the_end_does_not_say_by_itself_that_the_user_is_interested(
    new_york: Desk, statuses: tuple[str, ...]
) -> None:
    draft = new_york.draft()
    for status in statuses:
        new_york.story.status(new_york.application, status)
    about = {"purpose": "thank_you", "contact_id": new_york.boss["id"]}
    assert new_york.refused(409, **about)["code"] == "message_not_called_for"
    problem = new_york.problem(draft, "approve", "message_not_called_for")
    assert "give an override_reason, and take out that you are interested" in problem["detail"]
    new_york.change(draft, body="Dear Ann,\n\nthank you all the same.\n\nKim", override_reason="She was kind.")
    assert new_york.done(draft, "approve")["state"] == "approved"


@pytest.mark.parametrize("status", ["offer", "accepted"])
def test_whoever_has_an_offer_may_still_say_thanks(new_york: Desk, status: str) -> None:
    for one in ("offer", "accepted")[: 1 + (status == "accepted")]:
        new_york.story.status(new_york.application, one)
    assert new_york.draft()["state"] == "draft"


def test_a_withdrawal_to_those_who_may_not_be_approached_is_warned_of(new_york: Desk) -> None:
    assert "contact_is_forbidden" not in new_york.draft("withdrawal", contact_id=new_york.boss["id"])["warnings"]
    kenya(new_york)
    assert "contact_is_forbidden" in new_york.draft("withdrawal", contact_id=new_york.boss["id"])["warnings"]
    assert "contact_is_forbidden" not in new_york.draft("withdrawal")["warnings"]
    consultant = new_york.story.person("Rosa Diaz")
    new_york.story.change("applications", new_york.application, agency_contact_id=consultant["id"])
    assert "contact_is_forbidden" not in new_york.draft("withdrawal", contact_id=consultant["id"])["warnings"]


def test_a_way_through_the_consultant_is_customary_unless_they_are_the_reader(new_york: Desk) -> None:
    story = new_york.story
    consultant = story.person("Rosa Diaz")
    story.change("applications", new_york.application, agency_contact_id=consultant["id"])
    with story.at("2027-01-06T10:00:00-05:00"):
        for reader, is_warned in ((new_york.boss, True), (consultant, False)):
            draft = new_york.draft("status_enquiry", contact_id=reader["id"])
            assert draft["channel"] == "via_recruiter"
            assert ("other_channel_is_customary" in draft["warnings"]) is is_warned


def test_thanks_before_the_end_do_not_tell_how_it_ended(new_york: Desk) -> None:
    story = new_york.story
    reference = story.reference(story.person("Ingrid Berg"), new_york.application)
    about = {"reference_id": reference["id"]}
    thanks = new_york.draft("reference_thanks", **about)
    assert "reference_has_not_agreed" in thanks["warnings"]
    assert "I do not yet know the outcome" in thanks["body"]
    new_york.done(thanks, "sent-by-hand")
    use = story.use(reference)
    assert (use["thanked_on"], use["outcome_told_on"]) == ("2026-12-17", None)
    assert new_york.refused(409, purpose="reference_thanks", **about)["code"] == "message_already_sent"
    story.change("references", reference, consent_given_on="2026-12-10")
    story.status(new_york.application, "rejected")
    end = new_york.draft("reference_thanks", **about)
    assert "reference_has_not_agreed" not in end["warnings"]
    assert "The process has ended" in end["body"]
    new_york.done(end, "sent-by-hand")
    assert story.use(reference)["outcome_told_on"] == "2026-12-17"
    assert new_york.refused(409, purpose="reference_thanks", **about)["code"] == "message_already_sent"


def test_thanks_do_not_tell_what_is_no_longer_so(new_york: Desk) -> None:
    story = new_york.story
    about = {"reference_id": story.reference(story.person("Ingrid Berg"), new_york.application)["id"]}
    story.status(new_york.application, "rejected")
    thanks = new_york.draft("reference_thanks", **about)
    new_york.done(thanks, "approve")
    story.status(new_york.application, "interviewing", correction=True)
    problem = new_york.problem(thanks, "sent-by-hand", "message_not_called_for")
    assert problem["detail"] == "It tells how the application has ended, and that is no longer so. Draft another one."


def test_whoever_did_not_introduce_is_not_thanked_for_it(new_york: Desk) -> None:
    story, (first, second) = new_york.story, [new_york.story.person(name) for name in ("Rosa Diaz", "Ingrid Berg")]
    story.change("applications", new_york.application, introduced_by_contact_id=first["id"])
    drafts = [new_york.draft("introducer_thanks") for _ in range(2)]
    new_york.done(drafts[0], "sent-by-hand")
    story.change("applications", new_york.application, introduced_by_contact_id=second["id"])
    problem = new_york.problem(drafts[1], "approve", "message_not_called_for")
    assert problem["detail"] == "The application says that somebody else introduced you."
    new_york.done(new_york.draft("introducer_thanks"), "sent-by-hand")


def test_thanks_that_were_drafted_before_the_end_do_not_count_as_telling_how_it_ended(new_york: Desk) -> None:
    story = new_york.story
    about = {"reference_id": story.reference(story.person("Ingrid Berg"), new_york.application)["id"]}
    early, late = new_york.draft("reference_thanks", **about), new_york.draft("reference_thanks", **about)
    assert "outcome_is_not_told" not in early["warnings"]
    story.status(new_york.application, "rejected")
    new_york.done(early, "approve")
    assert "outcome_is_not_told" in new_york.seen(early)["warnings"]
    new_york.done(early, "sent-by-hand")
    (use,) = story.account.seen(f"/v1/references/{about['reference_id']}/applications")["items"]
    assert (use["thanked_on"], use["outcome_told_on"]) == ("2026-12-17", None)
    new_york.problem(late, "approve", "message_already_sent")
    end = new_york.draft("reference_thanks", **about)
    assert "outcome_is_not_told" not in end["warnings"]
    new_york.done(end, "sent-by-hand")
    (use,) = story.account.seen(f"/v1/references/{about['reference_id']}/applications")["items"]
    assert use["outcome_told_on"] == "2026-12-17"
