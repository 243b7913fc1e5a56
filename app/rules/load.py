"""Read the rule data. The only module of the rules that opens files.

YAML is read strictly, because PyYAML's defaults corrupt country data (`NO` reads as false, `030` as 24, `12:30` as
750, and of two equal keys the first vanishes): only `true`, `false` and decimal integers are not text, duplicate
keys and null are refused.
"""

import hashlib
import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import tzdata
import yaml
from pydantic import BaseModel, ValidationError

from app.rules import entries

DATA = Path(__file__).parent / "data"
TZDATA = Path(tzdata.__file__).parent / "zoneinfo"
ZONES_VERSION: str = tzdata.IANA_VERSION


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
            if key.value in seen:
                message = f"the key {key.value!r} stands twice; keep one"
                raise yaml.constructor.ConstructorError(None, None, message, key.start_mark)
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


def parse(text: str, model: type[Model], file: str) -> Model:
    """One data file's text as its model.

    Raises `DataError` naming `file`, the path inside it, what is wrong and how to mend it.
    """
    try:
        raw = yaml.load(text, Loader=StrictLoader)  # noqa: S506 - a safe loader, made stricter
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise DataError(file, place, error.problem or "not YAML", "Mend the YAML at this place") from error
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = ".".join(str(part) for part in first["loc"])
        remedy = "See schema.json for what may stand here"
        if first["type"] == "extra_forbidden":
            remedy = f"Remove the key or correct its name; allowed here: {', '.join(_allowed(model, first['loc']))}"
        raise DataError(file, path, first["msg"], remedy) from error


def _allowed(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """The keys allowed where an unknown key stood: those of the model that `location` leads to."""
    for part in location[:-1]:
        if isinstance(part, int) or part not in model.model_fields:
            continue
        found = re.findall(r"entries\.(\w+)", repr(model.model_fields[part].annotation))
        if found:
            model = getattr(entries, found[-1])
    return [field.alias or name for name, field in model.model_fields.items()]


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

    def one(path: Path, model: type[Model]) -> Model:
        content = path.read_bytes()
        name = path.relative_to(folder).as_posix()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
        texts[name] = content.decode()
        return parse(texts[name], model, name)

    def several(directory: str, model: type[Model], key: str) -> dict[str, Model]:
        found = {}
        for path in sorted((folder / directory).glob("*.yaml")):
            found[path.stem] = one(path, model)
            if getattr(found[path.stem], key) != path.stem:
                name = path.relative_to(folder).as_posix()
                raise DataError(name, key, f"is not the file's name {path.stem!r}", "Make the two equal")
        return found

    return BookData(
        world=one(folder / "world.yaml", entries.World),
        regions=one(folder / "regions.yaml", entries.Regions),
        region_practices=several("regions", entries.RegionPractice, "code"),
        countries=several("countries", entries.Country, "code"),
        sectors=several("sectors", entries.SectorPractice, "key"),
        formats=several("formats", entries.FormatPractice, "key"),
        situations=several("situations", entries.Situation, "key"),
        companies=several("companies", entries.Company, "key"),
        statutes=several("statutes", entries.Statute, "id"),
        zones=_zones(),
        texts=texts,
        digest=digest.hexdigest(),
    )


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
