"""What becomes of messages when the mailbox goes that they are sent with."""

from typing import Any
from uuid import UUID

import pytest

from app.db.database import owned
from app.http import clock
from app.messages.models import Message
from tests.messages.mailboxes.sending import PATH, PRIVATE
from tests.messages.rows import a_message
from tests.stored import ANY, Account


@pytest.fixture
def interview(account: Account) -> UUID:
    company = account.made("/v1/companies", {"name": "Initech"})["id"]
    application = account.made("/v1/applications", {"company_id": company, "position": "Engineer", "country": "DE"})
    times = {"starts_at": "2026-11-20T14:00:00", "time_zone": "Europe/Berlin"}
    return UUID(account.made("/v1/interviews", {**times, "application_id": application["id"]})["id"])


def _message(account: Account, interview: UUID, mailbox: str, **more: object) -> UUID:
    app: Any = account.client.app
    with app.state.database.session() as session:
        session.owner_id = account.id
        return a_message(session, interview, clock.now(), mailbox_id=UUID(mailbox), **more).id


def _mailbox_of(account: Account, message_id: UUID) -> UUID | None:
    app: Any = account.client.app
    with app.state.database.session() as session:
        session.owner_id = account.id
        message = session.find(owned(Message).where(Message.id == message_id))
        assert message is not None
        found: UUID | None = message.mailbox_id
        return found


@pytest.mark.parametrize("state", ["scheduled", "sending"])
def test_a_mailbox_stays_while_messages_are_about_to_be_sent_with_it(
    account: Account, interview: UUID, state: str
) -> None:
    made = account.made(PATH, PRIVATE)
    _message(account, interview, made["id"], state=state)
    problem = account.refused("DELETE", f"{PATH}/{made['id']}", 409, headers=ANY)
    assert problem["code"] == "in_use"
    assert problem["detail"] == "Messages are scheduled to be sent with this mailbox: 1. Cancel them first."


@pytest.mark.parametrize("state", ["draft", "sent", "unknown"])
def test_messages_outlive_the_mailbox(account: Account, interview: UUID, state: str) -> None:
    made = account.made(PATH, PRIVATE)
    message = _message(account, interview, made["id"], state=state)
    account.deleted(f"{PATH}/{made['id']}")
    assert _mailbox_of(account, message) is None


def test_mailboxes_go_with_the_account(account: Account, interview: UUID) -> None:
    made = account.made(PATH, PRIVATE)
    _message(account, interview, made["id"], state="scheduled")
    account.deleted("/v1/me")
    account.refused("GET", f"{PATH}/{made['id']}", 401)
