"""/v1/me: the account and its sessions."""

from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import update
from starlette.testclient import TestClient

from app.accounts.models import User
from app.accounts.passwords import Passwords
from app.accounts.sample import PASSWORDS
from tests.accounts.conftest import PASSWORD, Clock, Person, bearer, hashing_with, refresh
from tests.stored import noted_queries

ANY = {"If-Match": "*"}
NEW_PASSWORD = "quite another handful of words"


def test_what_users_say_about_themselves_is_changed_by_merge_patch(client: TestClient, person: Person) -> None:
    headers = bearer(person.logged_in())
    before = client.get("/v1/me", headers=headers)
    match = {"If-Match": before.headers["etag"]}
    body = {"name": "Kim", "time_zone": "Asia/Tokyo", "letterhead": ["梅田 1-1-1", "大阪市北区"]}
    changed = client.patch("/v1/me", headers={**headers, **match}, json=body)
    assert changed.status_code == 200
    assert changed.json().items() >= body.items()
    cleared = client.patch("/v1/me", headers={**headers, "If-Match": changed.headers["etag"]}, json={"name": None})
    assert (cleared.json()["name"], cleared.json()["time_zone"]) == (None, "Asia/Tokyo")
    assert client.patch("/v1/me", headers={**headers, **match}, json=body).status_code == 412
    assert client.patch("/v1/me", headers=headers, json=body).status_code == 428


def test_the_account_is_sent_again_only_when_it_changed(client: TestClient, person: Person) -> None:
    headers = bearer(person.logged_in())
    tag = client.get("/v1/me", headers=headers).headers["etag"]
    assert client.get("/v1/me", headers={**headers, "If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("body", [{"email": "kim@example.com"}, {"email_verified_at": "2026-11-23T10:00:00Z"}])
def test_what_is_not_for_patching_is_refused(client: TestClient, person: Person, body: dict[str, str]) -> None:
    answer = client.patch("/v1/me", headers={**bearer(person.logged_in()), **ANY}, json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"#/{next(iter(body))}"


def test_another_password_ends_all_other_sessions_and_the_old_one_is_good_no_more(
    client: TestClient, person: Person
) -> None:
    other, own = person.logged_in(), person.logged_in()
    body = {"old_password": PASSWORD, "new_password": NEW_PASSWORD}
    assert client.post("/v1/me/password", headers=bearer(own), json=body).status_code == 204
    assert client.get("/v1/me", headers=bearer(own)).status_code == 200
    assert client.get("/v1/me", headers=bearer(other)).status_code == 401
    assert refresh(client, other).status_code == 400
    assert person.logs_in().status_code == 400
    assert person.logs_in(password=NEW_PASSWORD).status_code == 200


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"old_password": NEW_PASSWORD, "new_password": NEW_PASSWORD}, "#/old_password"),
        ({"old_password": PASSWORD, "new_password": "password1234"}, "#/new_password"),
        ({"old_password": PASSWORD}, "#/new_password"),
    ],
)
def test_a_change_of_the_password_needs_the_old_one_and_a_good_new_one(
    client: TestClient, person: Person, body: dict[str, str], pointer: str
) -> None:
    answer = client.post("/v1/me/password", headers=bearer(person.logged_in()), json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_the_address_is_no_new_password(client: TestClient, person: Person) -> None:
    body = {"old_password": PASSWORD, "new_password": person.email}
    answer = client.post("/v1/me/password", headers=bearer(person.logged_in()), json=body)
    assert [error["pointer"] for error in answer.json()["errors"]] == ["#/new_password"]


def test_another_address_needs_the_password_and_is_not_verified(client: TestClient, person: Person) -> None:
    headers, email = bearer(person.logged_in()), f"{uuid4().hex}@example.com"
    wrong = client.post("/v1/me/email", headers=headers, json={"email": email, "password": NEW_PASSWORD})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "#/password")
    changed = client.post("/v1/me/email", headers=headers, json={"email": email.upper(), "password": PASSWORD})
    assert (changed.json()["email"], changed.json()["email_verified_at"]) == (email, None)
    assert person.logs_in().status_code == 400
    assert person.logs_in(username=email).status_code == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/me/email", {"password": PASSWORD, "email": "robin.larsen@example.com"}),
        ("/v1/me/password", {"old_password": PASSWORD, "new_password": NEW_PASSWORD}),
    ],
)
def test_a_password_that_was_changed_while_it_was_verified_is_the_wrong_one(
    app: FastAPI, client: TestClient, person: Person, path: str, body: dict[str, str]
) -> None:
    class Slow(Passwords):
        def verified(self, password: str, kept: str | None) -> tuple[bool, str | None]:
            with app.state.database.session() as session:
                session.execute(update(User).where(User.email == person.email).values(password_hash="changed"))
            return PASSWORDS.verified(password, kept)

        def hashed(self, password: str) -> str:
            return PASSWORDS.hashed(password)

    headers = bearer(person.logged_in())
    with hashing_with(app, Slow()):
        answer = client.post(path, headers=headers, json=body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, f"#/{next(iter(body))}")
    assert client.get("/v1/me", headers=headers).json()["email"] == person.email


def test_what_has_a_password_in_its_body_takes_no_idempotency_key_and_no_version(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for path in ("/v1/me/email", "/v1/me/password"):
        operation = paths[path]["post"]
        assert "takes no `Idempotency-Key`" in operation["description"]
        assert "parameters" not in operation
        assert operation["responses"].keys().isdisjoint({"412", "428"})


def test_a_change_of_the_address_or_the_password_that_is_sent_again_does_no_harm(
    client: TestClient, person: Person
) -> None:
    headers = bearer(person.logged_in())
    address = {"email": f"{uuid4().hex}@example.com", "password": PASSWORD}
    first, again = (client.post("/v1/me/email", headers=headers, json=address) for _ in range(2))
    assert (first.status_code, first.headers["etag"]) == (again.status_code, again.headers["etag"])
    change = {"old_password": PASSWORD, "new_password": NEW_PASSWORD}
    answers = [client.post("/v1/me/password", headers=headers, json=change).status_code for _ in range(2)]
    assert answers == [204, 422]


def test_the_address_of_another_account_cannot_be_taken(client: TestClient, person: Person) -> None:
    taken = Person(client, f"{uuid4().hex}@example.com")
    client.post("/v1/auth/register", json={"email": taken.email, "password": PASSWORD})
    body = {"email": taken.email, "password": PASSWORD}
    answer = client.post("/v1/me/email", headers=bearer(person.logged_in()), json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")


def test_an_old_login_cannot_delete_the_account_and_a_refresh_makes_it_no_younger(
    client: TestClient, person: Person, passing: Clock
) -> None:
    tokens = person.logged_in()
    passing.passes(minutes=10, seconds=1)
    tokens = refresh(client, tokens).json()
    answer = client.delete("/v1/me", headers={**bearer(tokens), **ANY})
    assert (answer.status_code, answer.json()["code"]) == (401, "login_too_old")
    assert 'error="insufficient_user_authentication", max_age="600"' in answer.headers["www-authenticate"]
    tokens = person.logged_in()
    assert client.delete("/v1/me", headers=bearer(tokens)).status_code == 428
    assert client.delete("/v1/me", headers={**bearer(tokens), **ANY}).status_code == 204
    assert person.logs_in().status_code == 400
    assert client.get("/v1/me", headers=bearer(tokens)).status_code == 401


def test_users_see_where_they_are_logged_in_and_can_end_it(client: TestClient, person: Person) -> None:
    other, own = person.logged_in(scope="contacts:read"), person.logged_in()
    sessions = client.get("/v1/me/sessions", headers=bearer(own)).json()["items"]
    assert [(one["is_current"], len(one["scopes"]) == 1) for one in sessions] == [(True, False), (False, True)]
    page = client.get("/v1/me/sessions", headers=bearer(own), params={"limit": 1, "sort": "created_at"}).json()
    assert page["items"] == sessions[1:]
    rest = {"sort": "created_at", "cursor": page["next_cursor"]}
    assert client.get("/v1/me/sessions", headers=bearer(own), params=rest).json()["items"] == sessions[:1]
    path = f"/v1/me/sessions/{sessions[1]['id']}"
    assert client.delete(path, headers=bearer(own)).status_code == 204
    assert client.delete(path, headers=bearer(own)).status_code == 404
    assert client.get("/v1/contacts", headers=bearer(other)).status_code in {401, 404}
    assert refresh(client, other).status_code == 400


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0)", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0)"),
        ("curl/8.14.1\t \x07\x85\xa0with\x7fødd ones", "curl/8.14.1 with dd ones"),
        ("x" * 199 + " and more", "x" * 199),
        ("x" * 1000, "x" * 200),
        (" ", None),
        ("", None),
    ],
)
def test_users_see_with_which_program_a_session_was_begun(
    client: TestClient, person: Person, sent: str, shown: str | None
) -> None:
    form = {"grant_type": "password", "username": person.email, "password": PASSWORD}
    tokens = client.post("/v1/auth/token", data=form, headers=[(b"User-Agent", sent.encode())]).json()
    refreshed = refresh(client, tokens).json()
    (session,) = client.get("/v1/me/sessions", headers=bearer(refreshed)).json()["items"]
    assert session["user_agent"] == shown


def test_sessions_that_are_over_are_not_listed_and_are_forgotten_at_the_next_login(
    client: TestClient, person: Person, passing: Clock
) -> None:
    person.logged_in()
    passing.passes(days=31)
    sessions = client.get("/v1/me/sessions", headers=bearer(person.logged_in())).json()["items"]
    assert [one["is_current"] for one in sessions] == [True]


def test_statements_are_counted(app: FastAPI, client: TestClient, person: Person) -> None:
    with noted_queries(app) as queries:
        tokens = person.logged_in()
        # Count, forget, look up; look at it again, forget sessions that are over, add one.
        assert len(queries) <= 6, queries
        for path, most in (("/v1/me", 2), ("/v1/me/sessions", 2), ("/v1/api-keys", 2)):
            queries.clear()
            assert client.get(path, headers=bearer(tokens)).status_code == 200
            assert len(queries) <= most, queries
        queries.clear()
        refresh(client, tokens)
        # Count, forget; look up, exchange.
        assert len(queries) <= 4, queries
