"""One worker over HTTP, against an empty FastAPI endpoint that gives a body of the same size."""

import sys

from benchmarks.client import Client, Order, running_client
from benchmarks.measure import Effort, Figure, Goal, ratios, take_turns
from benchmarks.servers import AFTERWORD, Server, running, two_cores

SHARE_OF_EMPTY = Goal(at_least=0.6)
PREVIEW, BATCH = "/v1/decisions/preview", "/v1/decisions/preview/batch"
BUILT, READY = "/built", "/ready"


def measure(effort: Effort) -> list[Figure]:
    """Decisions a second, alone and in batches, and their share of what the empty endpoint answers."""
    core, other = two_cores()
    with running_client(other) as client, running(AFTERWORD, core) as afterword:
        whole_mix = client.ask(Order(afterword.host, afterword.port, PREVIEW, seconds=60, most=effort.requests))
        size = whole_mix.body_bytes // whole_mix.answers
        with running((sys.executable, "-m", "benchmarks.empty_endpoint", str(size)), core) as empty:
            turns: dict[str, _Turns] = {
                PREVIEW: _Turns(client, afterword, PREVIEW, effort),
                BUILT: _Turns(client, empty, BUILT, effort),
                READY: _Turns(client, empty, READY, effort),
            }
            for turn in turns.values():
                turn()
                turn.forget()
            speeds = take_turns(effort.rounds, turns)
        batch = _Turns(client, afterword, BATCH, effort, items=effort.requests)
        batched = take_turns(effort.rounds, {BATCH: batch})[BATCH]
    costs = {path: turn.processor_microseconds for path, turn in turns.items()}
    return [
        Figure(f"POST {PREVIEW}", speeds[PREVIEW], "/s"),
        Figure(f"empty endpoint, the same {size} bytes, models built for each request", speeds[BUILT], "/s"),
        Figure(f"empty endpoint, the same {size} bytes, models made once", speeds[READY], "/s"),
        Figure(
            "preview's share of the empty endpoint's throughput",
            ratios(speeds[PREVIEW], speeds[BUILT]),
            "x",
            SHARE_OF_EMPTY,
        ),
        Figure("preview's share, had the empty endpoint its models ready", ratios(speeds[PREVIEW], speeds[READY]), "x"),
        Figure("preview's share, by processor time instead of the clock", ratios(costs[BUILT], costs[PREVIEW]), "x"),
        Figure("processor time of a preview", costs[PREVIEW], "µs"),
        Figure("processor time of the empty endpoint", costs[BUILT], "µs"),
        Figure("processor time of the empty endpoint, models made once", costs[READY], "µs"),
        Figure("client's own share of its processor, preview", turns[PREVIEW].client_busy, "x"),
        Figure("client's own share of its processor, empty endpoint", turns[BUILT].client_busy, "x"),
        Figure(f"decisions in batches of {effort.requests}", batched, "/s"),
        Figure(f"processor time of a decision in batches of {effort.requests}", batch.processor_microseconds, "µs"),
    ]


class _Turns:
    """Turns of asking one endpoint; calling it is a turn and gives answers (or items) a second."""

    def __init__(self, client: Client, server: Server, path: str, effort: Effort, items: int = 0) -> None:
        self._client, self._server = client, server
        self._order = Order(server.host, server.port, path, seconds=effort.seconds, items=items)
        self._per_answer = max(1, items)
        self.processor_microseconds: list[float] = []
        """What each turn's answers (or items) cost the server's processor, on average."""
        self.client_busy: list[float] = []
        """How much of a turn the client itself needed its processor."""

    def __call__(self) -> float:
        before = self._server.cpu_seconds()
        outcome = self._client.ask(self._order)
        answers = outcome.answers * self._per_answer
        self.processor_microseconds.append((self._server.cpu_seconds() - before) / answers * 1e6)
        self.client_busy.append(outcome.busy)
        return answers / outcome.seconds

    def forget(self) -> None:
        """Leave the turns so far out of the figures: they warmed the server up."""
        self.processor_microseconds.clear()
        self.client_busy.clear()
