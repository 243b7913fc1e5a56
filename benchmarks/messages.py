"""Messages: drafts over HTTP, what a job adds to a write, and thousands that are due in the same minute."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from statistics import quantiles

from app.background.engine import migrate
from app.background.queue import Queue
from app.db.database import Database
from app.http.jobs import Jobs, NoJobs
from benchmarks import rows
from benchmarks.client import CONNECTIONS, Client, Order, Request, running_client
from benchmarks.measure import Effort, Figure, Goal, ratios, seconds_of, take_turns
from benchmarks.outboxes import Outboxes, Sender, scheduled
from benchmarks.servers import AFTERWORD, Server, running, two_cores
from benchmarks.store import INTERVIEWS, READ, Store, filled, kinds, new_url
from benchmarks.turns import Turns
from benchmarks.workers import running_workers
from tests.mail.server import running_mail_server

DRAFTED_FROM = 200
"""Interviews that are written about."""
DUE_AT_ONCE = 10_000
"""Messages that are due in the same minute, twenty of each user, which is what a user may send in a day."""
WORKERS = 2
TWICE_A_PLAIN_WRITE = Goal(at_most=2)
NOBODY = Goal(at_most=0)
DRAFT, WRITE = "draft a message", "write a message"


def measure(effort: Effort, due_at_once: int = DUE_AT_ONCE, databases: Sequence[str] = ()) -> list[Figure]:
    """All of it, on each database unless some are named."""
    core, other = two_cores()
    figures: list[Figure] = []
    with running_client(other) as client:
        for kind in databases or kinds():
            # Only the last interview of an application is asked about.
            with filled(kind, DRAFTED_FROM, of_an_application=1) as store:
                with running(AFTERWORD, core, store.settings) as server:
                    figures += _drafts(kind, client, server, store, effort)
                figures += _writes(kind, store, effort)
            figures += _due_at_once(kind, due_at_once)
    return figures


def _drafts(kind: str, client: Client, server: Server, store: Store, effort: Effort) -> Iterator[Figure]:
    paths = [f"{INTERVIEWS}/{rows.interview_id(number)}" for number in range(store.number)]
    body = json.dumps({"purpose": "status_enquiry"})
    asked = {
        READ: ([Request("GET", path, headers=store.headers) for path in paths], 200),
        DRAFT: ([Request("POST", f"{path}/messages", body, store.headers) for path in paths], 201),
    }
    turns = {
        name: Turns(
            client,
            server,
            Order(server.host, server.port, requests, effort.seconds, status=status, connections=CONNECTIONS),
        )
        for name, (requests, status) in asked.items()
    }
    for turn in turns.values():
        turn()
        turn.forget()
    speeds = take_turns(effort.rounds, turns)
    yield Figure(f"{kind}: {DRAFT}", speeds[DRAFT], "/s")
    yield Figure(f"{kind}: {DRAFT}, share of {READ}", ratios(speeds[DRAFT], speeds[READ]), "x")


def _writes(kind: str, store: Store, effort: Effort) -> Iterator[Figure]:
    """A message that is scheduled, written with its job and without."""
    migrate(store.url)
    database = Database(store.url, connections=1)
    queue = Queue(database)
    queue.prepare()
    sender, to = Sender(store.owner, None), [(rows.interview_id(0), rows.contact_id(0))]

    def seconds(jobs: Jobs) -> float:
        def write() -> None:
            for _ in range(effort.repeats):
                scheduled(database, jobs, sender, to, datetime.now(UTC))

        return seconds_of(write) / effort.repeats

    times = take_turns(effort.rounds, {"with": lambda: seconds(queue), "without": lambda: seconds(NoJobs())})
    database.close()
    yield Figure(f"{kind}: {WRITE} and enqueue its job", [1e3 * one for one in times["with"]], "ms")
    name = f"{kind}: {WRITE} and enqueue its job, to writing it alone"
    yield Figure(name, ratios(times["with"], times["without"]), "x", TWICE_A_PLAIN_WRITE)


def _due_at_once(kind: str, number: int) -> Iterator[Figure]:
    """Send so many messages by two workers to a mail server on this machine."""
    with (
        new_url(kind) as (url, folder),
        running_mail_server() as server,
        closing(Outboxes(url, folder, server.port, number)) as outboxes,
    ):
        with running_workers(WORKERS, {**outboxes.settings, "AFTERWORD_MAIL_CA_FILE": str(server.ca_file)}):
            late = outboxes.send()
        arrived = Counter(address for mail in server.received for address in mail.recipients)
    if set(arrived) != outboxes.addresses:
        raise RuntimeError("Not every message has arrived.")
    name = f"{kind}: {number} messages due at once, {WORKERS} workers"
    yield Figure(f"{name}: sent twice", [sum(arrived.values()) - len(arrived)], "", NOBODY)
    yield Figure(f"{name}: speed", [number / late[-1]], "/s")
    yield Figure(f"{name}: half of them late by at most", [quantiles(late, n=2)[0]], "s")
    yield Figure(f"{name}: all of them", [late[-1]], "s")
