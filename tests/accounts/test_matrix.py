"""Who may not, may not: every operation that needs a scope, without it, and with the ids of other people's things.

All of it is made from the OpenAPI document and its examples: an operation that is added is tried here, too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from app.accounts.tokens import ACCESS_FOR
from app.http import clock
from app.http.caller import ONLY_FOR_PEOPLE, SCOPES
from app.http.docs import DescribedAPI
from app.http.examples import ExampleRequest, Made, operations
from app.main import create_app
from app.settings import Settings
from tests.stored import Account, new_account

APP = create_app(Settings())
assert isinstance(APP, DescribedAPI)
DOCUMENT = APP.openapi()
EXAMPLES = APP.examples


class Operation(NamedTuple):
    name: str
    method: str
    path: str
    scopes: tuple[str, ...]
    described: dict[str, Any]

    @property
    def example(self) -> ExampleRequest:
        return next(iter(EXAMPLES[self.name].values()))


def guarded() -> Iterator[Operation]:
    for path, method, operation in operations(DOCUMENT):
        for need in operation.get("security", ()):
            if "Account" in need:
                yield Operation(operation["operationId"], method, path, tuple(need["Account"]), operation)


OPERATIONS = {one.name: one for one in guarded()}
BY_NAME = {operation["operationId"]: (method, path) for path, method, operation in operations(DOCUMENT)}
each_operation = pytest.mark.parametrize("operation", [pytest.param(one, id=one.name) for one in OPERATIONS.values()])


def own_parts() -> Iterator[Any]:
    """Each operation with each part of its path that stands for something that an example made."""
    for operation in OPERATIONS.values():
        for name, value in operation.example.path.items():
            if isinstance(value, Made):
                yield pytest.param(operation, name, id=f"{operation.name}-{name}")


def own_members() -> Iterator[Any]:
    """Each operation with each member of its body that is the id of something, with the place where it stands."""
    for operation in OPERATIONS.values():
        for media in operation.described.get("requestBody", {}).get("content", {}).values():
            for place in ids_in(media["schema"]):
                yield pytest.param(operation, place, id=f"{operation.name}-{'-'.join(place)}")


def ids_in(schema: dict[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Where in values of a schema members named `…_id` stand; an item of a list is named 0."""
    schema = resolved(schema)
    for inner in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        yield from ids_in(inner, above)
    if "items" in schema:
        yield from ids_in(schema["items"], (*above, "0"))
    for name, inner in schema.get("properties", {}).items():
        if name.endswith("_id"):
            yield (*above, name)
        else:
            yield from ids_in(inner, (*above, name))


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


@dataclass
class User:
    """Somebody who has, of what the examples make, what is needed."""

    account: Account
    made: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def member(self, wanted: Made) -> Any:  # noqa: ANN401 - a member of any answer
        """What an example stands for: made when it is first asked for."""
        key = (wanted.operation, wanted.example)
        if key not in self.made:
            answer = self.asks(wanted.operation, EXAMPLES[wanted.operation][wanted.example])
            assert answer.is_success, f"{key}: {answer.text}"
            self.made[key] = answer.json()
        value: Any = self.made[key]
        for part in wanted.member.split("/"):
            value = value[int(part)] if isinstance(value, list) else value[part]
        return value

    def asked_for(self, example: ExampleRequest) -> ExampleRequest:
        """An example with this user's own things in it."""
        return example.told(self.member)

    def asks(self, name: str, example: ExampleRequest, **headers: str) -> Response:
        """Send an example, with this user's own things in it. Keys that make it run once are left out."""
        method, path = BY_NAME[name]
        sent = self.asked_for(example)
        kept = {header: value for header, value in sent.headers.items() if header != "Idempotency-Key"}
        body = {} if sent.body is None else {"data" if sent.is_form else "json": sent.body}
        return self.account.ask(
            method.upper(), path.format_map(sent.path), params=dict(sent.query), headers={**kept, **headers}, **body
        )

    def makes_everything(self) -> None:
        """Send every example of what adds or replaces something."""
        for name in OPERATIONS:
            if BY_NAME[name][0] in {"post", "put"}:
                for key, example in EXAMPLES[name].items():
                    answer = self.asks(name, example, **{"Idempotency-Key": uuid4().hex})
                    assert answer.status_code < 500, answer.text
                    if answer.status_code == 201:
                        # What there can be only one of is not made again for another example.
                        self.made.setdefault((name, key), answer.json())


def without_id(problem: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in problem.items() if name != "request_id"}


@pytest.fixture
def user(client: TestClient) -> User:
    return User(new_account(client))


@pytest.fixture
def other(client: TestClient) -> User:
    return User(new_account(client))


def asked(client: TestClient, operation: Operation, token: str | None) -> Response:
    """The operation's first example, with ids that nothing has."""
    user = User(Account(client, uuid4(), token or ""))
    sent = operation.example.told(lambda _: str(uuid4()))
    return user.asks(operation.name, sent, **({} if token is not None else {"Authorization": ""}))


def refusal(answer: Response, status: int, code: str) -> Response:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.headers["www-authenticate"].startswith('Bearer realm="afterword"')
    return answer


def api_key(account: Account, *scopes: str) -> dict[str, Any]:
    return account.made("/v1/api-keys", {"name": "Program", "scopes": list(scopes)})


ONCE = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
"""Which token and which scope an operation wants does not depend on the kind of database behind it."""


def test_operations_and_places_are_found() -> None:
    assert len(OPERATIONS) > 30
    assert len([*own_parts()]) > 15
    assert len([*own_members()]) > 5
    assert {scope for scope in SCOPES if scope.startswith("companies:")} <= {
        scope for one in OPERATIONS.values() for scope in one.scopes
    }
    assert OPERATIONS.keys() <= EXAMPLES.keys()


@ONCE
@each_operation
def test_without_a_good_token_the_answer_is_401(client: TestClient, operation: Operation) -> None:
    assert "error=" not in refusal(asked(client, operation, None), 401, "unauthenticated").headers["www-authenticate"]
    for garbage in ("garbage", "a.b.c", "afk_000000000000_garbage", "afr_x_y"):
        refusal(asked(client, operation, garbage), 401, "unauthenticated")


@ONCE
@each_operation
def test_with_an_expired_token_the_answer_is_401(app: FastAPI, client: TestClient, operation: Operation) -> None:
    earlier = clock.now() - ACCESS_FOR - timedelta(seconds=1)
    token = app.state.access_tokens.issue(uuid4(), uuid4(), SCOPES, earlier)
    refusal(asked(client, operation, token), 401, "unauthenticated")


@each_operation
def test_after_the_session_has_ended_the_answer_is_401(client: TestClient, user: User, operation: Operation) -> None:
    client.post("/v1/auth/revoke", data={"token": user.account.token})
    refusal(asked(client, operation, user.account.token), 401, "unauthenticated")


@each_operation
def test_with_a_revoked_api_key_the_answer_is_401(client: TestClient, user: User, operation: Operation) -> None:
    key = api_key(user.account, *sorted(SCOPES.keys() - ONLY_FOR_PEOPLE))
    user.account.deleted(f"/v1/api-keys/{key['id']}")
    refusal(asked(client, operation, key["secret"]), 401, "unauthenticated")


@ONCE
@each_operation
def test_without_the_scope_the_answer_is_403(client: TestClient, user: User, operation: Operation) -> None:
    for missing in operation.scopes:
        others = tuple(scope for scope in SCOPES if scope != missing)
        token = new_account(client, others).token
        key = api_key(user.account, *(scope for scope in others if scope not in ONLY_FOR_PEOPLE))["secret"]
        for credentials in (token, key):
            answer = refusal(asked(client, operation, credentials), 403, "scope_missing")
            assert f'scope="{missing}"' in answer.headers["www-authenticate"]


@ONCE
@each_operation
def test_an_api_key_can_do_what_it_has_the_scope_for_unless_that_is_only_for_people(
    client: TestClient, user: User, operation: Operation
) -> None:
    offered = any("ApiKey" in need for need in operation.described["security"])
    assert offered == ONLY_FOR_PEOPLE.isdisjoint(operation.scopes)
    if offered:
        # What an example expands needs its own scope besides.
        expanded = {scope for scope in SCOPES if scope.endswith(":read")} if "expand" in operation.example.query else ()
        scopes = {*operation.scopes, *expanded} - ONLY_FOR_PEOPLE
        answer = asked(client, operation, api_key(user.account, *sorted(scopes))["secret"])
        assert answer.status_code not in {401, 403}, answer.text


@ONCE
@each_operation
def test_who_has_no_token_learns_nothing_else_about_a_request_and_who_has_one_does(
    client: TestClient, user: User, operation: Operation
) -> None:
    path = operation.path.format_map(operation.example.told(lambda _: str(uuid4())).path)
    wrong: dict[str, Any] = {
        "params": {"no_such_parameter": "1"},
        "content": "{",
        "headers": {"Content-Type": "text/plain"},
    }
    refusal(client.request(operation.method, path, **wrong), 401, "unauthenticated")
    answer = user.account.ask(operation.method.upper(), path, params={"no_such_parameter": "1"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "no_such_parameter"


@pytest.mark.parametrize(("operation", "part"), [*own_parts()])
def test_the_id_of_another_users_thing_is_as_if_it_had_never_existed(
    user: User, other: User, operation: Operation, part: str
) -> None:
    example = operation.example
    own = user.asked_for(example)
    theirs = other.asked_for(example).path[part]
    answers = [
        user.asks(operation.name, replace(own, path={**own.path, part: given})) for given in (theirs, str(uuid4()))
    ]
    assert [answer.status_code for answer in answers] == [404, 404], answers[0].text
    found, never = (without_id(answer.json()) for answer in answers)
    assert found == never
    assert found["code"] == "no_such_resource"


@pytest.mark.parametrize(("operation", "place"), [*own_members()])
def test_the_id_of_another_users_thing_in_a_body_is_as_if_it_had_never_existed(
    user: User, other: User, operation: Operation, place: tuple[str, ...]
) -> None:
    own = user.asked_for(operation.example)
    never = user.asks(operation.name, with_body(own, place, str(uuid4())))
    assert never.status_code == 422, never.text
    assert {error["pointer"] for error in never.json()["errors"]} >= {f"#/{'/'.join(place)}"}
    for thing in things_named(place[-1]):
        theirs = user.asks(operation.name, with_body(own, place, other.member(thing)))
        assert theirs.status_code == 422, theirs.text
        assert without_id(theirs.json()) == without_id(never.json())


def with_body(example: ExampleRequest, place: tuple[str, ...], given: str) -> ExampleRequest:
    """The example with an id at a place of its body; what the place needs around it is added."""
    return replace(example, body=put(example.body, place, given))


def put(body: Any, place: tuple[str, ...], given: str) -> Any:  # noqa: ANN401 - any JSON
    first, *rest = place
    if first == "0":
        items = body or [{}]
        return [put(items[0], tuple(rest), given), *items[1:]]
    inner = put((body or {}).get(first), tuple(rest), given) if rest else given
    return {**(body or {}), first: inner}


def things_named(member: str) -> list[Made]:
    """What a member such as `agency_contact_id` may be the id of: what paths name so, or else one of each kind."""
    kinds: dict[str, Made] = {}
    for operation in OPERATIONS.values():
        kinds |= {name: value for name, value in operation.example.path.items() if isinstance(value, Made)}
    named = [value for name, value in kinds.items() if member == name or member.endswith(f"_{name}")]
    return named or list(kinds.values())


def test_what_is_put_into_a_body_leaves_the_rest_of_it() -> None:
    assert put({"a": 1}, ("company_id",), "x") == {"a": 1, "company_id": "x"}
    assert put({"people": [{"role": "r"}]}, ("people", "0", "contact_id"), "x") == {
        "people": [{"role": "r", "contact_id": "x"}]
    }
    assert put(None, ("people", "0", "contact_id"), "x") == {"people": [{"contact_id": "x"}]}
