"""Every request has an id, one log line, its place in the metrics, and the headers that every answer has."""

import asyncio
import io
import json
import re
from datetime import datetime, timedelta

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.types import Message
from structlog.testing import capture_logs

from app.http.middleware import CLIENT_CLOSED_REQUEST


def test_an_answer_carries_a_new_request_id(client: TestClient) -> None:
    first, second = (client.get("/healthz").headers["x-request-id"] for _ in range(2))
    assert first != second
    assert re.fullmatch("[0-9a-f]{32}", first)


def test_a_usable_request_id_of_the_client_is_kept(client: TestClient) -> None:
    sent = "order-66.retry_2"
    assert client.get("/healthz", headers={"X-Request-Id": sent}).headers["x-request-id"] == sent


@pytest.mark.parametrize("sent", ["short", "has space in it", "x" * 129, 'quo"tes-in-it', "naïve-naïve"])
def test_any_other_request_id_is_replaced(client: TestClient, sent: str) -> None:
    answer = client.get("/healthz", headers={b"X-Request-Id": sent.encode("latin-1")})
    assert answer.headers["x-request-id"] != sent


def test_a_request_is_one_log_line_that_names_the_route_and_not_the_path(client: TestClient, log: io.BytesIO) -> None:
    answer = client.get("/problems/not_found?", headers={"X-Request-Id": "abcdefgh"})
    (line,) = map(json.loads, log.getvalue().splitlines())
    assert line.pop("duration_ms") > 0
    assert datetime.fromisoformat(line.pop("ts")).utcoffset() == timedelta(0)
    assert line == {
        "event": "request",
        "level": "info",
        "request_id": "abcdefgh",
        "method": "GET",
        "route": "/problems/{code}",
        "status": 200,
        "bytes_sent": len(answer.content),
    }


def test_nothing_personal_reaches_the_log(client: TestClient, log: io.BytesIO) -> None:
    client.get("/v1/people/erika.mustermann@example.com?token=hunter2")
    client.post("/v1/trial/facts?name=Erika", json={"country": "Erika Mustermann"})
    lines = log.getvalue().decode()
    assert [json.loads(line)["route"] for line in lines.splitlines()] == ["unmatched", "/v1/trial/facts"]
    assert not re.search("erika|hunter2", lines, re.IGNORECASE)


def test_a_failure_is_logged_with_its_cause_under_the_request_id(client: TestClient, log: io.BytesIO) -> None:
    with capture_logs() as failures:
        answer = client.get("/v1/trial/failure")
    (failure,), request = failures, json.loads(log.getvalue())
    assert failure["event"] == "request failed"
    assert failure["exc_info"]
    assert failure["request_id"] == request["request_id"] == answer.json()["request_id"]
    assert request["status"] == 500


def test_a_failure_after_the_answer_began_is_logged_and_breaks_the_answer_off(
    client: TestClient, log: io.BytesIO
) -> None:
    with capture_logs() as failures:
        answer = client.get("/v1/trial/late-failure")
    assert [failure["event"] for failure in failures] == ["request failed"]
    assert json.loads(log.getvalue())["bytes_sent"] == len(b"begun")
    assert answer.content == b"begun"


def test_a_client_that_leaves_is_no_failure(app: FastAPI, log: io.BytesIO) -> None:
    async def leave() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        raise AssertionError(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1/trial/facts",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), (b"content-length", b"2")],
    }
    with capture_logs() as failures:
        asyncio.run(app(scope, leave, send))
    assert failures == []
    assert json.loads(log.getvalue())["status"] == CLIENT_CLOSED_REQUEST


def test_data_may_load_nothing_and_pages_only_their_own(client: TestClient) -> None:
    data, page = client.get("/healthz").headers, client.get("/problems").headers
    assert data["content-security-policy"].startswith("default-src 'none'")
    assert page["content-security-policy"].startswith("default-src 'self'")
    for headers in (data, page, client.get("/nowhere").headers, client.get("/v1/trial/failure").headers):
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.usefixtures("app")
def test_requests_are_counted_by_method_route_and_status(client: TestClient) -> None:
    client.get("/problems/not_found")
    client.get("/problems/nonsense")
    client.head("/healthz")
    client.get("/nowhere/1")
    client.get("/nowhere/2")
    client.request("BREW", "/healthz")
    metrics = client.get("/metrics").text
    for labels in (
        'method="GET",route="/problems/{code}",status="200"} 1.0',
        'method="GET",route="/problems/{code}",status="404"} 1.0',
        'method="HEAD",route="/healthz",status="200"} 1.0',
        'method="GET",route="unmatched",status="404"} 2.0',
        'method="other",route="/healthz",status="405"} 1.0',
    ):
        assert f"afterword_http_requests_total{{{labels}" in metrics
    assert 'afterword_http_request_duration_seconds_count{method="GET",route="/problems/{code}"} 2.0' in metrics
