"""A server for which it is always the same moment, and somebody with an account there."""

from collections.abc import Iterator

import pytest
from httpx2 import Client

from tests.page.search.seeking import Seeker, stopped_server


@pytest.fixture(scope="package")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """In place of the server of the other tests of the page."""
    with stopped_server(str(tmp_path_factory.mktemp("search"))) as origin:
        yield origin


@pytest.fixture
def seeker(origin: str) -> Iterator[Seeker]:
    with Client(base_url=origin, timeout=60) as client:
        yield Seeker(client)
