"""A decision with its whole explanation, in process, against a plain table in a rule engine written in Rust."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import zen

from app.rules import load
from app.rules.book import RuleBook
from app.rules.decide import decide
from app.rules.facts import Facts
from app.working_days import WorkingDays
from benchmarks.facts import MIX, TODAY, TYPICAL, dated
from benchmarks.measure import Effort, Figure, Goal, microseconds_per_call, ratios, take_turns
from benchmarks.plain_table import TABLE, advice, table

WITHOUT_DATES, WITH_DATES, TIMES_FASTER = Goal(at_most=20), Goal(at_most=50), Goal(at_least=5)

Calls = Sequence[Callable[[], object]]


def measure(effort: Effort) -> list[Figure]:
    """Microseconds of a decision without and with dates, and how many times faster than the table it is.

    Raises `ValueError` if the table gives another answer than the rules.
    """
    book = RuleBook(load.read(), WorkingDays())
    plain = table(book, MIX)
    served, created = plain.served(), plain.created()
    _same_answers(book, served, created)
    ours = _decisions(book, MIX)
    contenders: dict[str, Calls] = {
        "decide": ours,
        "decide, with dates": _decisions(book, [dated(facts, number) for number, facts in enumerate(MIX)]),
        "served": [partial(served.evaluate, TABLE, facts) for facts in MIX],
        "traced": [partial(served.evaluate, TABLE, facts, {"trace": True}) for facts in MIX],
        "created": [partial(created.evaluate, facts) for facts in MIX],
    }
    for name, facts in TYPICAL.items():
        contenders[name] = _decisions(book, [facts])
        contenders[f"{name}, with dates"] = _decisions(book, [dated(facts, 1)])
    micros = take_turns(effort.rounds, {name: _timed(calls, effort.repeats) for name, calls in contenders.items()})
    tables = {
        "zen-engine, served compiled": ("served", TIMES_FASTER),
        "zen-engine, create_decision": ("created", TIMES_FASTER),
        "zen-engine, served compiled, with its trace": ("traced", None),
    }
    return [
        Figure("decide(), mix of 40", micros["decide"], "µs", WITHOUT_DATES),
        Figure("decide(), mix of 40, with dates", micros["decide, with dates"], "µs", WITH_DATES),
        *(Figure(f"decide(), {name}", micros[name], "µs", WITHOUT_DATES) for name in TYPICAL),
        *(Figure(f"decide(), {name}, with dates", micros[f"{name}, with dates"], "µs", WITH_DATES) for name in TYPICAL),
        *(Figure(f"{name}, {plain.rows} rows", micros[key], "µs") for name, (key, _) in tables.items()),
        *(
            Figure(f"times faster than {name}", ratios(micros[key], micros["decide"]), "x", goal)
            for name, (key, goal) in tables.items()
        ),
    ]


def _decisions(book: RuleBook, mix: Sequence[dict[str, Any]]) -> Calls:
    return [partial(decide, book, Facts.model_validate(facts), TODAY) for facts in mix]


def _timed(calls: Calls, repeats: int) -> Callable[[], float]:
    """A turn of about equally many calls, however many different ones there are."""
    return partial(microseconds_per_call, calls, -(-repeats * len(MIX) // len(calls)))


def _same_answers(book: RuleBook, served: zen.ZenEngine, created: zen.ZenDecision) -> None:
    for facts in MIX:
        wanted = advice(book, Facts.model_validate(facts))
        for given in (served.evaluate(TABLE, facts)["result"], created.evaluate(facts)["result"]):
            if given != wanted:
                raise ValueError(f"The table says {given} for {facts}, the rules say {wanted}.")
