"""Mailboxes for tests, and applications that send as with other settings."""

from typing import Any

import pytest

from app.messages.mailboxes.passwords import Vault
from app.messages.mailboxes.post import Post
from app.settings import Settings
from tests.mail.server import HOST, PASSWORD, USERNAME, MailServer
from tests.stored import Account

PATH = "/v1/mailboxes"
PRIVATE = {
    "name": "Private",
    "from_name": "Kim Larsen",
    "from_address": USERNAME,
    "host": "smtp.example.com",
    "port": 587,
    "security": "starttls",
    "username": USERNAME,
    "password": PASSWORD,
}


def at(server: MailServer, **changed: object) -> dict[str, Any]:
    """A mailbox at a server of the tests."""
    return {**PRIVATE, "host": HOST, "port": server.port, "security": server.security, **changed}


def with_settings(
    account: Account, patch: pytest.MonkeyPatch, keys: tuple[str, ...] | None = None, **settings: object
) -> None:
    """Let the application of an account work with other settings, and other keys, until the end of the test."""
    app: Any = account.client.app
    changed = Settings.model_validate({**app.state.settings.model_dump(), **settings})
    members = app.state._state  # noqa: SLF001 - what pytest does to its attributes cannot be undone
    patch.setitem(members, "settings", changed)
    patch.setitem(members, "post", Post(changed, Vault(keys) if keys else app.state.post.vault))
