"""`python -m benchmarks.load [SECONDS]`: many clients write at once; what was acknowledged is counted in the database.

Each client adds interviews with their participants, and adds one to a number in a company that all share, with the
`If-Match` of what it read. The status is 0 if nothing was lost, nothing failed, and nothing stood still.
"""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter

from sqlalchemy import create_engine, text

from benchmarks.client import Request
from benchmarks.conversation import Answer, Conversation, conversation
from benchmarks.servers import AFTERWORD, Server, running
from benchmarks.store import INTERVIEWS, SQLITE, Store, filled, kinds, new_interview

COMPANIES = "/v1/companies"
SHARED = 8
"""Companies that all clients change."""
THREADS = 8
WRITERS = {SQLITE: 64}
_WRITERS_ELSEWHERE = 256
_CROWD = 20 * THREADS
_QUEUE = 16
_SECONDS = 30.0
_STANDS_STILL = 10.0
"""Seconds; a server with 20 clients for each thread answers them all within one or two."""
_BUSY = 503
_FAILED = 500


@dataclass
class Tally:
    """What became of a crowd of clients."""

    answers: Counter[int] = field(default_factory=Counter)
    """How many had which status."""
    created: int = 0
    """Interviews that were acknowledged."""
    counted: int = 0
    """Changes of the shared companies that were acknowledged."""
    slowest: float = 0.0
    """Seconds that an answer took at most, refusals aside."""
    refusals: list[float] = field(default_factory=list)
    """Seconds that each 503 took."""
    without_retry_after: int = 0
    """503s that do not say when to come again."""
    stored_interviews: int = 0
    stored_participants: int = 0
    stored_count: int = 0
    """The sum of the numbers in the shared companies."""
    stored_versions: int = 0
    """How often they were changed by their versions."""
    locked: int = 0
    """Lines of the server's log that say "database is locked"."""

    def note(self, answer: Answer) -> None:
        """Take an answer into account."""
        self.answers[answer.status] += 1
        if answer.status == _BUSY:
            self.refusals.append(answer.seconds)
            self.without_retry_after += "retry-after" not in answer.headers
        else:
            self.slowest = max(self.slowest, answer.seconds)

    def wrong(self) -> list[str]:
        """What must not be, as sentences."""
        failed = sum(number for status, number in self.answers.items() if status >= _FAILED and status != _BUSY)
        found = {
            f"{self.created} interviews were acknowledged and {self.stored_interviews} are stored": self.created
            != self.stored_interviews,
            f"they have {self.stored_participants} participants": self.stored_participants != 3 * self.created,
            f"{self.counted} changes were acknowledged and {self.stored_count} are stored": self.counted
            != self.stored_count,
            f"the versions count {self.stored_versions} changes": self.counted != self.stored_versions,
            f"{failed} answers say that the server failed": failed > 0,
            f"{self.without_retry_after} answers 503 have no Retry-After": self.without_retry_after > 0,
            f"the log says {self.locked} times that the database is locked": self.locked > 0,
        }
        return [sentence for sentence, is_so in found.items() if is_so]

    def lines(self) -> Iterator[str]:
        """The tally as text."""
        statuses = ", ".join(f"{number} x {status}" for status, number in sorted(self.answers.items()))
        yield f"{sum(self.answers.values())} answers: {statuses}"
        yield f"interviews acknowledged {self.created}, stored {self.stored_interviews}"
        yield f"changes acknowledged {self.counted}, stored {self.stored_count}, by versions {self.stored_versions}"
        yield f'slowest answer {self.slowest:.2f} s; log lines with "database is locked" {self.locked}'
        if self.refusals:
            middle, worst = (1000 * one for one in (median(self.refusals), max(self.refusals)))
            yield f"503 after {middle:.0f} ms in the middle, {worst:.0f} ms at worst"


def crowd(kind: str, clients: int, seconds: float, settings: Mapping[str, str] | None = None) -> Tally:
    """Let so many clients write for so long on a new database of a kind."""
    with filled(kind, 8) as store, running(AFTERWORD, settings={**store.settings, **(settings or {})}) as server:
        tally = asyncio.run(_write(server, store, clients, seconds))
        tally.locked = server.log.read_text(encoding="utf-8").count("database is locked")
        _count(store, tally)
    return tally


async def _write(server: Server, store: Store, clients: int, seconds: float) -> Tally:
    tally = Tally()
    async with conversation(server) as first:
        shared = [await _shared_company(first, store) for _ in range(SHARED)]
    until = perf_counter() + seconds
    async with asyncio.TaskGroup() as group:
        for number in range(clients):
            group.create_task(_client(server, store, tally, shared[number % SHARED], until))
    return tally


async def _shared_company(one: Conversation, store: Store) -> str:
    body = json.dumps({"name": "Shared", "notes": "0"})
    return f"{COMPANIES}/{(await one.ask(Request('POST', COMPANIES, body, store.headers))).json()['id']}"


async def _client(server: Server, store: Store, tally: Tally, company: str, until: float) -> None:
    """Write until the time is over, waiting where the server asks for it."""
    body = json.dumps(new_interview())
    async with conversation(server) as one:
        while perf_counter() < until:
            answer = await _asked(one, tally, Request("POST", INTERVIEWS, body, store.headers))
            tally.created += answer.status == 201  # noqa: PLR2004 - created
            await _add_one(one, store, tally, company)


async def _add_one(one: Conversation, store: Store, tally: Tally, company: str) -> None:
    read = await _asked(one, tally, Request("GET", company, headers=store.headers))
    if read.status != 200:  # noqa: PLR2004 - found
        return
    change = json.dumps({"notes": str(int(read.json()["notes"]) + 1)})
    match = {**store.headers, "If-Match": read.headers["etag"]}
    answer = await _asked(one, tally, Request("PATCH", company, change, match))
    tally.counted += answer.status == 200  # noqa: PLR2004 - changed


async def _asked(one: Conversation, tally: Tally, request: Request) -> Answer:
    answer = await one.ask(request)
    tally.note(answer)
    if answer.status == _BUSY:
        await asyncio.sleep(float(answer.headers.get("retry-after", "1")))
    return answer


def _count(store: Store, tally: Tally) -> None:
    engine = create_engine(store.url)
    with engine.connect() as connection:
        interviews = connection.execute(text("SELECT count(*) FROM interviews")).scalar_one()
        participants = connection.execute(text("SELECT count(*) FROM participants")).scalar_one()
        shared = "SELECT notes, version FROM companies WHERE name = 'Shared'"
        companies = connection.execute(text(shared)).all()
    engine.dispose()
    tally.stored_interviews = interviews - store.number
    tally.stored_participants = participants - 3 * store.number
    tally.stored_count = sum(int(company.notes) for company in companies)
    tally.stored_versions = sum(company.version - 1 for company in companies)


def main() -> int:
    """Run all crowds; the status."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else _SECONDS
    wrong: list[str] = []
    bounded = {"AFTERWORD_WORKER_THREADS": str(THREADS), "AFTERWORD_MOST_WAITING": str(_QUEUE)}
    for kind in kinds():
        writers = WRITERS.get(kind, _WRITERS_ELSEWHERE)
        for clients, settings, about in (
            (writers, {}, ""),
            (_CROWD, {"AFTERWORD_WORKER_THREADS": str(THREADS)}, f", {THREADS} threads"),
            (_CROWD, bounded, f", {THREADS} threads, {_QUEUE} may wait"),
        ):
            tally = crowd(kind, clients, seconds, settings)
            print(f"\n{kind}, {clients} clients for {seconds:g} s{about}")
            print("\n".join(f"  {line}" for line in tally.lines()), flush=True)
            found = tally.wrong()
            if tally.slowest > _STANDS_STILL:
                found.append(f"an answer took {tally.slowest:.1f} s")
            wrong += found
            print("\n".join(f"  WRONG: {line}" for line in found) or "  nothing lost, nothing failed", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
