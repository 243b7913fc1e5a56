"""What the user makes of interviews: written, replaced, changed, searched."""

from typing import Any

import pytest

from tests.people import NOBODY
from tests.stored import ANY, Account

WHOLE = {
    "draft": False,
    "learned_about_company": "Builds the data platform for all of Asia.",
    "learned_about_position": "Half of the time is for migrating.",
    "important_points": [
        {"text": "Twelve people by spring.", "for_note": True},
        {"text": "It is loud.", "for_note": False},
    ],
    "open_questions": [{"question": "Who is on call?", "answer": None}],
    "questions_asked": [{"question": "なぜ大阪ですか。", "answer": "I live here.", "went": "good"}],
    "went_well": "The whiteboard.",
    "to_improve": "Numbers.",
    "mood": "very_good",
}


@pytest.fixture
def path(interview: dict[str, Any]) -> str:
    """The address of the reflection about an interview; there is none yet."""
    return f"/v1/interviews/{interview['id']}/reflection"


def written(account: Account, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Write the first reflection."""
    answer = account.ask("PUT", path, json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_a_reflection_is_written_read_and_deleted(account: Account, path: str, interview: dict[str, Any]) -> None:
    assert account.refused("GET", path, 404)["code"] == "no_such_resource"
    answer = account.ask("PUT", path, json=WHOLE)
    made = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (201, path)
    assert made.items() >= WHOLE.items()
    assert made["interview_id"] == interview["id"]
    read = account.get(path)
    assert (read.json(), read.headers["etag"]) == (made, answer.headers["etag"])
    assert account.ask("GET", path, headers={"If-None-Match": read.headers["etag"]}).status_code == 304
    account.deleted(path)
    for method in ("GET", "DELETE"):
        assert account.refused(method, path, 404, headers=ANY)["code"] == "no_such_resource"
    assert account.refused("PATCH", path, 404, json={"mood": "bad"}, headers=ANY)["code"] == "no_such_resource"


def test_a_reflection_is_replaced_as_a_whole_by_whom_has_read_it(account: Account, path: str) -> None:
    made = written(account, path, WHOLE)
    tag = account.get(path).headers["etag"]
    assert account.refused("PUT", path, 428, json={"mood": "bad"})["code"] == "precondition_required"
    answer = account.ask("PUT", path, json={"mood": "bad"}, headers={"If-Match": tag})
    assert (answer.status_code, "location" in answer.headers) == (200, False)
    replaced = answer.json()
    assert (replaced["id"], replaced["created_at"], replaced["mood"]) == (made["id"], made["created_at"], "bad")
    assert replaced["went_well"] is None
    assert replaced["important_points"] == []
    assert account.seen(path) == replaced
    stale = account.refused("PUT", path, 412, json={"mood": "good"}, headers={"If-Match": tag})
    assert stale["code"] == "changed_meanwhile"


def test_a_first_reflection_can_be_asked_for(account: Account, path: str) -> None:
    only_new = {"If-None-Match": "*"}
    missing = account.refused("PUT", path, 412, json=WHOLE, headers=ANY)
    assert missing["code"] == "changed_meanwhile"
    assert account.ask("PUT", path, json=WHOLE, headers=only_new).status_code == 201
    there = account.refused("PUT", path, 412, json=WHOLE, headers=only_new)
    assert "already" in there["detail"]
    wrong = account.refused("PUT", path, 422, json=WHOLE, headers={"If-None-Match": '"x"'})
    assert [(error["parameter"], error["in"]) for error in wrong["errors"]] == [("If-None-Match", "header")]


def test_a_change_leaves_what_it_does_not_name(account: Account, path: str) -> None:
    made = written(account, path, WHOLE)
    points = [{"text": "It is quiet."}]
    changed = account.changed(path, {"important_points": points, "mood": None})
    assert {name for name in made if made[name] != changed[name]} == {"important_points", "mood", "updated_at"}
    assert changed["important_points"] == [{"text": "It is quiet.", "for_note": False}]
    assert account.seen(path) == changed
    tag = account.get(path).headers["etag"]
    account.changed(path, {"went_well": "All."}, match=tag)
    for method in ("PATCH", "DELETE"):
        given = {"json": {"mood": "bad"}} if method == "PATCH" else {}
        assert account.refused(method, path, 428, **given)["code"] == "precondition_required"
        assert account.refused(method, path, 412, headers={"If-Match": tag}, **given)["code"] == "changed_meanwhile"


def test_a_draft_may_be_empty_and_nothing_else(account: Account, path: str) -> None:
    for empty in ({}, {"draft": False, "important_points": []}):
        (wrong,) = account.refused("PUT", path, 422, json=empty)["errors"]
        assert (wrong["pointer"], wrong["hint"]) == ("#", "Fill one of its members, or send draft: true.")
    assert written(account, path, {"draft": True})["draft"]
    account.refused("PATCH", path, 422, json={"draft": False}, headers=ANY)
    assert account.changed(path, {"draft": False, "mood": "mixed"})["draft"] is False


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"mood": "great"}, "#/mood"),
        ({"mood": 5}, "#/mood"),
        ({"draft": "yes"}, "#/draft"),
        ({"went_well": ""}, "#/went_well"),
        ({"to_improve": "x" * 20_001}, "#/to_improve"),
        ({"learned_about_company": "bell \u0007"}, "#/learned_about_company"),
        ({"important_points": ["It is loud."]}, "#/important_points/0"),
        ({"important_points": [{"text": "x"}] * 101}, "#/important_points"),
        ({"important_points": [{"text": "x", "for_note": 1}]}, "#/important_points/0/for_note"),
        ({"open_questions": [{"answer": "x"}]}, "#/open_questions/0/question"),
        ({"questions_asked": [{"question": "x"}, {"question": "y", "went": "great"}]}, "#/questions_asked/1/went"),
        ({"questions_asked": [{"question": "x", "score": 5}]}, "#/questions_asked/0/score"),
        ({"interview_id": NOBODY}, "#/interview_id"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_what_cannot_be_is_refused_at_its_place(
    account: Account, path: str, wrong: dict[str, Any], pointer: str
) -> None:
    problem = account.refused("PUT", path, 422, json={**WHOLE, **wrong})
    assert [error["pointer"] for error in problem["errors"]] == [pointer]


@pytest.fixture
def several(account: Account, application: str, path: str) -> list[dict[str, Any]]:
    """Reflections about four interviews, the last of them with another company."""
    other = account.made("/v1/companies", {"name": "Umbrella"})["id"]
    second = account.made("/v1/applications", {"company_id": other, "position": "Cook", "country": "IE"})["id"]
    bodies: tuple[dict[str, Any], ...] = (
        WHOLE,
        {"draft": True, "to_improve": "Être à l'heure"},
        {"open_questions": [{"question": "Remote?", "answer": "Twice a week: ﾃﾚﾜｰｸ"}]},
        {"important_points": [{"text": "Twelve covers a night"}]},
    )
    paths = [path]
    for number in (application, application, second):
        body = {"application_id": number, "starts_at": "2026-11-20T14:00:00", "time_zone": "Asia/Tokyo"}
        paths.append(f"/v1/interviews/{account.made('/v1/interviews', body)['id']}/reflection")
    return [written(account, where, body) for where, body in zip(paths, bodies, strict=True)]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"query": "twelve"}, [0, 3]),
        ({"query": "TWELVE spring"}, [0]),
        ({"query": "大阪"}, [0]),
        ({"query": "i live here"}, [0]),
        ({"query": "whiteboard"}, [0]),
        ({"query": "etre a l'heure"}, [1]),
        ({"query": "てれわーく"}, [2]),
        ({"query": "テレワーク"}, [2]),
        ({"query": "remote"}, [2]),
        ({"query": "very_good"}, []),
        ({"draft": "true"}, [1]),
        ({"draft": "false"}, [0, 2, 3]),
        ({"draft": "false", "query": "twelve"}, [0, 3]),
    ],
    ids=str,
)
def test_everything_that_was_written_is_found(
    account: Account, several: list[dict[str, Any]], filters: dict[str, str], expected: list[int]
) -> None:
    seen = account.seen("/v1/reflections", sort="created_at", **filters)["items"]
    assert seen == [several[number] for number in expected]


def test_reflections_about_an_application_or_a_company(
    account: Account, several: list[dict[str, Any]], application: str, company: str
) -> None:
    for filters in ({"application_id": application}, {"company_id": company}):
        assert account.seen("/v1/reflections", sort="created_at", **filters)["items"] == several[:3]
    assert account.seen("/v1/reflections", application_id=application, company_id=NOBODY)["items"] == []


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("created_at", [0, 1, 2, 3]),
        ("-created_at", [3, 2, 1, 0]),
        ("updated_at", [0, 2, 3, 1]),
        ("-updated_at", [1, 3, 2, 0]),
    ],
)
def test_pages_lead_through_every_order(
    account: Account, several: list[dict[str, Any]], sort: str, expected: list[int]
) -> None:
    several[1] = account.changed(f"/v1/interviews/{several[1]['interview_id']}/reflection", {"mood": "mixed"})
    page = account.seen("/v1/reflections", sort=sort, limit=1)
    found = page["items"]
    while page["next_cursor"]:
        page = account.seen("/v1/reflections", sort=sort, limit=1, cursor=page["next_cursor"])
        found += page["items"]
    assert [several.index(one) for one in found] == expected


@pytest.mark.parametrize(
    ("parameter", "value"),
    [("draft", "perhaps"), ("application_id", "x"), ("company_id", "x"), ("sort", "mood"), ("mood", "good")],
)
def test_a_filter_that_cannot_be_is_refused_by_its_name(account: Account, parameter: str, value: str) -> None:
    problem = account.refused("GET", "/v1/reflections", 422, params={parameter: value})
    assert [error["parameter"] for error in problem["errors"]] == [parameter]


def test_the_search_of_interviews_does_not_look_into_reflections(
    account: Account, several: list[dict[str, Any]]
) -> None:
    assert several
    assert account.seen("/v1/interviews", query="whiteboard")["items"] == []
