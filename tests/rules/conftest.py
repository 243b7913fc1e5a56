"""The whole book on the real calendar, read once for all tests of the rules."""

from pathlib import Path

import pytest

from app.rules.book import RuleBook
from app.rules.load import BookData
from tests.rules.folders import copy_of_the_data
from tests.rules.whole_book import whole_book


@pytest.fixture(scope="session")
def book() -> RuleBook:
    return whole_book()


@pytest.fixture(scope="session")
def data(book: RuleBook) -> BookData:
    return book.data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The rule data, to be spoilt by the test."""
    return copy_of_the_data(tmp_path)
