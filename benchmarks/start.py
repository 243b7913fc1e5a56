"""From nothing to the first answer, and the memory of a server that has been asked, against the empty endpoint."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from benchmarks.client import Client, Order, running_client
from benchmarks.facts import requests
from benchmarks.http import BUILT, PREVIEW
from benchmarks.measure import Effort, Figure, ratios
from benchmarks.servers import AFTERWORD, resident_mebibytes, running, two_cores

_EMPTY = (sys.executable, "-m", "benchmarks.empty_endpoint", "16000")


def measure(effort: Effort) -> list[Figure]:
    """Seconds from making the process to its first answer; mebibytes resident after that and after many requests."""
    core, other = two_cores()
    ours, empty = [], []
    with running_client(other) as client:
        for _ in range(effort.starts):
            ours.append(_start(AFTERWORD, PREVIEW, client, core, effort.requests))
            empty.append(_start(_EMPTY, BUILT, client, core, effort.requests))
    seconds = [one.seconds for one in ours]
    return [
        Figure("start of a fresh process to its first answer", seconds, "s"),
        Figure("the same of the empty endpoint", [one.seconds for one in empty], "s"),
        Figure(
            "start takes as long as that of the empty endpoint", ratios(seconds, [one.seconds for one in empty]), "x"
        ),
        Figure("resident memory after the first answer", [one.first for one in ours], "MiB"),
        Figure(f"resident memory after {effort.requests} requests", [one.later for one in ours], "MiB"),
        Figure(f"the same of the empty endpoint after {effort.requests} requests", [one.later for one in empty], "MiB"),
    ]


@dataclass(frozen=True, slots=True)
class _Start:
    seconds: float
    first: float
    later: float


def _start(command: Sequence[str], path: str, client: Client, core: int | None, number: int) -> _Start:
    asked = requests(path)
    with running(command, core) as server:
        client.ask(Order(server.host, server.port, asked, seconds=60, most=1))
        seconds = perf_counter() - server.started
        first = resident_mebibytes(server.pid)
        client.ask(Order(server.host, server.port, asked, seconds=60, most=number))
        return _Start(seconds, first, resident_mebibytes(server.pid))
