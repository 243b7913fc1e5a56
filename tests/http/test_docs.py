"""The OpenAPI document, and the page that shows it in a browser without the internet."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from playwright.sync_api import Error, Route, sync_playwright
from starlette.testclient import TestClient

from app.accounts.tokens import ACCESS_FOR
from app.http.caller import SCOPES
from app.http.idempotency import KEPT_FOR
from app.http.pages import DEFAULT_LIMIT, MOST
from tests.conftest import missing, require_tool
from tests.http.running import running_server


@pytest.fixture
def document(client: TestClient) -> dict[str, Any]:
    document: dict[str, Any] = client.get("/openapi.json").json()
    return document


def operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        yield from path.values()


def test_the_document_says_what_it_is(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert (document["info"]["title"], document["info"]["license"]["name"]) == ("Afterword", "MIT")
    assert "CC0-1.0" in document["info"]["description"]
    assert document["servers"] == [{"url": "/", "description": "This server."}]


def test_the_page_begins_with_how_to_use_it_and_what_it_says_is_so(document: dict[str, Any]) -> None:
    guide = document["info"]["description"]
    assert len(guide.splitlines()) < 40
    said = {
        f"good for {ACCESS_FOR.seconds // 60} minutes",
        f"within {KEPT_FOR.days * 24} hours",
        f"`limit` is {DEFAULT_LIMIT} by default and {MOST} at most",
        "a password that was forgotten is replaced",
    }
    assert {one for one in said if one not in guide} == set()
    for method, path in re.findall(r"`(GET|POST) (/\S+)`", guide):
        assert method.lower() in document["paths"][path]
    for end in ("approve", "schedule", "send", "cancel", "sent-by-hand", "resolve"):
        assert f"`/{end}`" in guide
        assert f"/v1/messages/{{message_id}}/{end}" in document["paths"]
    assert {*re.findall(r"`(\w+:\w+)`", guide)} <= SCOPES.keys()


def test_operations_are_named_for_generated_clients_and_each_once(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for operation in operations(document)]
    assert {"get_health", "get_readiness", "get_metrics", "list_problems", "get_problem"} <= set(names)
    assert len(names) == len(set(names))


def test_every_operation_has_a_known_tag(document: dict[str, Any]) -> None:
    known = {tag["name"] for tag in document["tags"]} | {"trial"}
    assert all(set(operation["tags"]) <= known for operation in operations(document))


def test_every_error_of_every_operation_is_the_one_problem(document: dict[str, Any]) -> None:
    for operation in operations(document):
        errors = {status: response for status, response in operation["responses"].items() if status >= "400"}
        forms = operation["operationId"] in {"create_token", "revoke_token"}
        assert {"400" if forms else "422", "500"} <= errors.keys()
        assert not (forms and "422" in errors)
        for response in errors.values():
            (media_type,) = response["content"]
            assert media_type == "application/problem+json"
            assert response["content"][media_type]["schema"] == {"$ref": "#/components/schemas/Problem"}


def test_the_frameworks_own_error_shape_does_not_appear(document: dict[str, Any]) -> None:
    assert "ValidationError" not in json.dumps(document)


def test_an_operation_that_documents_no_error_still_has_the_problem(app: FastAPI, client: TestClient) -> None:
    def get_undocumented(limit: int) -> int:
        return limit

    app.add_api_route("/v1/trial/undocumented", get_undocumented)
    responses = client.get("/openapi.json").json()["paths"]["/v1/trial/undocumented"]["get"]["responses"]
    assert list(responses["422"]["content"]) == ["application/problem+json"]


def test_the_document_is_sent_again_only_when_it_changed(client: TestClient) -> None:
    tag = client.get("/openapi.json").headers["etag"]
    assert client.get("/openapi.json", headers={"If-None-Match": tag}).status_code == 304


def test_the_page_allows_scripts_from_here_only(client: TestClient) -> None:
    page = client.get("/docs")
    assert "script-src" not in page.headers["content-security-policy"]
    assert page.headers["content-security-policy"].startswith("default-src 'self';")
    assert "//" not in page.text


def test_in_a_browser_the_page_lists_and_runs_operations_and_asks_nobody_else() -> None:
    chromium = require_tool("chromium", "chromium-browser", "google-chrome")
    asked: list[str] = []
    complaints: list[str] = []
    with running_server() as origin, sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
            )
        except Error as error:
            missing(f"{chromium} does not start: {error}")
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(error.message))
        waiting: list[Route] = []
        page.route("**/openapi.json", lambda route: waiting.append(route))  # noqa: PLW0108 - it writes on it
        with page.expect_request("**/openapi.json"):
            page.goto(f"{origin}/docs")
        loading = page.get_by_text("Loading the description of the API")
        loading.wait_for()
        waiting.pop().continue_()
        loading.wait_for(state="detached")
        page.unroute("**/openapi.json")
        for place, words in (
            ("health/get_health", '"alive"'),
            ("decisions/preview_decision", '"outcome": "do_not_send"'),
            ("rules/list_countries", '"name": "Japan"'),
        ):
            # Of so many operations the page has only those in its document that are in sight: a link leads to one.
            page.goto(f"{origin}/docs#/{place}")
            page.reload()
            operation = page.locator(f"#operations-{place.replace('/', '-')}")
            operation.locator(".execute").click()
            answer = operation.locator(".live-responses-table .highlight-code").first
            answer.wait_for()
            assert words in answer.inner_text()
        page.goto(f"{origin}/problems")
        page.get_by_role("link", name="malformed_json").click()
        page.get_by_role("heading", name="The body is not valid JSON").wait_for()
        browser.close()
    # Swagger UI warns of an underscore in any link to an operation, and writes such links itself.
    assert [one for one in complaints if not one.startswith("Deprecated: escaping deep link")] == []
    assert f"{origin}/healthz" in asked
    assert all(url.startswith((f"{origin}/", "data:")) for url in asked)
