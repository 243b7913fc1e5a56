"""Checks of the rule data that go beyond its shape, each named, each saying how to mend what it finds.

A check is a function from the parsed data to findings; `CHECKS` lists them in the order in which they run. Findings
that a program can mend have their fixer in `fixes.py`.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise
from statistics import median_low

from app.rules import entries, reported, vocabulary
from app.rules.canonical import canonical
from app.rules.findings import Finding, all_entries, practice_files, topic_lists
from app.rules.load import BookData, DataError
from app.rules.places import check_places, check_zones

SILENT = frozenset(
    {
        *("not_before_hours", "same_day", "late"),
        *("promised_within_business_days", "typical_wait_business_days", "feedback"),
    }
)
"""Fields without a harmless value: absent where nobody said anything."""

AHEAD = timedelta(days=4 * 366)
"""How far one review may lie after half of all: evidence that is kept up is reviewed every two years."""

Check = Callable[[BookData], Iterator[Finding]]


def supported(entry: entries.Entry, file: entries.PracticeFile, field: str) -> list[str]:
    """Ids of the entry's sources that speak for (or partly for) one of its fields."""
    path = f"{entry.topic}.{field}"
    return [
        name
        for name in entry.sources
        if (source := file.sources.get(name)) and path in source.supports and source.stance != "against"
    ]


def needs_no_source(file: entries.PracticeFile) -> bool:
    """World values are labelled "no evidence"; some situations are their own evidence."""
    return isinstance(file, entries.World) or (isinstance(file, entries.Situation) and file.fact_is_evidence)


def check_form(data: BookData) -> Iterator[Finding]:
    """Files are written in the canonical form."""
    records: dict[str, entries.Record] = {"regions.yaml": data.regions, **dict(practice_files(data))}
    records |= {f"statutes/{name}.yaml": statute for name, statute in data.statutes.items()}
    for name, record in records.items():
        if data.texts[name] != canonical(record):
            yield Finding(name, "(file)", "is not in canonical form", "Run `afterword rules fix`", fixable=True)


def check_text(data: BookData) -> Iterator[Finding]:
    """Text is NFC and without control characters."""
    for name, text in data.texts.items():
        for number, line in enumerate(text.splitlines(), start=1):
            if unicodedata.normalize("NFC", line) != line:
                yield Finding(name, f"line {number}", "is not in NFC", "Run `afterword rules fix`", fixable=True)
            if any(unicodedata.category(character) in {"Cc", "Cs", "Co"} for character in line):
                yield Finding(name, f"line {number}", "has a control character", "Remove it")


def check_sources(data: BookData) -> Iterator[Finding]:
    """Sources are defined, used, and named once; every value is supported by one of its entry's sources."""
    for name, file in practice_files(data):
        cited = {source for _, entry in all_entries(file) for source in entry.sources}
        cited |= {source for variation in file.variations for source in variation.sources}
        for source in sorted(cited - set(file.sources)):
            yield Finding(name, "sources", f"{source!r} is cited but not defined", "Define it or correct the id")
        for path, entry in all_entries(file):
            yield from _entry_sources(name, path, entry, file)
        for variation in file.variations:
            if len(set(variation.sources)) != len(variation.sources):
                path = f"variations.{variation.id}.sources"
                yield Finding(name, path, "names a source twice", "Keep one", fixable=True)
            for source in variation.sources:
                if source in file.sources and f"variations.{variation.id}" not in file.sources[source].supports:
                    where = f"sources.{source}.supports"
                    yield Finding(
                        name, where, f"lacks variations.{variation.id}", "Add it, or cite another source", fixable=True
                    )
        yield from _supports(name, file, cited)


def _entry_sources(name: str, path: str, entry: entries.Entry, file: entries.PracticeFile) -> Iterator[Finding]:
    """An entry's list of sources against its values."""
    if len(set(entry.sources)) != len(entry.sources):
        yield Finding(name, f"{path}.sources", "names a source twice", "Keep one", fixable=True)
    if needs_no_source(file):
        return
    for field in entry.values():
        if not supported(entry, file, field):
            remedy = f"Cite a source whose supports has {entry.topic}.{field}, or drop the value"
            yield Finding(name, f"{path}.{field}", "is supported by no source", remedy)
    if not entry.values() and not getattr(entry, "prohibits", None):
        yield Finding(name, path, "sets no value", "Drop the entry; what is absent is inherited")


def _supports(name: str, file: entries.PracticeFile, cited: set[str]) -> Iterator[Finding]:
    """What sources claim to support exists; a source nobody cites supports only values that are absent."""
    known = {f"{kind.topic}.{field}" for kind in entries.TOPICS for field in kind.fields()}
    known |= {f"variations.{variation.id}" for variation in file.variations}
    present = {f"{entry.topic}.{field}" for _, entry in all_entries(file) for field in entry.values()}
    for key, source in file.sources.items():
        for path in source.supports:
            if path not in known:
                remedy = "Name a field of a topic, or variations.<id>"
                yield Finding(name, f"sources.{key}.supports", f"{path!r} is no field of this file", remedy)
        if key not in cited and present.intersection(source.supports):
            remedy = "Cite it in the entry whose value it supports"
            yield Finding(name, f"sources.{key}", "supports a value here but no entry cites it", remedy)


def check_confidence(data: BookData) -> Iterator[Finding]:
    """`high` needs two independent voices, `none` is the world's, and less_sure lowers."""
    rank = vocabulary.CONFIDENCES.index
    for name, file in practice_files(data):
        for path, entry in all_entries(file):
            voices = {
                source.origin or source.publisher
                for key in entry.sources
                if (source := file.sources.get(key)) and source.stance != "against"
            }
            if entry.confidence == "high" and len(voices) < 2 and not _speaks_for_itself(file):  # noqa: PLR2004
                remedy = "Add an independent publisher or lower it to medium"
                yield Finding(name, f"{path}.confidence", "is high with fewer than two publishers", remedy)
            if (entry.confidence == "none") != isinstance(file, entries.World):
                remedy = "World entries have confidence none, all others low, medium or high"
                yield Finding(name, f"{path}.confidence", f"is {entry.confidence}", remedy)
            if isinstance(file, entries.RegionPractice) and rank(entry.confidence) > rank("low"):
                yield Finding(name, f"{path}.confidence", "is above low for a region", "Write low")
            for field, confidence in entry.less_sure.items():
                if field not in entry.values():
                    yield Finding(name, f"{path}.less_sure", f"{field!r} has no value here", "Remove it")
                elif rank(confidence) >= rank(entry.confidence):
                    remedy = f"Name a confidence below {entry.confidence}, or remove it"
                    yield Finding(name, f"{path}.less_sure.{field}", "does not lower the confidence", remedy)


def _speaks_for_itself(file: entries.PracticeFile) -> bool:
    """An institution's own text about itself, or what was said in the interview, needs no second voice."""
    if isinstance(file, entries.Company):
        return any(source.kind in {"official_policy", "official_guidance"} for source in file.sources.values())
    return needs_no_source(file)


def check_dates(data: BookData) -> Iterator[Finding]:
    """Entries stand newest first and were reviewed after they began."""
    for name, file in practice_files(data):
        for path, entry in all_entries(file):
            if entry.since and entry.since > entry.reviewed_on:
                yield Finding(name, f"{path}.since", "is after reviewed_on", "Correct one of the two")
        for prefix, topics in topic_lists(file):
            for kind in entries.TOPICS:
                path = f"{prefix}{kind.topic}"
                for newer, older in pairwise(getattr(topics, kind.topic)):
                    if newer.since == older.since:
                        yield Finding(name, path, f"has two entries since {newer.since}", "Keep one, or correct since")
                    elif newer.since is None or (older.since and older.since > newer.since):
                        yield Finding(name, path, "is not ordered newest first", "Order it by since", fixable=True)


def check_reviews(data: BookData) -> Iterator[Finding]:
    """No review day lies years after the others, which would keep its entry from ever growing stale.

    The rules know no clock, so the other reviews tell what time it is.
    """
    reviews = [
        (name, f"{path}.reviewed_on", entry.reviewed_on)
        for name, file in practice_files(data)
        for path, entry in all_entries(file)
    ]
    reviews += [(f"statutes/{key}.yaml", "reviewed_on", statute.reviewed_on) for key, statute in data.statutes.items()]
    middle = median_low(day for _, _, day in reviews) if reviews else date.max
    for name, path, day in reviews:
        if day - middle > AHEAD:
            yield Finding(name, path, f"{day} is years after the reviews of other files", "Correct the day")


Rival = entries.Variation | entries.Situation


def check_variations(data: BookData) -> Iterator[Finding]:
    """Variations that can hold together agree, or one demands more, or a third settles where they meet."""
    for name, file in practice_files(data):
        ids = [variation.id for variation in file.variations]
        for twice in sorted({key for key in ids if ids.count(key) > 1}):
            yield Finding(name, f"variations.{twice}", "stands twice", "Give each variation its own id")
        for one, other in combinations(file.variations, 2):
            for field in _contested(one, other, data):
                if not _settled(one, other, field, file.variations, data):
                    remedy = "Make one's conditions include the other's, or add a variation for where both hold"
                    path = f"variations.{one.id}"
                    yield Finding(name, path, f"can hold together with {other.id} and differs in {field}", remedy)


def check_situations(data: BookData) -> Iterator[Finding]:
    """Situations of one layer that can hold together agree, or one demands more, or says that it beats the other."""
    all_beaten = _all_beaten(data)
    for key, situation in data.situations.items():
        name = f"situations/{key}.yaml"
        if key in all_beaten[key]:
            yield Finding(name, "over", "leads back to itself", "Break the circle")
        for beaten in situation.over:
            other = data.situations.get(beaten)
            if other is None or other.layer != situation.layer:
                yield Finding(name, "over", f"{beaten!r} is no situation of the same layer", "Correct the key")
    for one, other in combinations(data.situations.values(), 2):
        apart = one.applies_in and other.applies_in and not set(one.applies_in) & set(other.applies_in)
        ordered = other.key in all_beaten[one.key] or one.key in all_beaten[other.key]
        if one.layer != other.layer or apart or ordered:
            continue
        for field in _contested(one, other, data):
            if not _settled(one, other, field, data.situations.values(), data):
                remedy = f"Add {other.key} to over, or {one.key} to the over of {other.key}"
                problem = f"can hold together with {other.key} and differs in {field}"
                yield Finding(f"situations/{one.key}.yaml", "over", problem, remedy)


def _all_beaten(data: BookData) -> dict[str, set[str]]:
    """Per situation, every other that it beats, itself or through those it beats."""
    situations = data.situations.values()
    beaten = {one.key: {other.key for other in situations if one.beats(other)} for one in situations}
    for middle, through in beaten.items():
        for keys in beaten.values():
            if middle in keys:
                keys.update(through)
    return beaten


def _demands(rival: Rival, data: BookData) -> frozenset[tuple[str, object]]:
    """Everything a rule demands, with the wider sectors that a sector implies."""
    demands = set(rival.when.conditions().items())
    sector = rival.when.sector
    while sector:
        demands.add(("sector", sector))
        sector = data.sectors[sector].parent if sector in data.sectors else None
    return frozenset(demands)


def _contested(one: Rival, other: Rival, data: BookData) -> list[str]:
    """Fields to which two rules that can hold together give different values."""
    mine, theirs = _demands(one, data), _demands(other, data)
    for fact in {fact for fact, _ in mine} & {fact for fact, _ in theirs}:
        values = {value for name, value in mine if name == fact}
        others = {value for name, value in theirs if name == fact}
        if not (values <= others or others <= values):
            return []
    contested = []
    for kind in entries.TOPICS:
        for entry, against in zip(getattr(one, kind.topic)[:1], getattr(other, kind.topic)[:1], strict=False):
            known = against.values()
            contested += [
                f"{kind.topic}.{field}" for field, value in entry.values().items() if known.get(field, value) != value
            ]
    return contested


def _settled(one: Rival, other: Rival, field: str, among: Iterable[Rival], data: BookData) -> bool:
    """Whether inclusion, or a third rule that sets the field wherever both hold, decides."""
    mine, theirs = _demands(one, data), _demands(other, data)
    if mine < theirs or theirs < mine:
        return True
    topic, name = field.split(".")
    return any(
        demands <= mine | theirs
        and len(demands) > max(len(mine), len(theirs))
        and any(name in entry.values() for entry in getattr(third, topic)[:1])
        for third in among
        for demands in [_demands(third, data)]
    )


def check_layers(data: BookData) -> Iterator[Finding]:
    """A layer sets only what is its to set; a stop says `avoid`."""
    allowed = {
        "agency": {"channels", "recipients", "enquire_via"},
        "recipient": {"expectation", "channels", "recipients", "formality", "languages"},
    }
    for name, file in practice_files(data):
        for path, entry in all_entries(file):
            if isinstance(file, entries.Situation):
                for field in sorted(set(entry.values()) - allowed.get(file.layer, set(entry.values()))):
                    remedy = f"Move it to another layer; {file.layer} may set {', '.join(sorted(allowed[file.layer]))}"
                    yield Finding(name, f"{path}.{field}", f"is not for the {file.layer} layer to set", remedy)
            if isinstance(entry, entries.ThankYouNote) and entry.prohibits and entry.expectation != "avoid":
                yield Finding(name, f"{path}.prohibits", "stands without expectation: avoid", "Add expectation: avoid")


def check_world(data: BookData) -> Iterator[Finding]:
    """The world has one value for every field that has a harmless one."""
    for kind in entries.TOPICS:
        found: list[entries.Entry] = getattr(data.world, kind.topic)
        missing = set(kind.fields()) - SILENT - set(found[0].values() if found else ())
        for field in sorted(missing):
            yield Finding("world.yaml", kind.topic, f"lacks {field}", "Add the harmless value")


def check_vocabulary(data: BookData) -> Iterator[Finding]:
    """Every sector and format of the vocabulary has its file; parents are sectors without circles."""
    for folder, files, words in (
        ("sectors", data.sectors, vocabulary.SECTORS),
        ("formats", data.formats, vocabulary.FORMATS),
    ):
        for word in sorted(set(words) - set(files)):
            yield Finding(f"{folder}/{word}.yaml", "(file)", "is missing", "Write it; title and description suffice")
    for key, sector in data.sectors.items():
        above, seen = sector.parent, [key]
        while above and above not in seen:
            seen.append(above)
            above = data.sectors[above].parent if above in data.sectors else None
        if above:
            yield Finding(f"sectors/{key}.yaml", "parent", "leads back to itself", "Break the circle")


def check_companies(data: BookData) -> Iterator[Finding]:
    """A key, a name or a domain leads to one company, in one country and under the same conditions."""
    if reported.KEY in data.companies:
        yield Finding(
            f"companies/{reported.KEY}.yaml", "key", "stands for what is reported of any company", "Choose another key"
        )
    owners: dict[tuple[str, str], str] = {}
    for key, company in data.companies.items():
        where = f"{sorted(company.applies_in)} {company.when}"
        for name in (key, company.name, *company.aliases, *company.domains):
            other = owners.setdefault((name.casefold(), where), key)
            if other != key:
                problem = f"{name} belongs to {other} too, with the same conditions"
                yield Finding(f"companies/{key}.yaml", "name", problem, "Keep it in one, or narrow applies_in or when")


def check_statutes(data: BookData) -> Iterator[Finding]:
    """Jurisdictions exist; one binding duty with a clock for each."""
    clocks: dict[str, str] = {}
    for key, statute in data.statutes.items():
        name = f"statutes/{key}.yaml"
        if statute.jurisdiction[:2] not in {*data.regions.countries, "EU"}:
            yield Finding(name, "jurisdiction", "is no country", "Write an ISO 3166 code or EU")
        if statute.shown_in_next_move:
            other = clocks.setdefault(statute.jurisdiction, key)
            if other != key:
                yield Finding(name, "topic", f"{other} already has the clock of this place", "Keep one of the two")
            if statute.clock is None:
                yield Finding(name, "clock", "is missing", "Add the clock, or choose another topic")


CHECKS: tuple[Check, ...] = (
    check_form,
    check_text,
    check_sources,
    check_confidence,
    check_dates,
    check_reviews,
    check_variations,
    check_situations,
    check_layers,
    check_world,
    check_vocabulary,
    check_places,
    check_zones,
    check_companies,
    check_statutes,
)


def refuse(data: BookData) -> None:
    """Refuse to work with data that could not be answered from, or not in one way only. Form and text do not matter.

    Raises `DataError` for the first finding.
    """
    for one in CHECKS:
        for finding in one(data) if one not in {check_form, check_text} else ():
            raise DataError(finding.file, finding.path, finding.problem, f"{finding.remedy}.")


def check(data: BookData) -> list[Finding]:
    """Everything that is wrong with the data; an empty list is a clean bill."""
    return [finding for one in CHECKS for finding in one(data)]
