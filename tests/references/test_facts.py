"""What doing a task writes down about references."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from uuid import UUID

import pytest
from fastapi import FastAPI

from app.db.database import Writing
from app.http.resources import NoSuchResource
from app.references import service, uses_service
from tests.people import NOBODY
from tests.references.conftest import PATH, Events
from tests.stored import Account

DAY = date(2026, 11, 23)
Changing = Callable[[], AbstractContextManager[Writing]]


@pytest.fixture
def changing(account: Account, stored_app: FastAPI) -> Changing:
    """A change to the user's rows."""

    @contextmanager
    def change() -> Iterator[Writing]:
        with stored_app.state.database.session() as session:
            session.owner_id = account.id
            yield session

    return change


def test_who_agrees_agrees_until_further_notice(
    account: Account, reference: str, changing: Changing, events: Events
) -> None:
    path = f"{PATH}/{reference}"
    agreed = {"consent_given_on": "2025-01-01", "consent_for": "Calls.", "consent_until": "2025-12-31"}
    before = account.changed(path, agreed)
    for _ in range(2):
        with changing() as session:
            service.agree(session, UUID(reference), DAY)
    after = account.seen(path)
    different = {name for name in before if before[name] != after[name]}
    assert different == {"consent_given_on", "consent_until", "consent_status", "updated_at"}
    assert (after["consent_given_on"], after["consent_until"], after["consent_status"]) == (str(DAY), None, "current")
    assert events()[2:] == [("reference.changed", reference, {})]
    with changing() as session, pytest.raises(NoSuchResource):
        service.agree(session, UUID(NOBODY), DAY)


def test_who_is_thanked_knows_the_outcome_and_what_was_written_down_stays(
    account: Account, reference: str, application: str, changing: Changing, events: Events
) -> None:
    body = {"application_id": application, "thanked_on": "2026-11-20"}
    path = f"{PATH}/{reference}/applications"
    use = account.made(path, body)
    for _ in range(2):
        with changing() as session:
            uses_service.thank(session, UUID(reference), UUID(application), DAY, tells_outcome=True)
    after = account.seen(f"{path}/{use['id']}")
    assert (after["thanked_on"], after["outcome_told_on"]) == ("2026-11-20", str(DAY))
    assert events()[2:] == [("reference.changed", reference, {"application_id": application})]
    with changing() as session, pytest.raises(NoSuchResource):
        uses_service.thank(session, UUID(reference), UUID(NOBODY), DAY, tells_outcome=True)
