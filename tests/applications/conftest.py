"""A company to apply at."""

import pytest

from tests.stored import Account


@pytest.fixture
def company(account: Account) -> str:
    """The id of a company of the user's."""
    return str(account.made("/v1/companies", {"name": "Initech GmbH"})["id"])
