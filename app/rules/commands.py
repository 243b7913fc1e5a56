"""The commands over the rule data: what `python -m app.rules` and `afterword rules` do. Arguments in, lines out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import ParamSpec

from pydantic import TypeAdapter

from app.rules import checks, findings, fixes, load, schema
from app.rules.book import RuleBook
from app.rules.coverage import COUNTED, LEVELS, CoverageReport, coverage_report
from app.rules.freshness import REVIEW_MONTHS, reviewed_until
from app.rules.lookup import look_up, nearest

WELL, FAULTS, WRONG_INPUT = 0, 1, 2
"""Exit statuses."""
Arguments = ParamSpec("Arguments")


@dataclass(frozen=True, slots=True)
class Report:
    """What a command prints, and its exit status: 0, 1 for faults in the data, 2 for input that cannot be used."""

    lines: tuple[str, ...]
    status: int = WELL


def _faults_reported(command: Callable[Arguments, Report]) -> Callable[Arguments, Report]:
    """`command`, which ends with the fault where data cannot be read."""

    @wraps(command)
    def reporting(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Report:
        try:
            return command(*args, **kwargs)
        except load.DataError as error:
            return Report((f"{error}.",), FAULTS)

    return reporting


def check(folder: Path = load.DATA) -> Report:
    """Everything that is wrong with the data, a line for each finding, and a closing line."""
    found: list[findings.Finding] = []
    faults = load.faults(folder)
    if not faults:
        found = checks.check(load.read(folder))
    found += schema.check_schema(folder)
    lines = [f"{fault}." for fault in faults] + [str(finding) for finding in found]
    files = len(load.data_files(folder))
    if not lines:
        return Report((f"{files} files, nothing wrong.",))
    closing = f"{files} files, {_count(len(lines), 'finding')}"
    if faults:
        closing += "; the other checks run once every file can be read"
    mendable = sum(finding.fixable for finding in found)
    if mendable:
        closing += f"; `fix` can mend {mendable}"
    return Report((*lines, f"{closing}."), FAULTS)


def fix(folder: Path = load.DATA) -> Report:
    """Mend what needs no judgement; what was done, then what `check` still finds."""
    done = fixes.fix(folder)
    left = check(folder)
    return Report((*done, f"{_count(len(done), 'thing')} mended.", *left.lines), left.status)


@_faults_reported
def show(name: str, as_of: date, folder: Path = load.DATA) -> Report:
    """What the rules say on a day of a country, company, sector, format, situation or statute, by code, key or name."""
    book = RuleBook(load.read(folder))
    lines = look_up(book, name, as_of)
    if lines:
        return Report(tuple(lines))
    near = nearest(book, name)
    hint = f"Did you mean {' or '.join(near)}?" if near else "Give a country's code or a key, such as JP or academia."
    return Report((f"The rules have nothing called {name!r}. {hint}",), WRONG_INPUT)


@_faults_reported
def coverage(as_of: date, folder: Path = load.DATA, *, as_json: bool = False) -> Report:
    """How much is known on a day: countries on each level, origin of each field, each country."""
    book = RuleBook(load.read(folder))
    report = coverage_report(book, book.at(as_of))
    if as_json:
        return Report(tuple(TypeAdapter(CoverageReport).dump_json(report, indent=2).decode().splitlines()))
    return Report((*_levels(report), "", *_fields(report), "", *_countries(report, book)))


@_faults_reported
def stale(as_of: date, folder: Path = load.DATA) -> Report:
    """Entries that speak on a day and were last reviewed too long before it, the longest first."""
    data = load.read(folder)
    speaking = [
        (entry.reviewed_on, f"{name}: {path}", reviewed_until(entry))
        for name, file in findings.practice_files(data)
        for path, entry in findings.speaking_entries(file, as_of)
    ]
    speaking += [
        (law.reviewed_on, f"statutes/{key}.yaml: {law.topic}", reviewed_until(law))
        for key, law in data.statutes.items()
    ]
    old = sorted((reviewed, where) for reviewed, where, until in speaking if as_of > until)
    lines = [f"{reviewed}  {_months(reviewed, as_of):>3} months  {where}" for reviewed, where in old]
    closing = f"{len(old)} of {_count(len(speaking), 'entry', 'entries')} not reviewed for {REVIEW_MONTHS} months"
    return Report((*lines, f"{closing} on {as_of}."))


def write_schema(folder: Path = load.DATA) -> Report:
    """Write schema.json as the models say."""
    load.write(folder, schema.FILE, schema.text())
    return Report((f"{schema.FILE}: {len(schema.patterns())} kinds of files.",))


def _levels(report: CoverageReport) -> list[str]:
    """A line for each level."""
    return ["level      countries", *(f"{level:<10} {report.levels[level]:>9}" for level in LEVELS)]


def _fields(report: CoverageReport) -> list[str]:
    """A line for each field."""
    width = max(map(len, COUNTED))
    head = f"{'field':<{width}}       real  inherited    missing"
    return [
        head,
        *(
            f"{path:<{width}} {counts['real']:>10} {counts['inherited']:>10} {counts['missing']:>10}"
            for path, counts in report.fields.items()
        ),
    ]


def _countries(report: CoverageReport, book: RuleBook) -> list[str]:
    """A line for each country of which anything is known."""
    lines = ["country                                  level       real  inherited    missing"]
    for code, one in report.countries.items():
        if one.level != "none":
            origins = list(one.fields.values())
            name = book.data.regions.countries[code].name[:36]
            counts = "".join(f" {origins.count(origin):>10}" for origin in ("real", "inherited", "missing"))
            lines.append(f"{code}  {name:<36} {one.level:<8}{counts[3:]}")
    unknown = report.levels["none"]
    return [*lines, f"Of {_count(unknown, 'further country', 'further countries')} nothing is known."]


def _months(since: date, until: date) -> int:
    """Whole months from one day to another."""
    return (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)


def _count(number: int, one: str, several: str = "") -> str:
    """A number with its noun: 1 finding, 2 findings."""
    return f"{number} {one if number == 1 else several or one + 's'}"
