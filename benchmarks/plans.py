"""Plans and today's queue over HTTP: against reading one interview, and with many tasks of other users."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from urllib.request import Request as UrlRequest
from urllib.request import urlopen

from app.db.engine import make_engine
from benchmarks import rows
from benchmarks.client import CONNECTIONS, Client, Order, Request, running_client
from benchmarks.measure import Effort, Figure, Goal, ratios, take_turns
from benchmarks.servers import AFTERWORD, Server, running, two_cores
from benchmarks.store import INTERVIEWS, READ, Store, filled, kinds
from benchmarks.turns import Turns

APPLICATIONS, TASKS_OF_EACH = 200, 7
"""Each application has one interview of the day before yesterday: three people without an address, nobody who is known
to decide, nothing written down yet, which makes five open tasks; an answer is waited for, and thanks are said."""
OTHERS = 72
"""Other users, each with as many tasks."""
SHARE_OF_READ = Goal(at_least=0.5)
FLAT = Goal(at_least=0.8)
PLAN, TODAY, LIST = "plan of one interview", "today", "list 25 tasks"


def measure(effort: Effort, applications: int = APPLICATIONS, others: int = OTHERS) -> list[Figure]:
    """Requests a second, on each database, as shares of those that read one interview."""
    core, other = two_cores()
    figures: list[Figure] = []
    with running_client(other) as client:
        for kind in kinds():
            with ExitStack() as stack:
                first = datetime.now(UTC) - timedelta(days=2)
                quiet, busy = (stack.enter_context(filled(kind, applications, 1, first)) for _ in range(2))
                servers = [stack.enter_context(running(AFTERWORD, core, store.settings)) for store in (quiet, busy)]
                turns = _turns(client, servers, quiet, busy, effort.seconds, others)
                speeds = take_turns(effort.rounds, turns)
                figures += _figures(kind, speeds, applications, others)
    return figures


def _figures(kind: str, speeds: dict[str, list[float]], applications: int, others: int) -> Iterator[Figure]:
    tasks = applications * TASKS_OF_EACH
    yield Figure(f"{kind}: {READ}", speeds[READ], "/s")
    for operation in (PLAN, TODAY, LIST):
        name = f"{kind}: {operation}, of {applications} applications and {tasks} tasks"
        yield Figure(name, speeds[operation], "/s")
        yield Figure(f"{name}, share of reading", ratios(speeds[operation], speeds[READ]), "x", SHARE_OF_READ)
    flat = ratios(speeds[_BESIDE_OTHERS], speeds[TODAY])
    yield Figure(f"{kind}: today beside {others * tasks} tasks of others, to that beside none", flat, "x", FLAT)


_BESIDE_OTHERS = "today beside others"


def _turns(  # noqa: PLR0913, PLR0917 - what is measured, and how
    client: Client, servers: list[Server], quiet: Store, busy: Store, seconds: float, others: int
) -> dict[str, Turns]:
    """The turns. The plans are made before, and the other users get the same tasks."""
    asked = {
        READ: (servers[0], quiet, _of_interviews(quiet, "")),
        PLAN: (servers[0], quiet, _of_interviews(quiet, "/plan")),
        TODAY: (servers[0], quiet, [Request("GET", "/v1/today", headers=quiet.headers)]),
        LIST: (servers[0], quiet, [Request("GET", "/v1/tasks?state=open", headers=quiet.headers)]),
        _BESIDE_OTHERS: (servers[1], busy, [Request("GET", "/v1/today", headers=busy.headers)]),
    }
    for server, store in zip(servers, (quiet, busy), strict=True):
        # One answer makes all plans; many at once would wait for it.
        address = f"http://{server.host}:{server.port}/v1/today"
        urlopen(UrlRequest(address, headers=dict(store.headers))).close()
    turns = {
        name: Turns(client, server, Order(server.host, server.port, requests, seconds, connections=CONNECTIONS))
        for name, (server, _, requests) in asked.items()
    }
    for turn in turns.values():
        turn()
        turn.forget()
    engines = {store.url: make_engine(store.url, connections=1) for store in (quiet, busy)}
    rows.copy_tasks(engines[busy.url], busy.owner, others)
    for engine in engines.values():
        rows.settle(engine)
        engine.dispose()
    return turns


def _of_interviews(store: Store, more: str) -> list[Request]:
    paths = [f"{INTERVIEWS}/{rows.interview_id(number)}{more}" for number in range(store.number)]
    return [Request("GET", path, headers=store.headers) for path in paths]
