"""Many clients that write at once, for a moment: what is counted must agree. Times are never asserted."""

import pytest

from benchmarks.load import Tally, crowd
from benchmarks.store import POSTGRESQL, SQLITE, kinds
from tests.conftest import missing

CLIENTS = 24


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def kind(request: pytest.FixtureRequest) -> str:
    if request.param not in kinds():
        missing("there is no wheel of PostgreSQL for this machine")
    return str(request.param)


def test_no_acknowledged_change_is_lost_and_nothing_fails(kind: str) -> None:
    tally = crowd(kind, CLIENTS, seconds=2)
    assert tally.wrong() == []
    assert tally.created >= CLIENTS
    assert tally.counted > 0
    assert tally.answers[412] > 0
    assert tally.answers.keys() <= {200, 201, 412}


def test_past_a_short_queue_the_answer_is_to_come_again_and_nothing_is_lost(kind: str) -> None:
    tally = crowd(kind, CLIENTS, 2, {"AFTERWORD_WORKER_THREADS": "1", "AFTERWORD_MOST_WAITING": "0"})
    assert tally.wrong() == []
    assert tally.answers[503] > 0
    assert tally.created > 0


def test_a_tally_says_what_is_wrong() -> None:
    tally = Tally(created=2, stored_interviews=1, stored_participants=6, counted=3, stored_count=3, stored_versions=3)
    assert tally.wrong() == ["2 interviews were acknowledged and 1 are stored"]
    tally.stored_interviews, tally.answers[500], tally.locked, tally.without_retry_after = 2, 1, 4, 5
    assert tally.wrong() == [
        "1 answers say that the server failed",
        "5 answers 503 have no Retry-After",
        "the log says 4 times that the database is locked",
    ]
