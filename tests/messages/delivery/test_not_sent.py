"""What stands in the way of a message when its time has come."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete

from app.accounts.models import User
from tests.mail.server import MailServer
from tests.messages.delivery.outbox import Outbox

HOUR = timedelta(hours=1)


def test_a_note_that_was_sent_in_another_way_meanwhile_is_not_sent(
    outbox: Outbox, server: MailServer, message_id: UUID
) -> None:
    [participant] = outbox.account.seen(f"/v1/interviews/{outbox.interview_id}")["participants"]
    path = f"/v1/interviews/{outbox.interview_id}/participants/{participant['id']}"
    outbox.account.changed(path, {"note_sent_at": (datetime.now(UTC) - HOUR).isoformat()})
    outbox.deliver(message_id)
    state, _, problem = outbox.state(message_id)
    assert state == "failed"
    assert str(problem).startswith("They were sent a note at ")
    assert server.received == []


@pytest.mark.parametrize("purpose", ["thank_you", "status_enquiry"])
def test_what_nothing_calls_for_any_more_is_not_sent(outbox: Outbox, server: MailServer, purpose: str) -> None:
    message_id = outbox.scheduled(outbox.mailbox(server), outbox.contact(), purpose=purpose)
    path = f"/v1/applications/{outbox.application_id}/status"
    assert outbox.account.ask("POST", path, json={"status": "rejected"}, headers={"If-Match": "*"}).status_code == 200
    outbox.deliver(message_id)
    state, _, problem = outbox.state(message_id)
    assert state == "failed"
    assert str(problem).startswith("The application was rejected")
    assert server.received == []


def test_a_note_about_an_interview_that_was_put_off_is_not_sent(
    outbox: Outbox, server: MailServer, message_id: UUID
) -> None:
    begins = datetime.now(UTC) + HOUR
    times = {"starts_at": begins.isoformat(), "ends_at": (begins + HOUR).isoformat()}
    outbox.account.changed(f"/v1/interviews/{outbox.interview_id}", times)
    outbox.deliver(message_id)
    state, _, problem = outbox.state(message_id)
    assert (state, problem) == ("failed", f"The interview ends at {begins + HOUR:%Y-%m-%dT%H:%M:%SZ}.")
    assert server.received == []


def test_a_mailbox_that_was_not_tested_as_it_is_sends_nothing_until_it_is(outbox: Outbox, server: MailServer) -> None:
    mailbox_id = outbox.mailbox(server, tested_at=None)
    message_id = outbox.scheduled(mailbox_id, outbox.contact())
    outbox.deliver(message_id)
    words = "The mailbox that it is to be sent with does not work, or was changed and not tested since."
    assert outbox.state(message_id) == ("scheduled", None, words)
    outbox.change_mailbox(mailbox_id, tested_at=datetime.now(UTC))
    outbox.deliver(message_id, turn=2)
    assert outbox.state(message_id) == ("sent", None, None)
    late = outbox.scheduled(outbox.mailbox(server, tested_at=None), outbox.contact())
    outbox.deliver(late, due=datetime.now(UTC) - 24 * HOUR + timedelta(seconds=30))
    assert outbox.state(late) == ("failed", None, words)
    assert len(server.received) == 1


def test_a_mailbox_that_is_gone_sends_nothing(outbox: Outbox, server: MailServer) -> None:
    message_id = outbox.scheduled(None, outbox.contact())
    outbox.deliver(message_id)
    assert outbox.state(message_id) == ("failed", None, "The mailbox that it was to be sent with is gone.")
    assert server.received == []


def test_a_mailbox_that_cannot_log_in_says_so_and_is_not_tried_with_the_next_message(
    outbox: Outbox, server: MailServer
) -> None:
    server.answers["AUTH"] = "535 5.7.8 Bad credentials"
    mailbox_id = outbox.mailbox(server)
    first, second = (outbox.scheduled(mailbox_id, outbox.contact()) for _ in range(2))
    outbox.deliver(first)
    words = "localhost refused the user name or the password: 535 5.7.8 Bad credentials"
    assert outbox.state(first) == ("failed", None, words)
    mailbox = outbox.account.seen(f"/v1/mailboxes/{mailbox_id}")
    assert (mailbox["tested_at"], mailbox["problem"]) == (None, words)
    outbox.deliver(second)
    assert outbox.state(second)[0] == "scheduled"
    assert server.commands.count("AUTH") == 1


def test_a_message_goes_to_the_address_that_it_was_scheduled_for_or_nowhere(outbox: Outbox, server: MailServer) -> None:
    contact_id, mailbox_id = outbox.contact(), outbox.mailbox(server)
    scheduled = outbox.scheduled(mailbox_id, contact_id, to_address="ann.lee@example.com")
    other = outbox.scheduled(mailbox_id, contact_id, to_address="ann@example.org")
    outbox.deliver(scheduled)
    outbox.account.changed(f"/v1/contacts/{contact_id}", {"emails": [{"address": "lee@example.com"}]})
    assert outbox.account.seen(f"/v1/messages/{scheduled}")["to_address"] == "ann.lee@example.com"
    assert outbox.account.seen(f"/v1/messages/{scheduled}/preview")["recipient"]["email"] == "ann.lee@example.com"
    outbox.change(other, purpose="withdrawal")
    outbox.deliver(other)
    words = "The address of whom it is to was changed after it was scheduled."
    assert outbox.state(other) == ("failed", None, words)
    assert len(server.received) == 1


def test_a_message_to_somebody_without_an_address_is_not_sent(outbox: Outbox, server: MailServer) -> None:
    message_id = outbox.scheduled(outbox.mailbox(server), outbox.contact(address=None))
    outbox.deliver(message_id)
    assert outbox.state(message_id) == ("failed", None, "There is no e-mail address of whom it is to.")


def test_a_message_that_no_mail_can_carry_is_not_sent(outbox: Outbox, server: MailServer, message_id: UUID) -> None:
    outbox.change(message_id, subject="Thank you\r\nBcc: everybody@example.com")
    outbox.deliver(message_id)
    state, _, problem = outbox.state(message_id)
    assert state == "failed"
    assert "cannot stand in a subject" in str(problem)
    assert server.received == []


def test_another_turn_and_what_is_not_scheduled_any_more_are_left_alone(
    outbox: Outbox, server: MailServer, message_id: UUID
) -> None:
    outbox.deliver(message_id, turn=2)
    assert outbox.state(message_id)[0] == "scheduled"
    for state in ("draft", "approved", "sent", "failed", "unknown"):
        outbox.change(message_id, state=state)
        outbox.deliver(message_id)
        assert outbox.state(message_id)[0] == state
    assert server.received == []


def test_what_was_deleted_is_not_sent(outbox: Outbox, server: MailServer, message_id: UUID) -> None:
    outbox.deliver(uuid4())
    with outbox.database.session() as session:
        session.execute(delete(User).where(User.id == outbox.account.id))
    outbox.deliver(message_id)
    assert server.received == []
