"""A wrong value in every place of every operation: the answer says in our words what is wrong, and how to mend it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.http.docs import DescribedAPI
from app.http.examples import operations
from app.main import create_app
from app.settings import Settings
from tests.people import NOBODY
from tests.rules.whole_book import whole_book
from tests.stored import ANY, Account, new_account

FOREIGN = re.compile(
    r"Input should|should be|should have|should match|\bvalid\b|[Pp]ydantic|Value error|unable to|expected range|"
    r"relative URL|without a base|invalid|Traceback",
)
SENTENCE = re.compile(r"[.?…]$")
WRONG_TEXTS = ("", "x", "ü", "24:00", "x" * 30_000)
WRONG_VALUES: tuple[Any, ...] = (
    *(None, True, 1, -1, 1.5, 10**30, [], [1], [None], {}, {"x": 1}),
    *(*WRONG_TEXTS, "2026-11-20T24:00:00Z", "2026-02-30", "2026-02-30T10:00:00Z", "2026-11-20T10:00:00"),
    *("ftp://files.example", "https://", "Tokyo", "maybe"),
)
WRONG_IN_QUERY = ("maybe", "x", "1.5", "2026-11-20T24:00:00Z", "2026-02-30T10:00:00Z", "x" * 3_000)
HEADERS = {"If-Match": "unquoted", "If-None-Match": "unquoted", "Idempotency-Key": "two words"}


@pytest.fixture(scope="module")
def app() -> DescribedAPI:
    app = create_app(Settings(), whole_book())
    assert isinstance(app, DescribedAPI)
    return app


@pytest.fixture(scope="module")
def document(app: DescribedAPI) -> dict[str, Any]:
    return app.openapi()


@pytest.fixture(scope="module")
def person(app: DescribedAPI) -> Iterator[Account]:
    """A user; no word depends on the kind of database."""
    with TestClient(app) as client:
        yield new_account(client)


def members_of(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The members of a body."""
    name = schema.get("$ref", "").removeprefix("#/components/schemas/")
    found: dict[str, Any] = (document["components"]["schemas"][name] if name else schema).get("properties", {})
    return found


def wrong_requests(
    document: dict[str, Any], path: str, operation: dict[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Paths and the rest of requests, each with one wrong value."""
    parameters = operation.get("parameters", ())
    right = {one["name"]: NOBODY for one in parameters if one["in"] == "path"}
    headers = {"If-Match": "*"} if any(one["name"] == "If-Match" for one in parameters) else {}
    for one in parameters:
        name = one["name"]
        if one["in"] == "path":
            yield path.format_map(right | {name: "x" * 101}), {"headers": headers}
        elif one["in"] == "query":
            yield from ((path.format_map(right), {"params": {name: value}}) for value in WRONG_IN_QUERY)
        else:
            yield path.format_map(right), {"headers": headers | {name: HEADERS[name]}}
    for media_type, media in operation.get("requestBody", {}).get("content", {}).items():
        examples = [example["value"] for example in media.get("examples", {}).values()]
        base = examples[0] if examples and isinstance(examples[0], dict) else {}
        for member in (*members_of(document, media["schema"]), "unknown"):
            if media_type == "application/json":
                for value in WRONG_VALUES:
                    yield path.format_map(right), {"json": {**base, member: value}, "headers": headers}
            else:
                for text in WRONG_TEXTS:
                    yield path.format_map(right), {"data": {**base, member: text}, "headers": headers}


def test_no_answer_has_words_of_the_libraries_below(document: dict[str, Any], person: Account) -> None:
    told, said = 0, dict[str, str]()
    for template, method, operation in operations(document):
        if not template.startswith("/v1/"):
            continue
        for path, rest in wrong_requests(document, template, operation):
            answer = person.ask(method.upper(), path, **rest)
            assert answer.status_code < 500, (method, path, rest, answer.text)
            if answer.status_code < 400:
                continue
            problem = answer.json()
            told += len(problem["errors"])
            details = {problem["detail"], *(error["detail"] for error in problem["errors"])}
            hints = {error["hint"] for error in problem["errors"] if "hint" in error}
            said |= dict.fromkeys(details | hints, operation["operationId"])
    assert told > 1_000
    assert {text: name for text, name in said.items() if FOREIGN.search(text)} == {}
    assert {text: name for text, name in said.items() if not SENTENCE.search(text)} == {}


@pytest.mark.parametrize(
    ("path", "params", "detail", "hint"),
    [
        ("/v1/companies/x", {}, "This is no UUID.", "Copy the `id` of what is meant from an earlier answer"),
        ("/v1/interviews", {"upcoming": "maybe"}, "This must be true or false.", None),
        ("/v1/interviews", {"company_id": "x"}, "This is no UUID.", "Copy the `id`"),
        ("/v1/interviews", {"expand": "people"}, "'people' is not known here.", "application, company, contacts."),
        (
            "/v1/interviews",
            {"status": "schedule"},
            "'schedule' is not known here.",
            "Did you mean 'scheduled'? Known here",
        ),
        ("/v1/applications", {"status": "open,applied"}, "'open' is not known here.", "interested, applied,"),
        (
            "/v1/interviews",
            {"starts_from": "2026-11-20T24:00:00Z"},
            "This is no moment that exists.",
            "Midnight is 00:00",
        ),
        ("/v1/interviews", {"starts_from": "2026-02-30T10:00:00Z"}, "This is no moment that exists.", "Months go from"),
        ("/v1/interviews", {"starts_from": "2026-11-20T10:00:00"}, "This needs an offset from UTC", "Add +09:00"),
        ("/v1/interviews", {"limit": "many"}, "This must be a whole number.", None),
        ("/v1/contacts", {"language": "Japanese"}, "This is no language tag.", "such as ja, en or pt-BR."),
        ("/v1/contacts", {"email": "aiko"}, "This is no e-mail address.", "Write it as name@example.com."),
        ("/v1/contacts", {"query": "a\0"}, "The character U+0000 is in no text.", "Leave it out."),
        ("/v1/rules/companies", {"country": "jp"}, "Give the country as an ISO 3166-1 alpha-2 code", 'Write "JP".'),
        ("/v1/rules/statutes", {"jurisdiction": "Canada"}, "This is no jurisdiction.", "such as CA-ON."),
    ],
)
def test_a_wrong_parameter_is_told_how_to_mend_it(
    person: Account, path: str, params: dict[str, str], detail: str, hint: str | None
) -> None:
    (error,) = person.refused("GET", path, 422, params=params)["errors"]
    assert detail in error["detail"]
    assert (hint is None) or hint in error["hint"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/decisions/preview", {"country": "JP"}),
        ("PATCH", "/v1/me", {}),
        ("POST", "/v1/contacts", {"name": {"given_name": "Aiko"}}),
        ("POST", "/v1/interviews", {"application_id": NOBODY, "starts_at": "2026-11-20T14:00:00"}),
    ],
)
@pytest.mark.parametrize(
    ("given", "hint"), [("tokyo", "Did you mean Asia/Tokyo?"), ("Mars/Olympus", "Write one such as Europe/Berlin.")]
)
def test_a_time_zone_is_the_same_everywhere(  # noqa: PLR0913, PLR0917 - one for each thing that is varied
    person: Account, method: str, path: str, body: dict[str, Any], given: str, hint: str
) -> None:
    problem = person.refused(method, path, 422, json={**body, "time_zone": given}, headers=ANY)
    assert problem["errors"] == [{"detail": f"{given!r} is no IANA time zone.", "pointer": "#/time_zone", "hint": hint}]


@pytest.mark.parametrize("given", ["initech", "ftp://files.example.com", "https://", "javascript:alert(1)", 5])
@pytest.mark.parametrize(
    ("path", "member", "body"),
    [
        (f"/v1/companies/{NOBODY}/reports", "link", {"reported_on": "2026-11-20", "note_welcome": True}),
        ("/v1/applications", "posting_url", {"company_id": NOBODY, "position": "Engineer", "country": "JP"}),
    ],
)
def test_a_link_is_told_how_it_begins(
    person: Account, path: str, member: str, body: dict[str, Any], given: object
) -> None:
    (wrong,) = person.refused("POST", path, 422, json={**body, member: given})["errors"]
    assert wrong["pointer"] == f"#/{member}"
    assert wrong["hint"] == "Write the whole of it, beginning with https://, as in https://example.com/jobs."
