"""The console command `afterword`."""

from importlib.metadata import version
from typing import Annotated

import typer

from app.cli.decide import decide_command
from app.cli.rules import rules
from app.cli.serve import serve

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


cli.command()(serve)
cli.command("decide")(decide_command)
cli.add_typer(rules)
