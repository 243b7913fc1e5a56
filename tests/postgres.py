"""A real PostgreSQL: one server for the whole run, a database for each process of the run."""

from benchmarks import postgresql
from tests.conftest import missing


def server() -> postgresql.Cluster:
    """A server that ends with this process."""
    try:
        return postgresql.shared()
    except ImportError:
        missing("there is no wheel of PostgreSQL for this machine")


def new_database() -> str:
    """The URL of a new, empty database."""
    return server().new_database()
