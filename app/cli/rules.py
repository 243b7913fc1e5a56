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


@rules.command("check", help=commands.check.__doc__)
def _check() -> None:
    _print(commands.check())


@rules.command("fix", help=commands.fix.__doc__)
def _fix() -> None:
    _print(commands.fix())


@rules.command("show", help=commands.show.__doc__)
def _show(
    name: Annotated[str, typer.Argument(metavar="CODE", help="A country's code, or a key, name or domain.")],
    as_of: AsOf = None,
) -> None:
    _print(commands.show(name, (as_of or clock.now()).date()))


@rules.command("coverage", help=commands.coverage.__doc__)
def _coverage(
    as_of: AsOf = None,
    as_json: Annotated[  # noqa: FBT002  (Typer makes a flag of it)
        bool, typer.Option("--json", help="As GET /v1/rules/coverage has it.")
    ] = False,
) -> None:
    _print(commands.coverage((as_of or clock.now()).date(), as_json=as_json))


@rules.command("stale", help=commands.stale.__doc__)
def _stale(as_of: AsOf = None) -> None:
    _print(commands.stale((as_of or clock.now()).date()))


@rules.command("schema", help=commands.write_schema.__doc__)
def _schema() -> None:
    _print(commands.write_schema())


def _print(report: commands.Report) -> None:
    typer.echo("\n".join(report.lines), err=report.status == commands.WRONG_INPUT)
    raise typer.Exit(report.status)
