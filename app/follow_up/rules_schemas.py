"""What clients get about the rules themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.rules import vocabulary as v
from app.rules.coverage import Level
from app.rules.decision import Described, SourceNote, Value
from app.rules.overview import Practice


@dataclass(slots=True)
class RulesSummary(Described):
    """What the book holds."""

    rules_version: str
    """Changes whenever an answer may change. Part of every decision and of every `ETag` here."""
    licence: str
    """SPDX identifier of the rule data."""
    countries: int
    countries_with_evidence: int
    companies: int
    sectors: int
    formats: int
    situations: int
    statutes: int
    sources: int
    coverage: Mapping[Level, int]
    """Number of countries on each level."""
    layers: tuple[str, ...]
    """The chain of layers, weakest first; the strongest that has a field wins."""


@dataclass(slots=True)
class CountrySummary(Described):
    """A country in a list: what holds when nothing else is known."""

    code: str
    name: str
    regions: tuple[str, ...]
    """UN M49, narrowest first."""
    coverage: Level
    outcome: v.Outcome
    expectation: v.Expectation
    who: v.Mover
    """Who makes the next move."""
    confidence: v.Confidence
    """Of the expectation."""
    variations: int
    subdivisions: tuple[str, ...]
    """Subdivisions with practice or statutes of their own."""


@dataclass(slots=True)
class CompanySummary(Described):
    """A company in a list."""

    key: str
    name: str
    aliases: tuple[str, ...]
    domains: tuple[str, ...]
    sectors: tuple[v.Sector, ...]
    applies_in: tuple[str, ...]
    """Countries for which its practice is known; empty for everywhere."""
    when: Mapping[str, Value]
    """Facts that must hold as well."""
    fields: tuple[str, ...]
    """Fields of a decision that its practice sets."""


@dataclass(slots=True)
class CompanyDetail(CompanySummary):
    """A company's practice with its evidence."""

    practices: tuple[Practice, ...]
    notes: str | None
    sources: Mapping[str, SourceNote]


@dataclass(slots=True)
class PracticeDetail(Described):
    """A sector, a format or a situation: its practice with its evidence."""

    key: str
    title: str
    description: str
    parent: str | None
    """The wider sector whose practice applies first."""
    applies_in: tuple[str, ...]
    """Countries in which it applies; empty for everywhere."""
    practices: tuple[Practice, ...]
    notes: str | None
    sources: Mapping[str, SourceNote]


@dataclass(slots=True)
class StatuteDetail(Described):
    """A legal duty or code that bears on what happens after an interview. Information, not legal advice."""

    id: str
    jurisdiction: str
    topic: v.StatuteTopic
    binding: v.Binding
    toward_candidate: bool
    """The duty is owed to the candidate, not to an authority."""
    shown_in_next_move: bool
    """Decisions show it as `next_move.statutory` where its conditions may be met."""
    duty: str
    citation: str
    clock: str | None
    conditions: tuple[str, ...]
    in_force_since: date | None
    in_force_text: str | None
    effect: str | None
    says: str
    confidence: v.Confidence
    reviewed_on: date
    notes: str | None
    sources: Mapping[str, SourceNote]
