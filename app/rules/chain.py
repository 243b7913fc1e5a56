"""The chain of layers, resolved as far as it can be before a question is asked.

Weakest first: world, region, country, subdivision, sector, format, variation, company (what is published of it, then
what is reported), agency, said, recipient, choice. Values are merged field by field; the strongest layer that has a
field wins. What depends on nothing but the place (the first four) is merged once per place; the rest are conditional
layers, each with the facts it needs as a bit mask, so that matching is a few integer operations.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from app.rules import entries
from app.rules import vocabulary as v
from app.rules.decision import ConsentRule, Overridden, Reason, Remark, SourceNote, Stop, Value
from app.rules.freshness import reviewed_until
from app.rules.load import BookData


def path_of(topic: str, name: str) -> str:
    """The field of the decision that a field of a topic becomes."""
    return "thank_you.gifts" if topic == "gifts" else f"{topic.removesuffix('_note')}.{name}"


PATHS: tuple[tuple[str, str, str], ...] = tuple(
    (kind.topic, name, path_of(kind.topic, name)) for kind in entries.TOPICS for name in kind.fields()
)
"""Topic and field in the data, and the field of the decision, in the order in which reasons are given."""
INDEX: dict[str, int] = {path: number for number, (_, _, path) in enumerate(PATHS)}

WATCHED: dict[str, str] = {
    "thank_you.outcome": "thank_you.expectation",
    "thank_you.channels": "thank_you.channels",
    "thank_you.recipients": "thank_you.recipients",
    "next_move.who_contacts": "next_move.who",
    "next_move.enquire_via": "next_move.enquire_via",
    "references.checked": "references.checked",
}
"""What `would_change_if` watches, and the field that each follows from; `thank_you.prohibited` and
`next_move.statutory.status` are watched besides. Nothing here depends on the day."""
HEADLINE: tuple[str, ...] = tuple(WATCHED)
EXPECTATION = INDEX["thank_you.expectation"]
HEADLINE_FIELDS: dict[int, int] = {INDEX[field]: place for place, field in enumerate(WATCHED.values())}
Pairs = tuple[tuple[int, Value], ...]
"""Watched values by their place in the headline."""

RANKS: dict[str, int] = {
    name: number
    for number, name in enumerate(
        (
            *("world", "region", "country", "subdivision", "sector", "format", "variation", "company"),
            *("agency", "said", "recipient", "choice"),
        )
    )
}
"""Strength of each kind of layer."""
STEP, LEVEL = 100_000, 1000
"""Layers of one kind are ordered by how much they demand, below these numbers. Situations come above the format that
they go with, each above what it beats; variations of files come above them all, those of a narrower sector highest;
what is reported of a company comes above everything published of it."""

Dated = TypeVar("Dated", bound=entries.Entry)


class Atoms:
    """Facts as bits: each (fact, value) that some rule mentions has one."""

    def __init__(self, parents: Mapping[v.Sector, v.Sector | None]) -> None:
        """`parents` leads from a sector to the wider one, whose bit comes with its own."""
        self._bits: dict[tuple[str, object], int] = {}
        self._parents = parents

    def bit(self, fact: str, value: object) -> int:
        """The bit of one fact and value, new if need be."""
        return self._bits.setdefault((fact, value), 1 << len(self._bits))

    def need(self, when: entries.When) -> int:
        """The mask of everything that `when` demands."""
        mask = 0
        for fact, value in when.conditions().items():
            mask |= self.bit(fact, value)
        return mask

    def finished(self) -> dict[tuple[str, object], int]:
        """Fact and value to the bits they set: their own and, for a sector, those of the wider ones."""
        table = dict(self._bits)
        for sector in v.SECTORS:
            bits = 0
            above: v.Sector | None = sector
            while above:
                bits |= self._bits.get(("sector", above), 0)
                above = self._parents.get(above)
            table["sector", sector] = bits
        return table


@dataclass(slots=True)
class Layer:
    """A layer of the chain, compiled for one day."""

    order: int
    scope: str
    need: int
    reasons: tuple[tuple[int, Reason], ...]
    """Field number and the reason as it stands before it overrides anything."""
    remarks: tuple[Remark, ...]
    stops: tuple[Stop, ...]
    headline: Pairs
    forbids_note: bool
    conditions: Mapping[str, object] = field(default_factory=dict)
    applies_in: frozenset[str] = frozenset()


def headline_pairs(reasons: Iterable[tuple[int, Reason]]) -> Pairs:
    """The watched values among reasons, by their place in the headline."""
    return tuple(
        (HEADLINE_FIELDS[number], watched_value(number, reason.value))
        for number, reason in reasons
        if number in HEADLINE_FIELDS
    )


def watched_value(number: int, value: Value) -> Value:
    """A field's value as the headline has it: of the expectation, the outcome."""
    return v.OUTCOME_OF[value] if number == EXPECTATION else value  # type: ignore[index]


def over(reason: Reason, weaker: Reason | None) -> Reason:
    """`reason` as the winner over a weaker one."""
    if weaker is None:
        return reason
    return Reason(
        reason.field,
        reason.value,
        reason.scope,
        reason.confidence,
        reason.sources,
        (Overridden(weaker.scope, weaker.value), *weaker.overrode),
        reason.notes,
    )


@dataclass(frozen=True, slots=True)
class _Origin:
    """The file that an entry stands in, and what makes its source ids unique in the book."""

    file: entries.DataFile
    prefix: str

    def ids(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Ids of sources as the whole book knows them."""
        return tuple(f"{self.prefix}:{key}" for key in keys)

    def cited(self, support: str, keys: Iterable[str]) -> tuple[str, ...]:
        """Ids of those sources that speak about one field."""
        known = self.file.sources
        return self.ids(key for key in keys if key in known and support in known[key].supports)


class Compiler:
    """Turns data files into layers as they speak on one day."""

    def __init__(self, data: BookData, as_of: date) -> None:
        """Compile `data` as it stands on `as_of`."""
        self.data = data
        self.as_of = as_of
        self.atoms = Atoms({sector.key: sector.parent for sector in data.sectors.values()})
        self.sources: dict[str, SourceNote] = {}
        self.world = self._layer("world", "world", data.world, _Origin(data.world, "world"))
        self.general = [*self._sectors(), *self._formats(), *self._situations()]
        self.companies = {key: list(self._company(key, company)) for key, company in data.companies.items()}
        self._countries: dict[str, tuple[Layer, dict[str, Layer], list[Layer]]] = {
            code: self._country(code, country) for code, country in data.countries.items()
        }
        for law in data.statutes.values():
            self.sources.update((f"{law.id}:{key}", note(source)) for key, source in law.sources.items())
        self._regions = {
            code: self._layer("region", f"region:{code}", region, _Origin(region, code))
            for code, region in data.region_practices.items()
        }

    def base(self, country: str, subdivision: str | None) -> Iterator[Layer]:
        """World, regions from wide to narrow, country, subdivision: whatever of these there is."""
        yield self.world
        chain = regions_of(self.data, country)
        yield from (self._regions[code] for code in reversed(chain) if code in self._regions)
        if country in self._countries:
            layer, subdivisions, _ = self._countries[country]
            yield layer
            if subdivision in subdivisions:
                yield subdivisions[subdivision]

    def subdivisions(self, country: str) -> dict[str, Layer]:
        """The subdivisions of a country that have practice of their own."""
        return self._countries[country][1] if country in self._countries else {}

    def variations(self, country: str) -> list[Layer]:
        """The variations of a country."""
        return self._countries[country][2] if country in self._countries else []

    def conditional(self, country: str) -> list[Layer]:
        """Every conditional layer that can hold in a country, companies apart; weakest first."""
        own = self.variations(country)
        general = [layer for layer in self.general if not layer.applies_in or country in layer.applies_in]
        return sorted([*general, *own], key=lambda layer: layer.order)

    def _sectors(self) -> Iterator[Layer]:
        for key, sector in self.data.sectors.items():
            when = entries.When(sector=sector.key)
            yield from self._conditional("sector", f"sector:{key}", sector, when, sector.applies_in)

    def _formats(self) -> Iterator[Layer]:
        for key, practice in self.data.formats.items():
            when = entries.When(format=practice.key)
            yield from self._conditional("format", f"format:{key}", practice, when, practice.applies_in)

    def _situations(self) -> Iterator[Layer]:
        for key, situation in self.data.situations.items():
            scope = f"{situation.layer}:{key}"
            for layer in self._conditional(situation.layer, scope, situation, situation.when, situation.applies_in):
                layer.order += LEVEL * (1 + self._level(situation))
                yield layer

    def _level(self, situation: entries.Situation) -> int:
        """How many situations, one above the other, a situation beats."""
        others = self.data.situations.values()
        return max((1 + self._level(other) for other in others if situation.beats(other)), default=0)

    def _company(self, key: str, company: entries.Company) -> Iterator[Layer]:
        yield from self._conditional("company", f"company:{key}", company, company.when, company.applies_in)

    def _conditional(
        self,
        kind: str,
        scope: str,
        file: entries.SectorPractice | entries.FormatPractice | entries.Situation | entries.Company,
        when: entries.When,
        applies_in: list[str],
    ) -> Iterator[Layer]:
        """A file's own layer, then one for each of its variations, just above it."""
        origin = _Origin(file, scope.split(":")[1])
        own = self._layer(kind, scope, file, origin, when)
        own.applies_in = frozenset(applies_in)
        yield own
        for variation in file.variations:
            layer = self._layer(kind, f"{scope}/{variation.id}", variation, origin, variation.when)
            layer.need |= own.need
            layer.conditions = {**own.conditions, **layer.conditions}
            layer.order += STEP // 2 + LEVEL * (own.order % STEP)
            layer.applies_in = own.applies_in
            yield layer

    def _country(self, code: str, country: entries.Country) -> tuple[Layer, dict[str, Layer], list[Layer]]:
        """A country's own layer, those of its subdivisions by code, and its variations."""
        origin = _Origin(country, code)
        own = self._layer("country", f"country:{code}", country, origin)
        subdivisions = {
            place: self._layer("subdivision", f"subdivision:{place}", practice, origin)
            for practice in country.subdivisions.values()
            for place in practice.codes
        }
        variations = []
        for variation in country.variations:
            layer = self._layer("variation", f"variation:{code}/{variation.id}", variation, origin, variation.when)
            variations.append(layer)
            if variation.when.via_agency:
                variations.append(_agency_part(layer))
        return own, subdivisions, variations

    def _layer(
        self, kind: str, scope: str, topics: entries.Topics, origin: _Origin, when: entries.When | None = None
    ) -> Layer:
        """The layer of one set of topics."""
        when = when or entries.When()
        self.sources.update((f"{origin.prefix}:{key}", note(source)) for key, source in origin.file.sources.items())
        reasons: list[tuple[int, Reason]] = []
        noted: set[str] = set()
        for number, (topic, name, _) in enumerate(PATHS):
            entry = self._entry(getattr(topics, topic))
            if entry is not None and getattr(entry, name) is not None:
                reasons.append((number, self._reason(number, scope, entry, origin, first=topic not in noted)))
                noted.add(topic)
        stops = tuple(self._stops(scope, topics, origin))
        remarks: tuple[Remark, ...] = ()
        if isinstance(topics, entries.Variation):
            remarks = (Remark(scope, topics.because, origin.ids(topics.sources)),)
        elif isinstance(topics, entries.SubdivisionPractice):
            remarks = (Remark(scope, topics.because, ()),)
        conditions = when.conditions()
        demands = len(conditions) + (self._sector_depth(when.sector) if when.sector else 0)
        return Layer(
            order=RANKS[kind] * STEP + demands,
            scope=scope,
            need=self.atoms.need(when),
            reasons=tuple(reasons),
            remarks=remarks,
            stops=stops,
            headline=headline_pairs(reasons),
            forbids_note=any(stop.forbids == "thank_you" for stop in stops),
            conditions=conditions,
        )

    def _stops(self, scope: str, topics: entries.Topics, origin: _Origin) -> Iterator[Stop]:
        """The prohibitions among the entries that speak on the day."""
        because = getattr(topics, "because", None) or getattr(topics, "description", None)
        note_entry, move_entry = self._entry(topics.thank_you_note), self._entry(topics.next_move)
        if note_entry and note_entry.prohibits:
            words = because or note_entry.notes or ""
            yield Stop(scope, "thank_you", words, self._confidence(note_entry), origin.ids(note_entry.sources))
        if move_entry and move_entry.prohibits:
            words = because or move_entry.notes or ""
            yield Stop(scope, "enquiry", words, self._confidence(move_entry), origin.ids(move_entry.sources))

    def _sector_depth(self, sector: v.Sector) -> int:
        depth, above = 0, self.data.sectors[sector].parent if sector in self.data.sectors else None
        while above:
            depth, above = depth + 1, self.data.sectors[above].parent
        return depth

    def _entry(self, dated: Iterable[Dated]) -> Dated | None:
        """The newest entry that speaks on the day."""
        return next((entry for entry in dated if entry.since is None or entry.since <= self.as_of), None)

    def _confidence(self, entry: entries.Entry, field: str = "") -> v.Confidence:
        """How sure an entry, or one field of it, is on the day."""
        confidence = entry.less_sure.get(field, entry.confidence)
        stale = self.as_of > reviewed_until(entry)
        return v.CONFIDENCES[max(0, v.CONFIDENCES.index(confidence) - stale)]

    def _reason(self, number: int, scope: str, entry: entries.Entry, origin: _Origin, *, first: bool) -> Reason:
        """The reason for one field of an entry; the entry's notes go with its first field."""
        topic, name, path = PATHS[number]
        notes = (entry.notes,) if first and entry.notes else ()
        if self.as_of > reviewed_until(entry):
            notes = (*notes, f"Last reviewed on {entry.reviewed_on}: one step less sure.")
        value, confidence = frozen(getattr(entry, name)), self._confidence(entry, name)
        # The world's harmless values are labelled "no evidence": what its file cites is background and proves nothing.
        cited = () if entry.confidence == "none" else origin.cited(f"{topic}.{name}", entry.sources)
        return Reason(path, value, scope, confidence, cited, (), notes)


def regions_of(data: BookData, country: str) -> tuple[str, ...]:
    """The UN M49 regions of a country, narrowest first."""
    chain = []
    above: str | None = data.regions.countries[country].region
    while above:
        chain.append(above)
        above = data.regions.regions[above].parent
    return tuple(chain)


AGENCY_FIELDS = frozenset({INDEX["thank_you.channels"], INDEX["thank_you.recipients"], INDEX["next_move.enquire_via"]})
"""All that an agency in between changes."""


def _agency_part(layer: Layer) -> Layer:
    """Take from a country's agency variation what an agency decides, as a layer above the general agency rule.

    What is known of agencies in one country comes before what is known of agencies anywhere.
    """
    reasons = tuple(item for item in layer.reasons if item[0] in AGENCY_FIELDS)
    layer.reasons = tuple(item for item in layer.reasons if item[0] not in AGENCY_FIELDS)
    layer.headline = headline_pairs(layer.reasons)
    return replace(
        layer,
        order=layer.order + (RANKS["agency"] - RANKS["variation"]) * STEP + STEP // 2,
        reasons=reasons,
        headline=headline_pairs(reasons),
        remarks=(),
        stops=(),
        forbids_note=False,
    )


def frozen(value: object) -> Value:
    """A value as a decision holds it: lists become tuples."""
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]


def note(source: entries.Citation) -> SourceNote:
    """A source as a decision shows it."""
    return SourceNote(
        source.publisher, source.url, source.year, source.kind, source.locale, getattr(source, "says", None)
    )


def consent_rule(statute: entries.Statute) -> ConsentRule:
    """A consent statute as a decision shows it."""
    cited = tuple(f"{statute.id}:{key}" for key in statute.sources)
    return ConsentRule(statute.id, statute.jurisdiction, statute.binding, statute.duty, statute.citation, cited)
