"""The measurement of growth runs, and its last page is the last. Times are never asserted."""

from collections.abc import Iterator

import pytest
from httpx2 import get

from benchmarks.client import Request
from benchmarks.growth import LAST, measure, requests
from benchmarks.measure import Effort
from benchmarks.servers import AFTERWORD, running
from benchmarks.store import CREATE, LIST, READ, SQLITE, filled, kinds


def test_growth_is_measured_for_every_operation_on_every_database() -> None:
    names = [figure.name for figure in measure(Effort(rounds=1, seconds=0.05), few=60, many=120)]
    for kind in kinds():
        for operation in (READ, LIST, LAST, CREATE):
            assert f"{kind}: {operation}, p95 at 120 to that at 60" in names
        assert f"{kind}: {LAST} to the first, at 120" in names


@pytest.fixture(scope="module")
def last_page() -> Iterator[dict[str, object]]:
    """What the request for the last page gets."""
    with filled(SQLITE, 130) as store, running(AFTERWORD, settings=store.settings) as server:
        asked: Request = next(requests(server, store, LAST))
        answer = get(f"http://{server.host}:{server.port}{asked.path}", headers=dict(asked.headers))
        yield answer.json()


def test_the_last_page_is_whole_and_the_last(last_page: dict[str, list[object]]) -> None:
    assert len(last_page["items"]) == 50
    assert last_page["next_cursor"] is None
