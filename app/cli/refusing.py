"""What a command says that cannot begin, for those that keep data."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from app.settings import Settings


@contextmanager
def in_sentences(settings: "Settings") -> Iterator[None]:
    """Around what makes ready: where it cannot be done, end the process with a sentence instead of a traceback.

    The status is 1 for rule data, and 2 for a key or a folder that cannot be used.
    """
    from app.accounts.keys import UnusableKey  # noqa: PLC0415 - `decide` and `rules` need none of it
    from app.rules.load import DataError  # noqa: PLC0415

    try:
        yield
    except DataError as error:
        typer.echo(f"The rule data cannot be used. {error}", err=True)
        raise typer.Exit(1) from None
    except UnusableKey as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    except OSError as error:
        typer.echo(f"AFTERWORD_DATA_DIR: {error.filename or settings.data_dir}: {error.strerror}.", err=True)
        raise typer.Exit(2) from None
