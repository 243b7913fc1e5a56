"""What becomes of a message that leaves: its state, the fact behind it, and the task where nobody knows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.db.database import Writing
from app.messages import outcomes
from app.messages.models import MessageVersion
from tests.follow_up.tasks.conftest import AFTER, Osaka, _today, osaka, story
from tests.messages.rows import a_message
from tests.stored import ANY

__all__ = ["_today", "osaka", "story"]
Made = dict[str, Any]
TEXT = {"subject": "Thank you", "body": "Thank you for your time.", "made_by": "template"}


@contextmanager
def writing(osaka: Osaka) -> Iterator[Writing]:
    app: Any = osaka.story.account.client.app
    with app.state.database.session() as session:
        session.owner_id = osaka.story.account.id
        yield session


def message_of(osaka: Osaka, purpose: str, **more: Any) -> UUID:  # noqa: ANN401 - columns
    with writing(osaka) as session:
        about = {"contact_id": UUID(osaka.boss["id"]), "state": "sending", "phase": "handing_over", "turn": 1}
        interview_id = UUID(osaka.interview["id"])
        return a_message(session, interview_id, osaka.story.now, purpose=purpose, **{**about, **more}).id


def become(osaka: Osaka, message_id: UUID, outcome: str, *given: Any) -> None:  # noqa: ANN401 - what it takes
    with writing(osaka) as session:
        getattr(outcomes, outcome)(session, outcomes.held(session, message_id), *given, osaka.story.now)


def kinds(osaka: Osaka) -> list[str]:
    events = osaka.story.account.seen("/v1/events", limit=100)["items"]
    return [event["type"] for event in events if event["type"].startswith("message.")]


def test_a_note_that_was_sent_closes_its_task(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        become(osaka, message_of(osaka, "thank_you"), "sent")
        (participant,) = osaka.seen("interviews", osaka.interview)["participants"]
        assert datetime.fromisoformat(participant["note_sent_at"]) == osaka.story.now
        assert osaka.task("send_note")["state"] == "done"
        assert kinds(osaka) == ["message.sent"]


def test_an_enquiry_that_was_sent_is_counted(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        become(osaka, message_of(osaka, "status_enquiry"), "sent")
        interview = osaka.seen("interviews", osaka.interview)
        assert (interview["enquiries"], interview["last_enquiry_on"]) == (1, "2026-12-07")
        become(osaka, message_of(osaka, "status_enquiry"), "sent")
        assert osaka.seen("interviews", osaka.interview)["enquiries"] == 2


def test_a_reference_that_was_told_is_briefed(osaka: Osaka) -> None:
    reference_id = UUID(osaka.reference["id"])
    with osaka.story.at(AFTER):
        for _ in range(2):  # that it is written down already does not undo that it was sent
            become(osaka, message_of(osaka, "reference_briefing", reference_id=reference_id), "sent")
        items = osaka.story.account.seen(f"/v1/references/{reference_id}/briefings")["items"]
        assert [one["interview_id"] for one in items] == [osaka.interview["id"]]
        assert osaka.task("brief_reference")["state"] == "done"
        assert kinds(osaka) == ["message.sent", "message.sent"]


def test_a_reference_that_was_thanked_is_thanked(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        become(osaka, message_of(osaka, "reference_thanks", reference_id=UUID(osaka.reference["id"])), "sent")
        assert osaka.story.use(osaka.reference)["thanked_on"] == "2026-12-07"


def test_whoever_withdraws_has_withdrawn(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        become(osaka, message_of(osaka, "withdrawal"), "sent")
        assert osaka.seen("applications", osaka.application)["status"] == "withdrawn"


@pytest.mark.parametrize("purpose", ["reference_request", "introducer_thanks", "thank_you", "reference_briefing"])
def test_what_is_written_down_nowhere_changes_no_fact(osaka: Osaka, purpose: str) -> None:
    with osaka.story.at(AFTER):
        become(osaka, message_of(osaka, purpose, contact_id=None), "sent")
        events = osaka.story.account.seen("/v1/events", limit=100)["items"]
        assert events[-1]["type"] == "message.sent"
        assert osaka.seen("interviews", osaka.interview)["participants"][0]["note_sent_at"] is None


def test_what_failed_is_said_in_the_words_of_the_server(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        message_id = message_of(osaka, "thank_you")
        become(osaka, message_id, "failed", "550 No such user here")
        with writing(osaka) as session:
            message = outcomes.held(session, message_id)
            assert (message.state, message.phase, message.problem) == ("failed", None, "550 No such user here")
        assert kinds(osaka) == ["message.failed"]
        task = osaka.task("check_message")
        assert (task["state"], task["because"]) == ("open", "delivery_failed")
        assert task["title"] == "See to your thank-you note to Aiko Tanaka, which was not sent"
        assert task["facts"] == {
            "message_id": str(message_id),
            "purpose": "thank_you",
            "outcome": "failed",
            "has_reader": True,
        }
        assert osaka.state(task, "done")["closed_by"] == "user"


def sent_by_hand(osaka: Osaka, message_id: UUID) -> None:
    answer = osaka.story.account.ask("POST", f"/v1/messages/{message_id}/sent-by-hand", headers=ANY)
    assert answer.status_code == 200, answer.text


def edited_and_approved(osaka: Osaka, message_id: UUID) -> None:
    osaka.story.account.changed(f"/v1/messages/{message_id}", {"subject": "Thank you!"})
    assert osaka.task("check_message")["state"] == "open"
    answer = osaka.story.account.ask("POST", f"/v1/messages/{message_id}/approve", headers=ANY)
    assert answer.status_code == 200, answer.text


def deleted(osaka: Osaka, message_id: UUID) -> None:
    osaka.story.account.deleted(f"/v1/messages/{message_id}")


@pytest.mark.parametrize("see_to_it", [sent_by_hand, edited_and_approved, deleted])
def test_what_failed_has_been_seen_to_once_the_user_does_something_about_it(
    osaka: Osaka, see_to_it: Callable[[Osaka, UUID], None]
) -> None:
    with osaka.story.at(AFTER):
        why = {"override_reason": "She asked for it.", "override_prohibition": True}
        message_id = message_of(osaka, "thank_you", **why)
        with writing(osaka) as session:
            session.add(
                MessageVersion(
                    message_id=message_id, number=1, **TEXT, owner_id=session.owner_id, created_at=osaka.story.now
                )
            )
        become(osaka, message_id, "failed", "550 No such user here")
        assert osaka.task("check_message")["state"] == "open"
        see_to_it(osaka, message_id)
        task = osaka.task("check_message")
        assert (task["state"], task["closed_by"]) == ("done", "facts")


def test_what_failed_again_is_a_task_again(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        message_id = message_of(osaka, "thank_you")
        become(osaka, message_id, "failed", "550 No such user here")
        first = osaka.task("check_message")
        osaka.state(first, "skipped", reason="They know it already.")
        osaka.story.change("interviews", osaka.interview, notes="More")
        assert osaka.task("check_message")["state"] == "skipped"
        become(osaka, message_id, "failed", "550 No such user here")
        assert osaka.task("check_message")["state"] == "open"
        assert osaka.task("check_message")["id"] != first["id"]


def test_each_task_names_its_message_and_whom_it_is_to(osaka: Osaka) -> None:
    to_friend = {"reference_id": UUID(osaka.reference["id"]), "contact_id": UUID(osaka.reference["contact_id"])}
    with osaka.story.at(AFTER):
        become(osaka, message_of(osaka, "thank_you"), "unknown", "Lost.")
        become(osaka, message_of(osaka, "status_enquiry"), "unknown", "Lost.")
        become(osaka, message_of(osaka, "reference_briefing", **to_friend), "failed", "550 No")
        titles = {one["title"] for one in osaka.story.account.seen("/v1/tasks", kind="check_message")["items"]}
    assert titles == {
        "Find out whether your thank-you note to Aiko Tanaka has arrived",
        "Find out whether your enquiry to Aiko Tanaka about Aozora Seiki has arrived",
        "See to your word to Ingrid Berg that Aozora Seiki may call, which was not sent",
    }


def test_what_is_postponed_gets_another_turn(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        message_id = message_of(osaka, "thank_you")
        later = osaka.story.now + timedelta(minutes=1)
        become(osaka, message_id, "postponed", later, "451 Try again later")
        with writing(osaka) as session:
            message = outcomes.held(session, message_id)
            assert (message.state, message.turn, message.send_at) == ("scheduled", 2, later)
        assert kinds(osaka) == ["message.scheduled"]


def test_what_is_unknown_becomes_a_task_that_planning_leaves_alone(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        message_id = message_of(osaka, "thank_you")
        become(osaka, message_id, "unknown", "The connection was lost.")
        task = osaka.task("check_message")
        assert (task["facts"], task["state"], task["because"]) == (
            {"message_id": str(message_id), "purpose": "thank_you", "outcome": "unknown", "has_reader": True},
            "open",
            "delivery_unknown",
        )
        osaka.story.change("interviews", osaka.interview, notes="More")
        assert osaka.task("check_message")["state"] == "open"
        problem = osaka.refused(osaka.task("check_message"), "done", 422)
        assert f"/v1/messages/{message_id}/resolve" in problem["errors"][0]["hint"]


def test_with_its_reader_a_message_is_deleted_and_nothing_is_left_to_find_out(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        become(osaka, message_of(osaka, "thank_you"), "unknown", "The connection was lost.")
        osaka.story.account.deleted(f"/v1/contacts/{osaka.boss['id']}")
        assert osaka.story.account.seen("/v1/messages")["items"] == []
        osaka.story.do(osaka.task("check_message")["title"])
        assert osaka.task("check_message")["state"] == "done"


@pytest.mark.parametrize(("outcome", "state"), [("sent", "sent"), ("not_sent", "failed")])
def test_once_the_user_has_found_out_the_task_is_done(osaka: Osaka, outcome: str, state: str) -> None:
    with osaka.story.at(AFTER):
        message_id = message_of(osaka, "thank_you")
        for round_ in range(2):  # it may be sent again, and be unknown again
            become(osaka, message_id, "unknown", "The connection was lost.")
            assert osaka.task("check_message")["state"] == "open"
            become(osaka, message_id, "resolved", outcome)
            assert osaka.task("check_message")["state"] == "done"
            with writing(osaka) as session:
                assert outcomes.held(session, message_id).state == state
            assert len(kinds(osaka)) == 2 * (round_ + 1)
