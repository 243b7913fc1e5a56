"""Run by Alembic: on the connection that the application hands over, or from the command line on the settings' URL."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection

from app.db.engine import make_engine
from app.db.types import Identifier, UtcDateTime
from app.settings import Settings
from app.tables import METADATA


def _render(kind: str, item: object, _context: object) -> str | Literal[False]:
    """A migration goes on saying what it said, whatever becomes of the application's types."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return "sa.Uuid()" if kind == "type" and isinstance(item, Identifier) else False


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        # SQLite cannot alter most of a table: Alembic makes a new one, copies, and renames.
        render_as_batch=True,
        transactional_ddl=True,
        render_item=_render,
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
