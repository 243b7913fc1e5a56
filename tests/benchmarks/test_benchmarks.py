"""Every measurement runs. Times are never asserted: they depend on the machine."""

import sys
from collections.abc import Callable, Mapping
from functools import partial
from itertools import count

import pytest

from benchmarks import messages, plans, postgresql
from benchmarks.__main__ import MEASUREMENTS, line, main
from benchmarks.empty_endpoint import body_of
from benchmarks.facts import MIX, stream
from benchmarks.measure import Effort, Figure, Goal, take_turns
from benchmarks.store import SQLITE

AS_LITTLE_AS_POSSIBLE = Effort(rounds=1, repeats=1, seconds=0.05, requests=45, starts=1)
SMALL: Mapping[str, Callable[[Effort], list[Figure]]] = {
    "plans": partial(plans.measure, applications=8, others=2),
    "messages": partial(messages.measure, due_at_once=30, databases=(SQLITE,)),
}
"""Measurements that have much to write first."""

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are measured through /proc")


@pytest.mark.parametrize("name", MEASUREMENTS)
def test_a_measurement_runs_and_its_figures_have_names_and_are_not_negative(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is particular to PostgreSQL in measurements, the measurement of growth goes through.
    monkeypatch.setattr(postgresql, "is_here", lambda: False)
    figures = SMALL.get(name, MEASUREMENTS[name])(AS_LITTLE_AS_POSSIBLE)
    assert figures
    assert len({figure.name for figure in figures}) == len(figures)
    for figure in figures:
        assert figure.value >= 0, figure.name
        assert line(figure).startswith(f"  {figure.name}")


def test_an_unknown_name_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["speed"])
    assert "'speed' is not one of decision, book, http, start" in capsys.readouterr().err


def test_contenders_take_turns_in_alternating_order() -> None:
    turns = count()
    results = take_turns(2, {"first": lambda: next(turns), "second": lambda: next(turns)})
    assert results == {"first": [0, 3], "second": [1, 2]}


def test_a_figure_is_the_median_with_its_quartiles_and_says_whether_it_reaches_its_goal() -> None:
    figure = Figure("time", [5.0, 1.0, 2.0, 3.0, 4.0], "µs", Goal(at_most=3))
    assert (figure.value, figure.spread) == (3, (2, 4))
    assert line(figure).split() == ["time", "3.00", "2.00", "to", "4.00", "µs", "≤", "3", "met"]
    assert line(Figure("time", [4.0], "µs", Goal(at_most=3))).endswith("missed")


def test_no_two_requests_of_a_long_run_are_the_same() -> None:
    requests = [str(facts) for facts, _ in zip(stream(), range(4000), strict=False)]
    assert len(set(requests)) == len(requests)
    assert len(MIX) == 40


@pytest.mark.parametrize("size", [1000, 14_403, 20_000])
def test_the_empty_endpoint_gives_a_body_of_the_wanted_size(size: int) -> None:
    assert len(body_of(size).model_dump_json()) == size
