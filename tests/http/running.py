"""Runs a server in a process of its own, as an operator would."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread
from typing import IO

SERVE = "from app.cli import cli; cli(['serve', '--port', '0'])"
_SECONDS_TO_END = 60


@contextmanager
def running_process(
    program: str = SERVE, environment: Mapping[str, str] | None = None
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run a Python program that starts a server; gives its process and its origin. Ends it on leaving."""
    variables = os.environ | (environment or {})
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=variables) as process:
        try:
            assert process.stdout is not None
            yield process, _origin(process.stdout)
        finally:
            process.terminate()
            try:
                process.communicate(timeout=_SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


@contextmanager
def running_server(environment: Mapping[str, str] | None = None, program: str = SERVE) -> Iterator[str]:
    """Run `afterword serve` on a free port, with these variables besides; gives its origin."""
    with running_process(program, environment) as (process, origin):
        # A log that nobody reads fills its pipe after some hundred requests, and the server waits for ever.
        reader = Thread(target=_read_to_end, args=(process.stdout,))
        reader.start()
        try:
            yield origin
        finally:
            process.terminate()
            reader.join(_SECONDS_TO_END)


def _read_to_end(log: IO[bytes]) -> None:
    for _ in log:
        pass


def _origin(log: IO[bytes]) -> str:
    for line in log:
        words = json.loads(line)["event"].split()
        if words[:3] == ["Uvicorn", "running", "on"]:
            return str(words[3])
    raise AssertionError("the server ended before it listened")
