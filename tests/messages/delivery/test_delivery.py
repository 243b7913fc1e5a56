"""A message is sent once, tried again where that may help, and left alone where nobody knows."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.db.database import Database
from app.db.errors import DatabaseUnavailable
from app.mail.smtp import Submission
from app.messages import outcomes
from app.messages.guard import Guard
from tests.background.running import known
from tests.mail.server import DROP, MailServer, Step
from tests.messages.delivery.outbox import Outbox

HOUR = timedelta(hours=1)


def test_a_note_is_sent_and_that_is_written_down(outbox: Outbox, server: MailServer, message_id: UUID) -> None:
    outbox.deliver(message_id)
    [mail] = server.received
    assert (mail.sender, mail.recipients) == ("kim@example.com", ["ann.lee@example.com"])
    assert mail.message["From"] == "Kim Berger <kim@example.com>"
    assert mail.message["To"] == "Ann Lee <ann.lee@example.com>"
    assert (mail.message["Subject"], mail.text) == ("Thank you", "Thank you for your time.\n")
    assert mail.message["Content-Language"] == "en-US"
    message = outbox.seen(message_id)
    assert (message.state, message.phase, message.sent_via, message.attempts) == ("sent", None, "mailbox", 1)
    assert mail.message["Message-ID"] == message.message_id
    [participant] = outbox.account.seen(f"/v1/interviews/{outbox.interview_id}")["participants"]
    assert datetime.fromisoformat(participant["note_sent_at"]) == message.sent_at
    assert outbox.events() == ["message.sent"]
    outbox.deliver(message_id)
    assert len(server.received) == 1


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        ("CONNECT", "421 4.3.2 Not now"),
        ("AUTH", "454 4.7.0 Not now"),
        ("MAIL", "451 4.3.0 Not now"),
        ("RCPT", "450 4.2.1 Not now"),
        ("DATA", "451 4.3.0 Not now"),
        ("CONTENT", "452 4.3.1 Not now"),
    ],
)
def test_what_the_server_does_not_take_now_is_tried_again(
    outbox: Outbox, server: MailServer, message_id: UUID, step: Step, answer: str
) -> None:
    server.answers[step] = answer
    before, due = datetime.now(UTC), datetime.now(UTC) - HOUR
    outbox.deliver(message_id, due=due)
    message = outbox.seen(message_id)
    assert (message.state, message.phase, message.turn) == ("scheduled", None, 2)
    assert "Not now" in (message.problem or "")
    assert message.send_at is not None
    assert timedelta(minutes=1) <= message.send_at - before < timedelta(minutes=2)
    job = known(outbox.database.engine, f"message:{message_id}:2")
    assert (job["name"], job["status"]) == ("deliver_message", "DELAYED")
    assert f'"due":{int(due.timestamp())},"tries":1' in job["inputs"].replace(" ", "")
    arrived = len(server.received)
    del server.answers[step]
    outbox.deliver(message_id, turn=2, due=due, tries=1)
    assert outbox.seen(message_id).state == "sent"
    assert len(server.received) == arrived + 1
    assert {mail.message["Message-ID"] for mail in server.received} == {message.message_id}
    assert outbox.events() == ["message.scheduled", "message.sent"]


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        ("CONNECT", "554 5.3.2 Never"),
        ("AUTH", "535 5.7.8 Never"),
        ("MAIL", "550 5.7.1 Never"),
        ("RCPT", "550 5.1.1 Never"),
        ("DATA", "554 5.3.0 Never"),
        ("CONTENT", "554 5.6.0 Never"),
    ],
)
def test_what_the_server_refuses_has_failed_in_its_words(
    outbox: Outbox, server: MailServer, message_id: UUID, step: Step, answer: str
) -> None:
    server.answers[step] = answer
    outbox.deliver(message_id)
    state, phase, problem = outbox.state(message_id)
    assert (state, phase) == ("failed", None)
    assert answer[:3] in str(problem)
    assert "Never" in str(problem)
    assert known(outbox.database.engine, f"message:{message_id}:2") == {}
    assert outbox.events() == ["message.failed"]
    assert outbox.tasks() == {str(message_id): "open"}


@pytest.mark.parametrize("step", ["CONNECT", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA"])
def test_a_connection_that_is_lost_before_the_mail_is_tried_again(
    outbox: Outbox, server: MailServer, message_id: UUID, step: Step
) -> None:
    server.answers[step] = DROP
    outbox.deliver(message_id)
    assert outbox.state(message_id)[:2] == ("scheduled", None)
    assert server.received == []
    server.answers.clear()
    outbox.deliver(message_id, turn=2, tries=1)
    assert outbox.state(message_id) == ("sent", None, None)
    assert len(server.received) == 1


def test_a_connection_that_is_lost_with_the_mail_leaves_it_unknown_and_it_is_not_sent_again(
    outbox: Outbox, server: MailServer, message_id: UUID
) -> None:
    server.answers["CONTENT"] = DROP
    outbox.deliver(message_id)
    assert outbox.state(message_id)[:2] == ("unknown", None)
    assert outbox.tasks() == {str(message_id): "open"}
    server.answers.clear()
    outbox.deliver(message_id)
    assert outbox.state(message_id)[:2] == ("unknown", None)
    assert len(server.received) == 1
    assert outbox.events() == ["message.unknown"]


def test_tries_come_less_and_less_often_and_end_after_a_day(
    outbox: Outbox, server: MailServer, message_id: UUID
) -> None:
    server.answers["MAIL"] = "451 Not now"
    waits = []
    for tries in range(6):
        before = datetime.now(UTC)
        outbox.deliver(message_id, turn=tries + 1, tries=tries)
        again = outbox.seen(message_id).send_at
        assert again is not None
        waits.append(round((again - before) / timedelta(minutes=1)))
    assert waits == [1, 5, 15, 30, 60, 60]
    outbox.deliver(message_id, turn=7, due=datetime.now(UTC) - 23.5 * HOUR, tries=30)
    state, _, problem = outbox.state(message_id)
    assert state == "failed"
    assert "Not now" in str(problem)


def test_tries_end_with_the_window(outbox: Outbox, server: MailServer, message_id: UUID) -> None:
    server.answers["MAIL"] = "451 Not now"
    outbox.change(message_id, closes_at=datetime.now(UTC) + timedelta(minutes=10))
    outbox.deliver(message_id, tries=1)
    assert outbox.state(message_id)[0] == "scheduled"
    outbox.deliver(message_id, turn=2, tries=2)
    assert outbox.state(message_id)[0] == "failed"


def test_a_message_whose_window_has_closed_since_it_was_due_is_not_sent(
    outbox: Outbox, server: MailServer, message_id: UUID
) -> None:
    now = datetime.now(UTC)
    outbox.change(message_id, closes_at=now - HOUR)
    outbox.deliver(message_id, due=now - 2 * HOUR)
    assert outbox.state(message_id) == ("failed", None, "It could not be sent in time.")
    assert server.received == []


def test_a_message_that_the_user_wants_to_be_sent_after_its_window_is(
    outbox: Outbox, server: MailServer, message_id: UUID
) -> None:
    now = datetime.now(UTC)
    outbox.change(message_id, closes_at=now - 2 * HOUR)
    outbox.deliver(message_id, due=now - HOUR)
    assert outbox.state(message_id) == ("sent", None, None)
    assert len(server.received) == 1


def test_what_a_dead_worker_had_not_handed_over_is_sent_by_another(
    outbox: Outbox, server: MailServer, message_id: UUID
) -> None:
    outbox.change(message_id, state="sending", phase="connecting", attempts=1)
    outbox.deliver(message_id)
    message = outbox.seen(message_id)
    assert (message.state, message.attempts) == ("sent", 2)
    assert len(server.received) == 1


def test_what_a_dead_worker_was_handing_over_is_unknown(outbox: Outbox, server: MailServer, message_id: UUID) -> None:
    outbox.change(message_id, state="sending", phase="handing_over", attempts=1)
    outbox.deliver(message_id)
    assert outbox.state(message_id) == (
        "unknown",
        None,
        "The server was stopped while it handed the message over.",
    )
    assert outbox.tasks() == {str(message_id): "open"}
    assert server.received == []


def overtaken(monkeypatch: pytest.MonkeyPatch, step: str, meanwhile: Callable[[], None]) -> None:
    """Let a worker stall before it does a step for the first time, until something was done meanwhile."""
    usual = getattr(Submission, step)
    stalled = list[str]()

    def after_a_while(self: Submission, *given: Any) -> Any:  # noqa: ANN401 - whatever it takes and gives
        if not stalled:
            stalled.append(step)
            meanwhile()
        return usual(self, *given)

    monkeypatch.setattr(Submission, step, after_a_while)


def test_of_two_workers_at_the_same_message_one_hands_it_over(
    outbox: Outbox, server: MailServer, message_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    overtaken(monkeypatch, "offer", lambda: outbox.deliver(message_id))
    outbox.deliver(message_id)
    message = outbox.seen(message_id)
    assert (message.state, message.attempts) == ("sent", 2)
    assert len(server.received) == 1
    assert outbox.events() == ["message.sent"]


def test_a_worker_that_was_taken_for_dead_tells_what_became_of_it(
    outbox: Outbox, server: MailServer, message_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    overtaken(monkeypatch, "hand_over", lambda: outbox.deliver(message_id))
    outbox.deliver(message_id)
    assert outbox.state(message_id) == ("sent", None, None)
    assert outbox.tasks() == {str(message_id): "done"}
    assert len(server.received) == 1
    assert outbox.events() == ["message.unknown", "message.sent"]


@pytest.mark.parametrize(
    ("answer", "state", "task"), [("452 Not now", "scheduled", "done"), ("554 Never", "failed", "open")]
)
def test_a_worker_that_was_taken_for_dead_tells_what_the_server_refused(  # noqa: PLR0913, PLR0917 - fixtures
    outbox: Outbox,
    server: MailServer,
    message_id: UUID,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    state: str,
    task: str,
) -> None:
    server.answers["CONTENT"] = answer
    overtaken(monkeypatch, "hand_over", lambda: outbox.deliver(message_id))
    outbox.deliver(message_id)
    assert outbox.state(message_id)[0] == state
    assert outbox.tasks() == {str(message_id): task}


def test_what_the_user_has_found_out_meanwhile_is_not_written_over(
    outbox: Outbox, server: MailServer, message_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    overtaken(monkeypatch, "hand_over", lambda: outbox.change(message_id, state="failed", phase=None))
    outbox.deliver(message_id)
    assert outbox.state(message_id)[0] == "failed"
    assert len(server.received) == 1


def away(monkeypatch: pytest.MonkeyPatch, *, after: str, times: int) -> None:
    """Let the database be away so often, once a submission has done something for the first time."""
    usual, session = getattr(Submission, after), Database.session
    coming, left = list(range(times)), list[int]()

    def done(self: Submission, *given: Any) -> Any:  # noqa: ANN401 - as above
        result = usual(self, *given)
        left.extend(coming)
        coming.clear()
        return result

    def unsteady(self: Database) -> Any:  # noqa: ANN401 - as above
        if left:
            left.pop()
            raise DatabaseUnavailable("It is away.")
        return session(self)

    monkeypatch.setattr(Submission, after, done)
    monkeypatch.setattr(Database, "session", unsteady)


def test_what_was_sent_is_written_down_as_soon_as_the_database_is_back(
    outbox: Outbox, server: MailServer, message_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.messages.delivery._SECONDS_TO_NEXT_TRY", 0.001)
    away(monkeypatch, after="hand_over", times=3)
    outbox.deliver(message_id)
    assert outbox.state(message_id) == ("sent", None, None)
    assert len(server.received) == 1


def test_what_was_sent_is_unknown_where_the_process_ends_before_the_database_is_back(
    outbox: Outbox, server: MailServer, message_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox.stop.set()
    away(monkeypatch, after="hand_over", times=1)
    with pytest.raises(DatabaseUnavailable):
        outbox.deliver(message_id)
    outbox.deliver(message_id)
    assert outbox.state(message_id)[0] == "unknown"
    assert len(server.received) == 1


def test_a_database_that_is_away_before_the_mail_is_handed_over_is_waited_for_by_the_job(
    outbox: Outbox, server: MailServer, message_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    away(monkeypatch, after="offer", times=1)
    with pytest.raises(DatabaseUnavailable):
        outbox.deliver(message_id)
    assert server.received == []
    outbox.deliver(message_id)
    assert outbox.state(message_id) == ("sent", None, None)
    assert len(server.received) == 1


def broken(*_: object) -> None:
    """Fail as nobody foresaw."""
    raise ZeroDivisionError


def test_an_error_that_nobody_foresaw_ends_the_message(
    outbox: Outbox, server: MailServer, message_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Guard, "look_again", broken)
        with pytest.raises(ZeroDivisionError):
            outbox.deliver(message_id)
    assert outbox.state(message_id) == ("failed", None, "This server failed before the message left.")
    outbox.change(message_id, state="scheduled")
    with monkeypatch.context() as patched:
        patched.setattr(Submission, "hand_over", broken)
        with pytest.raises(ZeroDivisionError):
            outbox.deliver(message_id)
    assert outbox.state(message_id)[0] == "unknown"
    assert server.received == []


def test_an_error_that_nobody_foresaw_after_the_mail_was_taken_does_not_say_that_it_was_not(
    outbox: Outbox, server: MailServer, message_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(outcomes, "sent", broken)
        with pytest.raises(ZeroDivisionError):
            outbox.deliver(message_id)
    words = "This server failed while it handed the message over, or afterwards: it may have arrived."
    assert outbox.state(message_id) == ("unknown", None, words)
    assert len(server.received) == 1
