"""A user with an API key: stories take months, and a login does not."""

from datetime import UTC, datetime

import pytest

from app.http.caller import ONLY_FOR_PEOPLE, SCOPES
from tests.follow_up.plan.stories import Story
from tests.stored import Account


@pytest.fixture(autouse=True)
def _today() -> None:
    """Here the clock is moved by hand."""


@pytest.fixture
def story(account: Account) -> Story:
    """A job search that has not begun."""
    scopes = [scope for scope in SCOPES if scope not in ONLY_FOR_PEOPLE]
    key = account.made("/v1/api-keys", {"name": "Stories", "scopes": scopes})
    return Story(Account(account.client, account.id, key["secret"]), datetime(2026, 12, 1, tzinfo=UTC), login=account)
