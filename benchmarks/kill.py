"""`python -m benchmarks.kill [ROUNDS]`: processes are ended with -9 while many clients write; then all is counted.

What was acknowledged must be there once. What was not is sent again with the same `Idempotency-Key`, as the API tells
clients to, and must then be there once too. The status is 0 if so.
"""

import asyncio
import json
import os
import signal
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from uuid import uuid4

from sqlalchemy import create_engine, text

from benchmarks import postgresql, store
from benchmarks.client import Request
from benchmarks.conversation import Conversation, conversation
from benchmarks.servers import AFTERWORD, Server, running
from benchmarks.store import SQLITE, Store

COMPANIES = "/v1/companies"
CLIENTS = 32
ROUNDS = 3
WRITES = 500
"""Acknowledged in a round before something is killed."""
SERVER, EVERYTHING, DATABASE = "the server", "the server and PostgreSQL", "PostgreSQL"
"""What is killed."""
_CREATED, _UNAVAILABLE = 201, 503


@dataclass
class Tally:
    """What was sent, and what is stored."""

    acknowledged: set[str] = field(default_factory=set)
    """Names of companies that a client knows to be kept."""
    unknown: int = 0
    """Of these, those for which first no answer came, or one that left it open."""
    unknown_kept: int = 0
    """How many of those were kept nevertheless."""
    stored: Counter[str] = field(default_factory=Counter)
    """How often each name is stored in the end."""

    def wrong(self) -> list[str]:
        """What must not be, as sentences."""
        lost = len([name for name in self.acknowledged if not self.stored[name]])
        twice = len([name for name, times in self.stored.items() if times > 1])
        unasked = len(self.stored.keys() - self.acknowledged)
        found = {f"{lost} are lost": lost, f"{twice} are there twice": twice, f"{unasked} were never sent": unasked}
        return [sentence for sentence, number in found.items() if number]

    def line(self) -> str:
        """The tally as text."""
        return (
            f"{len(self.acknowledged)} acknowledged, of these {self.unknown} only when they were sent again "
            f"({self.unknown_kept} had been kept); {len(self.stored)} stored"
        )


class World:
    """Where it happens: a database, and on PostgreSQL a server of its own that has it."""

    def __init__(self, kind: str, folder: Path) -> None:
        self._cluster = None if kind == SQLITE else postgresql.start(Path(mkdtemp(prefix="afterword-postgresql-")))
        url = f"sqlite:///{folder / 'afterword.db'}" if self._cluster is None else self._cluster.new_database()
        self.store = store.fill(url, folder, 0)

    def kill(self, what: str, server: Server) -> None:
        """End with -9 what is to be ended, and start PostgreSQL again where that was."""
        if what in {SERVER, EVERYTHING}:
            os.kill(server.pid, signal.SIGKILL)
        if what in {DATABASE, EVERYTHING} and self._cluster is not None:
            self._cluster.kill()
            self._cluster = postgresql.start(self._cluster.folder)

    def stored(self) -> Counter[str]:
        """How often each name is stored."""
        engine = create_engine(self.store.url)
        with engine.connect() as connection:
            names = Counter(connection.execute(text("SELECT name FROM companies WHERE notes = 'sent'")).scalars())
        engine.dispose()
        return names


def killed(kind: str, what: str, *, rounds: int = ROUNDS, clients: int = CLIENTS, writes: int = WRITES) -> Tally:
    """Kill `what` so many times, each time after so many writes while clients go on writing, and count."""
    tally = Tally()
    with TemporaryDirectory(prefix="afterword-benchmark-") as folder:
        world = World(kind, Path(folder))
        for _ in range(rounds):
            with running(AFTERWORD, settings=world.store.settings) as server:
                unknown = asyncio.run(_write_and_kill(world, server, tally, what, clients, writes))
                if what == DATABASE:
                    _send_again(world, server, tally, unknown)
            if what != DATABASE:
                with running(AFTERWORD, settings=world.store.settings) as server:
                    _send_again(world, server, tally, unknown)
        tally.stored = world.stored()
    return tally


async def _write_and_kill(  # noqa: PLR0913, PLR0917 - what it takes
    world: World, server: Server, tally: Tally, what: str, clients: int, writes: int
) -> set[str]:
    """Let clients write, and kill; the names of what they do not know whether it was kept."""
    unknown: set[str] = set()
    written, over = asyncio.Semaphore(0), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for _ in range(clients):
            group.create_task(_client(world.store, server, tally, unknown, written, over))
        for _ in range(writes):
            await written.acquire()
        await asyncio.to_thread(world.kill, what, server)
        over.set()
    return unknown


async def _client(  # noqa: PLR0913, PLR0917 - the same
    store: Store, server: Server, tally: Tally, unknown: set[str], written: asyncio.Semaphore, over: asyncio.Event
) -> None:
    """Write until the server is gone, or it is over."""
    try:
        async with conversation(server) as one:
            while not over.is_set():
                name = uuid4().hex
                unknown.add(name)
                if await _is_kept(one, store, name):
                    tally.acknowledged.add(name)
                    unknown.discard(name)
                    written.release()
    except (OSError, EOFError):
        return


async def _is_kept(one: Conversation, store: Store, name: str) -> bool:
    """Send a company, and whether the answer says that it is kept. Raises `RuntimeError` for what nobody expects."""
    body = json.dumps({"name": name, "notes": "sent"})
    headers = {**store.headers, "Idempotency-Key": name}
    answer = await one.ask(Request("POST", COMPANIES, body, headers))
    if answer.status == _UNAVAILABLE:
        await asyncio.sleep(float(answer.headers["retry-after"]))
    elif answer.status != _CREATED:
        raise RuntimeError(f"The server answered {answer.status}: {answer.body!r}")
    return answer.status == _CREATED


def _send_again(world: World, server: Server, tally: Tally, unknown: set[str]) -> None:
    """Send what is not known to be kept with the same keys, until it is."""

    async def send() -> None:
        async with conversation(server) as one:
            for name in unknown:
                while not await _is_kept(one, world.store, name):
                    pass

    tally.unknown += len(unknown)
    tally.unknown_kept += len(unknown & world.stored().keys())
    asyncio.run(send())
    tally.acknowledged |= unknown


def main() -> int:
    """Kill everything that can be killed; the status."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    wrong = False
    for kind in store.kinds():
        for what in (SERVER,) if kind == SQLITE else (SERVER, EVERYTHING, DATABASE):
            tally = killed(kind, what, rounds=rounds)
            found = tally.wrong()
            wrong = wrong or bool(found)
            print(f"{kind}, {CLIENTS} clients, {what} killed {rounds} times")
            print(f"  {tally.line()}\n  {'; '.join(found) or 'nothing lost, nothing twice'}", flush=True)
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
