from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select, text

from app.http.idempotency import KEPT_FOR, KeptAnswer
from tests.stored import Account

PATH = "/v1/companies"
KEY = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}


def test_the_same_request_gets_the_same_answer_and_has_one_effect(account: Account) -> None:
    first, second = (account.ask("POST", PATH, json={"name": "Initech"}, headers=KEY) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.content == first.content
    kept = ("location", "etag", "content-type", "cache-control")
    assert [second.headers[name] for name in kept] == [first.headers[name] for name in kept]
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert len(account.seen(PATH)["items"]) == 1


def test_the_same_key_with_another_body_or_address_is_refused(account: Account) -> None:
    made = account.ask("POST", PATH, json={"name": "Initech"}, headers=KEY).json()
    report = {"note_welcome": True, "reported_on": "2026-11-02"}
    for path, body in ((PATH, {"name": "Initrode"}), (f"{PATH}/{made['id']}/reports", report)):
        problem = account.refused("POST", path, 422, json=body, headers=KEY)
        assert problem["code"] == "idempotency_key_reused"
        assert problem["errors"][0]["parameter"] == "Idempotency-Key"


def test_a_key_is_ones_own(account: Account, stranger: Account) -> None:
    mine = account.made(PATH, {"name": "Initech"}, headers=KEY)
    theirs = stranger.made(PATH, {"name": "Initrode"}, headers=KEY)
    assert mine["id"] != theirs["id"]


def test_a_refused_request_leaves_its_key_free(account: Account) -> None:
    account.refused("POST", PATH, 422, json={"name": ""}, headers=KEY)
    assert account.made(PATH, {"name": "Initech"}, headers=KEY)["name"] == "Initech"


def test_after_a_day_a_key_is_free_again(account: Account) -> None:
    first = account.made(PATH, {"name": "Initech"}, headers=KEY)
    age(account, KEPT_FOR + timedelta(seconds=1))
    second = account.made(PATH, {"name": "Initech"}, headers=KEY)
    assert second["id"] != first["id"]
    assert account.made(PATH, {"name": "Initech"}, headers=KEY) == second


def test_answers_are_forgotten_a_day_later_when_the_next_is_kept(account: Account) -> None:
    app: Any = account.client.app

    def kept() -> set[str]:
        with app.state.database.session() as session:
            return set(session.scalars(select(KeptAnswer.key).where(KeptAnswer.owner_id == account.id)))

    account.made(PATH, {"name": "Initech"}, headers=KEY)
    age(account, KEPT_FOR + timedelta(seconds=1))
    account.made(PATH, {"name": "Initech"}, headers={"Idempotency-Key": "a-newer-one"})
    assert kept() == {"a-newer-one"}


def age(account: Account, by: timedelta) -> None:
    """Make the answers that are kept for a user older."""
    app: Any = account.client.app
    with app.state.database.session() as session:
        for kept in session.query(KeptAnswer).filter(KeptAnswer.owner_id == account.id):
            kept.created_at -= by


@pytest.mark.parametrize("key", ["", "with space", "a" * 256, "ключ".encode().decode("latin-1")])
def test_a_key_that_is_no_visible_text_is_refused(account: Account, key: str) -> None:
    headers = {"Idempotency-Key": key.encode("latin-1")}
    problem = account.refused("POST", PATH, 422, json={"name": "Initech"}, headers=headers)
    assert problem["errors"][0]["parameter"] == "Idempotency-Key"


def test_the_same_request_at_once_has_one_effect(account: Account) -> None:
    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(account.ask, "POST", PATH, json={"name": "Initech"}, headers=KEY) for _ in range(6)]
        answers = [one.result() for one in asked]
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
    assert len(account.seen(PATH)["items"]) == 1


def test_while_the_first_is_running_the_second_is_told_to_come_again(
    account: Account, stored_app: FastAPI, backend: str
) -> None:
    if backend == "sqlite":
        # There is one writer at a time: the second waits, and gets the answer of the first.
        test_the_same_request_gets_the_same_answer_and_has_one_effect(account)
        return
    engine = stored_app.state.database.engine
    insert = text(
        "INSERT INTO idempotency_keys (owner_id, key, created_at, request_hash, status, headers, body) "
        "VALUES (:owner, :key, now(), '', 201, '{}', '')"
    )
    with engine.connect() as first, ThreadPoolExecutor(1) as pool:
        first.execute(insert, {"owner": account.id, "key": KEY["Idempotency-Key"]})
        second = pool.submit(account.refused, "POST", PATH, 409, json={"name": "Initech"}, headers=KEY)
        wait_until_blocked(stored_app)
        first.commit()
        problem = second.result()
    assert problem["code"] == "still_running"
    assert account.seen(PATH)["items"] == []


def wait_until_blocked(app: FastAPI) -> None:
    """Return once somebody waits for a lock that somebody else has."""
    blocked = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with app.state.database.engine.connect() as connection:
        for _ in range(100_000):
            if connection.scalar(blocked):
                return
            connection.rollback()
    raise AssertionError("nobody waits")
