"""Runs a command of `afterword` with jobs that tests can follow: each writes lines into the file that it is told of."""

import os
from functools import partial
from pathlib import Path
from threading import Event

from app import wiring
from app.cli import cli
from app.db.database import Database
from app.db.errors import DatabaseUnavailable

PROGRAM = "from tests.background.jobs import run; run({command!r})"
"""For `running`."""


def note(file: str, line: str) -> None:
    """Add a line."""
    descriptor = os.open(file, os.O_APPEND | os.O_CREAT | os.O_WRONLY)
    os.write(descriptor, f"{line}\n".encode())
    os.close(descriptor)


def lines(file: Path) -> list[str]:
    """What was added."""
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def hold(file: str, name: str) -> None:
    """Go on until somebody makes a file of this name."""
    note(file, f"{name} begun")
    while not Path(f"{file}.{name}").exists():
        Event().wait(0.01)
    note(file, f"{name} done")


def fail(name: str) -> None:
    """Fail with a message that quotes somebody."""
    raise ValueError(name)


def miss(file: str) -> None:
    """Find the database away."""
    note(file, "missed")
    raise DatabaseUnavailable("It is away.")


def occupy(database: Database, file: str, name: str) -> None:
    """The same as `hold`, with a connection to the database."""
    note(file, f"{name} comes")
    with database.engine.connect():
        hold(file, name)


def run(command: list[str]) -> None:
    """Run a command."""
    wiring.named_jobs = lambda _settings, database, *_: {
        "note": note,
        "hold": hold,
        "fail": fail,
        "miss": miss,
        "occupy": partial(occupy, database),
    }
    cli(command)
