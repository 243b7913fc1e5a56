"""Processes that are ended with -9 while clients write: what was acknowledged is there, once."""

from collections import Counter

import pytest

from benchmarks.kill import EVERYTHING, SERVER, Tally, killed
from benchmarks.store import POSTGRESQL, SQLITE, kinds
from tests.conftest import missing


@pytest.mark.parametrize(("kind", "what"), [(SQLITE, SERVER), (POSTGRESQL, EVERYTHING)])
def test_what_was_acknowledged_is_there_once_after_a_restart(kind: str, what: str) -> None:
    if kind not in kinds():
        missing("there is no wheel of PostgreSQL for this machine")
    tally = killed(kind, what, rounds=1, clients=8, writes=40)
    assert tally.wrong() == []
    assert len(tally.acknowledged) == len(tally.stored) >= 40 + tally.unknown


def test_a_tally_says_what_is_wrong() -> None:
    tally = Tally(acknowledged={"kept", "lost"}, stored=Counter({"kept": 2, "other": 1}))
    assert tally.wrong() == ["1 are lost", "1 are there twice", "1 were never sent"]
