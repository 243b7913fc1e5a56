import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.http.etags import entity_tag, matches

PATH = "/v1/trial/versioned/one"


@pytest.mark.parametrize(
    "lines",
    [
        ['"a"'],
        ['W/"a"'],
        ['"b", "a"'],
        ['"b"', '"a"'],
        ["*"],
        [' "b" ,W/"a" '],
        ['"b",, "a"'],
    ],
)
def test_a_tag_that_is_named_matches_by_weak_comparison(lines: list[str]) -> None:
    assert matches(lines, '"a"')


@pytest.mark.parametrize("lines", [[], [""], ['"b"'], ["a"], ['"A"'], ['"a'], ['"ba"'], ['"b*"'], ['"a,b"']])
def test_a_tag_that_is_not_named_does_not_match(lines: list[str]) -> None:
    assert not matches(lines, '"a"')


@given(st.lists(st.text(max_size=5)), st.lists(st.text(max_size=5)))
def test_tags_differ_when_their_parts_do(one: list[str], other: list[str]) -> None:
    if not any("\0" in part for part in one + other):
        assert (entity_tag(*one) == entity_tag(*other)) == (one == other)


def test_an_answer_has_a_strong_tag_and_says_how_long_it_is_fresh(client: TestClient) -> None:
    headers = client.get(PATH).headers
    assert headers["etag"].startswith('"')
    assert headers["cache-control"] == "public, max-age=300"


def test_the_tag_belongs_to_one_address(client: TestClient) -> None:
    assert client.get(PATH).headers["etag"] != client.get("/v1/trial/versioned/two").headers["etag"]


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_a_client_with_the_current_tag_gets_304_without_content(client: TestClient, form: str) -> None:
    fresh = client.get(PATH)
    answer = client.get(PATH, headers={"If-None-Match": form.format(fresh.headers["etag"])})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"] == fresh.headers["etag"]
    assert answer.headers["cache-control"] == fresh.headers["cache-control"]
    assert "content-type" not in answer.headers


def test_a_client_with_another_tag_gets_the_content(client: TestClient) -> None:
    answer = client.get(PATH, headers={"If-None-Match": '"other"'})
    assert (answer.status_code, answer.json()) == (200, {"name": "one"})


def test_what_does_not_exist_is_404_whatever_the_client_has(client: TestClient) -> None:
    assert client.get("/v1/nowhere", headers={"If-None-Match": "*"}).status_code == 404
