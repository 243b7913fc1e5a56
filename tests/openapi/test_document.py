"""The OpenAPI document as a product: complete, readable, and every example in it true."""

import asyncio
import json
import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Literal

import httpx2
import jsonschema_rs
import pytest
from starlette.testclient import TestClient

from app.http.docs import AnsweredExample, DescribedAPI
from app.http.examples import operations
from app.http.openapi import NamedSchema, tidy
from app.main import create_app
from app.settings import Settings
from tests.rules.whole_book import whole_book

MOST_BYTES = 1_000_000
SUCCESS = {"200", "201", "202", "204"}
ALL_STATUSES = SUCCESS | {
    "304",
    "400",
    "401",
    "403",
    "404",
    "409",
    "410",
    "412",
    "413",
    "415",
    "422",
    "428",
    "429",
    "500",
    "503",
}
NO_CONTENT = {"204", "304"}
CHANGES = "approve|cancel|change|confirm|create|delete|mark|merge|resolve|revoke|schedule|send|set"
VERBS = f"{CHANGES}|get|list|preview|search|test"
Document = dict[str, Any]


@pytest.fixture(scope="session")
def app() -> DescribedAPI:
    app = create_app(Settings(), whole_book())
    assert isinstance(app, DescribedAPI)
    return app


@pytest.fixture(scope="session")
def client(app: DescribedAPI) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


@pytest.fixture(scope="session")
def document(client: TestClient) -> Document:
    """The document with the responses written out that it says once for several operations."""
    found: Document = client.get("/openapi.json").json()
    for _, _, operation in operations(found):
        for status, response in operation["responses"].items():
            if "$ref" in response:
                name = response["$ref"].removeprefix("#/components/responses/")
                operation["responses"][status] = found["components"]["responses"][name]
    return found


@pytest.fixture(scope="session")
def answers(app: DescribedAPI, client: TestClient) -> list[AnsweredExample]:
    assert client.get("/healthz").is_success
    return asyncio.run(app.answers())


def shown_answers(document: Document) -> Iterator[tuple[str, str, str, Any, Any]]:
    """operationId, status, media type, schema and value of each answer that the document shows."""
    for _, _, operation in operations(document):
        for status, response in operation["responses"].items():
            for media_type, media in response.get("content", {}).items():
                values = [example["value"] for example in media.get("examples", {}).values()]
                values += [media["example"]] if "example" in media else []
                for value in values:
                    yield operation["operationId"], status, media_type, media["schema"], value


def assert_valid(document: Document, schema: Any, value: object) -> None:  # noqa: ANN401 - a JSON Schema
    """Hold a value against a schema of the document, formats included."""
    whole = {**schema, "components": document["components"]}
    jsonschema_rs.Draft202012Validator(whole, validate_formats=True).validate(value)


def test_every_request_of_the_document_is_valid_and_is_answered_as_documented(
    document: Document, answers: list[AnsweredExample]
) -> None:
    described = {operation["operationId"]: operation for _, _, operation in operations(document)}
    seen = set()
    for name, title, sent, answer in answers:
        operation = described[name]
        assert str(answer.status) in operation["responses"], f"{name} {title}: {answer}"
        if not title:
            assert answer.status >= 400, f"{name} {sent.summary}: {answer}"
            continue
        seen.add(name)
        assert str(answer.status) in SUCCESS, f"{name} {title}: {answer.content}"
        for parameter in operation.get("parameters", ()):
            if parameter["name"] in sent.parameters():
                assert_valid(document, parameter["schema"], sent.parameters()[parameter["name"]])
        if "requestBody" in operation:
            for media in operation["requestBody"]["content"].values():
                assert_valid(document, media["schema"], sent.body)
                assert media["examples"][title]["value"] == sent.body
        if answer.media_type == "application/json":
            content = operation["responses"][str(answer.status)]["content"]["application/json"]
            assert_valid(document, content["schema"], answer.value())
            shown = content["examples"].get(title)
            assert (shown is not None) == sent.answer_shown
            assert shown is None or shown["value"] == {**answer.value(), **sent.masked}, "not the same in two runs"
    assert seen == described.keys()


def test_every_answer_of_the_document_is_valid(document: Document) -> None:
    seen = 0
    for name, status, media_type, schema, value in shown_answers(document):
        if media_type != "text/plain":
            assert_valid(document, schema, value)
        if status >= "400":
            assert value["status"] == int(status), name
        seen += 1
    assert seen > 60


def test_every_operation_shows_an_answer_of_each_status(document: Document) -> None:
    for _, _, operation in operations(document):
        for status, response in operation["responses"].items():
            assert status in ALL_STATUSES
            assert status in NO_CONTENT or any(
                "examples" in media or "example" in media for media in response["content"].values()
            ), f"{operation['operationId']} {status}"


def test_problems_that_can_be_provoked_are_shown_as_they_were_answered(document: Document) -> None:
    preview = document["paths"]["/v1/decisions/preview"]["post"]["responses"]
    shown = {
        status: preview[status]["content"]["application/problem+json"]["examples"] for status in ("400", "415", "422")
    }
    assert shown["422"]["invalid_request"]["value"]["errors"] == [
        {"detail": "This is not known here.", "pointer": "#/sectr", "hint": "Did you mean 'sector'?"}
    ]
    assert "line 1 column" in shown["400"]["malformed_json"]["value"]["detail"]
    assert "x-www-form-urlencoded" in shown["415"]["unsupported_media_type"]["value"]["detail"]


def test_every_operation_is_described(document: Document) -> None:
    for path, _, operation in operations(document):
        assert operation["summary"]
        assert operation["description"]
        assert re.fullmatch(rf"({VERBS})(_[a-z]+)+", operation["operationId"]), operation["operationId"]
        assert operation["responses"].keys() & SUCCESS
        for success in operation["responses"].keys() & SUCCESS:
            assert operation["responses"][success]["description"] not in {"", "Successful Response"}
        assert all(parameter["description"] for parameter in operation.get("parameters", ())), path


def test_every_first_example_names_every_parameter_that_any_of_them_names(app: DescribedAPI) -> None:
    for examples in app.examples.values():
        first, *others = examples.values()
        for other in others:
            # Which versions a request is for depends on what the ones before it did.
            assert other.parameters().keys() - {"If-Match", "If-None-Match"} <= first.parameters().keys()


def test_schemas_have_names_that_read_well(document: Document) -> None:
    schemas = document["components"]["schemas"]
    assert all(re.fullmatch("([A-Z][a-z]+)+", name) for name in schemas)
    assert all(schema["title"] == name for name, schema in schemas.items())
    assert all(schema["description"] for schema in schemas.values())
    assert {"Facts", "Decision", "CountrySummaryPage", "Value", "Outcome"} <= schemas.keys()
    assert not {"PreviewFacts", "Page"} & schemas.keys()


def test_every_reference_leads_to_a_schema_and_every_schema_is_referred_to(document: Document) -> None:
    text = json.dumps(document)
    referred = set(re.findall(r'"#/components/schemas/(\w+)"', text))
    assert referred == document["components"]["schemas"].keys()


def test_words_are_listed_once_and_explained(document: Document) -> None:
    schemas = document["components"]["schemas"]
    named = {name for name, schema in schemas.items() if "enum" in schema}
    assert json.dumps(document["components"]).count('"enum"') == len(named)
    for _, _, operation in operations(document):
        # The orders of a list are words of that list alone.
        parameters = [one for one in operation.get("parameters", ()) if one["name"] != "sort"]
        assert '"enum"' not in json.dumps({**operation, "parameters": parameters}), operation["operationId"]
    assert "`uncommon`" in schemas["Expectation"]["description"]


def test_what_may_be_null_says_so_in_its_type(document: Document) -> None:
    facts = document["components"]["schemas"]["Facts"]["properties"]
    assert facts["via_agency"]["type"] == ["boolean", "null"]
    assert (facts["as_of"]["type"], facts["as_of"]["format"]) == (["string", "null"], "date")
    assert facts["sector"]["anyOf"] == [{"$ref": "#/components/schemas/Sector"}, {"type": "null"}]
    assert '"nullable"' not in json.dumps(document)


def test_parameters_are_left_out_and_never_null(document: Document) -> None:
    for _, _, operation in operations(document):
        assert '"null"' not in json.dumps(operation.get("parameters", ()))


def test_a_list_leads_to_its_next_page(document: Document) -> None:
    response = document["paths"]["/v1/rules/countries"]["get"]["responses"]["200"]
    assert response["links"]["NextPage"]["operationId"] == "list_countries"
    assert {"Link", "ETag", "Cache-Control"} <= response["headers"].keys()


def test_asking_for_the_document_is_neither_logged_nor_counted_as_its_examples() -> None:
    with TestClient(create_app(Settings(), whole_book())) as client:
        client.get("/openapi.json")
    metrics = client.get("/metrics").text
    assert 'route="/openapi.json"' in metrics
    assert "/v1/rules" not in metrics


def test_others_are_answered_while_the_document_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(Settings(), whole_book())
    assert isinstance(app, DescribedAPI)
    others_answered, documents = threading.Event(), []
    with_answers = app.openapi_with_answers
    begin: Callable[[], object]

    async def slowly() -> Document:
        begin()
        assert others_answered.wait(timeout=60), "the event loop waits for the document"
        documents.append(await with_answers())
        return documents[-1]

    monkeypatch.setattr(app, "openapi_with_answers", slowly)

    async def ask() -> list[int]:
        nonlocal begin
        begun = asyncio.Event()
        begin = partial(asyncio.get_running_loop().call_soon_threadsafe, begun.set)
        transport = httpx2.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx2.AsyncClient(transport=transport, base_url="http://test") as client,
        ):
            asking = [asyncio.create_task(client.get("/openapi.json")) for _ in range(2)]
            await begun.wait()
            assert (await client.get("/healthz")).status_code == 200
            others_answered.set()
            return [answer.status_code for answer in await asyncio.gather(*asking)]

    assert asyncio.run(ask()) == [200, 200]
    assert len(documents) == 1


def test_the_examples_do_not_wait_for_the_requests_of_others(client: TestClient) -> None:
    app = create_app(Settings(), whole_book())
    # Nobody else gets in, or a turn.
    app.state.admission.inside = app.state.turns.waiting = 1_000_000
    with TestClient(app) as busy:
        assert busy.get("/openapi.json").headers["etag"] == client.get("/openapi.json").headers["etag"]


def test_the_document_is_small(client: TestClient) -> None:
    assert len(client.get("/openapi.json").content) < MOST_BYTES


def test_the_document_is_the_same_in_every_process(client: TestClient) -> None:
    with TestClient(create_app(Settings(), whole_book())) as another:
        assert another.get("/openapi.json").headers["etag"] == client.get("/openapi.json").headers["etag"]


def test_without_rules_the_document_has_its_requests_and_no_answers() -> None:
    document = TestClient(create_app(Settings())).get("/openapi.json").json()
    operation = document["paths"]["/v1/decisions/preview"]["post"]
    assert "japan" in operation["requestBody"]["content"]["application/json"]["examples"]
    assert "examples" not in operation["responses"]["200"]["content"]["application/json"]


def test_the_document_is_that_of_the_application_it_comes_from(app: DescribedAPI) -> None:
    assert app.openapi() is app.openapi()


def test_tidying_leaves_alone_what_only_looks_like_a_schema() -> None:
    document: Document = {
        "paths": {},
        "components": {
            "schemas": {
                "Thing": {
                    "title": "Thing",
                    "type": "object",
                    "properties": {
                        "title": {"type": "string", "title": "Title"},
                        "enum": {"anyOf": [{"type": "string", "enum": ["a", "b"]}, {"type": "null"}]},
                        "items": {"anyOf": [{"type": "string", "minLength": 1}, {"type": "array", "minItems": 1}]},
                    },
                    "examples": [{"title": "kept", "enum": ["a", "b"]}],
                }
            }
        },
    }
    tidy(document, [NamedSchema.of_words("Letter", Literal["a", "b"], "A letter.")])
    thing = document["components"]["schemas"]["Thing"]
    assert thing["properties"]["title"] == {"type": "string"}
    assert thing["properties"]["enum"] == {"anyOf": [{"$ref": "#/components/schemas/Letter"}, {"type": "null"}]}
    assert len(thing["properties"]["items"]["anyOf"]) == 2
    assert thing["examples"] == [{"title": "kept", "enum": ["a", "b"]}]
