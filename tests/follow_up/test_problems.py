"""What the framework refuses is a problem on these paths too, and nothing that was sent reaches the log."""

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from app.errors import problem_kinds
from app.follow_up.errors import UnknownRule
from app.http.logs import request_log
from app.http.problems import Problem

PATHS = ["/v1/decisions/preview", "/v1/decisions/preview/batch"]
JSON = {"Content-Type": "application/json"}
RULES = ["", "/countries", "/countries/JP", "/companies", "/companies/zapier", "/sectors", "/formats", "/situations"]


def test_a_rule_that_is_not_known_is_a_problem(client: TestClient) -> None:
    answer = client.get("/v1/rules/companies/initech")
    problem = Problem.model_validate_json(answer.content)
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem.code, problem.title) == (404, "unknown_rule", UnknownRule.kind.title)


@pytest.mark.parametrize("code", sorted(problem_kinds()))
def test_every_problem_has_its_page(client: TestClient, code: str) -> None:
    page = client.get(f"/problems/{code}", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert problem_kinds()[code].title in page.text


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("body", [b"{", b'{"country": "JP",}', b"NaN", b'{"country": "JP", "country": "US"}', b"\xff"])
def test_a_body_that_is_no_json_is_a_problem(client: TestClient, path: str, body: bytes) -> None:
    answer = client.post(path, content=body, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_json")


@pytest.mark.parametrize("path", PATHS)
def test_a_body_of_another_kind_is_a_problem(client: TestClient, path: str) -> None:
    answer = client.post(path, data={"country": "JP"})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("path", PATHS)
def test_a_body_that_is_too_large_is_a_problem(client: TestClient, path: str) -> None:
    answer = client.post(path, content=b" " * (2 * 1024 * 1024 + 1), headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (413, "content_too_large")


@pytest.mark.parametrize("path", PATHS)
def test_no_body_is_a_problem(client: TestClient, path: str) -> None:
    assert client.post(path).json()["errors"] == [{"detail": "This is required.", "pointer": "#"}]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_decisions_are_asked_for_with_post_only(client: TestClient, path: str, method: str) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer.headers["allow"] == "POST, OPTIONS"


@pytest.mark.parametrize("path", RULES)
def test_rules_are_read_only(client: TestClient, path: str) -> None:
    answer = client.post(f"/v1/rules{path}", json={})
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", ["/v1", "/v1/decisions", "/v1/decisions/preview/", "/v1/rules/", "/v1/rules/laws"])
def test_a_path_that_does_not_exist_is_a_problem(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("path", PATHS)
def test_a_query_parameter_of_a_post_is_refused(client: TestClient, path: str) -> None:
    answer = client.post(f"{path}?country=JP", json={"country": "JP"})
    assert answer.json()["errors"][0]["parameter"] == "country"


@pytest.fixture
def log() -> Iterator[io.BytesIO]:
    output = io.BytesIO()
    request_log.open(output, severity=logging.INFO)
    yield output
    request_log.close()


def test_no_fact_and_no_search_reaches_the_log_or_the_metrics(client: TestClient, log: io.BytesIO) -> None:
    facts = {"country": "JP", "company": "Initech", "as_of": "2026-11-19", "recipient": {"role": "decision_maker"}}
    client.post("/v1/decisions/preview", json=facts)
    client.post("/v1/decisions/preview", json=facts | {"sector": "Erika Mustermann"})
    client.post("/v1/decisions/preview?company=Initech", json=facts)
    client.post("/v1/decisions/preview/batch", json={"items": [facts, {"company": "Initech"}]})
    client.get("/v1/rules/companies?query=Initech")
    client.get("/v1/rules/companies/Initech")
    lines = log.getvalue().decode()
    assert [json.loads(line)["route"] for line in lines.splitlines()] == [
        *["/v1/decisions/preview"] * 3,
        "/v1/decisions/preview/batch",
        "/v1/rules/companies",
        "/v1/rules/companies/{key}",
    ]
    seen = lines + client.get("/metrics").text
    assert not re.search("initech|erika|2026-11-19|decision_maker", seen, re.IGNORECASE)
