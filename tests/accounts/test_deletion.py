"""Deleting an account leaves nothing of it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI
from sqlalchemy import Table, func, select
from starlette.testclient import TestClient

from app.db.base import Base
from app.http.docs import DescribedAPI
from app.tables import METADATA
from tests.accounts.test_matrix import BY_NAME, EXAMPLES, OPERATIONS, User
from tests.stored import new_account

NOT_A_USERS = {"attempts"}


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
        for name in OPERATIONS:
            if BY_NAME[name][0] in {"post", "put"}:
                for example in EXAMPLES[name].values():
                    assert person.asks(name, example, **{"Idempotency-Key": uuid4().hex}).status_code < 500
    before = rows_of(app, other.account.id)
    rows = rows_of(app, user.account.id)
    assert [name for name in filled_tables() if not rows[name]] == []
    user.account.deleted("/v1/me")
    assert set(rows_of(app, user.account.id).values()) == {0}
    assert rows_of(app, other.account.id) == before
