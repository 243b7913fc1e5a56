"""How much the book knows: per country a level, per field whether its value is the country's own."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from app.rules.book import Edition, RuleBook
from app.rules.chain import PATHS
from app.rules.checks import SILENT
from app.rules.decision import Described, Reason

Level = Literal["none", "basic", "moderate", "full"]
"""full: expectation, next mover and references known and two thirds of all fields; moderate: the expectation and one of
the other two; basic: any value of the country's own."""
LEVELS: tuple[Level, ...] = get_args(Level)
Origin = Literal["real", "inherited", "missing"]
"""real: the country's own evidence; inherited: a region's; missing: nothing but the world's harmless value."""
ORIGINS: tuple[Origin, ...] = get_args(Origin)

KEY_FIELDS = ("thank_you.expectation", "next_move.who", "references.checked")
FULL_SHARE = 2 / 3
COUNTED: tuple[str, ...] = tuple(path for _, name, path in PATHS if name not in SILENT)
"""Fields that every country could have; others say something only where they apply."""


@dataclass(frozen=True, slots=True)
class Coverage(Described):
    """What is known of one country, without any variation."""

    country: str
    level: Level
    fields: Mapping[str, Origin]


@dataclass(frozen=True, slots=True)
class CoverageReport(Described):
    """How much is known, per country and per field."""

    levels: Mapping[Level, int]
    """Number of countries on each level."""
    fields: Mapping[str, Mapping[Origin, int]]
    """For each field, the number of countries whose value is real, inherited from a region, or missing."""
    countries: Mapping[str, Coverage]


def coverage(edition: Edition, country: str) -> Coverage:
    """The coverage of a country. Raises `UnknownCountry`."""
    found = {reason.field: reason for reason in edition.profile(country, None, None).base if reason is not None}
    fields = {path: _origin(found.get(path)) for path in COUNTED}
    real = [path for path, origin in fields.items() if origin == "real"]
    level: Level = "basic" if real else "none"
    if KEY_FIELDS[0] in real and (KEY_FIELDS[1] in real or KEY_FIELDS[2] in real):
        full = len(real) >= FULL_SHARE * len(COUNTED) and all(path in real for path in KEY_FIELDS)
        level = "full" if full else "moderate"
    return Coverage(country, level, fields)


def coverage_report(book: RuleBook, edition: Edition, region: str | None = None) -> CoverageReport:
    """The coverage of every country, or of those in a UN M49 region."""
    codes = (code for code in sorted(book.data.regions.countries) if region in {None, *book.regions_of(code)})
    found = {code: coverage(edition, code) for code in codes}
    levels = Counter(one.level for one in found.values())
    fields = {path: Counter(one.fields[path] for one in found.values()) for path in COUNTED}
    return CoverageReport(
        levels={level: levels[level] for level in LEVELS},
        fields={path: {origin: counts[origin] for origin in ORIGINS} for path, counts in fields.items()},
        countries=found,
    )


def _origin(reason: Reason | None) -> Origin:
    """Whose a value is."""
    kind = reason.scope.partition(":")[0] if reason else "world"
    return "real" if kind == "country" else "inherited" if kind == "region" else "missing"
