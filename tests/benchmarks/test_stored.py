"""What Afterword is compared with answers the same requests with the same things."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from httpx2 import Response
from pydantic import SecretStr
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from benchmarks import bare, store, tutorial
from benchmarks.store import CREATE, LIST, READ, Store
from tests.conftest import missing
from tests.rules.whole_book import whole_book


@pytest.fixture(params=[store.SQLITE, store.POSTGRESQL])
def filled(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A database with a few interviews."""
    if request.param not in store.kinds():
        missing("there is no wheel of PostgreSQL for this machine")
    with store.filled(request.param, 60) as made:
        yield made


def answers(filled: Store, operation: str) -> list[Response]:
    """What Afterword, the bare application and the tutorial answer."""
    settings = Settings(database_url=filled.url, secret_keys=[SecretStr(filled.key)])
    apps = (
        create_app(settings, whole_book()),
        bare.create_app(filled.url, filled.owner),
        tutorial.create_app(filled.url, filled.key),
    )
    asked = filled.requests()[operation][-1]
    headers = {**asked.headers, "Content-Type": "application/json"}
    found = []
    for app in apps:
        with TestClient(app) as client:
            found.append(client.request(asked.method, asked.path, content=asked.body, headers=headers))
    return found


@pytest.mark.parametrize("operation", [READ, LIST])
def test_the_same_rows_are_read(filled: Store, operation: str) -> None:
    ours, *others = answers(filled, operation)
    assert ours.status_code == 200
    expected = ours.json() | {"next_cursor": None} if operation == LIST else ours.json()
    assert len(ours.json().get("items", [{}])) == (50 if operation == LIST else 1)
    for other in others:
        assert other.json() == expected


def test_the_same_interview_is_written(filled: Store) -> None:
    shown = [_without_identity(answer) for answer in answers(filled, CREATE)]
    assert len(shown[0]["participants"]) == 3
    assert shown[0] == shown[1] == shown[2]


def _without_identity(answer: Response) -> dict[str, Any]:
    """What was made, but for its ids and moments."""
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = json.loads(answer.text)
    ids = {made.pop("id"), *(one.pop("id") for one in made["participants"])}
    assert all(UUID(one).version == 7 for one in ids)
    assert made.pop("created_at") == made.pop("updated_at")
    return made
