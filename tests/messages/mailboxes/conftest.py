from collections.abc import Iterator

import pytest

from tests.mail.server import MailServer, running_mail_server
from tests.messages.mailboxes.sending import with_settings
from tests.stored import Account


@pytest.fixture
def mail_server(account: Account, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A server that the application of the account trusts."""
    with running_mail_server() as server:
        with_settings(account, monkeypatch, mail_ca_file=server.ca_file)
        yield server
