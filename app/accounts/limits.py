"""How often somebody may try: counted in the database, so that it holds over any number of processes.

A window begins with its first attempt. Numbers are kept under keyed hashes of client and account: whoever reads the
table learns nobody's address.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy import case, delete, select

from app.accounts.errors import RateLimited
from app.accounts.models import Attempts
from app.db.database import Writing
from app.settings import Settings

_NETWORK_OF_A_CLIENT = 64
_FORGOTTEN_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Quota:
    """So many attempts within so many seconds."""

    attempts: int
    seconds: int

    @classmethod
    def read(cls, text: str) -> "Quota":
        """The quota that a setting such as `10/900` names."""
        attempts, _, seconds = text.partition("/")
        return cls(int(attempts), int(seconds))


@dataclass(frozen=True, slots=True)
class _Counted:
    policy: str
    quota: Quota
    key: bytes


class Limits:
    """Counts attempts, and refuses those that are too many."""

    def __init__(self, settings: Settings, key: bytes) -> None:
        """`key` is what addresses are hashed with."""
        self._per_client = Quota.read(settings.attempts_per_client)
        self._per_account = Quota.read(settings.attempts_per_account)
        self._mails_per_address = Quota.read(settings.mails_per_address)
        self._per_both = Quota.read(settings.attempts_per_account_and_client)
        self._key = key

    def count(  # noqa: PLR0913 - what is tried, when, and by whom on what
        self,
        session: Writing,
        action: str,
        now: datetime,
        *,
        client: str,
        account: str | None = None,
        guessing: bool = True,
        mail_to: str | None = None,
    ) -> dict[str, str]:
        """Count an attempt in the transaction of `session`; the headers that tell what is left.

        `guessing` says that a password could be guessed this way: then few attempts of one client on one account are
        allowed. `mail_to` is the address that it may send a mail to: such attempts are counted together, whatever they
        are and whoever makes them. Raises `RateLimited`; that rolls the transaction back, so what is refused is not
        counted, and nobody uses an account's attempts up for its user by going on.
        """
        counted = [self._counted(f"{action}-client", self._per_client, client)]
        if account is not None:
            counted.append(self._counted(f"{action}-account", self._per_account, account))
            if guessing:
                counted.append(self._counted(f"{action}-account-client", self._per_both, account, client))
        if mail_to is not None:
            counted.append(self._counted("mail-account", self._mails_per_address, mail_to))
        return self._counted_all(session, counted, now)

    def take(self, session: Writing, policy: str, quota: Quota, now: datetime, *whose: str) -> dict[str, str]:
        """Count something else of somebody's against a quota of its own, in the same way. Raises `RateLimited`."""
        return self._counted_all(session, [self._counted(policy, quota, *whose)], now)

    def _counted_all(self, session: Writing, counted: Sequence[_Counted], now: datetime) -> dict[str, str]:
        numbers = _count(session, counted, now)
        headers = _headers(counted, numbers, now)
        over = [numbers[one.key][1] for one in counted if numbers[one.key][0] > one.quota.attempts]
        if over:
            wait = _seconds(max(over) - now)
            raise RateLimited(f"Try again in {wait} seconds.", headers={**headers, "Retry-After": str(wait)})
        return headers

    def _counted(self, policy: str, quota: Quota, *parts: str) -> _Counted:
        text = "\0".join((policy, *parts)).encode("utf-8", "surrogateescape")
        return _Counted(policy, quota, hmac.digest(self._key, text, hashlib.sha256))


async def _limits(request: Request) -> Any:  # noqa: ANN401 - `Limits`
    return request.app.state.limits


Limited = Annotated[Limits, Depends(_limits)]


def client_of(request: Request) -> str:
    """The network that a request comes from: an IPv4 address, or the 64 bits that one client of IPv6 has."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ip_network((int(address), _NETWORK_OF_A_CLIENT), strict=False))
    return str(address)


def _count(session: Writing, counted: Sequence[_Counted], now: datetime) -> Mapping[bytes, tuple[int, datetime]]:
    """One more for each key, in one statement that no other can come between; number and end of each window."""
    rows = [
        {"key": one.key, "number": 1, "ends_at": now + timedelta(seconds=one.quota.seconds)}
        # Always in the same order, so that two requests never wait for each other.
        for one in sorted(counted, key=lambda one: one.key)
    ]
    statement = session.inserting(Attempts).values(rows)
    over = Attempts.ends_at <= now
    counting = statement.on_conflict_do_update(
        index_elements=[Attempts.key],
        set_={
            "number": case((over, 1), else_=Attempts.number + 1),
            "ends_at": case((over, statement.excluded.ends_at), else_=Attempts.ends_at),
        },
    ).returning(Attempts.key, Attempts.number, Attempts.ends_at)
    numbers = {key: (number, ends_at) for key, number, ends_at in session.execute(counting)}
    if any(number == 1 for number, _ in numbers.values()):
        _forget(session, now)
    return numbers


def _forget(session: Writing, now: datetime) -> None:
    """Delete windows that are over, a few each time one begins; those that another transaction has are left to it."""
    ended = select(Attempts.key).where(Attempts.ends_at <= now).limit(_FORGOTTEN_AT_ONCE)
    session.execute(delete(Attempts).where(Attempts.key.in_(ended.with_for_update(skip_locked=True))))


def _headers(
    counted: Sequence[_Counted], numbers: Mapping[bytes, tuple[int, datetime]], now: datetime
) -> dict[str, str]:
    """After draft-ietf-httpapi-ratelimit-headers-10."""
    policies, left = [], []
    for one in counted:
        number, ends_at = numbers[one.key]
        policies.append(f'"{one.policy}";q={one.quota.attempts};w={one.quota.seconds}')
        left.append(f'"{one.policy}";r={max(0, one.quota.attempts - number)};t={_seconds(ends_at - now)}')
    return {"RateLimit-Policy": ", ".join(policies), "RateLimit": ", ".join(left)}


def _seconds(time: timedelta) -> int:
    return max(1, ceil(time.total_seconds()))
