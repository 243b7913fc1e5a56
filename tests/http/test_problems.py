"""Every error is a problem, every problem has a page, every code is provoked here over HTTP."""

import json
from collections.abc import Callable, Mapping

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from app.errors import AppError, NotFound, problem_kinds
from app.http.problems import Problem
from app.http.validation import did_you_mean
from app.settings import Settings

JSON = {"Content-Type": "application/json"}

PROVOCATIONS: Mapping[str, Callable[[TestClient], Response]] = {
    "malformed_json": lambda client: client.post("/v1/trial/facts", content="{", headers=JSON),
    "not_found": lambda client: client.get("/v1/nowhere"),
    "method_not_allowed": lambda client: client.delete("/v1/trial/facts"),
    "content_too_large": lambda client: client.post("/v1/trial/facts", content="1" * 10_001, headers=JSON),
    "unsupported_media_type": lambda client: client.post("/v1/trial/facts", content="a=1"),
    "invalid_request": lambda client: client.post("/v1/trial/facts", json={}),
    "internal_error": lambda client: client.get("/v1/trial/failure"),
    "not_ready": lambda client: client.get("/readyz"),
}
"""For each code of this package a request that is answered with it. Features provoke theirs in their own tests."""


@pytest.mark.parametrize("code", PROVOCATIONS)
def test_each_problem_is_answered_in_one_shape_and_leads_to_its_page(client: TestClient, code: str) -> None:
    answer = PROVOCATIONS[code](client)
    problem = Problem.model_validate_json(answer.content)
    kind = problem_kinds()[code]
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert (answer.status_code, problem.status, problem.code) == (kind.status, kind.status, code)
    assert problem.title == kind.title
    assert problem.request_id == answer.headers["x-request-id"]
    assert client.get(problem.type).status_code == 200


@pytest.mark.parametrize("code", [kind.code for kind in problem_kinds().values() if kind.code in PROVOCATIONS])
def test_each_page_explains_its_problem_to_people_and_to_programs(client: TestClient, code: str) -> None:
    page = client.get(f"/problems/{code}", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page.headers["content-type"].startswith("text/html")
    assert code in page.text
    description = client.get(f"/problems/{code}", headers={"Accept": "application/json"})
    assert description.json()["remedy"] == problem_kinds()[code].remedy
    assert {page.headers["vary"], description.headers["vary"]} == {"Accept"}


def test_all_errors_of_this_package_are_provoked() -> None:
    own = {error.kind.code for error in AppError.__subclasses__() if error.__module__ == "app.errors"}
    assert own == PROVOCATIONS.keys()


def test_the_catalogue_lists_every_problem(client: TestClient) -> None:
    listed = client.get("/problems", headers={"Accept": "application/json"}).json()["items"]
    assert {item["code"] for item in listed} == problem_kinds().keys()
    page = client.get("/problems").text
    assert all(f'href="/problems/{code}"' in page for code in problem_kinds())


def test_a_problem_that_does_not_exist_has_no_page(client: TestClient) -> None:
    assert client.get("/problems/nonsense").json()["code"] == "not_found"


def test_two_errors_cannot_have_the_same_code() -> None:
    with pytest.raises(ValueError, match="not_found"):

        class _Again(NotFound, code="not_found", status=404, title="", explanation="", remedy=""):
            pass


def test_a_failure_shows_nothing_of_the_inside(client: TestClient) -> None:
    answer = client.get("/v1/trial/failure")
    assert "hunter2" not in answer.text
    assert "Traceback" not in answer.text


def test_a_public_address_stands_before_the_problem_type() -> None:
    from app.main import create_app  # noqa: PLC0415 - the only test that needs other settings

    client = TestClient(create_app(Settings.model_validate({"public_url": "https://api.example.com/afterword/"})))
    assert client.get("/nowhere").json()["type"] == "https://api.example.com/afterword/problems/not_found"


def test_405_names_the_methods_of_all_routes_of_the_path(client: TestClient) -> None:
    assert client.delete("/v1/trial/facts").headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert client.post("/assets/docs.js").headers["allow"] == "GET, HEAD, OPTIONS"


def test_options_names_the_methods_of_the_path(client: TestClient) -> None:
    answer = client.options("/v1/trial/facts")
    assert (answer.status_code, answer.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
    assert client.options("/v1/nowhere").status_code == 404


def test_head_answers_as_get_does_without_the_content(client: TestClient) -> None:
    got, head = client.get("/v1/trial/facts"), client.head("/v1/trial/facts")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"] == str(len(got.content))
    assert client.head("/v1/nowhere").status_code == 404


def test_a_slash_at_the_end_is_another_path(client: TestClient) -> None:
    assert client.get("/v1/trial/facts/").status_code == 404


@pytest.mark.parametrize("path", ["/assets/../docs.py", "/assets/..%2f..%2fsettings.py", "/assets/%00", "/assets/"])
def test_assets_hand_out_nothing_but_assets(client: TestClient, path: str) -> None:
    assert client.get(path).json()["code"] == "not_found"


def errors_of(answer: Response) -> list[dict[str, str]]:
    assert answer.status_code == 422, answer.text
    errors: list[dict[str, str]] = json.loads(answer.content)["errors"]
    return errors


def test_a_missing_field_is_pointed_at(client: TestClient) -> None:
    errors = errors_of(client.post("/v1/trial/facts", json={"facts": [{"country": "JP"}, {}]}))
    assert {"detail": "This is required.", "pointer": "#/facts/1/country"} in errors


@pytest.mark.parametrize("charset", ["latin1", "UTF-16", "'utf-8'", "utf-8-sig", "*''utf-8"])
def test_a_body_in_another_charset_than_utf_8_is_refused(client: TestClient, charset: str) -> None:
    headers = {"Content-Type": f"application/json; charset={charset}"}
    answer = client.post("/v1/trial/facts", content='{"facts": []}', headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")
    assert charset.lower() in answer.json()["detail"]


@pytest.mark.parametrize("parameters", ["", "; charset=utf-8", ';charset="UTF-8"', "; version=1", "; Charset=utf8"])
def test_a_body_in_utf_8_is_read_whether_that_is_declared_or_not(client: TestClient, parameters: str) -> None:
    headers = {"Content-Type": f"application/json{parameters}"}
    assert client.post("/v1/trial/facts", content='{"facts": []}', headers=headers).json()["facts"] == 0


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("banking", "Did you mean 'investment_banking'?"),
        ("Investment Banking", "Did you mean 'investment_banking'?"),
        ("invesment-banking", "Did you mean 'investment_banking'?"),
        ("LAW", "Did you mean 'law'?"),
        ("federal", "Did you mean 'canada_federal' or 'us_federal'?"),
        ("zoo", None),
        ("", None),
        ("us", None),
    ],
)
def test_the_name_that_was_meant_is_found(given: str, meant: str | None) -> None:
    known = ("canada_federal", "investment_banking", "law", "us_federal")
    assert did_you_mean(given, known) == meant


def test_a_value_outside_a_list_of_values_is_answered_with_the_list(client: TestClient) -> None:
    errors = errors_of(client.post("/v1/trial/facts", json={"facts": [{"country": "JP", "sector": "lore"}]}))
    assert {"detail": "This must be 'law' or 'software'.", "pointer": "#/facts/0/sector"} in errors


def test_a_misspelt_field_is_answered_with_the_nearest(client: TestClient) -> None:
    errors = errors_of(client.post("/v1/trial/facts", json={"facts": [{"country": "JP", "sectr": "law"}]}))
    assert {
        "detail": "This is not known here.",
        "pointer": "#/facts/0/sectr",
        "hint": "Did you mean 'sector'?",
    } in errors


def test_an_unknown_field_is_answered_with_the_known_ones(client: TestClient) -> None:
    errors = errors_of(client.post("/v1/trial/facts", json={"facts": {"country": "JP", "~/ü": 1}}))
    assert {
        "detail": "This is not known here.",
        "pointer": "#/facts/~0~1%C3%BC",
        "hint": "Known here: country, sector, weight.",
    } in errors


def test_a_validator_can_say_how_to_mend_it(client: TestClient) -> None:
    errors = errors_of(client.post("/v1/trial/facts", json={"facts": {"country": "Japan"}}))
    assert {"detail": "This is a name, not a code.", "pointer": "#/facts/country", "hint": "Write JP."} in errors


def test_a_missing_body_is_said_to_be_missing(client: TestClient) -> None:
    assert errors_of(client.post("/v1/trial/facts")) == [{"detail": "This is required.", "pointer": "#"}]


def test_a_parameter_is_named_with_its_place(client: TestClient) -> None:
    errors = errors_of(client.post("/v1/trial/facts?limit=101", json={"facts": []}))
    assert errors == [
        {"detail": "This must be 100 or less.", "parameter": "limit", "in": "query"},
    ]


def test_an_unknown_query_parameter_is_refused_with_the_nearest(client: TestClient) -> None:
    errors = errors_of(client.post("/v1/trial/facts?limits=3", json={"facts": []}))
    assert errors == [
        {
            "detail": "This is not known here.",
            "parameter": "limits",
            "in": "query",
            "hint": "Did you mean 'limit'?",
        }
    ]
    assert errors_of(client.get("/v1/trial/facts?x"))[0]["hint"] == "This operation has no query parameters."


def test_no_more_than_a_hundred_errors_are_listed(client: TestClient) -> None:
    answer = client.post("/v1/trial/facts", json={"facts": [{}] * 500})
    assert len(errors_of(answer)) == 100
    assert "The first 100 are listed." in answer.json()["detail"]


def test_a_query_parameter_that_is_given_twice_is_refused(client: TestClient) -> None:
    answer = client.post("/v1/trial/facts?limit=1&limit=2", json={"facts": []})
    assert answer.status_code == 422
    assert errors_of(answer) == [
        {"detail": "This is given more than once.", "parameter": "limit", "in": "query", "hint": "Keep one of them."}
    ]
