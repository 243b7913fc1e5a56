"""`afterword migrate`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from app.cli.refusing import in_sentences
from app.cli.settings import read_settings

if TYPE_CHECKING:
    from sqlalchemy import Engine


def migrate() -> None:
    """Bring the database, and what background work keeps there, to this version; nothing happens if it is already.

    An embedded database is migrated by `serve` itself; PostgreSQL only by this. The status is not 0 when the database
    does not answer or belongs to a newer version.
    """
    # The other commands need no database, and importing it takes longer than they do.
    from app.background.engine import migrate as migrate_background  # noqa: PLC0415
    from app.db import migrations  # noqa: PLC0415
    from app.db.engine import make_engine  # noqa: PLC0415

    settings = read_settings()
    with in_sentences(settings):
        engine = make_engine(settings.database, connections=1)
    with _usable():
        # What follows would make a database that is missing, and change one that is a newer version's.
        migrations.require_known(engine)
        # Before our own tables, by which a server tells whether it is ready.
        migrate_background(settings.database)
    before, after = upgrade(engine)
    typer.echo(f"The database is at revision {after} already." if before == after else f"Migrated to revision {after}.")


def upgrade(engine: "Engine") -> tuple[str | None, str]:
    """The revision before, and the newest. Ends the process with status 1 and a sentence where it cannot be done."""
    from app.db import migrations  # noqa: PLC0415

    with _usable():
        return migrations.upgrade(engine)


@contextmanager
def _usable() -> Iterator[None]:
    """End the process with status 1 and a sentence where the database cannot be used."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415

    from app.db import migrations  # noqa: PLC0415

    try:
        yield
    except migrations.UnknownRevision as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    except DBAPIError as error:
        why = " ".join(str(error.orig).split()).removesuffix("?")
        typer.echo(f"The database cannot be used: {why.removesuffix('.')}.", err=True)
        raise typer.Exit(1) from None
