"""Servers in processes of their own, and what the kernel knows of a process."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

AFTERWORD = (sys.executable, "-c", "from app.cli import cli; cli(['serve', '--port', '0'])")
"""What `afterword serve` runs, on a free port."""
SECONDS_TO_START = 30
SECONDS_TO_END = 20
_BETWEEN_LOOKS = 0.001
_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    pid: int
    host: str
    port: int
    started: float
    """`perf_counter()` just before the process was made."""
    log: Path
    """What it writes, while it runs."""

    def cpu_seconds(self) -> float:
        """Time on the processor so far, in user and kernel."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS_PER_SECOND


@contextmanager
def running(
    command: Sequence[str], core: int | None = None, settings: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Run a server that logs, as JSON lines on standard output, where uvicorn listens; end it on leaving.

    Its log goes to a file, so that nobody has to read along. `core` is the processor that it may use; None for any.
    `settings` are environment variables for it.
    Raises `RuntimeError` if it does not listen in time.
    """
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        began = perf_counter()
        with (
            log.open("wb") as output,
            subprocess.Popen(command, stdout=output, env={**os.environ, **(settings or {})}) as process,
        ):
            try:
                if core is not None:
                    os.sched_setaffinity(process.pid, {core})
                host, port = _listening(process, log, began)
                yield Server(process.pid, host, port, began, log)
            finally:
                process.terminate()
                try:
                    process.wait(SECONDS_TO_END)
                except subprocess.TimeoutExpired:
                    process.kill()
                    raise


def _listening(process: subprocess.Popen[bytes], log: Path, began: float) -> tuple[str, int]:
    while process.poll() is None and perf_counter() - began < SECONDS_TO_START:
        for line in log.read_bytes().splitlines(keepends=True):
            words = json.loads(line)["event"].split() if line.endswith(b"\n") else []
            if words[:3] == ["Uvicorn", "running", "on"]:
                host, _, port = words[3].removeprefix("http://").rpartition(":")
                return host, int(port)
        sleep(_BETWEEN_LOOKS)
    raise RuntimeError(f"{' '.join(command_line(process))} did not start to listen.")


def command_line(process: subprocess.Popen[bytes]) -> list[str]:
    """The command that a process was made with."""
    return [str(part) for part in process.args] if isinstance(process.args, (list, tuple)) else [str(process.args)]


def resident_mebibytes(pid: int | None = None) -> float:
    """The resident set of a process, by default of this one."""
    status = Path(f"/proc/{pid or 'self'}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def two_cores() -> tuple[int, int] | tuple[None, None]:
    """A processor for the server and one for its clients; None where there are not two."""
    cores = sorted(os.sched_getaffinity(0))
    return (cores[0], cores[1]) if len(cores) > 1 else (None, None)
