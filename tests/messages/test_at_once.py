"""Two who want to send the same at the same time: one of them does."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from app.http import clock
from app.messages.gathering import gathered
from tests.interviews import test_at_once
from tests.messages.desk import Desk
from tests.stored import ANY

ROUNDS = 6


def both(desk: Desk, ask: Callable[[int], Any]) -> Counter[int]:
    """The statuses of two requests that are sent at once, at the moment of the story."""

    def asked(number: int) -> Any:  # noqa: ANN401 - a response
        # Each thread has a clock of its own.
        with clock.stopped_at(desk.story.now):
            return ask(number)

    return test_at_once.both(asked)


def test_of_two_notes_to_one_person_one_is_approved(new_york: Desk) -> None:
    ask = new_york.story.account.ask
    for _ in range(ROUNDS):
        drafts = [new_york.draft(), new_york.draft()]
        paths = [f"/v1/messages/{draft['id']}" for draft in drafts]
        assert both(new_york, lambda number: ask("POST", f"{paths[number]}/approve", headers=ANY)) == {200: 1, 409: 1}  # noqa: B023
        for path in paths:
            new_york.story.account.deleted(path)


def test_however_many_enquiries_are_sent_at_once_there_are_two(new_york: Desk) -> None:
    ask = new_york.story.account.ask
    drafts = [new_york.draft("status_enquiry") for _ in range(6)]
    outcome: Counter[int] = Counter()
    for pair in zip(drafts[::2], drafts[1::2], strict=True):
        paths = [f"/v1/messages/{draft['id']}/sent-by-hand" for draft in pair]
        outcome += both(new_york, lambda number: ask("POST", paths[number], headers=ANY))  # noqa: B023
    # Whoever comes second sees that the first was sent, and is the second enquiry: so there are two, and no third.
    assert outcome == {200: 2, 409: 4}
    assert new_york.story.account.seen(f"/v1/interviews/{new_york.interview['id']}")["enquiries"] == 2


def test_a_message_that_is_approved_twice_at_once_is_approved_once(new_york: Desk) -> None:
    for _ in range(ROUNDS):
        path = f"/v1/messages/{new_york.draft()['id']}"
        tag = new_york.story.account.get(path).headers["etag"]
        match = {"If-Match": tag}
        outcome = both(new_york, lambda _: new_york.story.account.ask("POST", f"{path}/approve", headers=match))  # noqa: B023
        assert outcome == {200: 1, 412: 1}
        new_york.story.account.deleted(path)


def test_a_message_that_is_edited_while_it_is_sent_is_sent_or_edited(new_york: Desk) -> None:
    account = new_york.story.account
    path = f"/v1/messages/{new_york.draft()['id']}"
    match = {"If-Match": account.get(path).headers["etag"]}

    def ask(number: int) -> object:
        if number:
            return account.ask("PATCH", path, json={"subject": "Other words"}, headers=match)
        return account.ask("POST", f"{path}/sent-by-hand", headers=match)

    assert both(new_york, ask) == {200: 1, 412: 1}
    seen = account.seen(path)
    assert (seen["state"] == "sent") == (seen["subject"] != "Other words")


def test_a_mailbox_that_is_deleted_while_a_message_is_scheduled_is_kept_or_gone(new_york: Desk) -> None:
    account = new_york.story.account
    for _ in range(ROUNDS):
        note, mailbox = new_york.done(new_york.draft(), "approve"), new_york.mailbox()
        paths = (f"/v1/messages/{note['id']}/schedule", f"/v1/mailboxes/{mailbox}")

        def ask(number: int, paths: tuple[str, str] = paths, mailbox: str = mailbox) -> Any:  # noqa: ANN401 - a response
            if number:
                return account.ask("DELETE", paths[number], headers=ANY)
            return account.ask("POST", paths[number], json={"mailbox_id": mailbox}, headers=ANY)

        outcome = both(new_york, ask)
        assert outcome in ({200: 1, 409: 1}, {204: 1, 422: 1})
        if outcome[200]:
            new_york.done(note, "cancel")
        account.deleted(f"/v1/messages/{note['id']}")


def test_of_a_cancellation_and_another_time_at_once_one_wins(new_york: Desk) -> None:
    account, mailbox = new_york.story.account, new_york.mailbox()
    note = new_york.done(new_york.draft(), "approve")
    for _ in range(ROUNDS):
        new_york.done(note, "schedule", {"mailbox_id": mailbox})
        path = f"/v1/messages/{note['id']}"
        match = {"If-Match": account.get(path).headers["etag"]}

        def ask(number: int, path: str = path, match: dict[str, str] = match) -> Any:  # noqa: ANN401 - a response
            if number:
                return account.ask("POST", f"{path}/cancel", headers=match)
            return account.ask("POST", f"{path}/send", json={"mailbox_id": mailbox}, headers=match)

        assert both(new_york, ask) == {200: 1, 412: 1}
        # Of all jobs that there were, one is left exactly where the message is still to leave.
        left = [job for job in new_york.jobs(note) if job != "CANCELLED"]
        assert len(left) == (new_york.seen(note)["state"] == "scheduled")
        if left:
            new_york.done(note, "cancel")


def to_whom(desk: Desk) -> dict[str, dict[str, Any]]:
    """The ways to say whom a message is to, by what leads there."""
    reference = desk.story.reference(desk.boss, desk.application)
    desk.story.change("applications", desk.application, introduced_by_contact_id=desk.boss["id"])
    return {
        "contact": {"purpose": "thank_you", "contact_id": desk.boss["id"]},
        "participant": {"purpose": "thank_you", "participant_id": desk.interview["participants"][0]["id"]},
        "reference": {"purpose": "reference_request", "reference_id": reference["id"]},
        "introducer": {"purpose": "introducer_thanks"},
        "nobody": {"purpose": "withdrawal"},
    }


@pytest.mark.parametrize(
    ("to", "gone", "told"),
    [
        ("contact", "contacts", (422, "#/contact_id")),
        ("contact", "merged", (422, "#/contact_id")),
        ("contact", "interviews", (404, None)),
        ("participant", "contacts", (422, "#/participant_id")),
        ("participant", "merged", (201, None)),
        ("reference", "references", (422, "#/reference_id")),
        ("reference", "contacts", (422, "#/reference_id")),
        ("reference", "merged", (201, None)),
        ("reference", "interviews", (404, None)),
        ("introducer", "contacts", (409, None)),
        ("introducer", "merged", (201, None)),
        ("nobody", "interviews", (404, None)),
    ],
)
def test_what_goes_while_a_message_is_drafted_is_told_as_a_moment_later(
    new_york: Desk, monkeypatch: pytest.MonkeyPatch, to: str, gone: str, told: tuple[int, str | None]
) -> None:
    account, body = new_york.story.account, to_whom(new_york)[to]
    app: Any = account.client.app
    other = new_york.story.person("Grace Moor")["id"]
    ids = {"contacts": new_york.boss["id"], "interviews": new_york.interview["id"]}
    ids["references"] = body.get("reference_id", "")

    def let_go() -> Any:  # noqa: ANN401 - a response
        with clock.stopped_at(new_york.story.now):
            if gone == "merged":
                merged = {"contact_id": new_york.boss["id"]}
                return account.ask("POST", f"/v1/contacts/{other}/merge", json=merged, headers=ANY)
            return account.ask("DELETE", f"/v1/{gone}/{ids[gone]}", headers=ANY)

    going: list[Future[Any]] = []
    with ThreadPoolExecutor(1) as thread:

        def gathered_before(*given: Any, **more: Any) -> Any:  # noqa: ANN401 - as the original
            found = gathered(*given, **more)
            if not going:
                going.append(thread.submit(let_go))
                if not app.state.database.is_embedded:
                    going[0].result()
            return found

        monkeypatch.setattr("app.messages.guard.gathered", gathered_before)
        answer = account.ask("POST", new_york.path, json=body)
    assert going[0].result().is_success
    later = account.ask("POST", new_york.path, json=body)

    def pointer(problem: dict[str, Any]) -> str | None:
        return next((error["pointer"] for error in problem.get("errors", ())), None)

    assert (later.status_code, pointer(later.json())) == told
    if app.state.database.is_embedded:
        # Its writers take turns: what goes waits for the draft, and takes it along.
        assert answer.status_code == 201
    else:
        assert (answer.status_code, pointer(answer.json())) == told
    left = [draft for draft in account.seen("/v1/messages")["items"] if draft["id"] == answer.json().get("id")]
    assert [draft["contact_id"] for draft in left] == ([other] if gone == "merged" and answer.is_success else [])


def test_whoever_is_deleted_while_a_message_to_them_is_drafted_is_gone_with_it_in_the_end(new_york: Desk) -> None:
    account = new_york.story.account
    for _ in range(ROUNDS):
        contact = new_york.story.person("Rosa Diaz")["id"]

        def ask(number: int, contact: str = contact) -> Any:  # noqa: ANN401 - a response
            if number:
                return account.ask("DELETE", f"/v1/contacts/{contact}", headers=ANY)
            return account.ask("POST", new_york.path, json={"purpose": "withdrawal", "contact_id": contact})

        assert both(new_york, ask) in ({201: 1, 204: 1}, {422: 1, 204: 1})
        assert account.seen("/v1/messages")["items"] == []
