from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Security
from starlette.testclient import TestClient

from app.db.errors import Busy
from app.http.admission import Admission
from app.http.caller import BEARER, Caller, Stored
from app.http.routes import JsonRoute
from app.main import create_app
from app.settings import Settings
from tests.rules.whole_book import whole_book
from tests.stored import new_account


def test_so_many_are_let_in_and_no_more() -> None:
    admission = Admission(threads=1, most_waiting=1)
    with admission, admission, pytest.raises(Busy) as raised, admission:
        pass
    assert raised.value.headers == {"Retry-After": "1"}
    with admission:
        pass


def test_past_the_queue_the_answer_is_503_at_once_and_nobody_else_is_harmed(tmp_path: Any) -> None:  # noqa: ANN401 - a path
    arrived, go_on = Event(), Event()
    router = APIRouter(prefix="/v1/trial", route_class=JsonRoute)

    @router.get("/slow")
    def wait(caller: Annotated[Caller, Security(BEARER, scopes=["companies:read"])], database: Stored) -> str:
        with database.reading(caller):
            arrived.set()
            assert go_on.wait(timeout=20)
        return "done"

    url = f"sqlite:///{tmp_path}/afterword.db"
    app = create_app(Settings(database_url=url, worker_threads=1, most_waiting=1), whole_book())
    app.include_router(router)
    with TestClient(app) as client, ThreadPoolExecutor(2) as pool:
        account = new_account(client)
        working = pool.submit(account.get, "/v1/trial/slow")
        assert arrived.wait(timeout=20)
        waiting = pool.submit(account.get, "/v1/companies")
        while app.state.admission.inside < 2:
            pass
        answer = account.get("/v1/companies")
        assert (answer.status_code, answer.json()["code"]) == (503, "busy")
        assert answer.headers["retry-after"] == "1"
        # What needs no thread is answered all the same.
        assert client.get("/healthz").status_code == 200
        go_on.set()
        assert working.result().status_code == 200
        assert waiting.result().status_code == 200
        assert account.get("/v1/companies").status_code == 200
