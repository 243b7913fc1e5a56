"""What would change the decision: every single unknown or changeable fact, tried.

Nothing is decided again from the start. A fact only adds layers to those that hold (or, where it is known, takes some
away first), and a layer matters only where it is at least as strong as the present winner.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from app.rules import entries, statutes
from app.rules import vocabulary as v
from app.rules.chain import HEADLINE, Layer
from app.rules.decision import Change, Value
from app.rules.profile import OUTCOME, TRIED, TRIED_WHEN_KNOWN, Lever, Profile, without_idle
from app.rules.resolve import Resolution

PROHIBITED = "thank_you.prohibited"
STATUS = "next_move.statutory.status"
FIXED = 1 << 30
"""Order of what no layer overrides: the user's choice, a note already sent, the recipient's own channels."""


@dataclass(slots=True)
class Headline:
    """The watched values of a decision, how strong the layer of each is, and whether a stop forbids a note."""

    values: list[Value]
    orders: list[int]
    forbidden: bool
    overridden: int
    """Bit mask of the places that a conditional layer, a stop or a fixed value has set."""


def changes(profile: Profile, found: Resolution, ended_on: date | None) -> tuple[Change, ...]:
    """Every single fact that would change a watched value, with what would then hold.

    `ended_on` is the local day of the interview, if known.
    """
    known, mask = found.known, found.mask
    present = _headline(profile, found, found.matched)
    changed: list[Change] = []
    for fact, levers in profile.levers.items():
        value = known[fact]
        if value is None:
            if not (levers.places & present.overridden or levers.partners & mask):
                changed += levers.changes
            else:
                changed += _of_unknown(fact, levers.each, found, present)
        elif fact in profile.all_levers:
            changed += _instead(profile, found, present, (fact, value))
    for lever in profile.subdivisions if known["subdivision"] is None else ():
        if then := _told(_added(lever, mask, present, lifted=found.stops_lifted), present):
            changed.append(Change("subdivision", lever.value, then))
    if not profile.has_clocks:
        return tuple(changed)
    return tuple(_with_statutes(changed, _statutory(profile, known, ended_on)))


def _of_unknown(fact: str, levers: Iterable[Lever], found: Resolution, present: Headline) -> Iterator[Change]:
    """What the values of an unknown fact would change."""
    mask, overridden, lifted = found.mask, present.overridden, found.stops_lifted
    for lever in levers:
        if not (lever.places & overridden or lever.partners & mask):
            if lever.change:
                yield lever.change
        elif then := _told(_added(lever, mask | lever.bits, present, lifted=lifted), present):
            yield Change(fact, lever.value, then)


def _headline(profile: Profile, found: Resolution, matched: list[Layer]) -> Headline:
    """The watched values with the layers in `matched`."""
    values = list(profile.headline)
    orders = [-1] * len(values)
    forbidden, overridden = any(stop.forbids == "thank_you" for stop in profile.stops), 0
    for layer in matched:
        for place, value in layer.headline:
            values[place], orders[place] = value, layer.order
            overridden |= 1 << place
        forbidden = forbidden or layer.forbids_note
    for place, value in found.fixed:
        values[place], orders[place] = value, FIXED
        overridden |= 1 << place
    if forbidden:
        overridden |= 1 << OUTCOME
        if not found.stops_lifted:
            values[OUTCOME], orders[OUTCOME] = "do_not_send", FIXED
    return Headline(values, orders, forbidden, overridden)


def _added(lever: Lever, mask: int, before: Headline, *, lifted: bool) -> dict[str, Value]:
    """What differs from `before` once the lever's layers come into play."""
    then: dict[str, Value] = {}
    values, orders = before.values, before.orders
    for need, order, pairs, forbids in lever.layers:
        if need & mask == need:
            for place, value in pairs:
                if order >= orders[place]:
                    if value != values[place]:
                        then[HEADLINE[place]] = value
                    elif then:
                        then.pop(HEADLINE[place], None)
            if forbids and not before.forbidden:
                then[PROHIBITED] = True
    if PROHIBITED in then and not lifted:
        then.pop(HEADLINE[OUTCOME], None)
        if values[OUTCOME] != "do_not_send":
            then[HEADLINE[OUTCOME]] = "do_not_send"
    return then


def _told(then: dict[str, Value], present: Headline) -> dict[str, Value]:
    """`then` as it is told: without the ways of a note where none would be sent."""
    if then:
        without_idle(then, present.values[OUTCOME])
    return then


def _instead(
    profile: Profile, found: Resolution, present: Headline, present_fact: tuple[str, object]
) -> Iterator[Change]:
    """What other values of a known fact would change."""
    fact, value = present_fact
    group = profile.groups[fact]
    mask = found.mask & ~group
    kept = [layer for layer in found.matched if not layer.need & group]
    before = present if len(kept) == len(found.matched) else _headline(profile, found, kept)
    without = _differences(before, present)
    for lever in profile.all_levers[fact]:
        if lever.value != value and (lever.layers or without):
            then = _added(lever, mask | lever.bits, before, lifted=found.stops_lifted)
            if without:
                then = {name: new for name, new in (without | then).items() if new != _value(present, name)}
            if _told(then, present):
                yield Change(fact, lever.value, then)


def _differences(state: Headline, present: Headline) -> dict[str, Value]:
    """The watched values of a state that are not the present ones."""
    if state.values == present.values and state.forbidden == present.forbidden:
        return {}
    names = (*HEADLINE, PROHIBITED)
    return {name: value for name in names if (value := _value(state, name)) != _value(present, name)}


def _value(state: Headline, name: str) -> Value:
    """A watched value by its name."""
    return state.forbidden if name == PROHIBITED else state.values[HEADLINE.index(name)]


def _with_statutes(
    found: list[Change], statutory: Iterable[tuple[str, statutes.Tried, v.ConditionStatus | None]]
) -> Iterable[Change]:
    """`found`, and what would change the status of the statutory clock."""
    thens = {(change.fact, change.value): change for change in found}
    for fact, value, status in statutory:
        change = thens.get((fact, value))
        then = {**change.then, STATUS: status} if change else {STATUS: status}
        thens[fact, value] = Change(fact, value, then)
    return thens.values()


def _statutory(
    profile: Profile, known: dict[str, Any], ended_on: date | None
) -> Iterator[tuple[str, statutes.Tried, v.ConditionStatus | None]]:
    """Facts that would change the status of the clock, with the status they would give."""
    law, process = profile.statute, known["process"]
    found = statutes.statuses(profile.conditions, known)
    present = _status(law, found, ended_on, process)
    if present:
        yield from _by_conditions(profile.conditions, known, found)
    for tried in get_args(v.Process):
        then = _status(law, found, ended_on, tried)
        if then != present:
            yield "process", tried, then
    if known["subdivision"] is None:
        for narrower, rules in profile.clocks_of_subdivisions:
            theirs = _status(narrower, statutes.statuses(rules, known), ended_on, process)
            if theirs != present:
                yield "subdivision", narrower.jurisdiction, theirs


def _by_conditions(
    rules: Iterable[statutes.Condition], known: dict[str, Any], found: list[v.ConditionStatus]
) -> Iterator[tuple[str, statutes.Tried, v.ConditionStatus]]:
    """Facts that conditions of a duty ask for, with the status they would give; `found` is the present one of each."""
    present = statutes.overall(found)
    for number, rule in enumerate(rules):
        if known[rule.fact] is None or rule.fact not in TRIED or rule.fact in TRIED_WHEN_KNOWN:
            others = statutes.overall(found[:number] + found[number + 1 :])
            for value, holds in rule.trials:
                status = others if holds else "not_met"
                if status != present and value != known[rule.fact]:
                    yield rule.fact, value, status


def _status(
    law: entries.Statute | None, found: Iterable[v.ConditionStatus], ended_on: date | None, process: v.Process | None
) -> v.ConditionStatus | None:
    """The status of a duty of which the conditions have these; none where nothing is owed."""
    return statutes.overall(found) if statutes.owed(law, ended_on, process) else None
