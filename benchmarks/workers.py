"""Workers in processes of their own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

from benchmarks.servers import SECONDS_TO_END, SECONDS_TO_START

_WORKER = (sys.executable, "-c", "from app.cli import cli; cli(['worker'])")
_BETWEEN_LOOKS = 0.01


@contextmanager
def running_workers(number: int, settings: Mapping[str, str]) -> Iterator[None]:
    """Run so many workers; end them on leaving. Raises `RuntimeError` if one does not begin in time."""
    with TemporaryDirectory() as folder:
        logs = [Path(folder) / str(one) for one in range(number)]
        processes = [_begun(log, settings) for log in logs]
        try:
            for log in logs:
                _wait_for(log)
            yield
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(SECONDS_TO_END)


def _begun(log: Path, settings: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    with log.open("wb") as output:
        return subprocess.Popen(_WORKER, stdout=output, env={**os.environ, **settings})


def _wait_for(log: Path) -> None:
    began = perf_counter()
    while perf_counter() - began < SECONDS_TO_START:
        lines = [line for line in log.read_bytes().splitlines(keepends=True) if line.endswith(b"\n")]
        if any(json.loads(line)["event"] == "background work has begun" for line in lines):
            return
        sleep(_BETWEEN_LOOKS)
    raise RuntimeError("A worker did not begin.")
