"""The book's advice as a plain decision table of `zen-engine`: first hit, four columns out, no explanation."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import zen

from app.rules.book import RuleBook
from app.rules.decide import decide
from app.rules.facts import Facts
from benchmarks.facts import TODAY

OUTPUTS = ("expectation", "outcome", "who", "channels")
TABLE = "advice"


def advice(book: RuleBook, facts: Facts) -> dict[str, Any]:
    """What the table is to say: the decision, reduced to its outputs."""
    decision = decide(book, facts, TODAY)
    thanks = decision.thank_you
    values = (thanks.expectation, thanks.outcome, decision.next_move.who, list(thanks.channels))
    return dict(zip(OUTPUTS, values, strict=True))


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table, ready to be asked."""

    content: dict[str, Any]
    rows: int

    def served(self) -> zen.ZenEngine:
        """An engine that holds the table compiled: the fastest way to ask."""
        return zen.ZenEngine({"loader": {"type": "static", "content": {TABLE: self.content}}})

    def created(self) -> zen.ZenDecision:
        """A decision made from the table: the way that the engine's own introduction shows."""
        return zen.ZenEngine().create_decision(zen.ZenDecisionContent(json.dumps(self.content)))


def table(book: RuleBook, mix: Iterable[Mapping[str, Any]]) -> Table:
    """The table for a book.

    For each country a row of its own, one for each single fact that makes a difference there, and one for each
    combination in `mix`; more conditions come first.
    """
    rows = {}
    for facts in (*_single_facts(book), *mix):
        rows[json.dumps(facts, sort_keys=True)] = (_flat(facts), advice(book, Facts.model_validate(facts)))
    ordered = sorted(rows.values(), key=lambda row: -len(row[0]))
    columns = sorted({path for conditions, _ in ordered for path in conditions})
    rules = [
        {
            "_id": str(number),
            **{path: json.dumps(conditions[path]) if path in conditions else "" for path in columns},
            **{name: json.dumps(value) for name, value in outputs.items()},
        }
        for number, (conditions, outputs) in enumerate(ordered)
    ]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": path, "name": path, "field": path} for path in columns],
        "outputs": [{"id": name, "name": name, "field": name} for name in OUTPUTS],
        "rules": rules,
    }
    nodes = [("in", "inputNode", {}), (TABLE, "decisionTableNode", content), ("out", "outputNode", {})]
    graph = {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}, "content": inside}
            for name, kind, inside in nodes
        ],
        "edges": [
            {"id": f"{source}-{target}", "sourceId": source, "targetId": target, "type": "edge"}
            for source, target in (("in", TABLE), (TABLE, "out"))
        ],
    }
    return Table(graph, len(rules))


def _single_facts(book: RuleBook) -> Iterator[dict[str, Any]]:
    """Every country alone, then with each single fact that would change something there."""
    for country in book.data.regions.countries:
        yield {"country": country}
        for change in decide(book, Facts(country=country), TODAY).would_change_if:
            group, _, member = change.fact.rpartition(".")
            if change.fact not in {"headcount", "said.answer_by"}:
                yield {"country": country} | ({group: {member: change.value}} if group else {member: change.value})


def _flat(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts by their path, one level deep."""
    flat: dict[str, Any] = {}
    for name, value in facts.items():
        flat |= (
            {f"{name}.{inner}": below for inner, below in value.items()} if isinstance(value, dict) else {name: value}
        )
    return flat
