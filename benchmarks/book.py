"""Loading the book, against reading the same YAML files with PyYAML's plain C loader; and the memory it takes."""

import gc
import json
import subprocess
import sys
import tracemalloc
from collections.abc import Mapping

import yaml

from app.rules import load
from app.rules.book import RuleBook
from app.rules.decide import decide
from app.rules.facts import Facts
from app.working_days import WorkingDays
from benchmarks.facts import TODAY
from benchmarks.measure import Effort, Figure, Goal, ratios, seconds_of, take_turns
from benchmarks.servers import resident_mebibytes

LOADING = Goal(at_most=0.3)
MEBIBYTE = 1024 * 1024


def measure(effort: Effort) -> list[Figure]:
    """Seconds to load the book, warm and in a fresh process, and mebibytes that it keeps."""
    texts = load.read().texts
    times = take_turns(
        effort.rounds,
        {"book": lambda: seconds_of(load_book), "yaml": lambda: seconds_of(lambda: _parse_plainly(texts))},
    )
    fresh = [_in_fresh_process("resident") for _ in range(effort.starts)]
    traced = _in_fresh_process("traced")
    return [
        Figure("loading the book", times["book"], "s", LOADING),
        Figure("loading the book, first time in a process", [one["seconds"] for one in fresh], "s", LOADING),
        Figure(f"PyYAML's C loader on the same {len(texts)} files", times["yaml"], "s"),
        Figure("loading the book takes as long as PyYAML's C loader", ratios(times["book"], times["yaml"]), "x"),
        Figure("memory of the book, objects", [traced["kept"]], "MiB"),
        Figure("memory of the book, objects, while loading", [traced["peak"]], "MiB"),
        Figure("memory of the book, objects, once every country was asked about", [traced["asked"]], "MiB"),
        Figure("memory of the book, growth of the resident set", [one["resident"] for one in fresh], "MiB"),
    ]


def load_book() -> RuleBook:
    """The book as the server loads it."""
    return RuleBook(load.read(), WorkingDays())


def _parse_plainly(texts: Mapping[str, str]) -> None:
    for text in texts.values():
        yaml.load(text, Loader=yaml.CSafeLoader)


def _in_fresh_process(what: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.book", what]
    return dict(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))


def _traced() -> dict[str, float]:
    """Mebibytes of Python objects: of the loaded book, at most while loading, after each country was asked about."""
    tracemalloc.start()
    book = load_book()
    gc.collect()
    kept, peak = tracemalloc.get_traced_memory()
    for country in book.data.regions.countries:
        decide(book, Facts(country=country), TODAY)
    gc.collect()
    asked, _ = tracemalloc.get_traced_memory()
    return {"kept": kept / MEBIBYTE, "peak": peak / MEBIBYTE, "asked": asked / MEBIBYTE}


def _resident() -> dict[str, float]:
    """Seconds that loading takes, and mebibytes by which the resident set grows."""
    before = resident_mebibytes()
    books: list[RuleBook] = []
    seconds = seconds_of(lambda: books.append(load_book()))
    gc.collect()
    return {"seconds": seconds, "resident": resident_mebibytes() - before}


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"traced": _traced, "resident": _resident}[sys.argv[1]]()))
