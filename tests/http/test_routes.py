"""Bodies that are no JSON, or JSON that would hurt, end as problems."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.errors import MalformedJson
from app.http.routes import parse_json

JSON = {"Content-Type": "application/json"}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"facts": [1,]}',
        b'{"facts": NaN}',
        b'{"facts": -Infinity}',
        b'{"facts": 1, "facts": 2}',
        b'{"facts": "\\ud800"}',
        b'{"\\ud800": 1}',
        b'{"facts": "\\u0000"}',
        b'{"\\u0000": 1}',
        b'{"facts": ["\\u0000"]}',
        b'{"facts": ' + b"1" * 5000 + b"}",
        b"[" * 9000,
        b"\xff\xfe",
        b"\xef\xbb\xbf{}",
        '{"facts": []}'.encode("utf-16"),
        b'{"facts": []} trailing',
        b"\x00",
    ],
    ids=lambda body: repr(body[:25]),
)
def test_a_body_that_is_no_json_is_a_problem(client: TestClient, body: bytes) -> None:
    answer = client.post("/v1/trial/facts", content=body, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_json")


@pytest.mark.parametrize("body", [b'{"facts": 1e999}', b'{"facts": ' + b"1" * 4000 + b"}", b"null", b'"' + b"a" * 9000])
def test_json_of_another_shape_is_a_problem(client: TestClient, body: bytes) -> None:
    assert client.post("/v1/trial/facts", content=body, headers=JSON).status_code in {400, 422}


def test_the_place_of_a_syntax_error_is_given_as_line_and_column(client: TestClient) -> None:
    answer = client.post("/v1/trial/facts", content=b'{\n  "facts": [1,]\n}', headers=JSON)
    assert answer.json()["detail"] == "Trailing comma at line 2 column 15."


def test_a_message_with_a_long_name_of_the_client_is_cut(client: TestClient) -> None:
    name = "n" * 3000
    answer = client.post("/v1/trial/facts", content=f'{{"{name}": 1, "{name}": 2}}', headers=JSON)
    assert len(answer.json()["detail"]) < 250


@given(VALUES)
def test_what_a_json_library_writes_is_read_as_it_was(value: object) -> None:
    written = json.dumps(value, ensure_ascii=False)
    if "\\u0000" in written:
        with pytest.raises(MalformedJson):
            parse_json(written.encode())
    else:
        assert parse_json(written.encode()) == value


@given(st.binary())
def test_any_bytes_are_a_value_or_malformed(body: bytes) -> None:
    try:
        value = parse_json(body)
    except MalformedJson:
        return
    assert json.loads(body) == value


def test_a_backslash_before_u0000_is_no_nul() -> None:
    assert parse_json(rb'"\\u0000"') == "\\u0000"


@pytest.mark.parametrize("media_type", ["application/json", "APPLICATION/JSON; charset=utf-8", "application/ld+json"])
def test_any_json_media_type_is_read(client: TestClient, media_type: str) -> None:
    answer = client.post("/v1/trial/facts", content='{"facts": []}', headers={"Content-Type": media_type})
    assert answer.json() == {"facts": 0, "limit": 100}


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "text/json", "", "json"])
def test_another_media_type_is_answered_with_the_one_that_is_read(client: TestClient, media_type: str) -> None:
    answer = client.post("/v1/trial/facts", content='{"facts": []}', headers={"Content-Type": media_type})
    assert answer.json()["code"] == "unsupported_media_type"
    assert answer.headers["accept"] == "application/json"


def test_a_compressed_body_is_refused_as_such(client: TestClient) -> None:
    answer = client.post("/v1/trial/facts", content=b"\x1f\x8b", headers={**JSON, "Content-Encoding": "gzip"})
    assert answer.json()["code"] == "unsupported_media_type"
    assert answer.headers["accept-encoding"] == "identity"


def test_a_body_without_a_length_is_counted_while_it_comes(client: TestClient) -> None:
    answer = client.post("/v1/trial/facts", content=iter([b" " * 6000, b" " * 6000]), headers=JSON)
    assert answer.json()["code"] == "content_too_large"
    fits = client.post("/v1/trial/facts", content=iter([b'{"facts": ', b"[]}"]), headers=JSON)
    assert fits.status_code == 200


def test_every_operation_refuses_query_parameters_that_it_does_not_have(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for path, operations in paths.items():
        for method, operation in operations.items():
            if "security" in operation:
                # Who has no token gets to know nothing; tests/accounts/test_matrix.py asks with one.
                continue
            answer = client.request(method, re.sub("{.*?}", "x", path), params={"no_such_parameter": "1"})
            # OAuth 2 has 400 for it.
            expected = 400 if path in {"/v1/auth/token", "/v1/auth/revoke"} else 422
            assert answer.status_code == expected, f"{method} {path}: give its router route_class=JsonRoute"
            assert answer.json()["errors"][0]["parameter"] == "no_such_parameter"
