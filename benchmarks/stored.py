"""Stored interviews over HTTP, one server process, with authentication and owner filter.

Against the least that could answer (`benchmarks.bare`), and against the usual way to write it (`benchmarks.tutorial`),
on the same rows of the same database.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack

from benchmarks.client import CONNECTIONS, Client, Order, running_client
from benchmarks.measure import Effort, Figure, Goal, ratios, take_turns
from benchmarks.servers import AFTERWORD, Server, running, two_cores
from benchmarks.store import STATUS, Store, filled, kinds
from benchmarks.turns import Turns

SHARE_OF_BARE = Goal(at_least=0.25)
TIMES_TUTORIAL = Goal(at_least=1.5)
MANY_CONNECTIONS = 32
OURS, BARE, TUTORIAL = "Afterword", "bare", "tutorial"
_MANY_ROUNDS = 3


def measure(effort: Effort) -> list[Figure]:
    """Requests a second and processor time, on each database."""
    core, other = two_cores()
    figures: list[Figure] = []
    with running_client(other) as client:
        for kind in kinds():
            with filled(kind, effort.requests) as store, ExitStack() as stack:
                servers = {
                    OURS: stack.enter_context(running(AFTERWORD, core, store.settings)),
                    BARE: stack.enter_context(running(_module("bare", store.url, str(store.owner)), core)),
                    TUTORIAL: stack.enter_context(running(_module("tutorial", store.url, store.key), core)),
                }
                for operation in STATUS:
                    figures += _figures(client, servers, store, operation, effort, f"{kind}: {operation}")
    return figures


def _module(name: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", f"benchmarks.{name}", *arguments)


def _figures(  # noqa: PLR0913, PLR0917 - what it takes to ask
    client: Client, servers: Mapping[str, Server], store: Store, operation: str, effort: Effort, name: str
) -> Iterator[Figure]:
    turns = _turns(client, servers, store, operation, effort.seconds, CONNECTIONS)
    speeds = take_turns(effort.rounds, turns)
    costs = {contender: turn.processor_microseconds for contender, turn in turns.items()}
    many = _turns(client, servers, store, operation, effort.seconds, MANY_CONNECTIONS)
    crowded = take_turns(min(effort.rounds, _MANY_ROUNDS), many)
    yield Figure(name, speeds[OURS], "/s")
    yield Figure(f"{name}, bare", speeds[BARE], "/s")
    yield Figure(f"{name}, tutorial", speeds[TUTORIAL], "/s")
    yield Figure(f"{name}, share of bare", ratios(speeds[OURS], speeds[BARE]), "x", SHARE_OF_BARE)
    yield Figure(f"{name}, times the tutorial", ratios(speeds[OURS], speeds[TUTORIAL]), "x", TIMES_TUTORIAL)
    yield Figure(f"{name}, share of bare by processor time", ratios(costs[BARE], costs[OURS]), "x")
    yield Figure(f"{name}, times the tutorial by processor time", ratios(costs[TUTORIAL], costs[OURS]), "x")
    yield Figure(f"{name}, processor time", costs[OURS], "µs")
    with_many = f"{name}, {MANY_CONNECTIONS} connections"
    yield Figure(with_many, crowded[OURS], "/s")
    yield Figure(f"{with_many}, share of bare", ratios(crowded[OURS], crowded[BARE]), "x")
    yield Figure(f"{with_many}, times the tutorial", ratios(crowded[OURS], crowded[TUTORIAL]), "x")


def _turns(  # noqa: PLR0913, PLR0917 - the same
    client: Client, servers: Mapping[str, Server], store: Store, operation: str, seconds: float, connections: int
) -> dict[str, Turns]:
    asked = store.requests()[operation]
    turns = {}
    for contender, server in servers.items():
        order = Order(server.host, server.port, asked, seconds, status=STATUS[operation], connections=connections)
        turns[contender] = Turns(client, server, order)
        turns[contender]()
        turns[contender].forget()
    return turns
