"""What is known of a place before anything else is: its base values, its conditional layers, its levers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import get_args

from app.rules import entries, statutes
from app.rules import vocabulary as v
from app.rules.chain import HEADLINE, HEADLINE_FIELDS, PATHS, Compiler, Layer, Pairs, consent_rule, over, watched_value
from app.rules.decision import Change, ConsentRule, Reason, Remark, Stop, Value

YES_OR_NO: tuple[bool, ...] = (True, False)

TRIED: dict[str, tuple[str | bool, ...]] = {
    "sector": v.SECTORS,
    "format": v.FORMATS,
    "stage": get_args(v.Stage),
    "ownership": get_args(v.Ownership),
    "size": get_args(v.Size),
    "track": get_args(v.Track),
    "via_agency": YES_OR_NO,
    "introduced_by_person": YES_OR_NO,
    "sent_by_employment_service": YES_OR_NO,
    "process": get_args(v.Process),
    "publicly_advertised": YES_OR_NO,
    "said.who_contacts": get_args(v.WhoContacts),
    "said.no_contact": YES_OR_NO,
    "said.note_welcome": YES_OR_NO,
    "said.canvassing_disqualifies": YES_OR_NO,
    "recipient.role": get_args(v.Role),
    "recipient.wishes_note": YES_OR_NO,
    "recipient.known_personally": YES_OR_NO,
}
"""Facts of a closed set that `would_change_if` tries, with their values. Dates, counts, names and the user's own choice
have no closed set; `headcount` is tried at the limits that statutes name, `subdivision` where practice differs."""

TRIED_WHEN_KNOWN = frozenset(TRIED) - {"sector", "format", "stage", "recipient.role"}
"""Known facts that are tried too: those of a few values, which may still change or have been judged wrongly."""


OUTCOME = HEADLINE.index("thank_you.outcome")
PLACES_OF_A_NOTE = (HEADLINE.index("thank_you.channels"), HEADLINE.index("thank_you.recipients"))
"""What matters only while a note is to be sent."""
OF_A_NOTE = sum(1 << place for place in PLACES_OF_A_NOTE)


@dataclass(slots=True)
class Lever:
    """What one more fact would bring into play: conditional layers, reduced to what `would_change_if` watches."""

    value: str | bool
    bits: int
    layers: tuple[tuple[int, int, Pairs, bool], ...]
    """(mask needed, order, headline values, forbids a thank-you), weakest first."""
    partners: int
    """Bits of other facts that some of the layers need as well."""
    places: int
    """Bit mask of the headline places that the layers may set."""
    change: Change | None
    """What the fact would change in this place if nothing else were known."""


@dataclass(slots=True)
class Levers:
    """All levers of one fact."""

    each: tuple[Lever, ...]
    places: int
    """Headline places that any of them may set."""
    partners: int
    """Bits of other facts that any of them needs as well."""
    changes: tuple[Change, ...]
    """What they would change if nothing else were known."""


@dataclass(slots=True)
class Profile:
    """A place, compiled."""

    base: list[Reason | None]
    """The winning reason of each field without any conditional layer, by field number."""
    remarks: tuple[Remark, ...]
    stops: tuple[Stop, ...]
    """Prohibitions that hold here whatever else is known."""
    headline: tuple[Value, ...]
    buckets: dict[int, list[Layer]]
    """Conditional layers by the lowest bit they need."""
    unconditional: tuple[Layer, ...]
    levers: dict[str, Levers]
    """Per fact, the values that bring something into play."""
    all_levers: dict[str, tuple[Lever, ...]]
    """Per fact of `TRIED_WHEN_KNOWN` that any rule here mentions, every value."""
    groups: dict[str, int]
    """Per fact, all its bits."""
    subdivisions: tuple[Lever, ...]
    """Subdivisions whose practice differs; empty for a subdivision."""
    statute: entries.Statute | None
    """The duty with a clock that `next_move.statutory` shows."""
    consent: ConsentRule | None
    conditions: tuple[statutes.Condition, ...]
    """What that duty demands."""
    clocks_of_subdivisions: tuple[tuple[entries.Statute, tuple[statutes.Condition, ...]], ...]
    """Clocks that a subdivision would bring, with their conditions."""
    has_clocks: bool

    def matched(self, mask: int) -> list[Layer]:
        """The conditional layers that hold for the facts in `mask`, weakest first."""
        found = list(self.unconditional)
        buckets, left = self.buckets, mask
        while left:
            lowest = left & -left
            left ^= lowest
            for layer in buckets.get(lowest, ()):
                if layer.need & mask == layer.need:
                    found.append(layer)  # noqa: PERF401 - hot path: a generator costs more than it saves
        if len(found) > 1:
            found.sort(key=_order)
        return found


_order = attrgetter("order")


def build(
    compiler: Compiler,
    bits: dict[tuple[str, object], int],
    place: tuple[str, str | None],
    laws: Sequence[entries.Statute],
    company: Iterable[Layer] = (),
) -> Profile:
    """The profile of a place, with a company's layers if there are any."""
    country, subdivision = place
    base: list[Reason | None] = [None] * len(PATHS)
    remarks: list[Remark] = []
    stops: list[Stop] = []
    for layer in compiler.base(country, subdivision):
        remarks += layer.remarks
        stops += layer.stops
        for number, reason in layer.reasons:
            base[number] = over(reason, base[number])
    conditional = sorted([*compiler.conditional(country), *company], key=_order)
    buckets: dict[int, list[Layer]] = {}
    for layer in conditional:
        if layer.need:
            buckets.setdefault(layer.need & -layer.need, []).append(layer)
    headline = _headline(base)
    levers, all_levers, groups = _levers(conditional, bits, headline)
    here = statutes.in_place(laws, country, subdivision)
    clocks = [] if subdivision else [law for law in laws if law.jurisdiction.startswith(f"{country}-")]
    narrower = tuple((law, statutes.conditions(law)) for law in clocks if law.shown_in_next_move)
    clock = statutes.clock_of(here)
    consent = next((consent_rule(law) for law in here if law.topic == "reference_consent"), None)
    return Profile(
        base=base,
        remarks=tuple(remarks),
        stops=tuple(stops),
        headline=headline,
        buckets=buckets,
        unconditional=tuple(layer for layer in conditional if not layer.need),
        levers=levers,
        all_levers=all_levers,
        groups=groups,
        subdivisions=tuple(
            _lever(("subdivision", code), 0, [layer], headline)
            for code, layer in (() if subdivision else compiler.subdivisions(country).items())
        ),
        statute=clock,
        consent=consent,
        conditions=statutes.conditions(clock) if clock else (),
        clocks_of_subdivisions=narrower,
        has_clocks=bool(clock or narrower),
    )


def _headline(base: list[Reason | None]) -> tuple[Value, ...]:
    """The headline values of a place's base."""
    values: list[Value] = [None] * len(HEADLINE)
    for number, place in HEADLINE_FIELDS.items():
        reason = base[number]
        values[place] = watched_value(number, reason.value) if reason else None
    return tuple(values)


def without_idle(then: dict[str, Value], outcome: Value) -> None:
    """Take out how a note would be sent where, after the change, none is. `outcome` is that before the change."""
    if then.get(HEADLINE[OUTCOME], outcome) == "do_not_send":
        for place in PLACES_OF_A_NOTE:
            then.pop(HEADLINE[place], None)


def _lever(trial: tuple[str, str | bool], own: int, layers: list[Layer], headline: tuple[Value, ...]) -> Lever:
    """The lever of one fact and value."""
    fact, value = trial
    partners, places = 0, 0
    then: dict[str, Value] = {}
    for layer in layers:
        partners |= layer.need & ~own
        places |= sum(1 << place for place, _ in layer.headline)
        if layer.need & ~own:
            continue
        for place, changed in layer.headline:
            then[HEADLINE[place]] = changed
        if layer.forbids_note:
            then["thank_you.prohibited"] = True
    base = dict(zip(HEADLINE, headline, strict=True))
    if "thank_you.prohibited" in then:
        places |= 1 << OUTCOME
        then[HEADLINE[OUTCOME]] = "do_not_send"
    if places & OF_A_NOTE:
        places |= 1 << OUTCOME
    then = {name: changed for name, changed in then.items() if base.get(name) != changed}
    without_idle(then, headline[OUTCOME])
    return Lever(
        value=value,
        bits=own,
        layers=tuple((layer.need, layer.order, layer.headline, layer.forbids_note) for layer in layers),
        partners=partners,
        places=places,
        change=Change(fact, value, then) if then else None,
    )


def _levers(
    conditional: list[Layer], bits: dict[tuple[str, object], int], headline: tuple[Value, ...]
) -> tuple[dict[str, Levers], dict[str, tuple[Lever, ...]], dict[str, int]]:
    """For each tried fact: values that bring a layer into play, every value if any does, and the fact's bits."""
    levers: dict[str, Levers] = {}
    all_levers: dict[str, tuple[Lever, ...]] = {}
    groups: dict[str, int] = {}
    watched = [layer for layer in conditional if layer.headline or layer.forbids_note]
    for fact, domain in TRIED.items():
        groups[fact] = 0
        found = []
        for value in domain:
            own = bits.get((fact, value), 0)
            groups[fact] |= own
            layers = [layer for layer in watched if layer.need & own]
            if fact == "sector" and all(layer.conditions.get("sector") != value for layer in layers):
                layers = []  # nothing of its own here: the wider sector, tried as well, says it all
            found.append(_lever((fact, value), own, layers, headline))
        if any(lever.layers for lever in found):
            levers[fact] = _together([lever for lever in found if lever.layers])
            if fact in TRIED_WHEN_KNOWN:
                all_levers[fact] = tuple(found)
    return levers, all_levers, groups


def _together(levers: list[Lever]) -> Levers:
    """The levers of one fact."""
    places = partners = 0
    for lever in levers:
        places |= lever.places
        partners |= lever.partners
    return Levers(tuple(levers), places, partners, tuple(lever.change for lever in levers if lever.change))
