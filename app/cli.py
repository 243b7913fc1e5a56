"""The console command `afterword`."""

from importlib.metadata import version
from typing import Annotated

import typer
import uvicorn

SHUTDOWN_SECONDS = 30

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
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port to listen on; 0 lets the system choose one.")
    ] = 8000,
) -> None:
    """Serve the HTTP API until SIGINT or SIGTERM; requests in flight get 30 seconds to finish.

    The status is not 0 when the address is taken or the application does not start.
    """
    uvicorn.run(
        "app.main:create_app",
        factory=True,
        host=host,
        port=port,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
