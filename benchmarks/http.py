"""One worker over HTTP, against an empty FastAPI endpoint that gives a body of the same size."""

import sys

from benchmarks.client import Order, running_client
from benchmarks.facts import requests
from benchmarks.measure import Effort, Figure, Goal, ratios, take_turns
from benchmarks.servers import AFTERWORD, running, two_cores
from benchmarks.turns import Turns

SHARE_OF_EMPTY = Goal(at_least=0.6)
PREVIEW, BATCH = "/v1/decisions/preview", "/v1/decisions/preview/batch"
BUILT, READY = "/built", "/ready"


def measure(effort: Effort) -> list[Figure]:
    """Decisions a second, alone and in batches, and their share of what the empty endpoint answers."""
    core, other = two_cores()
    with running_client(other) as client, running(AFTERWORD, core) as afterword:
        mix = requests(PREVIEW)
        whole_mix = client.ask(Order(afterword.host, afterword.port, mix, seconds=60, most=effort.requests))
        size = whole_mix.body_bytes // whole_mix.answers
        with running((sys.executable, "-m", "benchmarks.empty_endpoint", str(size)), core) as empty:
            turns: dict[str, Turns] = {
                PREVIEW: Turns(client, afterword, Order(afterword.host, afterword.port, mix, effort.seconds)),
                **{
                    path: Turns(client, empty, Order(empty.host, empty.port, requests(path), effort.seconds))
                    for path in (BUILT, READY)
                },
            }
            for turn in turns.values():
                turn()
                turn.forget()
            speeds = take_turns(effort.rounds, turns)
        batches = Order(afterword.host, afterword.port, requests(BATCH, effort.requests), effort.seconds)
        batch = Turns(client, afterword, batches, per_answer=effort.requests)
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
