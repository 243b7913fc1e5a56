"""Errors of the database are told apart by the key that was broken."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from app.accounts.models import LoginSession, User
from app.companies.models import Company
from app.db.constraints import lacks, repeats
from app.db.database import Database, Writing
from app.db.types import new_id
from app.http import clock

Change = Callable[[Writing], None]


def broken_by(database: Database, change: Change) -> IntegrityError:
    with pytest.raises(IntegrityError) as raised, database.session() as session:
        change(session)
    return raised.value


def user(user_id: UUID, email: str) -> User:
    now = clock.now()
    return User(id=user_id, email=email, password_hash="", created_at=now, updated_at=now)


def test_the_key_that_forbids_a_second_row_is_known(database: Database) -> None:
    with database.session() as session:
        session.add(user(UUID(int=1), "kim@example.com"))
    same_email = broken_by(database, lambda session: session.add(user(UUID(int=2), "kim@example.com")))
    assert repeats(same_email, User, "email")
    assert not repeats(same_email, User, "id")
    assert not repeats(same_email, Company, "owner_id", "id")
    assert not lacks(same_email, LoginSession, "owner_id")
    same_id = broken_by(database, lambda session: session.add(user(UUID(int=1), "robin@example.com")))
    assert repeats(same_id, User, "id")
    assert not repeats(same_id, User, "email")


def test_a_row_that_refers_to_none_repeats_nothing(database: Database) -> None:
    now = clock.now()
    company = Company(owner_id=new_id(), name="A", name_key="a", search_text="a", created_at=now, updated_at=now)
    error = broken_by(database, lambda session: session.add(company))
    assert not repeats(error, Company, "owner_id", "id")
    assert lacks(error, Company, "owner_id") is not database.is_embedded
