"""Runs `afterword worker` in processes of their own, each second instead of each minute."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition, Event, Thread
from time import monotonic
from typing import Any

from sqlalchemy import Engine, text

SECONDS = 120
"""How long anything may take at most."""
WORKER = ("worker",)
SERVE = ("serve", "--port", "0")
INSIDE = {"AFTERWORD_BACKGROUND": "inside"}
"""For a server that does the background work."""
PROGRAM = "from app.cli import cli; cli({command!r})"
_BEGUN = "background work has begun"


@dataclass
class Running:
    """A process that does the background work, and what it says."""

    process: subprocess.Popen[bytes]
    lines: list[dict[str, Any]] = field(default_factory=list)
    _news: Condition = field(default_factory=Condition)

    def read(self) -> None:
        """Read its log to the end."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._news:
                self.lines.append(json.loads(line))
                self._news.notify_all()

    @property
    def said(self) -> list[str]:
        """What it has said until now."""
        return [line["event"] for line in self.lines]

    def wait_until_it_says(self, what: str) -> str:
        """The line, or the first part of it."""
        with self._news:
            assert self._news.wait_for(lambda: any(line.startswith(what) for line in self.said), SECONDS), self.said
        return next(line for line in self.said if line.startswith(what))

    def wait_until_it_works(self) -> None:
        """Until the first run can begin."""
        self.wait_until_it_says(_BEGUN)

    def end(self) -> int:
        """Ask it to end, as an operator would; its status."""
        self.process.terminate()
        return self.process.wait(SECONDS)


@contextmanager
def running(url: str, *command: str, program: str = PROGRAM, **environment: str) -> Iterator[Running]:
    """Run a command of `afterword` on a database; it is ended on leaving."""
    variables = {"AFTERWORD_DATABASE_URL": url, "AFTERWORD_BACKGROUND_SCHEDULE": "* * * * * *", **environment}
    started = [sys.executable, "-c", program.format(command=list(command or WORKER))]
    with subprocess.Popen(started, stdout=subprocess.PIPE, env=os.environ | variables) as process:
        found = Running(process)
        reader = Thread(target=found.read)
        reader.start()
        try:
            yield found
        finally:
            process.terminate()
            try:
                process.wait(SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
            reader.join(SECONDS)


def wait_until(is_so: Callable[[], bool]) -> None:
    """Look at what another process does until it is so. There is nothing to wait on but looking again."""
    end = monotonic() + SECONDS
    while not is_so():
        assert monotonic() < end, "it does not happen"
        Event().wait(0.01)


def table(engine: Engine, name: str) -> str:
    """The name of a table of DBOS."""
    return name if engine.dialect.name == "sqlite" else f"dbos.{name}"


def known(engine: Engine, key: str) -> dict[str, Any]:
    """What DBOS keeps of a job; empty where it knows none."""
    status, given = (table(engine, name) for name in ("workflow_status", "workflow_input"))
    columns = "s.name, s.status, s.queue_name, s.serialization, s.delay_until_epoch_ms, i.inputs"
    rows = f"{status} s JOIN {given} i ON i.workflow_uuid = s.workflow_uuid"
    statement = text(f"SELECT {columns} FROM {rows} WHERE s.workflow_uuid = :key")  # noqa: S608 - constants
    with engine.connect() as connection:
        row = connection.execute(statement, {"key": key}).mappings().one_or_none()
    return dict(row or {})


def runs(engine: Engine) -> list[str]:
    """The workflows that have been run to their end."""
    finished = text(f"SELECT workflow_uuid FROM {table(engine, 'workflow_status')} WHERE status = 'SUCCESS'")  # noqa: S608 - a constant
    with engine.connect() as connection:
        return list(connection.execute(finished).scalars())


def wait_for_runs(engine: Engine, more: int) -> None:
    """Until the work has been done so many times more, by whichever process."""
    before = set(runs(engine))
    wait_until(lambda: len(set(runs(engine)) - before) >= more)
