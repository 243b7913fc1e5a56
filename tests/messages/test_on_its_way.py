"""While a note is on its way, the plan waits for it, and nobody is asked to write a second one."""

from typing import Any
from uuid import UUID

from app.messages import outcomes
from tests.messages.desk import Desk, Made
from tests.stored import ANY

TITLE = "Send Ann Lee a thank-you note"


def scheduled(desk: Desk) -> Made:
    note = desk.done(desk.draft(), "approve")
    return desk.done(note, "schedule", {"mailbox_id": desk.mailbox()})


def become(desk: Desk, note: Made, outcome: str, *given: object) -> None:
    app: Any = desk.story.account.client.app
    with app.state.database.session() as session:
        session.owner_id = desk.story.account.id
        row = outcomes.held(session, UUID(note["id"]))
        getattr(outcomes, outcome)(session, row, *given, desk.story.now)


def their_note(desk: Desk) -> tuple[str | None, str | None]:
    participant = desk.story.account.seen(desk.participant)
    (shown,) = desk.story.account.seen(f"/v1/interviews/{desk.interview['id']}")["participants"]
    told = (participant["note_delivery"], participant["note_scheduled_at"])
    assert told == (shown["note_delivery"], shown["note_scheduled_at"])
    return told


def task(desk: Desk) -> tuple[str, str, str | None]:
    (found,) = desk.story.account.seen("/v1/tasks", kind="send_note")["items"]
    assert found["title"] == TITLE
    return found["state"], found["because"], found["due_at"]


def step(desk: Desk) -> str:
    plan = desk.story.account.seen(f"/v1/interviews/{desk.interview['id']}/plan")
    (found,) = [one["state"] for one in plan["steps"] if one["step"] == "follow_up"]
    return str(found)


def test_a_note_that_is_scheduled_is_waited_for_and_one_that_is_cancelled_is_to_do(new_york: Desk) -> None:
    was = task(new_york)
    assert (was[0], step(new_york), their_note(new_york)) == ("open", "due", (None, None))
    note = scheduled(new_york)
    assert their_note(new_york) == ("scheduled", "2026-12-18T14:00:00Z")
    assert task(new_york) == ("waiting", "note_scheduled", "2026-12-18T14:00:00Z")
    assert step(new_york) == "waiting"
    at_ten = {"mailbox_id": new_york.seen(note)["mailbox_id"], "send_at": "2026-12-18T10:00:00-05:00"}
    new_york.done(note, "schedule", at_ten)
    assert task(new_york) == ("waiting", "note_scheduled", "2026-12-18T15:00:00Z")
    new_york.done(note, "cancel")
    assert (task(new_york), step(new_york), their_note(new_york)) == (was, "due", (None, None))


def test_while_nobody_knows_whether_it_has_arrived_only_that_is_to_be_found_out(new_york: Desk) -> None:
    was, note = task(new_york), scheduled(new_york)
    become(new_york, note, "unknown", "The connection was lost.")
    assert their_note(new_york) == ("unknown", None)
    assert task(new_york) == ("waiting", "delivery_unknown", None)
    to_do = [one["kind"] for one in new_york.story.tasks() if one["state"] == "open"]
    assert "check_message" in to_do
    assert "send_note" not in to_do
    new_york.done(note, "resolve", {"outcome": "not_sent"})
    assert (task(new_york), their_note(new_york)) == (was, (None, None))
    new_york.done(note, "approve")
    new_york.done(note, "schedule", {"mailbox_id": new_york.seen(note)["mailbox_id"]})
    become(new_york, note, "unknown", "The connection was lost.")
    new_york.done(note, "resolve", {"outcome": "sent"})
    assert (task(new_york)[0], their_note(new_york)) == ("done", (None, None))


def test_one_that_failed_is_to_do_and_one_that_was_sent_is_done(new_york: Desk) -> None:
    was, note = task(new_york), scheduled(new_york)
    become(new_york, note, "failed", "550 No such user here")
    assert (task(new_york), their_note(new_york)) == (was, (None, None))
    new_york.done(note, "approve")
    new_york.done(note, "schedule", {"mailbox_id": new_york.mailbox()})
    become(new_york, note, "sent")
    assert (task(new_york)[0], their_note(new_york)) == ("done", (None, None))


def test_what_the_user_has_said_of_the_task_stays(new_york: Desk) -> None:
    (found,) = new_york.story.account.seen("/v1/tasks", kind="send_note")["items"]
    path, body = f"/v1/tasks/{found['id']}/state", {"state": "skipped", "reason": "Not this time."}
    assert new_york.story.account.ask("POST", path, json=body, headers=ANY).status_code == 200
    note = scheduled(new_york)
    assert task(new_york)[0] == "skipped"
    new_york.done(note, "cancel")
    assert task(new_york)[0] == "skipped"


def test_only_what_sends_a_note_says_that_it_is_on_its_way(new_york: Desk) -> None:
    account, note = new_york.story.account, scheduled(new_york)
    for body in ({"note_scheduled_at": "2026-12-18T14:00:00Z"}, {"note_delivery": None}):
        problem = account.refused("PATCH", new_york.participant, 422, json=body, headers=ANY)
        assert problem["errors"][0]["pointer"] == f"#/{next(iter(body))}"
    # It is to Ann Lee, and does not become one to whoever takes part in her place.
    other = new_york.story.person("Bob Hall")
    account.changed(new_york.participant, {"contact_id": other["id"]})
    assert their_note(new_york) == (None, None)
    new_york.done(note, "cancel")
    assert their_note(new_york) == (None, None)


def test_a_person_who_was_written_down_twice_waits_for_the_same_note(new_york: Desk) -> None:
    scheduled(new_york)
    other = new_york.story.person("Anna Lee")
    path = f"/v1/contacts/{other['id']}/merge"
    body = {"contact_id": new_york.boss["id"]}
    assert new_york.story.account.ask("POST", path, json=body, headers=ANY).status_code == 200
    assert their_note(new_york)[0] == "scheduled"
