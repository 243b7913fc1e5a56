"""The chain as the design tells it, written down plainly from the data files and as slow as it likes.

The engine is held against this: nothing here looks at compiled layers, bits or order numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from app.rules import entries
from app.rules import vocabulary as v
from app.rules.facts import Facts, Reported
from app.rules.load import BookData

STRENGTH = (
    *("world", "region", "country", "subdivision", "sector", "format", "variation", "company", "report", "agency"),
    *("said", "recipient"),
)
AN_AGENCYS_OWN = {"thank_you.channels", "thank_you.recipients", "next_move.enquire_via"}
WHEN_REVIEWED = 24 * 31
"""Days after which an entry is certainly stale."""


@dataclass(frozen=True)
class Rule:
    """One set of topics whose conditions hold."""

    kind: str
    scope: str
    topics: entries.Topics
    conditions: frozenset[tuple[str, object]]
    file: entries.DataFile
    only: frozenset[str] | None = None
    """Fields that are looked at; None for all."""
    never: frozenset[str] = frozenset()
    width: int = 0
    """Of places: how narrow; of sectors: how many wider ones there are."""

    def stronger(self, other: "Rule", data: BookData) -> bool:
        """Whether the design says that this rule comes before another that holds as well."""
        if self.kind != other.kind:
            return STRENGTH.index(self.kind) > STRENGTH.index(other.kind)
        if self.file is other.file:
            own = isinstance(other.topics, entries.DataFile)
            return self.topics is not other.topics if own else self.conditions > other.conditions
        if self.kind == "agency" and not isinstance(other.file, entries.Situation):
            return False
        if isinstance(self.topics, entries.Situation) and isinstance(other.topics, entries.Situation):
            return other.topics.key in _beaten(self.topics, data)
        return self.narrower(other)

    def narrower(self, other: "Rule") -> bool:
        """Whether this is a country's word beside an agency's, a situation beside a format, or a narrower place."""
        if isinstance(other.topics, entries.Situation):
            return isinstance(self.file, entries.Country)
        own = isinstance(self.topics, entries.DataFile) and isinstance(other.topics, entries.DataFile)
        return own and (isinstance(self.topics, entries.Situation) or self.width > other.width)

    def entry(self, topic: str, as_of: date) -> entries.Entry | None:
        """The newest entry of a topic that speaks on a day."""
        spoken = [entry for entry in getattr(self.topics, topic) if entry.since is None or entry.since <= as_of]
        return max(spoken, key=lambda entry: entry.since or date.min, default=None)

    def values(self, as_of: date) -> Iterator[tuple[str, Any, entries.Entry]]:
        """Field of a decision, value, and the entry that has it."""
        for kind in entries.TOPICS:
            entry = self.entry(kind.topic, as_of)
            if entry is None:
                continue
            for name, value in entry.values().items():
                path = f"{kind.topic}.{name}".replace("thank_you_note.", "thank_you.")
                path = path.replace("gifts.to_interviewer", "thank_you.gifts")
                if (self.only is None or path in self.only) and path not in self.never:
                    yield path, tuple(value) if isinstance(value, list) else value, entry

    @cached_property
    def remark(self) -> bool:
        """Whether it is told even where it sets nothing."""
        return isinstance(self.topics, entries.Variation | entries.SubdivisionPractice) and self.only is None


def _beaten(situation: entries.Situation, data: BookData) -> set[str]:
    """Keys of the situations that one beats, itself or through those it beats."""
    found: set[str] = set()
    waiting = [situation]
    while waiting:
        one = waiting.pop()
        for other in data.situations.values():
            demands, theirs = one.when.conditions().items(), other.when.conditions().items()
            beats = other.layer == one.layer and (other.key in one.over or theirs < demands)
            if beats and other.key not in found:
                found.add(other.key)
                waiting.append(other)
    return found


def known_facts(facts: Facts) -> dict[str, object]:
    """Every fact that is known, by its dotted path, as conditions name it."""
    found: dict[str, object] = {}
    for name, value in facts.known().items():
        if isinstance(value, dict):
            found |= {f"{name}.{part}": inner for part, inner in value.items()}
        else:
            found[name] = value
    if "language" in found:
        found["language"] = str(found["language"]).split("-")[0]
    if "said.answer_by" in found:
        found["said.answer_by"] = "given"
    return found


def wider_sectors(sector: str, data: BookData) -> list[str]:
    """A sector and those above it, narrowest first."""
    chain = [sector]
    while above := data.sectors[chain[-1]].parent:
        chain.append(above)
    return chain


@dataclass(frozen=True)
class Known:
    """The facts of one question, and which conditions hold for them."""

    facts: Facts
    data: BookData

    @cached_property
    def values(self) -> dict[str, object]:
        return known_facts(self.facts)

    def holds(self, when: entries.When) -> bool:
        sectors = wider_sectors(self.facts.sector, self.data) if self.facts.sector else []
        return all(
            value in sectors if fact == "sector" else self.values.get(fact) == value
            for fact, value in when.conditions().items()
        )

    def demands(self, when: entries.When) -> frozenset[tuple[str, object]]:
        wider = [("sector", name) for name in (wider_sectors(when.sector, self.data) if when.sector else ())]
        return frozenset([*when.conditions().items(), *wider])


def holding(data: BookData, facts: Facts, company: str | None) -> list[Rule]:
    """Every rule of the book that holds for the facts, in no particular order within a kind."""
    known = Known(facts, data)
    rules = [Rule("world", "world", data.world, frozenset(), data.world), *_places(data, facts), *_variations(known)]
    for key, sector in data.sectors.items():
        width = len(wider_sectors(key, data))
        rules += _from_file(known, "sector", f"sector:{key}", sector, entries.When(sector=sector.key), width)
    for key, practice in data.formats.items():
        rules += _from_file(known, "format", f"format:{key}", practice, entries.When(format=practice.key))
    for key, situation in data.situations.items():
        rules += _from_file(known, situation.layer, f"{situation.layer}:{key}", situation, situation.when)
    if company:
        file = data.companies[company]
        rules += _from_file(known, "company", f"company:{company}", file, file.when)
    if facts.reported:
        rules.append(_report(facts.reported))
    return rules


def _report(reported: Reported) -> Rule:
    """What is reported of the company, as if a file that never grows stale said it."""
    expectation = {True: "appreciated", False: "uncommon", None: None}[reported.note_welcome]
    channels = [reported.channel] if reported.channel else None
    move = {
        "who": reported.who_contacts,
        "promised_within_business_days": reported.within_business_days,
        "enquire_via": reported.channel,
    }
    base = {"reviewed_on": date.max, "confidence": "low", "sources": []}
    file = entries.DataFile.model_validate(
        {
            "thank_you_note": [{**base, "expectation": expectation, "channels": channels}],
            "next_move": [{**base, **move}],
        }
    )
    return Rule("report", "company:reported", file, frozenset(), file)


def _from_file(known: Known, kind: str, scope: str, file: Any, when: entries.When, width: int = 0) -> Iterator[Rule]:  # noqa: ANN401, PLR0913, PLR0917 - four kinds of files
    if known.holds(when) and (not file.applies_in or known.facts.country in file.applies_in):
        yield Rule(kind, scope, file, known.demands(when), file, width=width)
        for variation in file.variations:
            if known.holds(variation.when):
                demands = known.demands(variation.when)
                yield Rule(kind, f"{scope}/{variation.id}", variation, demands, file, width=width)


def _variations(known: Known) -> Iterator[Rule]:
    code = known.facts.country
    country = known.data.countries.get(code)
    for variation in country.variations if country else ():
        if country and known.holds(variation.when):
            scope, demands = f"variation:{code}/{variation.id}", known.demands(variation.when)
            through = frozenset(AN_AGENCYS_OWN) if variation.when.via_agency else frozenset[str]()
            yield Rule("variation", scope, variation, demands, country, never=through)
            if through:
                yield Rule("agency", scope, variation, demands, country, only=through)


def _places(data: BookData, facts: Facts) -> Iterator[Rule]:
    chain, above = [], data.regions.countries[facts.country].region
    while above in data.regions.regions:
        chain.append(above)
        above = data.regions.regions[above].parent or ""
    for width, code in enumerate(reversed(chain)):
        if code in data.region_practices:
            region = data.region_practices[code]
            yield Rule("region", f"region:{code}", region, frozenset(), region, width=width)
    country = data.countries.get(facts.country)
    if country:
        yield Rule("country", f"country:{facts.country}", country, frozenset(), country)
        for practice in country.subdivisions.values():
            if facts.subdivision in practice.codes:
                scope = f"subdivision:{facts.subdivision}"
                yield Rule("subdivision", scope, practice, frozenset(), country)


def confidence_of(name: str, entry: entries.Entry, as_of: date) -> v.Confidence | None:
    """How sure a value is; None in the days about the end of the 24 months, which this does not count exactly."""
    stated = entry.less_sure.get(name, entry.confidence)
    age = (as_of - entry.reviewed_on).days
    if age <= WHEN_REVIEWED - 24:
        return stated
    if age <= WHEN_REVIEWED:
        return None
    return v.CONFIDENCES[max(0, v.CONFIDENCES.index(stated) - 1)]
