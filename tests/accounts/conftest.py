"""An application that lets tests log in as often as they like, on each of the databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from app.accounts.passwords import Passwords
from app.accounts.sample import PASSWORDS
from app.background.engine import migrate as migrate_background
from app.db import migrations
from app.http import clock
from app.main import create_app
from app.settings import Settings
from tests.accounts.mailing import Post, running_post
from tests.rules.whole_book import whole_book
from tests.stored import new_database_url

PASSWORD = "four odd words together"
OFTEN = "100000/900"
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@dataclass
class Clock:
    """The time, which tests let pass."""

    now: datetime = NOW

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Person:
    """Somebody with an account."""

    client: TestClient
    email: str
    password: str = PASSWORD

    def logs_in(self, **form: str) -> Response:
        given = {"grant_type": "password", "username": self.email, "password": self.password, **form}
        return token(self.client, **given)

    def logged_in(self, **form: str) -> dict[str, Any]:
        answer = self.logs_in(**form)
        assert answer.status_code == 200, answer.text
        tokens: dict[str, Any] = answer.json()
        return tokens


def token(client: TestClient, **form: str) -> Response:
    return client.post("/v1/auth/token", data=form)


def refresh(client: TestClient, tokens: dict[str, Any], **form: str) -> Response:
    return token(client, grant_type="refresh_token", refresh_token=tokens["refresh_token"], **form)


def bearer(tokens: dict[str, Any] | str) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens if isinstance(tokens, str) else tokens['access_token']}"}


def register(client: TestClient, **body: object) -> Response:
    return client.post("/v1/auth/register", json={"password": PASSWORD, **body})


@pytest.fixture
def passing(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time, from now on in the hands of the test."""
    time = Clock()
    monkeypatch.setattr(clock, "now", lambda: time.now)
    return time


@pytest.fixture(scope="session")
def app(backend: str, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    settings = Settings(
        database_url=new_database_url(backend, tmp_path_factory.mktemp("accounts")),
        attempts_per_client=OFTEN,
        attempts_per_account=OFTEN,
        attempts_per_account_and_client=OFTEN,
        mails_per_address=OFTEN,
    )
    app = create_app(settings, whole_book())
    # The same work in a thousandth of the time.
    app.state.passwords = PASSWORDS
    migrations.upgrade(app.state.database.engine)
    migrate_background(settings.database)
    return app


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


@contextmanager
def hashing_with(app: FastAPI, passwords: Passwords) -> Iterator[None]:
    """Let the application hash in another way."""
    before, app.state.passwords = app.state.passwords, passwords
    yield
    app.state.passwords = before


@pytest.fixture
def person(client: TestClient) -> Person:
    """Somebody who has registered."""
    email = f"{uuid4().hex}@example.com"
    assert register(client, email=email).status_code == 202
    return Person(client, email)


def account_of(person: Person) -> dict[str, Any]:
    """Their account, as they see it."""
    account: dict[str, Any] = person.client.get("/v1/me", headers=bearer(person.logged_in())).json()
    return account


@pytest.fixture
def post(client: TestClient) -> Iterator[Post]:
    with running_post(client) as post:
        yield post


@pytest.fixture
def newcomer(client: TestClient, post: Post) -> Person:
    """Somebody who has registered, and whose mail is on its way."""
    email = f"{uuid4().hex}@example.com"
    assert register(client, email=email, language="de-AT").status_code == 202
    assert post.server.received == []
    return Person(client, email)
