"""The console command `afterword`."""

from importlib.metadata import version
from typing import Annotated

import typer
from pydantic import ValidationError

from app.http import server
from app.main import create_app
from app.settings import Settings

cli = typer.Typer(name="afterword", no_args_is_help=True, add_completion=False)


def _print_version(requested: bool) -> None:  # noqa: FBT001  (typer hands an eager option's value over by position)
    if requested:
        typer.echo(f"afterword {version('afterword')}")
        raise typer.Exit


@cli.callback()
def main(
    show_version: Annotated[  # noqa: FBT002  (Typer makes a flag of it)
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Decide what to do after a job interview, anywhere in the world, and show the evidence."""


@cli.command()
def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; otherwise AFTERWORD_HOST, or 127.0.0.1.")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            min=0, max=65535, help="Port to listen on, 0 for any free one; otherwise AFTERWORD_PORT, or 8000."
        ),
    ] = None,
) -> None:
    """Serve the HTTP API until SIGINT or SIGTERM; requests in flight get AFTERWORD_SHUTDOWN_SECONDS to finish.

    The status is not 0 when a setting cannot be used, the address is taken or the application does not start.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        for wrong in error.errors():
            typer.echo(f"AFTERWORD_{'_'.join(map(str, wrong['loc'])).upper()}: {wrong['msg']}.", err=True)
        raise typer.Exit(2) from None
    given = {"host": host, "port": port}
    settings = settings.model_copy(update={name: value for name, value in given.items() if value is not None})
    server.serve(create_app(settings), settings)
