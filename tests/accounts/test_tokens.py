"""Logging in, refreshing, logging out."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from fastapi import FastAPI
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import select, update
from starlette.testclient import TestClient

from app.accounts import passwords
from app.accounts.models import User
from app.accounts.sample import PASSWORDS
from app.accounts.tokens import ACCESS_FOR, REFRESH_FOR, AccessTokens
from app.http.caller import SCOPES, Unauthenticated
from tests.accounts.conftest import NOW, Clock, Person, bearer, hashing_with, refresh, token


def test_a_login_gives_what_oauth_clients_expect(person: Person) -> None:
    answer = person.logs_in()
    tokens = answer.json()
    assert answer.headers["cache-control"] == "no-store"
    assert tokens.keys() == {"access_token", "token_type", "expires_in", "refresh_token", "scope"}
    assert (tokens["token_type"], tokens["expires_in"]) == ("bearer", ACCESS_FOR.total_seconds())
    assert tokens["scope"].split() == sorted(SCOPES)


def test_a_login_can_be_narrowed_and_a_refresh_narrows_only_its_own_access_token(
    client: TestClient, person: Person
) -> None:
    tokens = person.logged_in(scope="contacts:read account:read")
    assert tokens["scope"] == "account:read contacts:read"
    narrow = refresh(client, tokens, scope="contacts:read").json()
    assert narrow["scope"] == "contacts:read"
    assert client.get("/v1/me", headers=bearer(narrow)).status_code == 403
    assert refresh(client, narrow).json()["scope"] == "account:read contacts:read"


def test_a_scope_that_is_unknown_or_was_not_granted_is_refused_and_the_refresh_token_stays_good(
    client: TestClient, person: Person
) -> None:
    unknown = person.logs_in(scope="everything")
    assert (unknown.status_code, unknown.json()["error"]) == (400, "invalid_scope")
    tokens = person.logged_in(scope="contacts:read")
    assert refresh(client, tokens, scope="contacts:write").json()["error"] == "invalid_scope"
    assert refresh(client, tokens).status_code == 200


def test_errors_are_problems_that_oauth_clients_understand_too(person: Person) -> None:
    answer = person.logs_in(password="some other odd words")
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert (problem["code"], problem["error"]) == ("invalid_grant", "invalid_grant")
    assert problem["error_description"] == problem["detail"]
    assert person.logs_in(grant_type="client_credentials").json()["error"] == "unsupported_grant_type"


@pytest.mark.parametrize(
    ("form", "pointer"),
    [
        ("grant_type=password&password=x", "#/username"),
        ("grant_type=password&username=kim", "#/password"),
        ("grant_type=refresh_token", "#/refresh_token"),
        ("grant_type=refresh_token&refresh_token=a&refresh_token=b", "#/refresh_token"),
        ("grant_type=refresh_token&refresh_token=", "#/refresh_token"),
        ("grant_type=refresh_token&refresh_token=a&nonce=1&nonce=2", "#/nonce"),
        (f"grant_type=refresh_token&refresh_token={'a' * 1001}", "#/refresh_token"),
        ("username=kim", "#/grant_type"),
    ],
)
def test_a_form_that_is_not_as_it_should_be_is_refused_by_field(client: TestClient, form: str, pointer: str) -> None:
    answer = client.post(
        "/v1/auth/token", content=form, headers={"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
    )
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["error"]) == (400, "invalid_form", "invalid_request")
    assert problem["errors"][0]["pointer"] == pointer


def test_fields_that_are_not_known_and_fields_without_a_value_are_not_looked_at(
    client: TestClient, person: Person
) -> None:
    tokens = person.logged_in(nonce="1", audience="afterword", scope="", client_id="")
    assert tokens["scope"].split() == sorted(SCOPES)
    answer = client.post("/v1/auth/revoke", data={"token": tokens["refresh_token"], "reason": "logout"})
    assert answer.status_code == 200
    assert client.get("/v1/me", headers=bearer(tokens)).status_code == 401


def test_what_is_revoked_must_be_named(client: TestClient) -> None:
    answer = client.post("/v1/auth/revoke", data={"token_type_hint": "refresh_token"})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    assert answer.json()["errors"] == [{"detail": "This is required.", "pointer": "#/token"}]


def test_credentials_in_the_address_are_refused(client: TestClient) -> None:
    answer = client.post("/v1/auth/token?grant_type=password", data={"username": "kim", "password": "x"})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    assert answer.json()["errors"][0]["parameter"] == "grant_type"


@pytest.mark.parametrize(
    ("content", "media_type", "status", "code"),
    [
        (json.dumps({"grant_type": "password"}), "application/json", 415, "unsupported_media_type"),
        ("grant_type=password", "multipart/form-data; boundary=x", 415, "unsupported_media_type"),
        ("grant_type=%ff", "application/x-www-form-urlencoded", 400, "malformed_form"),
        ("grant_type=%00", "application/x-www-form-urlencoded", 400, "malformed_form"),
        ("grant_type", "application/x-www-form-urlencoded", 400, "malformed_form"),
        ("&".join(f"a{n}=1" for n in range(30)), "application/x-www-form-urlencoded", 400, "malformed_form"),
        ("a=" + "x" * 20_000, "application/x-www-form-urlencoded", 413, "content_too_large"),
        ("", "application/x-www-form-urlencoded", 400, "invalid_form"),
    ],
)
def test_what_is_no_form_is_refused(client: TestClient, content: str, media_type: str, status: int, code: str) -> None:
    answer = client.post("/v1/auth/token", content=content, headers={"Content-Type": media_type})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["error"] == "invalid_request"


def test_a_refresh_token_is_good_once_and_the_access_token_before_stays_good(
    client: TestClient, person: Person
) -> None:
    first = person.logged_in()
    second = refresh(client, first).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert client.get("/v1/me", headers=bearer(first)).status_code == 200
    assert client.get("/v1/me", headers=bearer(second)).status_code == 200


def test_a_refresh_token_that_comes_again_ends_its_session_at_once_and_no_other(
    client: TestClient, person: Person
) -> None:
    other, first = person.logged_in(), person.logged_in()
    second = refresh(client, first).json()
    again = refresh(client, first)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert client.get("/v1/me", headers=bearer(second)).status_code == 401
    assert refresh(client, second).status_code == 400
    assert client.get("/v1/me", headers=bearer(other)).status_code == 200


def test_of_many_who_refresh_at_once_with_the_same_token_one_wins(client: TestClient, person: Person) -> None:
    tokens = person.logged_in()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: refresh(client, tokens).status_code, range(16)))
    assert Counter(answers) == {200: 1, 400: 15}


def test_access_tokens_and_sessions_end_in_time(client: TestClient, person: Person, passing: Clock) -> None:
    tokens = person.logged_in()
    passing.passes(seconds=ACCESS_FOR.total_seconds() - 1)
    assert client.get("/v1/me", headers=bearer(tokens)).status_code == 200
    passing.passes(seconds=1)
    assert client.get("/v1/me", headers=bearer(tokens)).status_code == 401
    passing.passes(days=REFRESH_FOR.days - 1)
    tokens = refresh(client, tokens).json()
    passing.passes(days=REFRESH_FOR.days)
    assert refresh(client, tokens).status_code == 400


@pytest.mark.parametrize("given", ["", "x", "afr_x_y", f"afr_{'z' * 64}_y", f"afr_{'0' * 64}_y", "afk_000000000000_y"])
def test_what_is_no_refresh_token_is_refused(client: TestClient, given: str) -> None:
    answer = token(client, grant_type="refresh_token", refresh_token=given)
    assert answer.json()["error"] == ("invalid_grant" if given else "invalid_request")


@pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
def test_whoever_has_a_token_can_end_its_session(client: TestClient, person: Person, kind: str) -> None:
    tokens = person.logged_in()
    answer = client.post("/v1/auth/revoke", data={"token": tokens[kind], "token_type_hint": kind})
    assert answer.status_code == 200
    assert client.get("/v1/me", headers=bearer(tokens)).status_code == 401
    assert refresh(client, tokens).status_code == 400
    again = client.post("/v1/auth/revoke", data={"token": tokens[kind]})
    assert (again.status_code, again.content) == (200, answer.content)


def test_whoever_has_an_api_key_can_revoke_it_and_nobody_else(client: TestClient, person: Person) -> None:
    body = {"name": "Export", "scopes": ["companies:read"]}
    key = client.post("/v1/api-keys", json=body, headers=bearer(person.logged_in())).json()
    client.post("/v1/auth/revoke", data={"token": f"{key['prefix']}_guess"})
    assert client.get("/v1/companies", headers=bearer(key["secret"])).status_code == 200
    client.post("/v1/auth/revoke", data={"token": key["secret"]})
    assert client.get("/v1/companies", headers=bearer(key["secret"])).status_code == 401


def test_a_password_is_hashed_anew_when_the_parameters_have_changed(app: FastAPI, person: Person) -> None:
    stronger = passwords.Passwords(PasswordHash((Argon2Hasher(time_cost=2, memory_cost=16, parallelism=1),)))
    with hashing_with(app, stronger):
        person.logged_in()
    with app.state.database.session() as session:
        kept = session.scalar(select(User.password_hash).where(User.email == person.email))
    assert "m=16,t=2" in kept
    person.logged_in()


def test_a_login_loses_against_a_change_of_the_password_meanwhile(app: FastAPI, person: Person) -> None:
    class Slow(passwords.Passwords):
        def verified(self, password: str, kept: str | None) -> tuple[bool, str | None]:
            with app.state.database.session() as session:
                session.execute(update(User).where(User.email == person.email).values(password_hash="changed"))
            return PASSWORDS.verified(password, kept)

    with hashing_with(app, Slow()):
        assert person.logs_in().json()["code"] == "invalid_grant"


def test_verifying_against_nobody_is_as_much_work_as_against_anybody() -> None:
    assert not Argon2Hasher().check_needs_rehash(passwords._OF_NOBODY)  # noqa: SLF001
    assert passwords.Passwords().verified("four odd words together", None) == (False, None)


def test_a_key_that_is_put_before_another_signs_and_both_verify() -> None:
    old, new = "o" * 32, "n" * 32
    somebody = (UUID(int=1), UUID(int=2), ["contacts:read"], NOW)
    rotated = AccessTokens([new, old])
    assert rotated.read(AccessTokens([old]).issue(*somebody), NOW).owner_id == UUID(int=1)
    assert AccessTokens([new]).read(rotated.issue(*somebody), NOW).session_id == UUID(int=2)
    with pytest.raises(Unauthenticated):
        AccessTokens([new]).read(AccessTokens([old]).issue(*somebody), NOW)
