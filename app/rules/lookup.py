"""What the rules say under a code, a key or a name, as text that is read from top to bottom."""

import difflib
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from app.rules import entries, statutes
from app.rules.book import Edition, RuleBook
from app.rules.coverage import ORIGINS
from app.rules.decision import Reason, SourceNote, Stop, Value
from app.rules.overview import CountryOverview, Practice, PracticeOverview, country_overview, practice_overview

WIDTH = 110
Lines = Iterator[str]


def look_up(book: RuleBook, name: str, as_of: date) -> list[str]:
    """Everything that a code, key or name stands for, on a day; no line where it stands for nothing."""
    edition, parts = book.at(as_of), list[Lines]()
    countries = {place.name.casefold(): code for code, place in book.data.regions.countries.items()}
    code = countries.get(name.casefold(), name.upper())
    if code in book.data.regions.countries:
        parts.append(_country(country_overview(book, code, as_of), book))
    key = name.casefold()
    for kind, files in (("sector", book.data.sectors), ("format", book.data.formats)):
        if key in files:
            parts.append(_general(edition, kind, files[key]))
    if key in book.data.situations:
        situation = book.data.situations[key]
        parts.append(_general(edition, situation.layer, situation))
    company = book.company(name, "")
    if company:
        parts.append(_company(edition, company, book.data.companies[company]))
    if key in book.data.statutes:
        parts.append(_statute(book.data.statutes[key]))
    return [line for number, part in enumerate(parts) for line in ([""] if number else []) + list(part)]


def nearest(book: RuleBook, name: str) -> list[str]:
    """Codes, keys and names like one that stands for nothing, best first."""
    data = book.data
    known = {key: key for files in (data.sectors, data.formats, data.situations, data.statutes) for key in files}
    known |= {company.name.casefold(): key for key, company in data.companies.items()}
    known |= {place.name.casefold(): f"{code} ({place.name})" for code, place in data.regions.countries.items()}
    near = difflib.get_close_matches(name.casefold()[:80], known, n=3, cutoff=0.8)
    return list(dict.fromkeys(known[match] for match in near))


def value_text(value: Value) -> str:
    """A value in words: lists with commas, yes and no, none."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "none" if value is None else str(value)


def wrapped(text: str, indent: int = 0) -> list[str]:
    """Text broken into lines, all of them indented; long addresses stay whole."""
    margin = " " * indent
    return textwrap.wrap(
        text, WIDTH, initial_indent=margin, subsequent_indent=margin, break_long_words=False, break_on_hyphens=False
    )


def source_lines(sources: Mapping[str, SourceNote]) -> Lines:
    """Sources with their addresses and what they say."""
    for key, source in sources.items():
        about = ", ".join(filter(None, [source.publisher, str(source.year or ""), source.kind.replace("_", " ")]))
        yield from wrapped(f"{key}  {about}", 2)
        yield from wrapped(source.url, 6)
        if source.says:
            yield from wrapped(source.says, 6)


def _country(overview: CountryOverview, book: RuleBook) -> Lines:
    """A country."""
    origins = list(overview.coverage.fields.values())
    counts = ", ".join(f"{origins.count(origin)} {origin}" for origin in ORIGINS)
    regions = ", ".join(f"{code} {book.data.regions.regions[code].name}" for code in overview.regions)
    yield f"{overview.code}  {overview.name}"
    yield f"  coverage: {overview.coverage.level} ({counts})"
    yield f"  regions: {regions}"
    yield f"  time zone: {overview.time_zone or 'several'}"
    yield from _section("Values", (line for reason in overview.reasons for line in _reason(reason)))
    yield from _section("Variations", _practices(overview.variations))
    yield from _section("Subdivisions", _practices(overview.subdivisions))
    yield from _section("Statutes", (f"  {law}" for law in overview.statutes))
    yield from _closing(overview.notes, overview.sources)


def _general(
    edition: Edition, kind: str, file: entries.SectorPractice | entries.FormatPractice | entries.Situation
) -> Lines:
    """A sector, format or situation."""
    scope = f"{kind}:{file.key}"
    layers = [layer for layer in edition.compiler.general if layer.scope.partition("/")[0] == scope]
    yield f"{scope}  {file.title}"
    yield from wrapped(file.description, 2)
    yield from _of_file(practice_overview(edition, layers, file.key, file.notes), file.applies_in)


def _company(edition: Edition, key: str, company: entries.Company) -> Lines:
    """A company or institution."""
    yield f"company:{key}  {company.name}"
    known_as = [*company.aliases, *company.domains]
    if known_as:
        yield from wrapped(f"also: {', '.join(known_as)}", 2)
    overview = practice_overview(edition, edition.compiler.companies[key], key, company.notes)
    yield from _of_file(overview, company.applies_in)


def _of_file(overview: PracticeOverview, applies_in: Iterable[str]) -> Lines:
    """What sectors, formats, situations and companies have in common."""
    where = ", ".join(applies_in)
    if where:
        yield f"  applies in: {where}"
    yield from _section("Practice", _practices(overview.practices))
    yield from _closing(overview.notes, overview.sources)


def _statute(law: entries.Statute) -> Lines:
    """A statute."""
    yield f"statute:{law.id}  {law.jurisdiction}, {law.topic.replace('_', ' ')}, binding as {law.binding}"
    yield from wrapped(law.duty, 2)
    clock = statutes.describe(law.clock) if law.clock else None
    since = law.in_force_since or law.in_force_text
    conditions = "; ".join(condition.removesuffix(".") for condition in law.conditions_text)
    facts = (("citation", law.citation), ("clock", clock), ("in force", since), ("conditions", conditions))
    for name, value in (*facts, ("effect", law.effect), ("confidence", law.confidence)):
        if value:
            yield from wrapped(f"{name}: {value}", 2)
    yield from wrapped(law.says, 2)
    yield "  Information, not legal advice."
    yield from _section("Sources", (f"  {source.publisher}  {source.url}" for source in law.sources.values()))
    yield from _section("Notes", wrapped(law.notes or "", 2))


def _practices(practices: Iterable[Practice]) -> Lines:
    """Conditional practice."""
    for practice in practices:
        when = ", ".join(f"{fact} = {value_text(value)}" for fact, value in practice.when.items())
        yield from wrapped(f"{practice.scope}" + (f"  (when {when})" if when else ""), 2)
        yield from wrapped(practice.because or "", 6)
        for stop in practice.stops:
            yield from wrapped(_stop(stop), 6)
        for reason in practice.reasons:
            yield from wrapped(f"{reason.field}: {value_text(reason.value)}  [{_evidence(reason)}]", 6)
            yield from _notes(reason, 10)


def _stop(stop: Stop) -> str:
    """A prohibition."""
    return f"STOP, no {'thank-you note' if stop.forbids == 'thank_you' else 'enquiry'}: {stop.because}"


def _reason(reason: Reason) -> Lines:
    """A value with where it comes from."""
    yield from wrapped(f"{reason.field}: {value_text(reason.value)}", 2)
    yield from wrapped(f"{reason.scope}, {_evidence(reason)}", 6)
    if reason.overrode:
        weaker = "; ".join(f"{one.scope}: {value_text(one.value)}" for one in reason.overrode)
        yield from wrapped(f"over {weaker}", 6)
    yield from _notes(reason, 6)


def _notes(reason: Reason, indent: int) -> Lines:
    """The notes of a value."""
    for note in reason.notes:
        yield from wrapped(f"note: {note}", indent)


def _evidence(reason: Reason) -> str:
    """How sure a value is, and the ids of its sources."""
    return "; ".join(filter(None, [f"confidence {reason.confidence}", ", ".join(reason.sources)]))


def _closing(notes: str | None, sources: Mapping[str, SourceNote]) -> Lines:
    """Notes and sources of a file."""
    yield from _section("Notes", wrapped(notes or "", 2))
    yield from _section("Sources", source_lines(sources))


def _section(title: str, lines: Iterable[str]) -> Lines:
    """Lines under a title; nothing where there are none."""
    found = list(lines)
    if found:
        yield from ("", title, *found)
