"""Mails for tests."""

from datetime import UTC, datetime
from typing import Any

from app.mail.message import Address, Mail
from tests.mail.server import USERNAME

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
KIM = Address("Kim Larsen", USERNAME)
TANAKA = Address("田中 愛子", "tanaka@example.jp")


def a_mail(**changed: Any) -> Mail:  # noqa: ANN401 - members of `Mail`
    """A mail of which some members are otherwise."""
    members: dict[str, Any] = {
        "sender": KIM,
        "to": TANAKA,
        "subject": "御礼",
        "text": "昨日はありがとうございました。",
        "message_id": "<0123456789abcdef@example.com>",
        "date": NOON,
        **changed,
    }
    return Mail(**members)
