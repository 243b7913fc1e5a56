"""However many log in at once, others are served."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.accounts import passwords
from app.accounts.sample import PASSWORDS
from app.background.engine import migrate as migrate_background
from app.db import migrations
from app.main import create_app
from app.settings import Settings
from tests.accounts.conftest import Person, register
from tests.rules.whole_book import whole_book
from tests.stored import new_account, new_database_url

MOST_WAITING = 5


def test_logins_that_wait_for_a_turn_leave_the_queue_to_others_and_past_their_own_bound_get_503_at_once(
    backend: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_MOST_WAITING", MOST_WAITING)
    monkeypatch.setattr(passwords, "SECONDS_TO_WAIT", 60)
    url = new_database_url(backend, tmp_path)
    app = create_app(Settings(database_url=url, worker_threads=1, most_waiting=1), whole_book())
    app.state.passwords = PASSWORDS
    migrations.upgrade(app.state.database.engine)
    migrate_background(url)
    turns, admission = app.state.turns, app.state.admission
    with TestClient(app) as client, ThreadPoolExecutor(MOST_WAITING) as pool:
        reader, kim = new_account(client), Person(client, "kim@example.com")
        assert register(client, email=kim.email).status_code == 202
        assert client.portal is not None
        client.portal.call(turns.take)
        waiting = [pool.submit(kim.logs_in) for _ in range(MOST_WAITING)]
        while turns.waiting < MOST_WAITING:
            pass
        assert admission.inside == 0
        assert reader.get("/v1/companies").status_code == 200
        for answer in (kim.logs_in(), register(client, email="robin@example.com")):
            assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (503, "busy", "1")
        client.portal.call(turns.give_back)
        assert [one.result().status_code for one in waiting] == [200] * MOST_WAITING
        assert (turns.waiting, admission.inside) == (0, 0)
