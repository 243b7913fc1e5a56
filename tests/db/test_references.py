from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.companies.models import Company, CompanyDomain
from app.db.references import repoint
from app.db.types import new_id
from app.http import clock
from tests.stored import Account


@pytest.fixture
def company(account: Account, stored_app: FastAPI) -> Callable[..., UUID]:
    """Adds a company with domains."""

    def add(*domains: str) -> UUID:
        now = clock.now()
        made = Company(owner_id=account.id, id=new_id(), name="Initech", name_key="initech", search_text="")
        made.created_at = made.updated_at = now
        made.domain_rows = [CompanyDomain(domain=domain, position=place) for place, domain in enumerate(domains)]
        with stored_app.state.database.session() as session:
            session.add(made)
        return made.id

    return add


def _repointed(app: FastAPI, owner_id: UUID, old: UUID, new: UUID) -> list[tuple[UUID, str]]:
    """The domains of the user's companies after references to `old` were let refer to `new`."""
    with app.state.database.session() as session:
        session.owner_id = owner_id
        repoint(session, "companies", old, new, clock.now())
        rows: Any = session.execute(
            select(CompanyDomain.company_id, CompanyDomain.domain)
            .where(CompanyDomain.owner_id == owner_id)
            .order_by(CompanyDomain.domain)
        )
        return [(company_id, domain) for company_id, domain in rows]


def test_what_refers_to_one_row_refers_to_the_other_afterwards(
    account: Account, stored_app: FastAPI, company: Callable[..., UUID]
) -> None:
    old, new = company("a.example"), company("b.example")
    assert _repointed(stored_app, account.id, old, new) == [(new, "a.example"), (new, "b.example")]


def test_a_reference_that_would_be_there_twice_is_kept_once(
    account: Account, stored_app: FastAPI, company: Callable[..., UUID]
) -> None:
    old, new, third = company("a.example", "b.example"), company("b.example"), company("a.example")
    assert sorted(_repointed(stored_app, account.id, old, new)) == sorted(
        [(new, "a.example"), (new, "b.example"), (third, "a.example")]
    )


def test_references_of_another_user_stay(
    account: Account, stranger: Account, stored_app: FastAPI, company: Callable[..., UUID]
) -> None:
    old, new = company("a.example"), company("b.example")
    _repointed(stored_app, stranger.id, old, new)
    assert _repointed(stored_app, account.id, new_id(), new_id()) == [(old, "a.example"), (new, "b.example")]
