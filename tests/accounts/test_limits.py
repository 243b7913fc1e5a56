"""How often somebody may try."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from fastapi import FastAPI, Request
from sqlalchemy import select
from starlette.testclient import TestClient

from app.accounts import passwords
from app.accounts.limits import client_of
from app.accounts.models import Attempts
from app.accounts.sample import PASSWORDS
from app.background.engine import migrate as migrate_background
from app.db import migrations
from app.main import create_app
from app.settings import Settings
from tests.accounts.conftest import PASSWORD, Clock, Person, bearer, refresh, register
from tests.http.running import running_server
from tests.rules.whole_book import whole_book
from tests.stored import new_database_url

Process = Callable[..., TestClient]
WRONG = "some other odd words"


@pytest.fixture
def process(backend: str, tmp_path: Path) -> Iterator[Process]:
    """Starts the application of one more process on the same database, asked from an address."""
    url = new_database_url(backend, tmp_path)
    settings = Settings(
        database_url=url,
        attempts_per_client="8/900",
        attempts_per_account="5/3600",
        attempts_per_account_and_client="3/900",
        mails_per_address="4/3600",
    )
    with ExitStack() as started:

        def start(address: str = "198.51.100.7") -> TestClient:
            app = create_app(settings, whole_book())
            app.state.passwords = PASSWORDS
            migrations.upgrade(app.state.database.engine)
            migrate_background(url)
            return started.enter_context(TestClient(app, client=(address, 50000)))

        yield start


@pytest.fixture
def limited(process: Process, passing: Clock) -> TestClient:
    passing.passes(days=1)
    return process()


@pytest.fixture
def kim(limited: TestClient) -> Person:
    assert register(limited, email="kim@example.com").status_code == 202
    return Person(limited, "kim@example.com")


def test_what_is_left_is_told_each_time_and_in_the_end_when_to_try_again(kim: Person, passing: Clock) -> None:
    first = kim.logs_in()
    assert first.headers["ratelimit-policy"] == (
        '"login-client";q=8;w=900, "login-account";q=5;w=3600, "login-account-client";q=3;w=900'
    )
    assert first.headers["ratelimit"] == (
        '"login-client";r=7;t=900, "login-account";r=4;t=3600, "login-account-client";r=2;t=900'
    )
    passing.passes(seconds=100)
    assert kim.logs_in(password=WRONG).headers["ratelimit"].endswith('"login-account-client";r=1;t=800')
    kim.logs_in()
    refused = kim.logs_in()
    assert (refused.status_code, refused.json()["code"], refused.json()["error"]) == (
        429,
        "rate_limited",
        "invalid_request",
    )
    assert refused.headers["retry-after"] == "800"
    assert refused.headers["ratelimit"].endswith('"login-account-client";r=0;t=800')
    passing.passes(seconds=800)
    assert kim.logs_in().status_code == 200


def test_what_is_refused_is_not_counted_so_nobody_locks_a_user_out(kim: Person, process: Process) -> None:
    for _ in range(20):
        kim.logs_in(password=WRONG)
    elsewhere = Person(process("203.0.113.9"), kim.email)
    assert elsewhere.logs_in().status_code == 200


def test_one_account_is_not_guessed_at_from_everywhere(kim: Person, process: Process) -> None:
    answers = [
        Person(process(f"203.0.113.{number}"), kim.email).logs_in(password=WRONG).status_code for number in range(7)
    ]
    assert answers == [400] * 5 + [429] * 2


def test_one_client_does_not_guess_at_many_accounts(limited: TestClient) -> None:
    answers = [Person(limited, f"{uuid4().hex}@example.com").logs_in().status_code for _ in range(10)]
    assert answers == [400] * 8 + [429] * 2


def test_processes_count_together(kim: Person, process: Process) -> None:
    other = Person(process(), kim.email)
    with ThreadPoolExecutor(6) as pool:
        answers = Counter(pool.map(lambda one: one.logs_in().status_code, [kim, other] * 5))
    assert answers == {200: 3, 429: 7}


def test_registering_refreshing_and_changing_the_password_are_limited(kim: Person) -> None:
    assert [register(kim.client, email=kim.email).status_code for _ in range(3)] == [202, 202, 429]
    tokens = kim.logged_in()
    body = {"old_password": WRONG, "new_password": "quite another handful of words"}
    changes = [kim.client.post("/v1/me/password", headers=bearer(tokens), json=body).status_code for _ in range(4)]
    assert changes == [422] * 3 + [429]
    email = {"email": "robin@example.com", "password": PASSWORD}
    assert kim.client.post("/v1/me/email", headers=bearer(tokens), json=email).status_code == 429
    refreshed = []
    for _ in range(9):
        answer = refresh(kim.client, tokens)
        refreshed.append(answer.status_code)
        tokens = answer.json() if answer.is_success else tokens
    assert refreshed == [200] * 5 + [429] * 4


def test_whether_an_address_has_an_account_makes_no_difference_to_its_limit(kim: Person) -> None:
    missing = Person(kim.client, "nobody@example.com")
    assert [kim.logs_in(password=WRONG).status_code for _ in range(4)] == [
        missing.logs_in(password=WRONG).status_code for _ in range(4)
    ]


def test_nobodys_address_is_kept_and_windows_that_are_over_are_forgotten(kim: Person, passing: Clock) -> None:
    kim.logs_in()
    app: Any = kim.client.app
    database = app.state.database
    with database.session() as session:
        rows = session.execute(select(Attempts.key, Attempts.number)).all()
    assert len(rows) == 7
    assert all(re.search(rb"kim|198\.51", row.key) is None for row in rows)
    passing.passes(hours=2)
    kim.logs_in()
    with database.session() as session:
        assert len(session.execute(select(Attempts.key)).all()) == 3


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("a.socket", "a.socket"),
        (None, ""),
    ],
)
def test_a_client_is_an_address_or_the_network_that_one_client_of_ipv6_has(host: str | None, client: str) -> None:
    assert client_of(Request({"type": "http", "client": (host, 1) if host else None})) == client


def test_when_no_turn_to_hash_comes_in_time_the_answer_is_503(
    app: FastAPI, client: TestClient, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = person.logged_in()
    monkeypatch.setattr(passwords, "SECONDS_TO_WAIT", 0.05)
    turns, app.state.turns = app.state.turns, passwords.Turns(threads=1)
    assert client.portal is not None
    client.portal.call(app.state.turns.take)
    for answer in (person.logs_in(), register(client, email="robin@example.com")):
        assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (503, "busy", "1")
    assert refresh(client, tokens).status_code == 200
    app.state.turns.give_back()
    assert person.logs_in().status_code == 200
    app.state.turns = turns


@pytest.mark.parametrize(("trusted", "statuses"), [("127.0.0.0/8", [202, 202]), ("", [202, 429])])
def test_only_a_proxy_that_is_named_is_believed_about_clients(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trusted: str, statuses: list[int]
) -> None:
    monkeypatch.setenv("AFTERWORD_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("AFTERWORD_TRUSTED_PROXIES", trusted)
    monkeypatch.setenv("AFTERWORD_ATTEMPTS_PER_CLIENT", "1/900")
    with running_server() as origin:
        answers = [
            httpx2.post(
                f"{origin}/v1/auth/register",
                json={"email": f"{number}@example.com", "password": PASSWORD},
                headers={"X-Forwarded-For": f"203.0.113.{number}"},
                timeout=60,
            ).status_code
            for number in range(2)
        ]
    assert answers == statuses
