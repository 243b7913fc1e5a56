"""What a check finds, and the ways through the data that checks share."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.rules import entries
from app.rules.load import BookData


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: where it is, what is wrong, how to mend it, and whether `fix` can."""

    file: str
    path: str
    problem: str
    remedy: str
    fixable: bool = False

    def __str__(self) -> str:
        """One line for a terminal."""
        mark = " [fix can mend this]" if self.fixable else ""
        return f"{self.file}: {self.path}: {self.problem}. {self.remedy}.{mark}"


def practice_files(data: BookData) -> Iterator[tuple[str, entries.PracticeFile]]:
    """Every file with practice in it, with its name below the data folder."""
    yield "world.yaml", data.world
    for folder, files in (
        ("regions", data.region_practices),
        ("countries", data.countries),
        ("sectors", data.sectors),
        ("formats", data.formats),
        ("situations", data.situations),
        ("companies", data.companies),
    ):
        for name, file in files.items():
            yield f"{folder}/{name}.yaml", file


def topic_lists(file: entries.PracticeFile) -> Iterator[tuple[str, entries.Topics]]:
    """The file itself, its variations and its subdivisions: everything that carries topics, with its path."""
    yield "", file
    for variation in file.variations:
        yield f"variations.{variation.id}.", variation
    if isinstance(file, entries.Country):
        for key, subdivision in file.subdivisions.items():
            yield f"subdivisions.{key}.", subdivision


def all_entries(file: entries.PracticeFile) -> Iterator[tuple[str, entries.Entry]]:
    """Every entry of a file with its path."""
    for prefix, topics in topic_lists(file):
        for kind in entries.TOPICS:
            for number, entry in enumerate(getattr(topics, kind.topic)):
                yield f"{prefix}{kind.topic}.{number}", entry


def speaking_entries(file: entries.PracticeFile, as_of: date) -> Iterator[tuple[str, entries.Entry]]:
    """The newest entry of each list that speaks on a day, with its path; older ones count no more."""
    seen: set[str] = set()
    for path, entry in all_entries(file):
        topic = path.rpartition(".")[0]
        if topic not in seen and (entry.since is None or entry.since <= as_of):
            seen.add(topic)
            yield topic, entry
