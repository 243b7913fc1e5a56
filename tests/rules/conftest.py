"""The whole book on the real calendar, read once for all tests of the rules."""

import pytest

from app.rules.book import RuleBook
from app.rules.load import BookData
from tests.rules.whole_book import whole_book


@pytest.fixture(scope="session")
def book() -> RuleBook:
    return whole_book()


@pytest.fixture(scope="session")
def data(book: RuleBook) -> BookData:
    return book.data
