"""An application on each of the databases, and people who use it.

A test that asks for `account` runs twice: on SQLite and on PostgreSQL. Applications live as long as the run; each test
has users of its own, and nobody sees what is another's.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import event
from starlette.testclient import TestClient

from app.accounts.sample import logged_in
from app.background.engine import migrate as migrate_background
from app.db import migrations
from app.http.caller import SCOPES
from app.main import create_app
from app.settings import Settings
from tests import postgres
from tests.rules.whole_book import whole_book

BACKENDS = ("sqlite", "postgresql")
ANY = {"If-Match": "*"}
"""For changes of whatever version there is."""
EVENTS = 2
"""Statements that write events at the end of a change: the counter, which is held from then on, and all of them."""


@dataclass
class Account:
    """A user who is logged in, with short ways to ask for things."""

    client: TestClient
    id: UUID
    token: str
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, **given: Any) -> Response:  # noqa: ANN401 - what the client takes
        """Send a request with the user's token."""
        own = {"Authorization": f"Bearer {self.token}"}
        return self.client.request(method, path, headers={**own, **self.headers, **(headers or {})}, **given)

    def get(self, path: str, **given: Any) -> Response:  # noqa: ANN401 - as above
        """Read."""
        return self.ask("GET", path, **given)

    def made(self, path: str, body: object = None, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
        """POST, and the resource that came of it."""
        answer = self.ask("POST", path, json=body, **given)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def seen(self, path: str, **params: Any) -> dict[str, Any]:  # noqa: ANN401 - query parameters
        """GET, and what came."""
        # An empty mapping would take a query away that stands in the path.
        answer = self.ask("GET", path, params=params or None)
        assert answer.status_code == 200, answer.text
        seen: dict[str, Any] = answer.json()
        return seen

    def changed(self, path: str, body: object, match: str = "*") -> dict[str, Any]:
        """PATCH, and the resource as it is then."""
        answer = self.ask("PATCH", path, json=body, headers={"If-Match": match})
        assert answer.status_code == 200, answer.text
        changed: dict[str, Any] = answer.json()
        return changed

    def require_changed(self, path: str, before: Response) -> None:
        """Make sure that a resource has another version than in an earlier answer, and that clients are told so."""
        tag = before.headers["etag"]
        after = self.get(path, headers={"If-None-Match": tag})
        assert after.status_code == 200, after.text
        assert after.json()["updated_at"] > before.json()["updated_at"]
        stale = self.refused("PATCH", path, 412, json={"notes": "x"}, headers={"If-Match": tag})
        assert stale["code"] == "changed_meanwhile"

    def deleted(self, path: str, match: str = "*") -> None:
        """DELETE."""
        answer = self.ask("DELETE", path, headers={"If-Match": match})
        assert answer.status_code == 204, answer.text

    def refused(self, method: str, path: str, status: int, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
        """The problem with which a request is refused."""
        answer = self.ask(method, path, **given)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        problem: dict[str, Any] = answer.json()
        return problem


def new_account(client: TestClient, scopes: tuple[str, ...] = tuple(SCOPES)) -> Account:
    """A user with a session, written straight into the database."""
    app: Any = client.app
    user_id, token = logged_in(app.state.database, app.state.access_tokens, scopes)
    return Account(client, user_id, token)


def new_database_url(backend: str, folder: Path) -> str:
    """The URL of a new, empty database."""
    return postgres.new_database() if backend == "postgresql" else f"sqlite:///{folder / 'afterword.db'}"


@pytest.fixture(scope="session", params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """The kind of database."""
    return str(request.param)


@pytest.fixture(scope="session")
def stored_app(backend: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The application on a database of that kind, migrated."""
    url = new_database_url(backend, tmp_path_factory.mktemp("database"))
    app = create_app(Settings(database_url=url), whole_book())
    migrations.upgrade(app.state.database.engine)
    migrate_background(url)
    yield app
    app.state.database.close()


@pytest.fixture(scope="session")
def stored_client(stored_app: FastAPI) -> Iterator[TestClient]:
    """A client of it, with its lifespan."""
    with TestClient(stored_app) as client:
        yield client


@pytest.fixture
def account(stored_client: TestClient) -> Account:
    """A new user."""
    return new_account(stored_client)


@pytest.fixture
def queries(stored_app: FastAPI) -> Iterator[list[str]]:
    """The SQL statements that are sent to the database; clear the list before what is to be counted."""
    with noted_queries(stored_app) as sent:
        yield sent


@contextmanager
def noted_queries(app: FastAPI) -> Iterator[list[str]]:
    """The same for any application."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append(statement)

    engine = app.state.database.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def stranger(stored_client: TestClient) -> Account:
    """Another new user of the same application."""
    return new_account(stored_client)
