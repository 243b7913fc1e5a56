"""Opening an account."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.accounts.passwords import Passwords
from tests.accounts.conftest import Person, bearer, register


@pytest.fixture
def hashes(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hash operations that are done while the test runs."""
    done: list[str] = []

    def noted(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def note(*given: object) -> object:
            done.append(name)
            return original(*given)

        return note

    passwords: Passwords = app.state.passwords
    for name in ("hash", "verify_and_update"):
        monkeypatch.setattr(passwords._hash, name, noted(name, getattr(passwords._hash, name)))  # noqa: SLF001
    return done


def test_an_account_works_at_once(client: TestClient) -> None:
    email = f"{uuid4().hex}@example.com"
    answer = register(client, email=email, name="Kim Larsen", language="DA", time_zone="Europe/Copenhagen")
    assert (answer.status_code, answer.headers["cache-control"]) == (202, "no-store")
    tokens = Person(client, email).logged_in()
    account = client.get("/v1/me", headers=bearer(tokens)).json()
    assert (
        account.items()
        >= {
            "email": email,
            "email_verified_at": None,
            "name": "Kim Larsen",
            "language": "da",
            "time_zone": "Europe/Copenhagen",
        }.items()
    )


def test_registering_does_not_tell_whether_the_address_has_an_account(
    client: TestClient, person: Person, hashes: list[str]
) -> None:
    free = register(client, email=f"{uuid4().hex}@example.com")
    taken = register(client, email=person.email)
    assert (free.status_code, free.content) == (taken.status_code, taken.content)
    assert free.headers.keys() == taken.headers.keys()
    assert hashes == ["hash", "hash"]


def test_an_account_stays_as_it_is_when_its_address_registers_again(client: TestClient, person: Person) -> None:
    register(client, email=person.email.upper(), password="quite another handful of words", name="Mallory")
    assert person.logs_in(password="quite another handful of words").status_code == 400
    assert client.get("/v1/me", headers=bearer(person.logged_in())).json()["name"] is None


def test_logging_in_takes_the_same_work_and_answers_the_same_whether_there_is_an_account(
    person: Person, hashes: list[str]
) -> None:
    wrong = person.logs_in(password="some other odd words")
    assert hashes == ["verify_and_update"]
    missing = person.logs_in(username=f"{uuid4().hex}@example.com", password="some other odd words")
    assert hashes == ["verify_and_update"] * 2
    no_address = person.logs_in(username="kim")
    assert hashes == ["verify_and_update"] * 3
    for answer in (wrong, missing, no_address):
        assert answer.status_code == 400
        assert without_id(answer.json()) == without_id(wrong.json())


def without_id(problem: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in problem.items() if name != "request_id"}


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short wds", "at least 10 character"),
        ("x" * 129, "at most 128 characters"),
        ("four odd\u0007words", "U+0007"),
        ("password1234", "first that are guessed"),
        ("P@ssw0rd!!", "first that are guessed"),
        ("1234567890", "first that are guessed"),
        ("qwertyuiop", "first that are guessed"),
        ("aaaaaaaaaaaa", "first that are guessed"),
        ("8301746295", "first that are guessed"),
        ("Iloveyou2026", "first that are guessed"),
        ("robin.larsen@example.com", "the address"),
        ("Robin.Larsen99", "the address"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(client: TestClient, password: str, words: str) -> None:
    answer = register(client, email="robin.larsen@example.com", password=password)
    assert answer.status_code == 422, answer.text
    (error,) = answer.json()["errors"]
    assert error["pointer"] == "#/password"
    assert words in error["detail"]


def test_a_password_that_is_refused_as_easy_comes_with_advice(client: TestClient) -> None:
    answer = register(client, email="robin@example.com", password="password1234")
    assert "four or more words" in answer.json()["errors"][0]["hint"]


def test_the_same_password_typed_on_another_keyboard_is_the_same(client: TestClient) -> None:
    email = f"{uuid4().hex}@example.com"
    register(client, email=email, password="\u00e9t\u00e9 \u00e0 la mer\u3000bleue")
    assert Person(client, email, "e\u0301te\u0301 a\u0300 la mer bleue").logs_in().status_code == 200


@pytest.mark.parametrize("email", ["kim", "kim@", "kim@localhost", "kim@exa mple.com", "a" * 250 + "@example.com", ""])
def test_what_is_no_address_is_refused(client: TestClient, email: str) -> None:
    answer = register(client, email=email)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == "#/email"


@pytest.mark.parametrize(
    ("field", "value"), [("time_zone", "Mars/Olympus"), ("language", "Danish!"), ("name", "\u0007"), ("is_admin", True)]
)
def test_what_cannot_be_used_is_named(client: TestClient, field: str, value: object) -> None:
    answer = register(client, email="robin@example.com", **{field: value})
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == f"#/{field}"


def test_an_address_is_one_account_however_it_is_written(client: TestClient) -> None:
    name = uuid4().hex
    register(client, email=f"{name}@b\u00fccher.example")
    assert Person(client, f"{name.upper()}@XN--BCHER-KVA.example").logs_in().status_code == 200
