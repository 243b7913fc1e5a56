"""The story of the day: what was marked in the reflection, the note to Tokyo that is refused, the one to New York."""

from tests.messages.desk import Desk


def test_the_note_to_new_york_has_the_point_that_was_marked_and_goes_at_nine_there(new_york: Desk) -> None:
    mailbox = new_york.mailbox()
    points = [
        {"text": "They decide before the holidays."},
        {"text": "how the platform team halved its deployment time", "for_note": True},
    ]
    new_york.story.reflect(new_york.interview, important_points=points)

    draft = new_york.draft()
    assert "how the platform team halved its deployment time" in draft["body"]
    assert "before the holidays" not in draft["body"]
    assert (draft["language"], draft["missing"]) == ("en-US", [])
    new_york.problem(draft, "schedule", "message_state", {"mailbox_id": mailbox})

    note = new_york.done(draft, "approve")
    scheduled = new_york.done(note, "schedule", {"mailbox_id": mailbox})
    assert new_york.seen(note, "/preview")["send_at_local"] == "2026-12-18T09:00:00-05:00"
    assert scheduled["send_at"] < scheduled["closes_at"]

    at_ten = {"mailbox_id": mailbox, "send_at": "2026-12-18T10:00:00-05:00"}
    assert new_york.done(note, "schedule", at_ten)["send_at"] == "2026-12-18T15:00:00Z"
    assert new_york.done(note, "cancel")["state"] == "approved"
    again = new_york.done(note, "schedule", {"mailbox_id": mailbox})
    assert (again["state"], again["send_at"]) == ("scheduled", "2026-12-18T14:00:00Z")
    assert new_york.jobs(note) == ["CANCELLED", "CANCELLED", "DELAYED"]

    # Nobody has sent anything yet, but nobody is to send a second one either.
    assert new_york.story.task("Send Ann Lee a thank-you note")["state"] == "waiting"


def test_the_note_to_tokyo_is_refused_with_the_decision_and_passes_with_a_reason(tokyo: Desk) -> None:
    problem = tokyo.refused(409, purpose="thank_you", contact_id=tokyo.boss["id"])
    assert problem["code"] == "note_not_advised"
    advice = problem["decision"]["thank_you"]
    assert (advice["outcome"], advice["expectation"]) == ("do_not_send", "uncommon")
    assert any("JP" in reason["scope"] for reason in problem["decision"]["reasons"])

    reason = "She asked me for the paper that we spoke of."
    draft = tokyo.draft(override_reason=reason)
    assert (draft["language"], draft["override_reason"]) == ("ja", reason)
    assert draft["body"].startswith("Aozora Seiki\n田中様")
    sent = tokyo.done(tokyo.done(draft, "approve"), "sent-by-hand")
    assert (sent["state"], sent["sent_via"]) == ("sent", "by_hand")
    assert tokyo.story.account.seen(tokyo.participant)["note_sent_at"] == "2026-12-17T07:00:00Z"
