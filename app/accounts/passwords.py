"""Passwords: which may be chosen, how they are kept, and how much work may be spent on them at once."""

import asyncio
import os
import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import Depends, Request
from pwdlib import PasswordHash
from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from app.accounts.guessing import is_often_used
from app.db.engine import SECONDS_TO_WAIT
from app.db.errors import SECONDS_TO_RETRY, Busy
from app.http.admission import Admission

SHORTEST, LONGEST = 10, 128
HINT = "Take four or more words that have nothing to do with each other, or let a password manager make one."
_OF_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$CzBVep/E6Q4zWH2ix+wRNg$CzBVep/E6Q4zWH2ix+wRNluApcrvFDleg6jN8hc8YYY"
"""The hash of no password, as much work to verify as any."""
_MOST_AT_ONCE = 4
"""Each hash takes 64 MiB."""
_MOST_WAITING = 32
"""How many may wait for one turn: about as many as have theirs before it would take too long."""
_FORBIDDEN = {"Cc", "Cn", "Cs"}
"""Categories of characters that no password has: control characters, unassigned code points, surrogates."""


def prepared(given: str) -> str:
    """A password as it is compared: after the OpaqueString profile of RFC 8265, so any space is U+0020, and in NFC."""
    spaced = "".join(" " if unicodedata.category(one) == "Zs" else one for one in given)
    return unicodedata.normalize("NFC", spaced)


def _checked(given: str) -> str:
    password = prepared(given)
    for one in password:
        if unicodedata.category(one) in _FORBIDDEN:
            message = "The character {code} cannot be in a password"
            raise PydanticCustomError("password_character", message, {"code": f"U+{ord(one):04X}"})
    return password


Password = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST), AfterValidator(_checked)]
"""A password that somebody has."""


def _chosen(password: str) -> str:
    if len(password) < SHORTEST:
        raise PydanticCustomError("password_short", "A password has at least {least} characters", {"least": SHORTEST})
    if is_often_used(password):
        raise PydanticCustomError("password_common", "This is among the first that are guessed", {"hint": HINT})
    return password


NewPassword = Annotated[
    str, StringConstraints(min_length=SHORTEST, max_length=LONGEST), AfterValidator(_checked), AfterValidator(_chosen)
]
"""A password that somebody chooses."""


class Passwords:
    """Hashes and verifies with Argon2id. Takes tens of milliseconds: never call it inside a transaction."""

    def __init__(self, hasher: PasswordHash | None = None) -> None:
        self._hash = hasher or PasswordHash.recommended()

    def hashed(self, password: str) -> str:
        """What is kept of a password."""
        return self._hash.hash(password)

    def verified(self, password: str, kept: str | None) -> tuple[bool, str | None]:
        """Whether a password is the one that `kept` was made of, and what to keep instead if that is outdated.

        Without `kept`, because there is no such account, it does the same work and is wrong.
        """
        right, better = self._hash.verify_and_update(password, kept or _OF_NOBODY)
        return (right, better) if kept else (False, None)


class Turns:
    """Lets so many requests hash at once; the others wait on the event loop, where they hold no thread."""

    def __init__(self, threads: int) -> None:
        at_once = max(1, min(_MOST_AT_ONCE, os.cpu_count() or 1, threads // 2))
        self._free = asyncio.Semaphore(at_once)
        self._most_waiting = _MOST_WAITING * at_once
        self.waiting = 0
        """How many wait now."""

    async def take(self) -> None:
        """Wait for a turn. Raises `Busy` at once where too many wait, and where it does not come in time."""
        if self.waiting >= self._most_waiting:
            raise _too_many()
        self.waiting += 1
        try:
            await asyncio.wait_for(self._free.acquire(), SECONDS_TO_WAIT)
        except TimeoutError:
            raise _too_many() from None
        finally:
            self.waiting -= 1

    def give_back(self) -> None:
        """Let the next one in."""
        self._free.release()


def _too_many() -> Busy:
    return Busy("More people log in than the server can serve.", headers={"Retry-After": SECONDS_TO_RETRY})


@asynccontextmanager
async def its_turn(request: Request) -> AsyncIterator[None]:
    """Hold a turn. While it waits for one, a request keeps nobody else from being let in. Raises `Busy`."""
    turns: Turns = request.app.state.turns
    admission: Admission = request.app.state.admission
    with admission.left():
        await turns.take()
    try:
        yield
    finally:
        turns.give_back()


async def _turn(request: Request) -> AsyncIterator[None]:
    async with its_turn(request):
        yield


Turn = Depends(_turn, scope="function")
"""Of an operation that hashes a password: it begins when it is its turn."""


async def _passwords(request: Request) -> Any:  # noqa: ANN401 - a `Passwords`
    return request.app.state.passwords


Hashing = Annotated[Passwords, Depends(_passwords)]
