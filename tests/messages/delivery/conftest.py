"""An outbox, and a mail server that is as its tests want it."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from fastapi import FastAPI

from tests.mail.server import MailServer, running_mail_server
from tests.messages.delivery.outbox import Outbox, new_outbox
from tests.stored import Account


@pytest.fixture
def server() -> Iterator[MailServer]:
    """The server of a mailbox."""
    with running_mail_server() as server:
        yield server


@pytest.fixture
def outbox(account: Account, stored_app: FastAPI, server: MailServer) -> Outbox:
    """The outbox of a new user."""
    return new_outbox(account, stored_app.state.database, server.ca_file)


@pytest.fixture
def message_id(outbox: Outbox, server: MailServer) -> UUID:
    """A thank-you note that is due now."""
    return outbox.scheduled(outbox.mailbox(server), outbox.contact())
