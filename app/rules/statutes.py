"""Duties with a clock, and consent rules, against the facts. Information, never legal advice."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.rules import entries
from app.rules import vocabulary as v
from app.rules.decision import ConditionCheck, StatutoryClock

Tried = str | int | bool
"""A value of a fact that `would_change_if` tries."""


def in_place(statutes: Iterable[entries.Statute], country: str, subdivision: str | None) -> list[entries.Statute]:
    """Statutes of a place, the narrower jurisdiction first."""
    here = {subdivision: 0, country: 1}
    found = [statute for statute in statutes if statute.jurisdiction in here]
    return sorted(found, key=lambda statute: here[statute.jurisdiction])


def within(statutes: Iterable[entries.Statute], country: str) -> list[entries.Statute]:
    """Statutes of a country and all its subdivisions."""
    return [statute for statute in statutes if statute.jurisdiction.partition("-")[0] == country]


def clock_of(statutes: Iterable[entries.Statute]) -> entries.Statute | None:
    """The duty that `next_move.statutory` shows: the narrowest binding one toward the candidate with a clock."""
    return next((statute for statute in statutes if statute.shown_in_next_move), None)


def owed(statute: entries.Statute | None, ended_on: date | None, process: v.Process | None) -> entries.Statute | None:
    """The statute, unless the interview was before it came into force, or the answer that it demands was given.

    `ended_on` is the local day of the interview, if known.
    """
    if statute is None or (statute.topic in v.MET_BY_AN_ANSWER and process in v.ANSWERED):
        return None
    since = statute.in_force_since
    return None if since and ended_on and ended_on < since else statute


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a duty that one fact answers."""

    fact: str
    text: str
    holds: Callable[[Any], bool]
    """Whether a known value of the fact meets it."""
    trials: tuple[tuple[Tried, bool], ...]
    """Values worth trying, and whether they meet it."""


def conditions(statute: entries.Statute) -> tuple[Condition, ...]:
    """The conditions of a statute that facts can answer."""
    rules, found = statute.conditions, []
    limit = rules.headcount_at_least
    if limit is not None:
        text = f"the employer has {limit} or more employees"
        found.append(_condition("headcount", text, lambda count: bool(count >= limit), (limit - 1, limit)))
    if rules.publicly_advertised is not None:
        text = f"the position was {'' if rules.publicly_advertised else 'not '}publicly advertised"
        found.append(_condition("publicly_advertised", text, rules.publicly_advertised.__eq__, (True, False)))
    for fact, excluded, words in (
        ("format", rules.formats_excluded, v.FORMATS),
        ("sector", rules.sectors_excluded, v.SECTORS),
    ):
        if excluded:
            text = f"the {fact} is not {' or '.join(excluded)}"
            found.append(_condition(fact, text, frozenset(set(words) - set(excluded)).__contains__, words))
    if rules.sent_by_employment_service is not None:
        text = "the public employment service sent the candidate"
        wanted = rules.sent_by_employment_service
        found.append(_condition("sent_by_employment_service", text, wanted.__eq__, (True, False)))
    return tuple(found)


def _condition(fact: str, text: str, holds: Callable[[Any], bool], trials: tuple[Tried, ...]) -> Condition:
    return Condition(fact, text, holds, tuple((value, holds(value)) for value in trials))


def statuses(rules: Iterable[Condition], facts: Mapping[str, Any]) -> list[v.ConditionStatus]:
    """The status of each condition; `facts` maps fact paths to values or None."""
    return [
        "unknown" if facts[rule.fact] is None else "met" if rule.holds(facts[rule.fact]) else "not_met"
        for rule in rules
    ]


def overall(found: Iterable[v.ConditionStatus]) -> v.ConditionStatus:
    """`not_met` when one condition is not met, `unknown` when one is unknown, else `met`."""
    known = set(found)
    return "not_met" if "not_met" in known else "unknown" if "unknown" in known else "met"


def statutory_clock(
    statute: entries.Statute, rules: tuple[Condition, ...], facts: Mapping[str, Any], ended_on: date | None
) -> StatutoryClock:
    """The duty as a decision shows it; `ended_on` is the local day of the (last) interview, if known."""
    found = statuses(rules, facts)
    clock, status = statute.clock, overall(found)
    due = None
    if clock and clock.starts == "last_interview" and clock.days is not None and ended_on and status != "not_met":
        due = ended_on + timedelta(days=clock.days)
    return StatutoryClock(
        statute=statute.id,
        jurisdiction=statute.jurisdiction,
        duty=statute.duty,
        citation=statute.citation,
        in_force_since=statute.in_force_since,
        in_force_text=statute.in_force_text,
        status=status,
        conditions=tuple(ConditionCheck(rule.text, one) for rule, one in zip(rules, found, strict=True)),
        conditions_text=tuple(statute.conditions_text),
        clock=describe(clock) if clock else "",
        must_inform_by=due,
        effect=statute.effect,
        confidence=statute.confidence,
        sources=tuple(f"{statute.id}:{key}" for key in statute.sources),
    )


def describe(clock: entries.Clock) -> str:
    """A clock in words."""
    if clock.days:
        length = f"{clock.days} days from"
    elif clock.months:
        length = f"{clock.months} months from"
    else:
        length = f"{clock.unit.replace('_', ' ')}, from"
    return f"{length}: {clock.starts_text}" + (f"; {clock.also}" if clock.also else "")
