"""A small book with nothing wrong in it, for tests that change one thing and look at what follows."""

from pathlib import Path
from typing import Any, Self

from app.rules import entries, load
from app.rules import vocabulary as v
from app.rules.book import RuleBook
from app.rules.calendar import Calendar
from app.rules.canonical import canonical
from app.rules.checks import check
from app.rules.findings import Finding

REVIEWED = "2026-01-15"
Content = dict[str, Any]


def entry(*sources: str, **values: object) -> Content:
    """An entry as YAML has it, reviewed early in 2026, of low confidence unless told otherwise."""
    return {"reviewed_on": REVIEWED, "confidence": "low", "sources": list(sources), **values}


def source(*supports: str, **values: object) -> Content:
    """A source that speaks for the fields it supports."""
    return {
        "url": "https://example.com/advice",
        "publisher": "Example Careers",
        "kind": "career_advice",
        "weight": "medium",
        "stance": "for",
        "supports": list(supports),
        "says": "It is so.",
        **values,
    }


def note_expected(expectation: str = "appreciated", **values: object) -> Content:
    """A file's topics and sources that say how a note is seen."""
    return {
        "thank_you_note": [entry("advice", expectation=expectation, **values)],
        "sources": {"advice": source("thank_you_note.expectation", *(f"thank_you_note.{name}" for name in values))},
    }


def variation(key: str, when: Content, **topics: object) -> Content:
    """A variation as YAML has it."""
    return {"id": key, "when": when, "because": f"Because of {key}", **topics}


WORLD: Content = {
    "thank_you_note": [
        entry(
            confidence="none",
            expectation="optional",
            channels=["email"],
            recipients="each_interviewer",
            send_within_hours=48,
            formality="formal",
            languages=["en"],
            address="As they sign.",
            content="A few lines.",
        )
    ],
    "next_move": [
        entry(
            confidence="none",
            who="employer",
            enquire_after_business_days=10,
            grace_business_days=2,
            enquire_via="email",
        )
    ],
    "references": [entry(confidence="none", checked="sometimes", form="Not known.")],
    "gifts": [entry(confidence="none", to_interviewer="avoid")],
}
REGIONS: Content = {
    "regions": {
        "001": {"name": "World"},
        "150": {"name": "Europe", "parent": "001"},
        "155": {"name": "Western Europe", "parent": "150"},
        "021": {"name": "Northern America", "parent": "001"},
    },
    "countries": {
        "DE": {"name": "Germany", "region": "155", "primary_zone": "Europe/Berlin"},
        "FR": {"name": "France", "region": "155"},
        "US": {"name": "United States", "region": "021"},
    },
    "notes": "Four regions, three countries.",
}


class SmallBook:
    """Files by their name, as plain content; each change gives a new book's worth of files."""

    def __init__(self) -> None:
        self.files: dict[str, Content] = {"world.yaml": WORLD, "regions.yaml": REGIONS}
        for folder, words in (("sectors", v.SECTORS), ("formats", v.FORMATS)):
            for word in words:
                self.put(f"{folder}/{word}", key=word, title=word.capitalize(), description=f"About {word}.")

    def __repr__(self) -> str:
        rules = {
            name: content for name, content in self.files.items() if set(content) - {"key", "title", "description"}
        }
        return f"SmallBook({rules!r})"

    def put(self, name: str, /, **content: object) -> Self:
        """Add or replace a file, named without its ending."""
        self.files[f"{name}.yaml"] = content
        return self

    def country(self, code: str = "DE", **content: object) -> Self:
        """Add or replace a country's file."""
        region = REGIONS["countries"].get(code, {"region": "155"})["region"]
        return self.put(f"countries/{code}", **{"code": code, "region": region, **content})

    def situation(self, key: str, when: Content, layer: str = "said", **content: object) -> Self:
        """Add or replace a situation that needs no source."""
        described = {"title": f"Of {key}", "description": f"About {key}.", "fact_is_evidence": True}
        return self.put(f"situations/{key}", **{"key": key, "layer": layer, "when": when, **described, **content})

    def company(self, key: str, **content: object) -> Self:
        """Add or replace a company."""
        return self.put(f"companies/{key}", **{"key": key, "name": key.capitalize(), **content})

    def statute(self, key: str, jurisdiction: str, **content: object) -> Self:
        """Add or replace a statute: by default a duty to tell those interviewed, within 30 days."""
        law: Content = {
            "id": key,
            "jurisdiction": jurisdiction,
            "topic": "inform_interviewed_candidates",
            "binding": "law",
            "toward_candidate": True,
            "duty": "Tell those interviewed.",
            "citation": "The Example Act",
            "clock": {"days": 30, "unit": "calendar_day", "starts": "last_interview", "starts_text": "the interview"},
            "says": "It says so.",
            "confidence": "low",
            "reviewed_on": REVIEWED,
            "sources": {"act": {"url": "https://example.com/act", "publisher": "Example", "kind": "official_text"}},
        }
        return self.put(f"statutes/{key}", **{**law, **content})

    def write(self, folder: Path) -> Path:
        """Write all files below `folder`, each in canonical form."""
        for name, content in self.files.items():
            record = load.model_of(name).model_validate(content)
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            load.write(folder, name, canonical(record))
        return folder

    def read(self, folder: Path) -> load.BookData:
        """The data of this book, through files below `folder`."""
        return load.read(self.write(folder))

    def in_memory(self) -> load.BookData:
        """The data of this book without any file, texts or digest."""
        records = {name: load.model_of(name).model_validate(content) for name, content in self.files.items()}
        folders = {
            model.folder: {
                name.rpartition("/")[2].removesuffix(".yaml"): record
                for name, record in records.items()
                if isinstance(record, model)
            }
            for model in entries.FOLDERS
        }
        folders["region_practices"] = folders.pop("regions")
        single = {"world": records["world.yaml"], "regions": records["regions.yaml"]}
        return load.BookData(**single, **folders, zones={}, texts={}, digest="")  # type: ignore[arg-type]

    def findings(self, folder: Path) -> list[Finding]:
        """What the checks find."""
        return check(self.read(folder))

    def book(self, folder: Path, calendar: Calendar | None = None) -> RuleBook:
        """The rule book; Monday to Friday are its working days unless told otherwise."""
        return RuleBook(self.read(folder), calendar)
