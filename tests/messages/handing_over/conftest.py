"""A browser to print letters with."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browsing import launched_browser


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with launched_browser() as browser:
        yield browser
