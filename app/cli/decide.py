"""`afterword decide`: a decision in the terminal."""

from inspect import Parameter, Signature
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter

from app.cli.decision_text import decision_lines
from app.cli.options import OPTIONS, WrongInput, facts_from, unknown_country
from app.http import clock
from app.rules import load
from app.rules.book import RuleBook, UnknownCountry
from app.rules.decide import decide, local_day
from app.rules.decision import Decision
from app.working_days import WorkingDays

AsJson = Annotated[bool, typer.Option("--json", help="Print what POST /v1/decisions/preview answers.")]


def decide_command(*, as_json: bool, **given: Any) -> None:  # noqa: ANN401 - the facts, as they were typed
    """Decide whether and how to follow up after an interview, and show why.

    Only --country is needed; leave out what is not known.
    """
    try:
        facts = facts_from(given)
        book = RuleBook(load.read(), WorkingDays())
        decision = decide(book, facts, None if facts.as_of else local_day(book, facts, clock.now()))
    except WrongInput as wrong:
        typer.echo(str(wrong), err=True)
        raise typer.Exit(2) from None
    except load.DataError as error:
        typer.echo(f"The rule data cannot be used. {error}", err=True)
        raise typer.Exit(1) from None
    except UnknownCountry as wrong:
        typer.echo(unknown_country(wrong.code), err=True)
        raise typer.Exit(2) from None
    if as_json:
        typer.echo(TypeAdapter(Decision).dump_json(decision, indent=2))
    else:
        typer.echo("\n".join(decision_lines(decision)))


# Typer makes the options from the signature.
decide_command.__signature__ = Signature(  # type: ignore[attr-defined]
    [
        *(option.as_parameter() for option in OPTIONS.values()),
        Parameter("as_json", Parameter.KEYWORD_ONLY, default=False, annotation=AsJson),
    ]
)
