"""`python -m app.rules …`: the commands over the rule data, for those who work on it."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date, datetime

from app.rules import commands

DESCRIPTION = "Check, mend and look up the rule data. `afterword rules` has the same commands."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the answer is the exit status (see `commands.Report`)."""
    given = _parser().parse_args(arguments)
    report = _run(given)
    stream = sys.stderr if report.status == commands.WRONG_INPUT else sys.stdout
    stream.write("".join(f"{line}\n" for line in report.lines))
    return report.status


def _parser() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m app.rules", description=DESCRIPTION)
    named = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    named.add_parser("check", help=commands.check.__doc__)
    named.add_parser("fix", help=commands.fix.__doc__)
    show = named.add_parser("show", help=commands.show.__doc__)
    show.add_argument("name", metavar="CODE", help="a country's code, or a key, name or domain")
    coverage = named.add_parser("coverage", help=commands.coverage.__doc__)
    coverage.add_argument("--json", action="store_true", help="as GET /v1/rules/coverage has it")
    stale = named.add_parser("stale", help=commands.stale.__doc__)
    for command in (show, coverage, stale):
        command.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD", help="the day to look at; by default today")
    named.add_parser("schema", help=commands.write_schema.__doc__)
    return parser


def _run(given: argparse.Namespace) -> commands.Report:
    """The report of the command that was given."""
    match given.command:
        case "show":
            return commands.show(given.name, given.as_of or _today())
        case "coverage":
            return commands.coverage(given.as_of or _today(), as_json=given.json)
        case "stale":
            return commands.stale(given.as_of or _today())
        case command:
            return {"check": commands.check, "fix": commands.fix, "schema": commands.write_schema}[command]()


def _day(text: str) -> date:
    """A day, written as in 2026-11-23."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2026-11-23") from None


def _today() -> date:
    """Today, where this runs."""
    return datetime.now().astimezone().date()  # noqa: TID251 - the outermost layer, as app/http is for requests


if __name__ == "__main__":
    sys.exit(main())
