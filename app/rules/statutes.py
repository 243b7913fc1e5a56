"""Duties with a clock, and consent rules, against the facts. Information, never legal advice."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from app.rules import entries
from app.rules import vocabulary as v
from app.rules.decision import ConditionCheck, StatutoryClock


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


def conditions(statute: entries.Statute, facts: dict[str, Any]) -> tuple[ConditionCheck, ...]:
    """Each condition that facts can answer, with its status; `facts` maps fact paths to values or None."""
    rules, checks = statute.conditions, []
    if rules.headcount_at_least is not None:
        headcount = facts["headcount"]
        status = _status(None if headcount is None else headcount >= rules.headcount_at_least)
        checks.append(ConditionCheck(f"the employer has {rules.headcount_at_least} or more employees", status))
    if rules.publicly_advertised is not None:
        advertised = facts["publicly_advertised"]
        status = _status(None if advertised is None else advertised == rules.publicly_advertised)
        wording = "was publicly advertised" if rules.publicly_advertised else "was not publicly advertised"
        checks.append(ConditionCheck(f"the position {wording}", status))
    for fact, excluded in (("format", rules.formats_excluded), ("sector", rules.sectors_excluded)):
        if excluded:
            value = facts[fact]
            status = _status(None if value is None else value not in excluded)
            checks.append(ConditionCheck(f"the {fact} is not {' or '.join(excluded)}", status))
    if rules.sent_by_employment_service is not None:
        sent = facts["sent_by_employment_service"]
        status = _status(None if sent is None else sent == rules.sent_by_employment_service)
        checks.append(ConditionCheck("the public employment service sent the candidate", status))
    return tuple(checks)


def overall(checks: Iterable[ConditionCheck]) -> v.ConditionStatus:
    """`not_met` when one condition is not met, `unknown` when one is unknown, else `met`."""
    statuses = {check.status for check in checks}
    return "not_met" if "not_met" in statuses else "unknown" if "unknown" in statuses else "met"


def status(statute: entries.Statute | None, facts: dict[str, Any]) -> v.ConditionStatus | None:
    """The overall status of a statute's conditions; None where there is no statute."""
    return overall(conditions(statute, facts)) if statute else None


def statutory_clock(
    statute: entries.Statute, checks: tuple[ConditionCheck, ...], ended_on: date | None
) -> StatutoryClock:
    """The duty as a decision shows it; `ended_on` is the local day of the (last) interview, if known."""
    clock, status = statute.clock, overall(checks)
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
        conditions=checks,
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


def _status(holds: bool | None) -> v.ConditionStatus:  # noqa: FBT001 - three-valued
    return "unknown" if holds is None else "met" if holds else "not_met"
