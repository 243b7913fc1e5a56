"""A database of each kind for one test, with a table that only tests need."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table

from app.db import migrations
from app.db.database import Database
from tests.stored import new_database_url

COUNTERS = Table("counters", MetaData(), Column("id", Integer, primary_key=True), Column("value", Integer))


@pytest.fixture
def url(backend: str, tmp_path: Path) -> str:
    """The URL of an empty database."""
    return new_database_url(backend, tmp_path)


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """A migrated database for as many threads as the server has by default."""
    database = Database(url, connections=8)
    migrations.upgrade(database.engine)
    COUNTERS.create(database.engine)
    yield database
    database.close()
