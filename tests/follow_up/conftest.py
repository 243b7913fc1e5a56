"""The application with the delivered rules, and short ways to ask it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from app.http import clock
from app.main import create_app
from app.settings import Settings
from tests.rules.whole_book import whole_book

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
Ask = Callable[..., dict[str, Any]]
Refused = Callable[..., list[dict[str, str]]]


@pytest.fixture(autouse=True, scope="package")
def _quiet_log() -> Iterator[None]:
    structlog.configure(processors=[structlog.processors.JSONRenderer(default=repr)])
    yield
    structlog.reset_defaults()


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture(scope="session")
def app() -> FastAPI:
    return create_app(Settings(), whole_book())


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


@pytest.fixture
def preview(client: TestClient) -> Ask:
    """Ask for the decision on some facts."""

    def ask(**facts: object) -> dict[str, Any]:
        answer = client.post("/v1/decisions/preview", json=facts)
        assert answer.status_code == 200, answer.text
        decision: dict[str, Any] = answer.json()
        return decision

    return ask


@pytest.fixture
def refused(client: TestClient) -> Refused:
    """The errors with which facts are refused."""

    def ask(**facts: object) -> list[dict[str, str]]:
        return errors_of(client.post("/v1/decisions/preview", json=facts))

    return ask


def errors_of(answer: Response) -> list[dict[str, str]]:
    """The places that a problem names."""
    assert answer.status_code == 422, answer.text
    problem = answer.json()
    assert problem["code"] == "invalid_request"
    errors: list[dict[str, str]] = problem["errors"]
    return errors
