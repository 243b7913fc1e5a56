"""`afterword serve`."""

from typing import Annotated

import typer

from app.cli.migrate import upgrade
from app.cli.refusing import in_sentences
from app.cli.settings import read_settings


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

    An embedded database is migrated first. The status is not 0 when a setting, the rule data or the database cannot be
    used, the address is taken or the application does not start.
    """
    # The other commands need no web framework, and importing it takes longer than they do.
    from app.http import server  # noqa: PLC0415
    from app.main import create_app  # noqa: PLC0415
    from app.wiring import read_rules  # noqa: PLC0415

    settings = read_settings()
    given = {"host": host, "port": port}
    settings = settings.model_copy(update={name: value for name, value in given.items() if value is not None})
    with in_sentences(settings):
        app = create_app(settings, read_rules())
    if app.state.database.is_embedded:
        upgrade(app.state.database.engine)
    try:
        server.serve(app, settings)
    except server.CannotListen as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(3) from None
