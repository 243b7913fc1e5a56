"""`python -m benchmarks.growth`: what a hundred times as many interviews of one user change.

Answers are asked for one at a time, so that a time is that of an answer and not of waiting for others.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice, repeat
from random import Random
from time import perf_counter
from urllib.parse import quote
from urllib.request import Request as UrlRequest
from urllib.request import urlopen

from benchmarks import rows
from benchmarks.__main__ import line
from benchmarks.client import Client, Order, Request, running_client
from benchmarks.measure import Effort, Figure, Goal, ratios, take_turns
from benchmarks.servers import AFTERWORD, Server, running, two_cores
from benchmarks.store import CREATE, INTERVIEWS, LIST, LISTED, READ, STATUS, Store, filled, kinds

FEW, MANY = 10_000, 1_000_000
GROWTH = Goal(at_most=1.3)
LAST_PAGE = Goal(at_most=1.2)
LAST = "the last page of 50"
_MOST_IN_A_TURN = 5000


def measure(effort: Effort, few: int = FEW, many: int = MANY) -> Iterator[Figure]:
    """95 of 100 answers take how long, with few interviews and with many, on each database."""
    core, other = two_cores()
    for kind in kinds():
        with running_client(other) as client, ExitStack() as stack:
            began = perf_counter()
            stores = {number: stack.enter_context(filled(kind, number)) for number in (few, many)}
            yield Figure(f"{kind}: writing {few} and {many} interviews", [perf_counter() - began], "s")
            servers = {
                number: stack.enter_context(running(AFTERWORD, core, store.settings))
                for number, store in stores.items()
            }
            times = {
                operation: take_turns(
                    effort.rounds,
                    {
                        str(number): _Turns(client, servers[number], store, operation, effort.seconds)
                        for number, store in stores.items()
                    },
                )
                for operation in (READ, LIST, LAST, CREATE)
            }
            for operation, taken in times.items():
                small, big = taken[str(few)], taken[str(many)]
                yield Figure(f"{kind}: {operation}, p95 at {few}", [1000 * one for one in small], "ms")
                yield Figure(f"{kind}: {operation}, p95 at {many}", [1000 * one for one in big], "ms")
                yield Figure(f"{kind}: {operation}, p95 at {many} to that at {few}", ratios(big, small), "x", GROWTH)
            last, first = (times[operation][str(many)] for operation in (LAST, LIST))
            yield Figure(f"{kind}: {LAST} to the first, at {many}", ratios(last, first), "x", LAST_PAGE)


class _Turns:
    """Turns of one operation on one server, never with the same requests; calling it is a turn and gives the p95."""

    def __init__(self, client: Client, server: Server, store: Store, operation: str, seconds: float) -> None:
        self._client = client
        self._order = Order(server.host, server.port, [], seconds, status=STATUS.get(operation, 200), connections=1)
        self._requests = requests(server, store, operation)
        self()

    def __call__(self) -> float:
        """Ask for one turn."""
        return self._client.ask(replace(self._order, requests=list(islice(self._requests, _MOST_IN_A_TURN)))).p95


def requests(server: Server, store: Store, operation: str) -> Iterator[Request]:
    """Requests without end."""
    if operation == READ:
        return _reads(store)
    if operation == LAST:
        return repeat(
            Request("GET", f"{INTERVIEWS}?limit={LISTED}&cursor={_last_cursor(server, store)}", "", store.headers)
        )
    (asked,) = store.requests()[operation]
    return repeat(asked)


def _reads(store: Store) -> Iterator[Request]:
    """Each time another interview, anywhere among them."""
    random = Random(1)  # noqa: S311 - nothing to guess
    while True:
        number = random.randrange(store.number)
        yield Request("GET", f"{INTERVIEWS}/{rows.interview_id(number)}", "", store.headers)


def _last_cursor(server: Server, store: Store) -> str:
    """Where the last page begins: the order does not change by a filter, and a filter leads there at once."""
    before = quote(rows.starts_at(LISTED + 1).isoformat())
    address = f"http://{server.host}:{server.port}{INTERVIEWS}?limit=1&starts_before={before}"
    with urlopen(UrlRequest(address, headers=dict(store.headers))) as answer:
        return str(json.load(answer)["next_cursor"])


if __name__ == "__main__":
    began = perf_counter()
    for figure in measure(Effort(rounds=9, seconds=0.5)):
        print(line(figure), flush=True)
    print(f"\nTook {perf_counter() - began:.0f} s. Goals are reported, not enforced.")
