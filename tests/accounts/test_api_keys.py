"""/v1/api-keys: keys for programs."""

from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from starlette.testclient import TestClient

from app.accounts.models import ApiKey
from app.http.caller import ONLY_FOR_PEOPLE
from app.http.idempotency import KeptAnswer
from tests.accounts.conftest import NOW, Clock, Person, bearer

PATH = "/v1/api-keys"
ANY = {"If-Match": "*"}
EXPORT = {"name": "Export", "scopes": ["companies:read"]}


def made(client: TestClient, headers: dict[str, str], **body: object) -> dict[str, Any]:
    answer = client.post(PATH, headers=headers, json={**EXPORT, **body})
    assert answer.status_code == 201, answer.text
    key: dict[str, Any] = answer.json()
    return key


def test_a_key_may_do_what_it_was_made_for_and_nothing_else(client: TestClient, person: Person) -> None:
    key = made(client, bearer(person.logged_in()))
    program = bearer(key["secret"])
    assert client.get("/v1/companies", headers=program).status_code == 200
    refused = client.post("/v1/companies", headers=program, json={"name": "Initech"})
    assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")
    assert 'scope="companies:write"' in refused.headers["www-authenticate"]
    assert client.get("/v1/me", headers=program).status_code == 403
    assert client.post(PATH, headers=program, json=EXPORT).status_code == 403


def test_the_secret_is_shown_once_and_kept_as_a_hash(app: FastAPI, client: TestClient, person: Person) -> None:
    headers = bearer(person.logged_in())
    answer = client.post(PATH, headers=headers, json=EXPORT)
    key = answer.json()
    assert answer.headers["cache-control"] == "no-store"
    assert key["secret"].startswith(key["prefix"] + "_")
    seen = client.get(answer.headers["location"], headers=headers)
    assert seen.json() == {name: value for name, value in key.items() if name != "secret"}
    assert key["secret"] not in client.get(PATH, headers=headers).text
    with app.state.database.session() as session:
        row = session.scalar(select(ApiKey).where(ApiKey.prefix == key["prefix"]))
    random = key["secret"].removeprefix(key["prefix"] + "_").encode()
    assert all(random not in str(value).encode() for value in vars(row).values())


def test_a_repeated_answer_has_the_key_without_its_secret_and_so_has_the_database(
    app: FastAPI, client: TestClient, person: Person
) -> None:
    headers = {**bearer(person.logged_in()), "Idempotency-Key": "once"}
    first, second = (client.post(PATH, headers=headers, json=EXPORT) for _ in range(2))
    assert second.headers["idempotency-replayed"] == "true"
    assert second.json() == {**first.json(), "secret": None}
    assert second.headers["cache-control"] == "no-store"
    with app.state.database.session() as session:
        kept = session.scalars(select(KeptAnswer.body).where(KeptAnswer.key == "once")).all()
    assert kept
    assert all(first.json()["secret"].encode() not in body for body in kept)


def test_keys_are_listed_by_name_to_the_last_page(client: TestClient, person: Person) -> None:
    headers = bearer(person.logged_in())
    names = [made(client, headers, name=name)["name"] for name in ("b", "a", "c")]
    page = client.get(PATH, headers=headers, params={"limit": 2}).json()
    last = client.get(PATH, headers=headers, params={"cursor": page["next_cursor"]}).json()
    assert [one["name"] for one in page["items"] + last["items"]] == sorted(names)
    assert last["next_cursor"] is None
    newest = client.get(PATH, headers=headers, params={"sort": "-created_at"}).json()
    assert [one["name"] for one in newest["items"]] == names[::-1]


def test_the_name_of_a_key_can_be_changed_and_nothing_else(client: TestClient, person: Person) -> None:
    headers = bearer(person.logged_in())
    path = f"{PATH}/{made(client, headers)['id']}"
    match = {"If-Match": client.get(path, headers=headers).headers["etag"]}
    assert client.patch(path, headers={**headers, **match}, json={"name": "Backup"}).json()["name"] == "Backup"
    assert client.patch(path, headers={**headers, **match}, json={"name": "Export"}).status_code == 412
    assert client.patch(path, headers=headers, json={"name": "Export"}).status_code == 428
    scopes = client.patch(path, headers={**headers, **ANY}, json={"scopes": ["contacts:write"]})
    assert (scopes.status_code, scopes.json()["errors"][0]["pointer"]) == (422, "#/scopes")
    assert client.patch(path, headers={**headers, **ANY}, json={"name": None}).status_code == 422


def test_a_key_is_revoked_at_once(client: TestClient, person: Person) -> None:
    headers = bearer(person.logged_in())
    key = made(client, headers)
    path = f"{PATH}/{key['id']}"
    assert client.delete(path, headers={**headers, **ANY}).status_code == 204
    answer = client.get("/v1/companies", headers=bearer(key["secret"]))
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert client.get(path, headers=headers).status_code == 404


def test_a_key_expires(client: TestClient, person: Person, passing: Clock) -> None:
    key = made(client, bearer(person.logged_in()), expires_at="2026-11-23T12:00:00+01:00")
    assert client.get("/v1/companies", headers=bearer(key["secret"])).status_code == 200
    passing.passes(hours=1)
    assert client.get("/v1/companies", headers=bearer(key["secret"])).status_code == 401


def test_when_a_key_was_last_used_is_told_to_the_minute(client: TestClient, person: Person, passing: Clock) -> None:
    headers = bearer(person.logged_in())
    key = made(client, headers)

    def last_used() -> object:
        return client.get(f"{PATH}/{key['id']}", headers=headers).json()["last_used_at"]

    assert last_used() is None
    client.get("/v1/companies", headers=bearer(key["secret"]))
    assert last_used() == NOW.isoformat().replace("+00:00", "Z")
    passing.passes(seconds=59)
    client.get("/v1/companies", headers=bearer(key["secret"]))
    assert last_used() == NOW.isoformat().replace("+00:00", "Z")
    passing.passes(seconds=2)
    client.get("/v1/companies", headers=bearer(key["secret"]))
    assert last_used() == passing.now.isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize(
    ("body", "pointer", "words"),
    [
        ({"scopes": []}, "#/scopes", "at least 1"),
        ({"scopes": ["companies:reed"]}, "#/scopes/0", "no scope"),
        *(({"scopes": [scope]}, "#/scopes/0", "No API key") for scope in sorted(ONLY_FOR_PEOPLE)),
        ({"scopes": ["contacts:read"]}, "#/scopes", "Your own token does not have contacts:read"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "#/expires_at", "over already"),
        ({"name": " "}, "#/name", "white space"),
        ({"secret": "mine"}, "#/secret", "not known"),
    ],
)
def test_a_key_that_cannot_be_made_is_refused(
    client: TestClient, person: Person, body: dict[str, object], pointer: str, words: str
) -> None:
    headers = bearer(person.logged_in(scope="account:write companies:read"))
    answer = client.post(PATH, headers=headers, json={**EXPORT, **body})
    assert answer.status_code == 422, answer.text
    (error,) = answer.json()["errors"]
    assert error["pointer"] == pointer
    assert words in error["detail"]
