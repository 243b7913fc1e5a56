"""The OpenAPI document as a product: complete, readable, and every example in it true."""

import json
import re
import time
from collections.abc import Iterator
from typing import Any, Literal

import jsonschema_rs
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.follow_up.examples import EXAMPLES
from app.http.docs import DescribedAPI
from app.http.examples import operations
from app.http.openapi import NamedSchema, tidy
from app.http.problems import EXAMPLE_ID
from app.main import create_app
from app.settings import Settings
from tests.rules.whole_book import whole_book

MOST_BYTES, MOST_SECONDS = 200_000, 0.5
ALL_STATUSES = {"200", "304", "400", "404", "413", "415", "422", "500", "503"}
SAME_ID = {"X-Request-Id": EXAMPLE_ID}
Document = dict[str, Any]


@pytest.fixture(scope="session")
def document(client: TestClient) -> Document:
    found: Document = client.get("/openapi.json").json()
    return found


def described() -> Document:
    """The document as tests are collected by it: with its requests, without answers."""
    app = create_app(Settings(), whole_book())
    return app.openapi()


DOCUMENT = described()


def requests() -> Iterator[tuple[str, str, str, str]]:
    """Path, method, operationId and name of each request that the document shows."""
    for path, method, operation in operations(DOCUMENT):
        names: dict[str, None] = {}
        for holder in (*operation.get("parameters", ()), *operation.get("requestBody", {}).get("content", {}).values()):
            names |= dict.fromkeys(holder.get("examples", ()))
        for name in names or {"": None}:
            yield path, method, operation["operationId"], name


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


@pytest.mark.parametrize("shown", [pytest.param(one, id="-".join(one[2:])) for one in requests()])
def test_every_request_of_the_document_is_valid_and_is_answered_as_documented(
    client: TestClient, document: Document, shown: tuple[str, str, str, str]
) -> None:
    path, method, name, example = shown
    operation = document["paths"][path][method]
    places: dict[str, dict[str, Any]] = {"path": {}, "query": {}, "header": {}}
    for parameter in operation.get("parameters", ()):
        if example in parameter.get("examples", {}):
            value = parameter["examples"][example]["value"]
            assert_valid(document, parameter["schema"], value)
            places[parameter["in"]][parameter["name"]] = value
    body = None
    if "requestBody" in operation:
        media = operation["requestBody"]["content"]["application/json"]
        body = media["examples"][example]["value"]
        assert_valid(document, media["schema"], body)

    answer = client.request(method, path.format(**places["path"]), params=places["query"], json=body, headers=SAME_ID)

    assert answer.status_code == 200, f"{name}: {answer.text}"
    response = operation["responses"]["200"]
    media_type = answer.headers["content-type"].partition(";")[0]
    content = response["content"][media_type]
    if media_type == "application/json":
        assert_valid(document, content["schema"], answer.json())
        answer_shown = content["examples"].get(example)
        assert answer_shown is None or answer_shown["value"] == answer.json()
    for header, description in response.get("headers", {}).items():
        assert header in answer.headers or not description.get("required")


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
            assert status == "304" or any(
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
        assert re.fullmatch(r"(get|list|preview)(_[a-z]+)+", operation["operationId"])
        assert operation["responses"]["200"]["description"] not in {"", "Successful Response"}
        assert all(parameter["description"] for parameter in operation.get("parameters", ())), path


def test_every_first_example_names_every_parameter_that_any_of_them_names() -> None:
    for examples in EXAMPLES.values():
        first, *others = examples.values()
        for other in others:
            assert other.parameters().keys() <= first.parameters().keys()


def test_every_operation_on_rules_and_decisions_has_examples(document: Document) -> None:
    names = {operation["operationId"] for path, _, operation in operations(document) if path.startswith("/v1/")}
    assert names == EXAMPLES.keys()


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
    assert '"enum"' not in json.dumps(document["paths"])
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
    client = TestClient(create_app(Settings(), whole_book()))
    client.get("/openapi.json")
    metrics = client.get("/metrics").text
    assert 'route="/openapi.json"' in metrics
    assert "/v1/rules" not in metrics


def test_the_document_is_small_and_built_at_once() -> None:
    client = TestClient(create_app(Settings(), whole_book()))
    began = time.perf_counter()
    answer = client.get("/openapi.json")
    seconds = time.perf_counter() - began
    assert len(answer.content) < MOST_BYTES
    # Four times what it may take: other tests run beside this one.
    assert seconds < 4 * MOST_SECONDS


def test_without_rules_the_document_has_its_requests_and_no_answers() -> None:
    document = TestClient(create_app(Settings())).get("/openapi.json").json()
    operation = document["paths"]["/v1/decisions/preview"]["post"]
    assert "japan" in operation["requestBody"]["content"]["application/json"]["examples"]
    assert "examples" not in operation["responses"]["200"]["content"]["application/json"]


def test_the_document_is_that_of_the_application_it_comes_from(app: FastAPI) -> None:
    assert isinstance(app, DescribedAPI)
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
