"""`python -m benchmarks [NAME …]`: run the measurements and print one table.

The status says whether everything could be measured, never whether a goal was met.
"""

import argparse
import os
import platform
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from time import perf_counter

from benchmarks import book, decision, http, messages, plans, start, stored
from benchmarks.measure import Effort, Figure

MEASUREMENTS: dict[str, Callable[[Effort], list[Figure]]] = {
    "decision": decision.measure,
    "book": book.measure,
    "http": http.measure,
    "start": start.measure,
    "stored": stored.measure,
    "plans": plans.measure,
    "messages": messages.measure,
}
_PACKAGES = ("fastapi", "pydantic", "uvicorn", "uvloop", "httptools", "pyyaml", "zen-engine")
_COLUMNS = "{:<84} {:>10} {:>21}  {:<3} {:>6}  {}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the named measurements, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"One of {', '.join(MEASUREMENTS)}; all without any.")
    names = parser.parse_args(arguments).names
    if unknown := [name for name in names if name not in MEASUREMENTS]:
        parser.error(f"{unknown[0]!r} is not one of {', '.join(MEASUREMENTS)}")
    if not sys.platform.startswith("linux"):
        parser.error("processes are measured through /proc, which only Linux has")
    began = perf_counter()
    print(_machine())
    print(_COLUMNS.format("", "median", "half of the rounds", "", "goal", ""))
    for name in names or MEASUREMENTS:
        print(f"\n{name}")
        for figure in MEASUREMENTS[name](Effort()):
            print(line(figure), flush=True)
    print(f"\nTook {perf_counter() - began:.0f} s. Goals are reported, not enforced.")


def line(figure: Figure) -> str:
    """A figure as a line of the table."""
    low, high = figure.spread
    met = "" if figure.goal is None else "met" if figure.goal.met_by(figure.value) else "missed"
    spread = f"{_number(low)} to {_number(high)}" if len(figure.samples) > 1 else ""
    return _COLUMNS.format(
        f"  {figure.name}", _number(figure.value), spread, figure.unit, str(figure.goal or ""), met
    ).rstrip()


def _number(value: float) -> str:
    """Three digits that say something."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"  # noqa: PLR2004


def _machine() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    load = ", ".join(f"{one:.2f}" for one in os.getloadavg())
    return (
        f"{platform.system()} {platform.machine()}, {len(os.sched_getaffinity(0))} cores (load {load}), "
        f"{platform.python_implementation()} {platform.python_version()}\n{packages}\n"
    )


if __name__ == "__main__":
    main()
