"""Passwords of mailboxes, encrypted with keys made of those in the settings.

The first key encrypts, all decrypt, so that a new one can be put before an old one.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from app.accounts.keys import derived_key
from app.messages.mailboxes.errors import MailboxWithoutPassword
from app.messages.mailboxes.models import Login

_PURPOSE = "mailbox passwords"


class Vault:
    """Encrypts and decrypts passwords of mailboxes."""

    def __init__(self, keys: Sequence[str]) -> None:
        each = [Fernet(urlsafe_b64encode(derived_key((key,), _PURPOSE))) for key in keys]
        self._newest, self._all = each[0], MultiFernet(each)

    def sealed(self, login: Login, password: str) -> str:
        """What is kept of a password, good for this login only."""
        return self._newest.encrypt(json.dumps([*login, password]).encode()).decode("ascii")

    def opened(self, login: Login, kept: str | None) -> str:
        """The password.

        Raises `MailboxWithoutPassword` where there is none, or none for this login, or no key for it any more.
        """
        if kept is None:
            raise MailboxWithoutPassword
        try:
            *given_to, password = json.loads(self._all.decrypt(kept))
        except InvalidToken as error:
            raise MailboxWithoutPassword from error
        # Whoever can write into the database must not have a password sent to a server of theirs.
        if given_to != [*login]:
            raise MailboxWithoutPassword
        return str(password)

    def renewed(self, kept: str) -> str:
        """The same, encrypted with the newest key."""
        try:
            self._newest.decrypt(kept)
        except InvalidToken:
            return self._all.rotate(kept).decode("ascii")
        return kept
