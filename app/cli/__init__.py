"""The console command `afterword`."""

import sys
from importlib.metadata import version
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from app.cli.decide import decide_command
from app.cli.migrate import migrate
from app.cli.rules import rules
from app.cli.serve import serve
from app.cli.worker import worker


class _InSentences(TyperGroup):
    """A command line that says what is wrong with it in one sentence, as its commands do of what they are given."""

    def main(self, *args: Any, **given: Any) -> NoReturn:  # noqa: ANN401 - handed through
        """Run, and end the process."""
        try:
            status = super().main(*args, **given | {"standalone_mode": False})
        except TyperException as wrong:
            # Where help was shown instead, no message is left.
            sentence = wrong.format_message()
            if sentence:
                typer.echo(sentence if sentence.endswith((".", "?")) else f"{sentence}.", err=True)
            status = wrong.exit_code
        sys.exit(status)


cli = typer.Typer(name="afterword", cls=_InSentences, no_args_is_help=True, add_completion=False)


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
cli.command()(worker)
cli.command()(migrate)
cli.command("decide")(decide_command)
cli.add_typer(rules)
