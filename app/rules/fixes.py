"""Fixers: what needs no judgement is mended by a program.

Each fixer goes with the check of the same name in `checks.py` (of `fix_schema`, in `schema.py`), and leaves alone what
that check finds nothing wrong with. Running them twice changes nothing more.
"""

import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from app.rules import entries, load, schema
from app.rules.canonical import canonical

Topical = TypeVar("Topical", bound=entries.Topics)
Citing = TypeVar("Citing", entries.Entry, entries.Variation)
EntryList = list[entries.Entry]


def fix_text(text: str) -> str:
    """The text in NFC."""
    return unicodedata.normalize("NFC", text)


def fix_sources(file: entries.PracticeFile) -> entries.PracticeFile:
    """Every list of source ids names each once; what supports a variation's remark says so."""
    mended = _with_lists(file, lambda found: [_naming_once(entry) for entry in found])
    variations = [_naming_once(variation) for variation in mended.variations]
    sources = {}
    for key, source in file.sources.items():
        remarks = [f"variations.{variation.id}" for variation in variations if key in variation.sources]
        supports = [*source.supports, *(path for path in remarks if path not in source.supports)]
        sources[key] = source.model_copy(update={"supports": supports})
    return mended.model_copy(update={"variations": variations, "sources": sources})


def fix_dates(file: entries.PracticeFile) -> entries.PracticeFile:
    """Entries stand newest first."""
    return _with_lists(file, lambda found: sorted(found, key=lambda entry: entry.since or date.min, reverse=True))


def fix_form(record: entries.Record) -> str:
    """The canonical text. Comments are lost, which `fix` tells: what is worth saying belongs in `notes`."""
    return canonical(record)


def fix_schema(folder: Path) -> Iterator[str]:
    """Make schema.json anew where it is not what the models say."""
    if any(schema.check_schema(folder)):
        load.write(folder, schema.FILE, schema.text())
        yield f"{schema.FILE}: made anew from the models"


def fix(folder: Path) -> list[str]:
    """Mend every file below `folder` that can be read, and tell what was done, a line for each thing."""
    done: list[str] = []
    for name in load.data_files(folder):
        try:
            before = load.text_of(folder, name)
            after, deeds = _mended(before, name)
        except load.DataError:
            continue
        if deeds:
            load.write(folder, name, after)
            done += [f"{name}: {deed}" for deed in deeds]
    return [*done, *fix_schema(folder)]


def _mended(text: str, name: str) -> tuple[str, list[str]]:
    """A file's text as it should be, and what was done to it. Raises `DataError` where it cannot be read."""
    deeds: list[str] = []
    composed = fix_text(text)
    if composed != text:
        deeds.append("put in NFC")
    record: entries.Record = load.parse(composed, load.model_of(name), name)
    if composed != fix_form(record):
        removed = ", ".join(load.comments(composed))
        without = f", without its comments (what is worth keeping goes into notes): {removed}" if removed else ""
        deeds.append(f"written in canonical form{without}")
    if isinstance(record, entries.PracticeFile):
        for mend, deed in _OF_PRACTICE:
            mended = mend(record)
            if mended != record:
                deeds.append(deed)
            record = mended
    return (fix_form(record), deeds) if deeds else (text, deeds)


_OF_PRACTICE: tuple[tuple[Callable[[entries.PracticeFile], entries.PracticeFile], str], ...] = (
    (fix_sources, "sources named once, and remarks among what they support"),
    (fix_dates, "entries put newest first"),
)


def _with_lists(file: entries.PracticeFile, mend: Callable[[EntryList], EntryList]) -> entries.PracticeFile:
    """The file with `mend` applied to every list of entries in it."""

    def remade(part: Topical, extra: dict[str, Any]) -> Topical:
        lists = {kind.topic: mend(getattr(part, kind.topic)) for kind in entries.TOPICS}
        return part.model_copy(update=lists | extra)

    parts: dict[str, Any] = {"variations": [remade(variation, {}) for variation in file.variations]}
    if isinstance(file, entries.Country):
        parts["subdivisions"] = {key: remade(practice, {}) for key, practice in file.subdivisions.items()}
    return remade(file, parts)


def _naming_once(citing: Citing) -> Citing:
    """The same with each source id once, in their order."""
    return citing.model_copy(update={"sources": list(dict.fromkeys(citing.sources))})
