"""The life of a message until it leaves, or the user sends it by hand."""

from typing import Any
from uuid import UUID

import pytest

from app.messages import outcomes
from app.messages.errors import WrongState
from tests.messages.desk import Desk
from tests.people import NOBODY
from tests.stored import ANY, Account

SENT = (
    "It is kept as it is. If you had said that you sent it by hand, and did not, take that back by "
    "/v1/messages/{message_id}/resolve; if there is more to say, draft another message."
)


def test_exactly_the_text_that_was_read_is_approved(new_york: Desk) -> None:
    draft = new_york.draft()
    path = f"/v1/messages/{draft['id']}"
    read = new_york.story.account.get(path).headers["etag"]
    new_york.change(draft, body="Dear Ann,\n\nthank you.\n\nKim")
    stale = new_york.ask(draft, "approve", **{"If-Match": read})
    assert stale.json()["code"] == "changed_meanwhile"
    without = new_york.story.account.refused("POST", f"{path}/approve", 428)
    assert without["code"] == "precondition_required"
    read = new_york.story.account.get(path).headers["etag"]
    approved = new_york.ask(draft, "approve", **{"If-Match": read})
    assert approved.json()["state"] == "approved"
    assert approved.json()["approved_at"] == "2026-12-17T21:00:00Z"
    assert new_york.seen(draft, "/preview")["is_approved"] is True


def test_every_text_is_kept_and_editing_takes_the_approval_back(new_york: Desk) -> None:
    draft = new_york.draft()
    new_york.done(draft, "approve")
    edited = new_york.change(draft, subject="Thank you, Ann", body="Dear Ann,\n\nthank you.\n\nKim")
    assert (edited["state"], edited["approved_at"]) == ("draft", None)
    new_york.change(draft, override_reason="None is needed.")
    new_york.change(draft, override_reason="None is needed.")
    versions = new_york.seen(draft, "/versions")["items"]
    assert [(one["number"], one["made_by"], one["subject"]) for one in versions] == [
        (1, "template", draft["subject"]),
        (2, "user", "Thank you, Ann"),
    ]
    newest = new_york.story.account.seen(f"/v1/messages/{draft['id']}/versions", sort="-number", limit=1)
    assert newest["items"][0]["body"] == "Dear Ann,\n\nthank you.\n\nKim"
    assert new_york.events() == ["drafted", "approved", "changed", "changed"]


@pytest.mark.parametrize(
    ("patch", "pointer"),
    [
        ({"subject": "Two\nlines"}, "#/subject"),
        ({"subject": "Thanks\r\nBcc: everybody@example.com"}, "#/subject"),
        ({"subject": "x" * 201}, "#/subject"),
        ({"subject": None}, "#/subject"),
        ({"body": " "}, "#/body"),
        ({"body": "A bell \u0007"}, "#/body"),
        ({"override_prohibition": True}, "#/override_prohibition"),
        ({"state": "sent"}, "#/state"),
    ],
)
def test_edits_that_are_refused(new_york: Desk, patch: dict[str, object], pointer: str) -> None:
    path = f"/v1/messages/{new_york.draft()['id']}"
    problem = new_york.story.account.refused("PATCH", path, 422, json=patch, headers=ANY)
    assert [error["pointer"] for error in problem["errors"]] == [pointer]


def test_a_note_sent_by_hand_closes_its_task(new_york: Desk) -> None:
    draft = new_york.draft()
    assert new_york.story.task("Send Ann Lee a thank-you note")["state"] == "open"
    sent = new_york.done(draft, "sent-by-hand")
    assert (sent["state"], sent["sent_via"], sent["sent_at"]) == ("sent", "by_hand", "2026-12-17T21:00:00Z")
    assert new_york.story.closed("Send Ann Lee a thank-you note") == ("done", "facts")
    assert new_york.story.account.seen(new_york.participant)["note_sent_at"] == "2026-12-17T21:00:00Z"
    for what in ("approve", "sent-by-hand"):
        problem = new_york.problem(draft, what, "message_state")
        assert problem["detail"].startswith("The message is sent; this can be done with a draft")
    path = f"/v1/messages/{draft['id']}"
    for method in ("PATCH", "DELETE"):
        body = {"json": {"subject": "x"}} if method == "PATCH" else {}
        assert new_york.story.account.refused(method, path, 409, headers=ANY, **body)["code"] == "message_state"


def test_a_draft_that_is_deleted_is_gone(new_york: Desk) -> None:
    first, second = new_york.draft(), new_york.draft()
    new_york.done(first, "approve")
    new_york.story.account.deleted(f"/v1/messages/{first['id']}")
    new_york.done(second, "approve")
    assert new_york.story.account.refused("GET", f"/v1/messages/{first['id']}", 404)["code"] == "no_such_resource"
    assert new_york.events() == ["drafted", "drafted", "approved", "deleted", "approved"]


def test_whoever_is_forgotten_takes_the_messages_along(new_york: Desk) -> None:
    draft, other = new_york.draft(), new_york.draft("withdrawal")
    new_york.story.account.deleted(f"/v1/contacts/{new_york.boss['id']}")
    assert [one["id"] for one in new_york.story.account.seen("/v1/messages")["items"]] == [other["id"]]
    assert new_york.story.account.refused("GET", f"/v1/messages/{draft['id']}/versions", 404)
    new_york.story.account.deleted(f"/v1/interviews/{new_york.interview['id']}")
    assert new_york.story.account.seen("/v1/messages")["items"] == []


def test_what_was_not_sent_by_hand_after_all_can_be_taken_back(new_york: Desk) -> None:
    draft = new_york.draft()
    new_york.done(draft, "sent-by-hand")
    failed = new_york.done(draft, "resolve", {"outcome": "not_sent"})
    assert (failed["state"], failed["sent_at"], failed["sent_via"]) == ("failed", None, None)
    assert failed["problem"] == "It was not sent after all, as the user says."
    # The fact is the user's own to take back.
    new_york.problem(draft, "approve", "message_already_sent")
    new_york.story.account.changed(new_york.participant, {"note_sent_at": None})
    new_york.done(draft, "approve")
    new_york.done(draft, "sent-by-hand")


def test_what_became_of_a_message_is_found_out_once(new_york: Desk) -> None:
    draft = new_york.draft()
    new_york.done(draft, "approve")
    new_york.problem(draft, "resolve", "message_state", {"outcome": "sent"})
    lost(new_york, draft)
    assert new_york.seen(draft)["problem"] == "The connection was lost."
    for what in ("approve", "sent-by-hand"):
        new_york.problem(draft, what, "message_state")
    task = new_york.story.task("Find out whether your thank-you note to Ann Lee has arrived")
    assert task["facts"] == {
        "message_id": draft["id"],
        "purpose": "thank_you",
        "outcome": "unknown",
        "has_reader": True,
    }
    failed = new_york.done(draft, "resolve", {"outcome": "not_sent"})
    assert (failed["state"], failed["problem"]) == ("failed", "It did not arrive, as the user found out.")
    assert new_york.story.closed(task["title"]) == ("done", "facts")
    assert new_york.done(draft, "resolve", {"outcome": "not_sent"}) == failed
    assert new_york.done(draft, "approve")["state"] == "approved"
    lost(new_york, draft)
    # It is found out a day after it was handed over, which is when it was sent.
    with new_york.story.at("2026-12-18T16:00:00-05:00"):
        sent = new_york.done(draft, "resolve", {"outcome": "sent"})
    assert (sent["sent_via"], sent["sent_at"]) == ("mailbox", "2026-12-17T21:00:00Z")
    assert new_york.story.account.seen(new_york.participant)["note_sent_at"] == "2026-12-17T21:00:00Z"
    assert new_york.done(draft, "resolve", {"outcome": "sent"})["state"] == "sent"
    new_york.problem(draft, "resolve", "message_state", {"outcome": "not_sent"})


@pytest.mark.parametrize(
    ("state", "what", "hint"),
    [
        ("draft", "send", "Approve it first, by /v1/messages/{message_id}/approve."),
        ("draft", "cancel", "Nothing is to be cancelled: it does not leave unless you schedule or send it."),
        ("draft", "resolve", "Nothing is to be found out: it has not left."),
        (
            "approved",
            "approve",
            "It is approved already: send or schedule it. Editing makes it a draft again.",
        ),
        ("approved", "cancel", "Nothing is to be cancelled: it does not leave unless you schedule or send it."),
        ("scheduled", "approve", "Cancel it first, by /v1/messages/{message_id}/cancel."),
        ("scheduled", "sent-by-hand", "Cancel it first, by /v1/messages/{message_id}/cancel."),
        ("scheduled", "resolve", "Nothing is to be found out: it has not left."),
        ("sent", "approve", SENT),
        ("sent", "cancel", SENT),
        ("failed", "send", "Approve it again, by /v1/messages/{message_id}/approve."),
        ("failed", "resolve", "If it was sent after all, say so by /v1/messages/{message_id}/sent-by-hand."),
        ("unknown", "approve", "Find out whether it has arrived, and say so by /v1/messages/{message_id}/resolve."),
        ("unknown", "cancel", "Find out whether it has arrived, and say so by /v1/messages/{message_id}/resolve."),
    ],
)
def test_a_state_that_something_cannot_be_done_in_says_what_leads_on(
    new_york: Desk, state: str, what: str, hint: str
) -> None:
    draft, mailbox = new_york.draft(), {"mailbox_id": new_york.mailbox()}
    if state != "draft":
        new_york.done(draft, "approve")
    if state == "scheduled":
        new_york.done(draft, "schedule", {**mailbox, "send_at": "2026-12-18T15:00:00Z"})
    elif state in {"sent", "failed", "unknown"}:
        lost(new_york, draft)
    if state in {"sent", "failed"}:
        new_york.done(draft, "resolve", {"outcome": "sent" if state == "sent" else "not_sent"})
    # To be found out is what the state does not say already.
    body = {"send": mailbox, "resolve": {"outcome": "sent"}}.get(what)
    problem = new_york.problem(draft, what, "message_state", body)
    assert new_york.seen(draft)["state"] == state
    assert problem["errors"] == [{"detail": problem["detail"], "hint": hint}]


def test_what_is_being_sent_is_to_be_read_again() -> None:
    (error,) = WrongState("sending", ["scheduled"]).errors
    assert error.hint is not None
    assert error.hint.startswith("Read it again in a few seconds")


def lost(desk: Desk, message: dict[str, Any]) -> None:
    app: Any = desk.story.account.client.app
    with app.state.database.session() as session:
        session.owner_id = desk.story.account.id
        row = outcomes.held(session, UUID(message["id"]))
        row.turn += 1
        row.handed_over_at = desk.story.now
        outcomes.unknown(session, row, "The connection was lost.", desk.story.now)


def test_messages_are_listed(new_york: Desk) -> None:
    first, second, third = new_york.draft(), new_york.draft("withdrawal"), new_york.draft("status_enquiry")
    new_york.done(first, "approve")

    def listed(**params: object) -> list[str]:
        return [one["id"] for one in new_york.story.account.seen("/v1/messages", **params)["items"]]

    everything = [third["id"], second["id"], first["id"]]
    assert listed() == everything
    assert listed(sort="created_at") == everything[::-1]
    assert listed(state="approved,sent") == [first["id"]]
    assert listed(purpose="withdrawal,status_enquiry") == everything[:2]
    assert listed(interview_id=new_york.interview["id"]) == everything
    assert listed(application_id=new_york.application["id"]) == everything
    assert listed(interview_id=NOBODY) == listed(application_id=NOBODY) == []
    page = new_york.story.account.seen("/v1/messages", limit=2)
    rest = new_york.story.account.seen("/v1/messages", limit=2, cursor=page["next_cursor"])
    assert [one["id"] for one in (*page["items"], *rest["items"])] == everything
    for wrong in ({"state": "lost"}, {"purpose": "hello"}, {"cursor": "x"}):
        (error,) = new_york.story.account.refused("GET", "/v1/messages", 422, params=wrong)["errors"]
        assert error["parameter"] in wrong


def test_other_peoples_messages_are_not_there(new_york: Desk, stranger: Account) -> None:
    path = f"/v1/messages/{new_york.draft()['id']}"
    assert stranger.seen("/v1/messages")["items"] == []
    for method, part, body in (
        ("GET", "", None),
        ("GET", "/versions", None),
        ("GET", "/preview", None),
        ("PATCH", "", {"subject": "x"}),
        ("DELETE", "", None),
        ("POST", "/approve", None),
        ("POST", "/sent-by-hand", None),
        ("POST", "/resolve", {"outcome": "sent"}),
    ):
        given = {} if body is None else {"json": body}
        assert stranger.refused(method, path + part, 404, headers=ANY, **given)["code"] == "no_such_resource"


def test_sending_needs_the_scope_of_the_fact_that_it_writes_down(new_york: Desk) -> None:
    draft = new_york.draft()
    account = new_york.story.account
    token, scopes = account.token, ["messages:read", "messages:write", "messages:send"]
    with new_york.logged_in():
        account.token = new_york.story.login.made("/v1/api-keys", {"name": "Sender", "scopes": scopes})["secret"]
    assert new_york.done(draft, "approve")["state"] == "approved"
    problem = new_york.problem(draft, "sent-by-hand", "scope_missing")
    assert problem["detail"] == "This needs the scope interviews:write."
    problem = account.refused("POST", new_york.path, 403, json={"purpose": "withdrawal"})
    assert problem["detail"] == (
        "This needs the scopes interviews:read, applications:read, companies:read, contacts:read, reflections:read and "
        "references:read."
    )
    account.token = token


def test_a_preview_has_the_address_and_both_clocks(new_york: Desk) -> None:
    preview = new_york.seen(new_york.draft(), "/preview")
    assert preview["recipient"] == {"name": "Ann Lee", "email": "ann@example.com"}
    assert (preview["sender"], preview["send_at"], preview["send_at_local"]) == (None, None, None)
    assert preview["language"] == "en-US"
    withdrawal = new_york.seen(new_york.draft("withdrawal"), "/preview")
    assert (withdrawal["recipient"], "no_address" in withdrawal["warnings"]) == (None, True)


def test_what_was_read_in_a_preview_is_approved(new_york: Desk) -> None:
    draft, account = new_york.draft(), new_york.story.account
    path = f"/v1/messages/{draft['id']}/preview"
    read = account.get(path)
    assert read.headers["cache-control"] == "private, no-cache"
    assert not {"id", "version"} & read.json().keys()
    tag = {"If-None-Match": read.headers["etag"]}
    assert account.get(path, headers=tag).status_code == 304
    # The address is not the message's own: it is shown anew, and the text that was read is the same.
    account.changed(f"/v1/contacts/{new_york.boss['id']}", {"emails": [{"address": "lee@example.com"}]})
    assert account.get(path, headers=tag).json()["recipient"]["email"] == "lee@example.com"
    new_york.change(draft, subject="Thank you, Ann")
    stale = new_york.ask(draft, "approve", **{"If-Match": read.headers["etag"]})
    assert stale.json()["code"] == "changed_meanwhile"
    approved = new_york.ask(draft, "approve", **{"If-Match": account.get(path).headers["etag"]})
    assert approved.json()["state"] == "approved"


def test_a_preview_warns_where_an_address_is_missing(new_york: Desk) -> None:
    draft = new_york.draft()
    assert "no_address" not in new_york.seen(draft, "/preview")["warnings"]
    new_york.story.account.changed(f"/v1/contacts/{new_york.boss['id']}", {"emails": []})
    assert "no_address" in new_york.seen(draft, "/preview")["warnings"]
    assert "no_address" not in new_york.seen(draft)["warnings"]


def test_languages_are_listed_with_what_was_reviewed(account: Account) -> None:
    items = {one["tag"]: one for one in account.client.get("/v1/message-languages").json()["items"]}
    assert {"en-US", "de", "ja"} <= items.keys()
    assert items["ja"]["levels"][-1] == "formal"
    assert all(isinstance(one["is_reviewed"], bool) for one in items.values())
