"""The rule book as its lists and pages show it."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, cast

from app import country_names
from app.follow_up.rules_schemas import (
    CompanyDetail,
    CompanySummary,
    CountrySummary,
    PracticeDetail,
    RulesSummary,
    StatuteDetail,
)
from app.rules import entries, statutes
from app.rules import vocabulary as v
from app.rules.book import Edition, RuleBook, without_address
from app.rules.chain import RANKS, Layer, path_of
from app.rules.coverage import coverage, coverage_report
from app.rules.overview import practice_overview

LICENCE = "CC0-1.0"
Kind = Literal["sectors", "formats", "situations"]
PracticeFile = entries.SectorPractice | entries.FormatPractice | entries.Situation


def folded(text: str) -> str:
    """Text for searching: without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


def summary(book: RuleBook, edition: Edition) -> RulesSummary:
    """What the book holds."""
    data = book.data
    report = coverage_report(book, edition)
    return RulesSummary(
        rules_version=book.version,
        licence=LICENCE,
        countries=len(data.regions.countries),
        countries_with_evidence=len(data.regions.countries) - report.levels["none"],
        companies=len(data.companies),
        sectors=len(data.sectors),
        formats=len(data.formats),
        situations=len(data.situations),
        statutes=len(data.statutes),
        sources=len(edition.sources),
        coverage=report.levels,
        layers=tuple(RANKS),
    )


def countries(book: RuleBook, edition: Edition) -> list[CountrySummary]:
    """Every country."""
    return [_country(book, edition, code) for code in book.data.regions.countries]


def _country(book: RuleBook, edition: Edition, code: str) -> CountrySummary:
    base = {reason.field: reason for reason in edition.profile(code, None, None).base if reason}
    expectation = cast("v.Expectation", base["thank_you.expectation"].value)
    laws = statutes.within(book.data.statutes.values(), code)
    places = {*edition.compiler.subdivisions(code), *(law.jurisdiction for law in laws if "-" in law.jurisdiction)}
    file = book.data.countries.get(code)
    return CountrySummary(
        code=code,
        name=book.data.regions.countries[code].name,
        regions=book.regions_of(code),
        coverage=coverage(edition, code).level,
        outcome=v.OUTCOME_OF[expectation],
        expectation=expectation,
        who=cast("v.Mover", base["next_move.who"].value),
        confidence=base["thank_you.expectation"].confidence,
        variations=len(file.variations) if file else 0,
        subdivisions=tuple(sorted(places)),
    )


def matching_countries(found: Iterable[CountrySummary], query: str) -> list[CountrySummary]:
    """Countries with a code, or with a part of their English name; if there is none, that of a name in any language."""
    found, wanted = list(found), folded(query)
    matching = [one for one in found if one.code == query.upper() or (wanted and wanted in folded(one.name))]
    # The names of all languages take a moment when they are first asked for; most searches do without.
    return matching or [one for one in found if one.code == country_names.code_for(query)]


def companies(book: RuleBook) -> list[CompanySummary]:
    """Every company."""
    return [CompanySummary(**_about(key, company)) for key, company in book.data.companies.items()]


def _about(key: str, company: entries.Company) -> dict[str, Any]:
    """The members of a company's summary."""
    return {
        "key": key,
        "name": company.name,
        "aliases": tuple(company.aliases),
        "domains": tuple(company.domains),
        "sectors": tuple(company.sectors),
        "applies_in": tuple(company.applies_in),
        "when": company.when.conditions(),
        "fields": tuple(sorted(_fields(company))),
    }


def company_matches(query: str) -> Callable[[CompanySummary], bool]:
    """A test of companies against a search by key, part of a name, domain, or an address there."""
    wanted = folded(query)
    domain = without_address(query)
    return lambda company: (
        any(wanted in folded(name) for name in (company.key, company.name, *company.aliases))
        or domain in company.domains
    )


def _fields(company: entries.Company) -> Iterator[str]:
    for kind in entries.TOPICS:
        found: list[entries.Entry] = getattr(company, kind.topic)
        yield from (path_of(kind.topic, field) for entry in found[:1] for field in entry.values())


def company_detail(book: RuleBook, edition: Edition, key: str) -> CompanyDetail:
    """One company. `key` must be one of the book's."""
    company = book.data.companies[key]
    found = practice_overview(edition, edition.compiler.companies[key], key, company.notes)
    return CompanyDetail(**_about(key, company), practices=found.practices, notes=found.notes, sources=found.sources)


def practices(book: RuleBook, edition: Edition, kind: Kind) -> list[PracticeDetail]:
    """Every sector, format or situation."""
    return [practice_detail(edition, file) for file in practice_files(book, kind).values()]


def practice_files(book: RuleBook, kind: Kind) -> Mapping[str, PracticeFile]:
    """The files of all sectors, formats or situations, by key."""
    files: Mapping[str, PracticeFile] = getattr(book.data, kind)
    return files


def practice_detail(edition: Edition, file: PracticeFile) -> PracticeDetail:
    """A sector, format or situation."""
    found = practice_overview(edition, _layers_of(edition, file), file.key, file.notes)
    return PracticeDetail(
        key=file.key,
        title=file.title,
        description=file.description,
        parent=getattr(file, "parent", None),
        applies_in=tuple(file.applies_in),
        practices=found.practices,
        notes=found.notes,
        sources=found.sources,
    )


def _layers_of(edition: Edition, file: PracticeFile) -> list[Layer]:
    kinds = {entries.SectorPractice: "sector", entries.FormatPractice: "format"}
    kind = file.layer if isinstance(file, entries.Situation) else kinds[type(file)]
    scope = f"{kind}:{file.key}"
    return [layer for layer in edition.compiler.general if layer.scope.partition("/")[0] == scope]


def statutes_of(book: RuleBook, edition: Edition) -> list[StatuteDetail]:
    """Every statute."""
    return [statute_detail(edition, law) for law in book.data.statutes.values()]


def statute_detail(edition: Edition, law: entries.Statute) -> StatuteDetail:
    """A statute."""
    return StatuteDetail(
        id=law.id,
        jurisdiction=law.jurisdiction,
        topic=law.topic,
        binding=law.binding,
        toward_candidate=law.toward_candidate,
        shown_in_next_move=law.shown_in_next_move,
        duty=law.duty,
        citation=law.citation,
        clock=statutes.describe(law.clock) if law.clock else None,
        conditions=tuple(law.conditions_text),
        in_force_since=law.in_force_since,
        in_force_text=law.in_force_text,
        effect=law.effect,
        says=law.says,
        confidence=law.confidence,
        reviewed_on=law.reviewed_on,
        notes=law.notes,
        sources={key: edition.sources[key] for key in (f"{law.id}:{name}" for name in law.sources)},
    )
