"""RuleBook: the immutable data, ready to answer. One edition for each stretch of days in which no entry changes."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from app.rules import load
from app.rules.calendar import Calendar, MondayToFriday
from app.rules.chain import Compiler, Layer, regions_of
from app.rules.decision import SourceNote
from app.rules.findings import all_entries, practice_files
from app.rules.freshness import reviewed_until
from app.rules.load import BookData
from app.rules.profile import Profile, build

ENGINE = 3
"""Raised whenever the same data and facts would give another answer."""


_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?([^\s/?#:@]+\.[^\s/?#:@]+)(?::\d+)?(?:[/?#].*)?")

MOST_PROFILES, MOST_EDITIONS = 512, 6
"""Compiled at once at the most: 512 places of some 16 KiB in each of six stretches of days are 50 MiB."""


def without_address(name: str) -> str:
    """A name for comparison: casefolded; of a URL or a domain with a path, the host without "www."."""
    folded = name.casefold().strip()
    address = _ADDRESS.fullmatch(folded)
    return address[1] if address else folded


class UnknownCountry(LookupError):
    """The code is no country's."""

    def __init__(self, code: str) -> None:
        super().__init__(f"{code} is no ISO 3166-1 alpha-2 code of a country")
        self.code = code


class Edition:
    """The book as it speaks during days in which no entry begins, goes stale or comes into force."""

    def __init__(self, data: BookData, as_of: date) -> None:
        """Compile `data` for `as_of`."""
        self.since = as_of
        self._data = data
        self.compiler = Compiler(data, as_of)
        self.bits = self.compiler.atoms.finished()
        self.sources: dict[str, SourceNote] = self.compiler.sources
        """Every source of the book by its id, the file's name before the colon."""
        self._laws = [law for law in data.statutes.values() if not law.in_force_since or law.in_force_since <= as_of]
        self._profile = lru_cache(MOST_PROFILES)(self._build)

    def profile(self, country: str, subdivision: str | None, company: str | None) -> Profile:
        """The profile of a place (and a company there), compiled at its first use.

        Raises `UnknownCountry`.
        """
        if country not in self._data.regions.countries:
            raise UnknownCountry(country)
        if subdivision is not None and not self.matters(country, subdivision):
            subdivision = f"{country}-"
        if company is not None and not self._company_layers(country, company):
            company = None
        return self._profile(country, subdivision, company)

    def _build(self, country: str, subdivision: str | None, company: str | None) -> Profile:
        layers = self._company_layers(country, company) if company else ()
        return build(self.compiler, self.bits, (country, subdivision), self._laws, layers)

    def _company_layers(self, country: str, company: str) -> list[Layer]:
        """What is known of a company in a country."""
        layers = self.compiler.companies[company]
        return [layer for layer in layers if not layer.applies_in or country in layer.applies_in]

    def matters(self, country: str, subdivision: str) -> bool:
        """Whether a subdivision has practice or a statute of its own; all others share one profile."""
        return subdivision in self.compiler.subdivisions(country) or any(
            law.jurisdiction == subdivision for law in self._laws
        )


class RuleBook:
    """Everything the rules know, and the calendar they count with. Immutable; safe to share between threads."""

    def __init__(self, data: BookData, calendar: Calendar | None = None) -> None:
        """A book over `data`; without a calendar, Monday to Friday are the working days everywhere."""
        self.data = data
        self.calendar: Calendar = calendar or MondayToFriday()
        seed = f"{data.digest} engine {ENGINE} calendar {self.calendar.version} zones {load.ZONES_VERSION}"
        self.version = "sha256:" + hashlib.sha256(seed.encode()).hexdigest()
        self._turning_points = sorted(set(_turning_points(data)))
        self._edition = lru_cache(MOST_EDITIONS)(self._compile)
        self._companies: dict[str, list[str]] = {}
        for key in data.companies:
            for name in self._names(key):
                self._companies.setdefault(name, []).append(key)
        self._zones = dict(_zones(data))
        self._newest = max((entry.reviewed_on for _, file in practice_files(data) for _, entry in all_entries(file)))
        self.at(None)

    def at(self, as_of: date | None) -> Edition:
        """The edition that speaks on a day; without a day, on the day of the latest review."""
        return self._edition(bisect_right(self._turning_points, as_of or self._newest))

    def _compile(self, number: int) -> Edition:
        return Edition(self.data, self._turning_points[number - 1] if number else date.min)

    def company(self, name: str, country: str) -> str | None:
        """The key of the company known by a key, a name, a domain or an address, preferably as it is in a country."""
        places = {key: self.data.companies[key].applies_in for key in self._companies.get(without_address(name), ())}
        nearest_first = sorted(places, key=lambda key: (country not in places[key], bool(places[key])))
        return next(iter(nearest_first), None)

    def regions_of(self, country: str) -> tuple[str, ...]:
        """The UN M49 regions of a country, narrowest first."""
        return regions_of(self.data, country)

    def zone(self, country: str, subdivision: str | None) -> str | None:
        """The IANA zone to assume in a place; None where it has several."""
        return self._zones.get(subdivision or country) or self._zones.get(country)

    def _names(self, key: str) -> Iterator[str]:
        company = self.data.companies[key]
        yield from (name.casefold() for name in (key, company.name, *company.aliases, *company.domains))


def _zones(data: BookData) -> Iterator[tuple[str, str]]:
    """Countries and subdivisions with the one zone that may be assumed there."""
    for code, place in data.regions.countries.items():
        here = data.zones.get(code, ())
        if place.primary_zone or len(here) == 1:
            yield code, place.primary_zone or here[0]
    for country in data.countries.values():
        for practice in country.subdivisions.values():
            if practice.time_zone:
                yield from ((code, practice.time_zone) for code in practice.codes)


def _turning_points(data: BookData) -> Iterator[date]:
    """Days on which an answer may change: an entry begins, goes stale, or a statute comes into force."""
    for _, file in practice_files(data):
        for _, entry in all_entries(file):
            if entry.since:
                yield entry.since
            yield reviewed_until(entry) + timedelta(days=1)
    for law in data.statutes.values():
        if law.in_force_since:
            yield law.in_force_since
