"""Figures, goals, and rounds in which the things that are compared take turns."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure."""

    rounds: int = 9
    """Turns that each of the compared things gets."""
    repeats: int = 40
    """Calls in a turn, for calls of microseconds."""
    seconds: float = 1.0
    """Length of a turn of requests."""
    requests: int = 1000
    """Requests before memory is read; items of a batch."""
    starts: int = 5
    """Fresh processes."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure should reach. Reported, never enforced: times depend on the machine and on who else uses it."""

    at_least: float | None = None
    at_most: float | None = None

    def met_by(self, value: float) -> bool:
        """Whether `value` reaches the goal."""
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)

    def __str__(self) -> str:
        return " ".join(
            f"{sign} {limit:g}" for sign, limit in (("≥", self.at_least), ("≤", self.at_most)) if limit is not None
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured quantity: a sample for each round."""

    name: str
    samples: Sequence[float]
    unit: str = ""
    goal: Goal | None = None

    @property
    def value(self) -> float:
        """The median."""
        return median(self.samples)

    @property
    def spread(self) -> tuple[float, float]:
        """The quartiles; with fewer than four samples the least and the greatest."""
        if len(self.samples) < 4:  # noqa: PLR2004 - quartiles of three are all three
            return min(self.samples), max(self.samples)
        low, _, high = quantiles(self.samples, n=4, method="inclusive")
        return low, high


def take_turns(rounds: int, contenders: Mapping[str, Callable[[], float]]) -> dict[str, list[float]]:
    """What each contender returns in each round.

    All get a turn in every round, in alternating order, so that what else the machine does falls on all of them.
    """
    results: dict[str, list[float]] = {name: [] for name in contenders}
    order = list(contenders)
    for _ in range(rounds):
        for name in order:
            results[name].append(contenders[name]())
        order.reverse()
    return results


def ratios(above: Iterable[float], below: Iterable[float]) -> list[float]:
    """Round by round, one over the other."""
    return [over / under for over, under in zip(above, below, strict=True)]


def seconds_of(work: Callable[[], object]) -> float:
    """The time that `work` takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


def microseconds_per_call(calls: Sequence[Callable[[], object]], repeats: int) -> float:
    """The mean time of a call when all of `calls` are made `repeats` times in turn."""
    began = perf_counter()
    for _ in range(repeats):
        for call in calls:
            call()
    return (perf_counter() - began) / repeats / len(calls) * 1e6
