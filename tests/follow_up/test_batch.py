"""Many interviews in one request: each is decided, or refused, by itself."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.http.problems import Problem
from tests.follow_up.conftest import Ask, errors_of

PATH = "/v1/decisions/preview/batch"


def results(client: TestClient, items: list[object]) -> list[dict[str, Any]]:
    answer = client.post(PATH, json={"items": items})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["results"]
    assert len(found) == len(items)
    assert all((one["decision"] is None) != (one["problem"] is None) for one in found)
    return found


def test_one_interview_is_decided_as_it_would_be_alone(client: TestClient, preview: Ask) -> None:
    facts = {"country": "JP", "ownership": "foreign", "ended_at": "2026-11-20T16:00:00+09:00"}
    assert results(client, [facts]) == [{"decision": preview(**facts), "problem": None}]


def test_a_thousand_interviews_are_decided_in_order(client: TestClient) -> None:
    countries = ["JP", "US", "DE", "TD"] * 250
    found = results(client, [{"country": country, "enquiries": number % 3} for number, country in enumerate(countries)])
    assert [one["decision"]["facts"]["country"] for one in found] == countries
    assert [one["decision"]["facts"]["enquiries"] for one in found] == [number % 3 for number in range(1000)]


@pytest.mark.parametrize(("number", "words"), [(0, "at least 1 item"), (1001, "at most 1000 items")])
def test_none_and_more_than_a_thousand_are_refused(client: TestClient, number: int, words: str) -> None:
    (error,) = errors_of(client.post(PATH, json={"items": [{"country": "JP"}] * number}))
    assert error["pointer"] == "#/items"
    assert words in error["detail"]


def test_an_item_that_is_wrong_spoils_no_other(client: TestClient) -> None:
    good, named, unknown, last = results(
        client, [{"country": "JP"}, {"country": "Japan"}, {"country": "QQ"}, {"country": "US"}]
    )
    assert good["decision"]["facts"] == {"country": "JP"}
    assert last["decision"]["facts"] == {"country": "US"}
    assert named["problem"]["errors"][0]["pointer"] == "#/items/1/country"
    assert named["problem"]["errors"][0]["hint"] == 'Write "JP".'
    assert unknown["problem"]["errors"][0]["pointer"] == "#/items/2/country"


def test_the_problem_of_an_item_is_that_of_a_request_with_its_place_in_the_batch(client: TestClient) -> None:
    facts = {"country": "DE", "sectr": "law", "said": {"answer_by": "soon"}}
    alone = client.post("/v1/decisions/preview", json=facts).json()
    answer = client.post(PATH, json={"items": [facts]})
    (one,) = answer.json()["results"]
    problem = Problem.model_validate(one["problem"])
    assert problem.request_id == answer.headers["x-request-id"]
    for error in one["problem"]["errors"]:
        error["pointer"] = error["pointer"].replace("#/items/0", "#")
    assert one["problem"] | {"request_id": ""} == alone | {"request_id": ""}


@pytest.mark.parametrize("item", [None, 5, "JP", [], {}, [{"country": "JP"}]])
def test_an_item_that_is_no_set_of_facts_gets_its_problem(client: TestClient, item: object) -> None:
    good, bad = results(client, [{"country": "JP"}, item])
    assert good["decision"]
    assert bad["problem"]["errors"][0]["pointer"].startswith("#/items/1")


def test_facts_that_contradict_each_other_are_pointed_at_in_their_item(client: TestClient) -> None:
    _, bad = results(client, [{"country": "JP"}, {"country": "CA", "subdivision": "US-NY"}])
    assert bad["problem"]["errors"][0]["pointer"] == "#/items/1/subdivision"


def test_a_batch_where_everything_is_wrong_is_answered_too(client: TestClient) -> None:
    assert all(one["problem"]["code"] == "invalid_request" for one in results(client, [{"country": "Japan"}] * 1000))


@pytest.mark.parametrize(
    ("body", "pointer"),
    [({}, "#/items"), ({"items": {}}, "#/items"), ([], "#"), ({"items": [{"country": "JP"}], "all": True}, "#/all")],
)
def test_a_body_that_is_no_batch_is_refused_as_a_whole(client: TestClient, body: object, pointer: str) -> None:
    (error,) = errors_of(client.post(PATH, json=body))
    assert error["pointer"] == pointer
