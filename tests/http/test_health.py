from types import SimpleNamespace

from fastapi import FastAPI
from starlette.testclient import TestClient


def test_a_process_without_rules_is_alive(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "alive"}


def test_a_process_without_rules_is_not_ready_and_says_when_to_ask_again(client: TestClient) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")


def test_a_process_with_rules_is_ready_and_names_their_version(app: FastAPI, client: TestClient) -> None:
    app.state.rule_book = SimpleNamespace(version="2026-11-ab12")
    assert client.get("/readyz").json() == {"status": "ready", "rules_version": "2026-11-ab12"}


def test_the_metrics_are_prometheus_text_about_this_process(client: TestClient) -> None:
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert "process_resident_memory_bytes" in answer.text
