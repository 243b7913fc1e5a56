"""The keys that sign tokens: from the settings, or in development from a file that is made when it is missing."""

import hashlib
import hmac
import os
from pathlib import Path
from secrets import token_hex, token_urlsafe

from app.settings import SHORTEST_KEY, Settings

_FILE = "token.key"


class UnusableKey(Exception):
    """Why the key file cannot be used, as a sentence."""


def signing_keys(settings: Settings) -> tuple[str, ...]:
    """The keys: the first signs, all verify, so that a new one can be put before an old one.

    Raises `UnusableKey` where there is a key file that is none, or where it cannot be made or read.
    """
    if settings.secret_keys:
        return tuple(key.get_secret_value() for key in settings.secret_keys)
    path = settings.data_dir / _FILE
    try:
        key = _kept(path)
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableKey(
            f"The key file {path} cannot be made or read; name a key in AFTERWORD_SECRET_KEYS."
        ) from error
    if len(key) < SHORTEST_KEY:
        raise UnusableKey(f"The key file {path} holds no key; delete it, and a new one is made.")
    return (key,)


def derived_key(keys: tuple[str, ...], purpose: str) -> bytes:
    """A key for another purpose than signing; another one after the first key was changed."""
    return hmac.digest(keys[0].encode(), purpose.encode(), hashlib.sha256)


def _kept(path: Path) -> str:
    """The key in a file that only its owner can read; of several processes that start at once one makes it."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Written whole under a name of its own and then linked: nobody ever reads half a key, or overwrites one.
        partial = path.with_suffix(f".{token_hex(8)}")
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(token_urlsafe(48))
                file.flush()
                os.fsync(file.fileno())
            os.link(partial, path)
        except FileExistsError:
            pass
        finally:
            partial.unlink()
    return path.read_text(encoding="ascii").strip()
