"""Run by Alembic: on the connection that the application hands over, or from the command line on the settings' URL."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection

from app.db.engine import make_engine
from app.db.types import Identifier, UtcDateTime
from app.settings import Settings
from app.tables import METADATA

OF_DBOS = frozenset(
    {
        "application_versions",
        "dbos_migrations",
        "notifications",
        "operation_outputs",
        "queues",
        "streams",
        "workflow_events",
        "workflow_events_history",
        "workflow_input",
        "workflow_output",
        "workflow_schedules",
        "workflow_status",
    }
)


def _render(kind: str, item: object, _context: object) -> str | Literal[False]:
    """A migration goes on saying what it said, whatever becomes of the application's types."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return "sa.Uuid()" if kind == "type" and isinstance(item, Identifier) else False


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """In an SQLite file the tables of DBOS stand beside ours; `afterword migrate` has DBOS look after them."""
    return kind != "table" or name not in OF_DBOS


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        # SQLite cannot alter most of a table: Alembic makes a new one, copies, and renames.
        render_as_batch=True,
        transactional_ddl=True,
        render_item=_render,
        include_name=_is_ours,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _migrate(given)
else:
    engine = make_engine(Settings().database, connections=1)
    with engine.connect() as connection:
        _migrate(connection)
    engine.dispose()
