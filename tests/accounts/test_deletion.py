"""Deleting an account leaves nothing of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import Table, event, func, select
from starlette.testclient import TestClient

from app.db import migrations
from app.db.base import Base
from app.http.docs import DescribedAPI
from app.main import create_app
from app.settings import Settings
from app.tables import METADATA
from tests import postgres
from tests.accounts.test_matrix import BY_NAME, User
from tests.rules.whole_book import whole_book
from tests.stored import Account, new_account

NOT_A_USERS = {"attempts", "workers"}


def filled_tables() -> Iterator[str]:
    """The tables that the examples fill: those of every feature that has operations."""
    features = {"accounts", "http", *(path.split("/")[2] for _, path in BY_NAME.values() if path.startswith("/v1/"))}
    for mapper in Base.registry.mappers:
        table = mapper.local_table
        if mapper.class_.__module__.split(".")[1] in features and isinstance(table, Table):
            yield from {table.name} - NOT_A_USERS


def rows_of(app: FastAPI, owner_id: UUID) -> dict[str, int]:
    """How many rows of each table are a user's."""
    counted: dict[str, int] = {}
    with app.state.database.session() as session:
        for table in METADATA.sorted_tables:
            if table.name not in NOT_A_USERS:
                owner: Any = table.c.id if table.name == "users" else table.c.owner_id
                counted[table.name] = session.scalar(select(func.count()).select_from(table).where(owner == owner_id))
    return counted


def test_deleting_the_account_deletes_every_row_of_it_and_none_of_anybody_else(
    app: FastAPI, client: TestClient
) -> None:
    assert isinstance(app, DescribedAPI)
    user, other = User(new_account(client)), User(new_account(client))
    for person in (user, other):
        person.makes_everything()
    before = rows_of(app, other.account.id)
    rows = rows_of(app, user.account.id)
    assert [name for name in filled_tables() if not rows[name]] == []
    user.account.deleted("/v1/me")
    assert set(rows_of(app, user.account.id).values()) == {0}
    assert rows_of(app, other.account.id) == before


@pytest.fixture(scope="module")
def on_postgresql() -> Iterator[TestClient]:
    """The application where many write at once."""
    app = create_app(Settings(database_url=postgres.new_database()), whole_book())
    migrations.upgrade(app.state.database.engine)
    with TestClient(app) as client:
        yield client


@contextmanager
def just_before(statement: str, account: Account, act: Callable[[], object]) -> Iterator[None]:
    """Let something happen on another connection before a statement of the next request is sent."""
    application: Any = account.client.app
    engine = application.state.database.engine
    waiting = [act]

    def look(_connection: object, _cursor: object, sent: str, *_more: object) -> None:
        if statement in sent and waiting:
            waiting.pop()()

    event.listen(engine, "before_cursor_execute", look)
    yield
    event.remove(engine, "before_cursor_execute", look)
    assert not waiting, f"{statement} was never sent"


@pytest.mark.parametrize(
    ("method", "path", "body", "statement"),
    [
        ("POST", "/v1/companies", {"name": "Initech"}, "INSERT INTO companies"),
        ("POST", "/v1/contacts", {"name": {"given_name": "Aiko"}}, "INSERT INTO contacts"),
        ("POST", "/v1/api-keys", {"name": "Export", "scopes": ["companies:read"]}, "INSERT INTO api_keys"),
        ("GET", "/v1/me", None, "FROM users"),
        ("PATCH", "/v1/me", {"name": "Kim"}, "FROM users"),
        ("DELETE", "/v1/me", None, "SELECT login_sessions.created_at"),
    ],
)
def test_a_request_whose_account_is_deleted_meanwhile_gets_what_a_later_one_gets(
    on_postgresql: TestClient, method: str, path: str, body: object, statement: str
) -> None:
    kim = new_account(on_postgresql)
    headers = {"If-Match": "*"} if method in {"PATCH", "DELETE"} else {}
    with just_before(statement, kim, lambda: kim.deleted("/v1/me")):
        refused = kim.ask(method, path, headers, json=body)
    later = kim.ask(method, path, headers, json=body)
    assert (refused.status_code, later.status_code) == (401, 401)
    assert refused.headers["www-authenticate"] == later.headers["www-authenticate"]
    assert refused.json() | {"request_id": ""} == later.json() | {"request_id": ""}


def test_a_program_whose_user_deletes_the_account_meanwhile_is_told_that_its_key_is_good_no_longer(
    on_postgresql: TestClient,
) -> None:
    kim = new_account(on_postgresql)
    key = kim.made("/v1/api-keys", {"name": "Import", "scopes": ["companies:read", "companies:write"]})["secret"]
    program = Account(on_postgresql, kim.id, key)
    # Its use is noted now, so that the next request need not.
    assert program.get("/v1/companies").status_code == 200
    with just_before("INSERT INTO companies", kim, lambda: kim.deleted("/v1/me")):
        problem = program.refused("POST", "/v1/companies", 401, json={"name": "Initech"})
    assert problem["detail"].startswith("The API key was revoked")
