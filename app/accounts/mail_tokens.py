"""Tokens that mails bring: signed, for one purpose, for a short time, and good once. They are kept nowhere.

What a token is bound to, such as the hash of the password, changes when it is used; so the signature holds no longer.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from app.accounts.errors import MailTokenNotGood

Purpose = Literal["verification", "password_reset"]
GOOD_FOR: Mapping[Purpose, timedelta] = {"verification": timedelta(hours=24), "password_reset": timedelta(minutes=30)}

_PREFIXES: Mapping[Purpose, str] = {"verification": "afv", "password_reset": "afp"}
"""What tokens begin with: people and secret scanners see what they have found."""
_ID_DIGITS = 32
_TIME_DIGITS = 10
_SIGNED_BYTES = 16
"""Of the signature, half: so a token fits on one line of a mail, however that is encoded, and can be copied."""
_NOT_HERE = "The token is not whole, or was not given out by this server for this."


@dataclass(frozen=True, slots=True)
class MailToken:
    """A token as it came. Whether it is good is known once `bound_to` is."""

    purpose: Purpose
    user_id: UUID
    name: str
    signature: str


class MailTokens:
    """Signs tokens for mails, and verifies those that any of the keys signed."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = [key.encode() for key in keys]

    def issue(self, purpose: Purpose, user_id: UUID, bound_to: str, now: datetime) -> str:
        """A token for a user, good for `GOOD_FOR` from `now` while `bound_to` is what it is."""
        expires = int((now + GOOD_FOR[purpose]).timestamp())
        name = f"{user_id.hex}{expires:0{_TIME_DIGITS}x}"
        return f"{_PREFIXES[purpose]}_{name}_{_signature(self._keys[0], purpose, name, bound_to)}"

    def read(self, token: str, purpose: Purpose, now: datetime) -> MailToken:
        """The parts of a token. Raises `MailTokenNotGood` for what has expired, and for what is none."""
        prefix, _, rest = token.strip().partition("_")
        name, _, signature = rest.partition("_")
        is_one = prefix == _PREFIXES[purpose] and len(name) == _ID_DIGITS + _TIME_DIGITS
        if not is_one or not set(name) <= set("0123456789abcdef"):
            raise MailTokenNotGood(_NOT_HERE)
        if int(name[_ID_DIGITS:], 16) <= now.timestamp():
            raise MailTokenNotGood("The token has expired.")
        return MailToken(purpose, UUID(name[:_ID_DIGITS]), name, signature)

    def verify(self, token: MailToken, bound_to: str) -> None:
        """Raises `MailTokenNotGood` for what was not signed here, or was used, or is about what has changed since."""
        good = (_signature(key, token.purpose, token.name, bound_to) for key in self._keys)
        if not any(hmac.compare_digest(one.encode(), token.signature.encode()) for one in good):
            raise MailTokenNotGood("The token was used, or is not whole, or a newer change has made it useless.")


def _signature(key: bytes, purpose: Purpose, name: str, bound_to: str) -> str:
    text = "\0".join((f"mail:{purpose}", name, bound_to))
    digest = hmac.digest(key, text.encode(), hashlib.sha256)
    return urlsafe_b64encode(digest[:_SIGNED_BYTES]).decode().rstrip("=")
