"""Read the rule data, and write what `fix` has mended. The only module of the rules that opens files.

YAML is read strictly, because PyYAML's defaults corrupt country data (`NO` reads as false, `030` as 24, `12:30` as
750, and of two equal keys the first vanishes): only `true`, `false` and decimal integers are not text, duplicate
keys and null are refused.
"""

import hashlib
import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import tzdata
import yaml
from pydantic import BaseModel, ValidationError

from app.rules import entries
from app.rules.misfits import misfits

DATA = Path(__file__).parent / "data"
TZDATA = Path(tzdata.__file__).parent / "zoneinfo"
ZONES_VERSION: str = tzdata.IANA_VERSION


ONE_OF_A_KIND: dict[str, type[entries.World | entries.Regions]] = {
    "world.yaml": entries.World,
    "regions.yaml": entries.Regions,
}
NO_DATA = frozenset({"LICENSE", "README.md", "schema.json"})
_FOLDERS: dict[str, type[entries.FileInFolder]] = {model.folder: model for model in entries.FOLDERS}


class DataError(Exception):
    """A fault in the rule data: the file, the path inside it, what is wrong and how to mend it."""

    def __init__(self, file: str, path: str, problem: str, remedy: str) -> None:
        super().__init__(f"{file}: {path or '(file)'}: {problem}. {remedy}")
        self.file, self.path, self.problem, self.remedy = file, path, problem, remedy


class StrictLoader(yaml.CSafeLoader):
    """PyYAML's C parser without its guesses."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the attribute PyYAML looks for

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - PyYAML's signature
        """A mapping whose keys are all different."""
        seen: set[str] = set()
        for key, _ in node.value:
            problem = None if isinstance(key, yaml.ScalarNode) else "a key must be text"
            if problem is None and key.value in seen:
                problem = f"the key {key.value!r} stands twice; keep one"
            if problem:
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)

    def construct_text(self, node: yaml.ScalarNode) -> str:
        """Text; an empty or null value is refused."""
        if not node.style and node.value in {"", "~", "null", "Null", "NULL"}:
            message = "null is not allowed; leave the key out (the value is then inherited)"
            raise yaml.constructor.ConstructorError(None, None, message, node.start_mark)
        return str(node.value)


StrictLoader.add_constructor("tag:yaml.org,2002:str", StrictLoader.construct_text)
StrictLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])
StrictLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^(?:0|[1-9][0-9]*)$"), list("0123456789"))

Model = TypeVar("Model", bound=BaseModel)
Filed = TypeVar("Filed", bound=entries.FileInFolder)


def parse(text: str, model: type[Model], file: str) -> Model:
    """One data file's text as its model.

    Raises `DataError` naming `file`, the path inside it, what is wrong and how to mend it.
    """
    try:
        raw = yaml.load(text, Loader=StrictLoader)  # noqa: S506 - a safe loader, made stricter
    except yaml.YAMLError as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
        raise DataError(file, place, problem, "Mend the YAML at this place") from error
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise DataError(file, *next(misfits(error, model))) from error


def comments(text: str) -> list[str]:
    """The comments of a YAML text that can be read, in their order: what stands from a # on between its tokens."""
    found, end = [], 0
    for token in yaml.scan(text, Loader=yaml.CSafeLoader):
        between = text[end : token.start_mark.index]
        found += [line[line.index("#") :].rstrip() for line in between.splitlines() if "#" in line]
        end = max(end, token.end_mark.index)
    return found


@dataclass(frozen=True, slots=True)
class BookData:
    """Every data file, parsed and named as it is on disk."""

    world: entries.World
    regions: entries.Regions
    region_practices: Mapping[str, entries.RegionPractice]
    countries: Mapping[str, entries.Country]
    sectors: Mapping[str, entries.SectorPractice]
    formats: Mapping[str, entries.FormatPractice]
    situations: Mapping[str, entries.Situation]
    companies: Mapping[str, entries.Company]
    statutes: Mapping[str, entries.Statute]
    zones: Mapping[str, tuple[str, ...]]
    """IANA zones of each country, from the zone.tab of the time-zone database."""
    texts: Mapping[str, str]
    """Every file as it stands on disk, by its name below the folder."""
    digest: str
    """SHA-256 over the names and contents of all files, hexadecimal."""


def read(folder: Path = DATA) -> BookData:
    """Read and validate every file below `folder`.

    Raises `DataError` for the first file that is not as it should be.
    """
    digest = hashlib.sha256()
    texts: dict[str, str] = {}

    def one(name: str, model: type[Model]) -> Model:
        texts[name] = text_of(folder, name)
        content = texts[name].encode()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
        return parse(texts[name], model, name)

    def several(model: type[Filed]) -> dict[str, Filed]:
        found = {}
        for path in sorted((folder / model.folder).glob("*.yaml")):
            found[path.stem] = one(path.relative_to(folder).as_posix(), model)
            _named_rightly(found[path.stem], path.stem)
        return found

    return BookData(
        world=one("world.yaml", entries.World),
        regions=one("regions.yaml", entries.Regions),
        region_practices=several(entries.RegionPractice),
        countries=several(entries.Country),
        sectors=several(entries.SectorPractice),
        formats=several(entries.FormatPractice),
        situations=several(entries.Situation),
        companies=several(entries.Company),
        statutes=several(entries.Statute),
        zones=_zones(),
        texts=texts,
        digest=digest.hexdigest(),
    )


def faults(folder: Path = DATA) -> list[DataError]:
    """Everything that keeps `read` from reading `folder`, in all files; also files that `read` would pass over."""
    return [fault for name in data_files(folder) for fault in _faults_of(folder, name)]


def data_files(folder: Path = DATA) -> list[str]:
    """The names of all data files, those in folders with the folder; what README and schema.json are is no data."""
    files = (path for path in folder.rglob("[!.]*") if path.is_file())
    there = {path.relative_to(folder).as_posix() for path in files}
    return sorted({*ONE_OF_A_KIND, *there} - NO_DATA)


def model_of(name: str) -> type[entries.World | entries.Regions | entries.FileInFolder]:
    """The model of a data file, by its name below the folder. Raises `DataError` where nothing reads such a file."""
    directory, _, file = name.rpartition("/")
    model = ONE_OF_A_KIND.get(name) or (_FOLDERS.get(directory) if file.endswith(".yaml") else None)
    if model is None:
        raise DataError(name, "", "is read by nothing", f"Move it to {', '.join(_FOLDERS)} as a .yaml file")
    return model


def _faults_of(folder: Path, name: str) -> Iterator[DataError]:
    """What is wrong with one file."""
    try:
        model = model_of(name)
        record = parse(text_of(folder, name), model, name)
        if isinstance(record, entries.FileInFolder):
            _named_rightly(record, Path(name).stem)
    except DataError as error:
        if not isinstance(error.__cause__, ValidationError):
            yield error
            return
        yield from (DataError(name, *misfit) for misfit in misfits(error.__cause__, model))


def _named_rightly(record: entries.FileInFolder, stem: str) -> None:
    """Raise `DataError` unless the record is named as its file is."""
    if getattr(record, record.named_by) != stem:
        name = f"{record.folder}/{stem}.yaml"
        raise DataError(name, record.named_by, f"is not the file's name {stem!r}", "Make the two equal")


def text_of(folder: Path, name: str) -> str:
    """The text of a file below `folder`. Raises `DataError` where there is none, or it is not UTF-8."""
    try:
        return (folder / name).read_bytes().decode()
    except FileNotFoundError as error:
        raise DataError(name, "", "is missing", "Add it") from error
    except UnicodeDecodeError as error:
        raise DataError(name, f"byte {error.start}", "is not UTF-8", "Save the file as UTF-8") from error


def write(folder: Path, name: str, text: str) -> None:
    """Write a file below `folder`, in UTF-8 with plain line ends."""
    (folder / name).write_bytes(text.encode())


def _zones() -> dict[str, tuple[str, ...]]:
    """Country code to IANA zones, from the zone.tab of the pinned time-zone database."""
    zones: dict[str, tuple[str, ...]] = {}
    for line in (TZDATA / "zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            country, _, name, *_ = line.split("\t")
            zones[country] = (*zones.get(country, ()), name)
    return zones


@cache
def zone_names() -> frozenset[str]:
    """Every IANA zone of the pinned time-zone database."""
    return frozenset((TZDATA.parent / "zones").read_text(encoding="utf-8").split())


@cache
def zone(name: str) -> ZoneInfo | None:
    """An IANA zone from the pinned database, the same on every machine; None where there is no such zone.

    The cache is bounded by the database: names that are not in it are not kept.
    """
    if name not in zone_names():
        return None
    with (TZDATA / name).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)
