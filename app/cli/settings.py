"""The settings, for commands that need them."""

from typing import TYPE_CHECKING

import typer
from pydantic import ValidationError

if TYPE_CHECKING:
    from app.settings import Settings


def read_settings() -> "Settings":
    """The settings from the environment. Ends the process with status 2 and a sentence for each that cannot be used."""
    from app.settings import Settings  # noqa: PLC0415 - `decide` and `rules` need none of it

    try:
        return Settings()
    except ValidationError as error:
        for wrong in error.errors():
            name = "_".join(map(str, wrong["loc"])).upper()
            message = str(wrong["ctx"]["error"]) if wrong["type"] == "value_error" else wrong["msg"]
            typer.echo(f"AFTERWORD_{name}: {message}." if name else f"{message}.", err=True)
        raise typer.Exit(2) from None
