"""A file of the book as people look it up: its values resolved, its variations, its sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.rules import statutes
from app.rules.book import Edition, RuleBook
from app.rules.chain import Layer
from app.rules.coverage import Coverage, coverage
from app.rules.decision import Described, Reason, SourceNote, Stop, Value


@dataclass(frozen=True, slots=True)
class Practice(Described):
    """What one set of rules says while its conditions hold."""

    scope: str
    when: Mapping[str, Value]
    because: str | None
    reasons: tuple[Reason, ...]
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class CountryOverview(Described):
    """A country, resolved."""

    code: str
    name: str
    regions: tuple[str, ...]
    """UN M49, narrowest first."""
    time_zone: str | None
    coverage: Coverage
    reasons: tuple[Reason, ...]
    """The value of every field with nothing known but the country, and why."""
    variations: tuple[Practice, ...]
    subdivisions: tuple[Practice, ...]
    statutes: tuple[str, ...]
    notes: str | None
    sources: Mapping[str, SourceNote]


@dataclass(frozen=True, slots=True)
class PracticeOverview(Described):
    """A company, sector, format or situation."""

    key: str
    practices: tuple[Practice, ...]
    notes: str | None
    sources: Mapping[str, SourceNote]


def country_overview(book: RuleBook, code: str, as_of: date | None) -> CountryOverview:
    """What the book knows of a country on a day. Raises `UnknownCountry`."""
    edition = book.at(as_of)
    profile = edition.profile(code, None, None)
    file, place = book.data.countries.get(code), book.data.regions.countries[code]
    compiler = edition.compiler
    reasons = tuple(reason for reason in profile.base if reason is not None)
    cited = {key for reason in reasons for key in reason.sources}
    own = {key for key in edition.sources if key.startswith(f"{code}:")}
    return CountryOverview(
        code=code,
        name=place.name,
        regions=book.regions_of(code),
        time_zone=book.zone(code, None),
        coverage=coverage(edition, code),
        reasons=reasons,
        variations=tuple(
            _practices(layer for layer in compiler.conditional(code) if layer.scope.startswith("variation:"))
        ),
        subdivisions=tuple(_practices(compiler.subdivisions(code).values())),
        statutes=tuple(law.id for law in statutes.within(book.data.statutes.values(), code)),
        notes=file.notes if file else None,
        sources={key: edition.sources[key] for key in sorted(cited | own)},
    )


def practice_overview(edition: Edition, layers: Iterable[Layer], key: str, notes: str | None) -> PracticeOverview:
    """What the layers of one file say, with every source of the file."""
    sources = {name: source for name, source in edition.sources.items() if name.startswith(f"{key}:")}
    return PracticeOverview(key, tuple(_practices(layers)), notes, sources)


def _practices(layers: Iterable[Layer]) -> Iterable[Practice]:
    """Layers as practices; the two parts of an agency variation are one again."""
    merged: dict[str, Practice] = {}
    for layer in layers:
        reasons = tuple(reason for _, reason in layer.reasons)
        earlier = merged.get(layer.scope)
        because = layer.remarks[0].text if layer.remarks else None
        if earlier:
            reasons, because = earlier.reasons + reasons, earlier.because or because
        merged[layer.scope] = Practice(layer.scope, dict(layer.conditions), because, reasons, layer.stops)  # type: ignore[arg-type]
    return merged.values()
