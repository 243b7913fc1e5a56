"""`afterword rules …`: the commands of `python -m app.rules`."""

from datetime import datetime
from typing import Annotated

import typer

from app.http import clock
from app.rules import commands

rules = typer.Typer(name="rules", no_args_is_help=True, help="Check, mend and look up the rule data.")

AsOf = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="The day to look at; by default today."),
]


@rules.command()
def check() -> None:
    """Name every fault of the data; the status is 1 if there is one."""
    _print(commands.check())


@rules.command()
def fix() -> None:
    """Mend what needs no judgement, then check."""
    _print(commands.fix())


@rules.command()
def show(
    name: Annotated[str, typer.Argument(metavar="CODE", help="A country's code, or a key, name or domain.")],
    as_of: AsOf = None,
) -> None:
    """Show what the rules say of a country, company, sector, format, situation or statute."""
    _print(commands.show(name, (as_of or clock.now()).date()))


@rules.command()
def coverage(
    as_of: AsOf = None,
    as_json: Annotated[  # noqa: FBT002  (Typer makes a flag of it)
        bool, typer.Option("--json", help="As GET /v1/rules/coverage has it.")
    ] = False,
) -> None:
    """Show how much is known, per level, field and country."""
    _print(commands.coverage((as_of or clock.now()).date(), as_json=as_json))


@rules.command()
def stale(as_of: AsOf = None) -> None:
    """List the entries that nobody has reviewed for 24 months, the longest first."""
    _print(commands.stale((as_of or clock.now()).date()))


@rules.command()
def schema() -> None:
    """Write schema.json, for editors."""
    _print(commands.write_schema())


def _print(report: commands.Report) -> None:
    typer.echo("\n".join(report.lines), err=report.status == commands.WRONG_INPUT)
    raise typer.Exit(report.status)
