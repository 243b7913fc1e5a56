"""The keys that sign tokens: from the settings, or in development from a file that is made when it is missing."""

import os
from pathlib import Path
from secrets import token_urlsafe

from app.settings import Settings

_FILE = "token.key"


def signing_keys(settings: Settings) -> tuple[str, ...]:
    """The keys: the first signs, all verify, so that a new one can be put before an old one."""
    if settings.secret_keys:
        return tuple(key.get_secret_value() for key in settings.secret_keys)
    return (_kept(settings.data_dir / _FILE),)


def _kept(path: Path) -> str:
    """The key in a file that only its owner can read; of several processes that start at once one makes it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(token_urlsafe(48))
    try:
        os.link(partial, path)
    except FileExistsError:
        pass
    finally:
        partial.unlink()
    return path.read_text(encoding="ascii")
