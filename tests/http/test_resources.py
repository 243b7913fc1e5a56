"""ETags that If-Match is held against, and merge patches, as every stored resource has them."""

import json
from base64 import urlsafe_b64encode
from typing import Annotated, Any

import pytest
from pydantic import Field, ValidationError

from app.http.resources import Patch, Sent, merge, patched
from app.text import Line
from tests.stored import Account

PATH = "/v1/companies"


class InnerWrite(Sent):
    """Something within."""

    one: int | None = None
    two: int | None = None


class OuterWrite(Sent):
    """Something."""

    name: Annotated[str, Line(10)]
    inner: InnerWrite | None = None
    items: Annotated[list[InnerWrite], Field(max_length=2)] = Field(default=[])


class OuterPatch(Patch, of=OuterWrite):
    """A change to it."""


@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [
        # The examples of RFC 7396, appendix A, whose patches are objects.
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_patches_are_merged_as_rfc_7396_says(target: object, patch: dict[str, Any], result: dict[str, Any]) -> None:
    assert merge(target, patch) == result


def test_a_patch_merges_objects_and_replaces_lists() -> None:
    before = OuterWrite(name="a", inner=InnerWrite(one=1, two=2), items=[InnerWrite(one=1)])
    patch = OuterPatch.model_validate({"inner": {"two": None}, "items": [{"two": 2}, {"one": 3}]})
    after = patched(OuterWrite, before, patch)
    assert after == OuterWrite(name="a", inner=InnerWrite(one=1), items=[InnerWrite(two=2), InnerWrite(one=3)])


@pytest.mark.parametrize("patch", [{"nam": "a"}, {"inner": {"three": 3}}, {"name": "a" * 11}, {"items": [{}, {}, {}]}])
def test_a_patch_knows_the_members_and_limits_of_what_it_patches(patch: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        OuterPatch.model_validate(patch)


@pytest.fixture
def company(account: Account) -> tuple[str, str]:
    """The address of a company and its ETag."""
    made = account.made(PATH, {"name": "Initech"})
    path = f"{PATH}/{made['id']}"
    return path, account.get(path).headers["etag"]


def test_what_is_made_has_the_tag_that_reading_it_gives(account: Account) -> None:
    answer = account.ask("POST", PATH, json={"name": "Initech"})
    assert answer.headers["location"] == f"{PATH}/{answer.json()['id']}"
    read = account.get(answer.headers["location"])
    assert (read.headers["etag"], read.content) == (answer.headers["etag"], answer.content)
    assert read.headers["cache-control"] == "private, no-cache"


def test_who_has_the_current_version_gets_304(account: Account, company: tuple[str, str]) -> None:
    path, tag = company
    for known in (tag, f'"other", W/{tag}', "*"):
        answer = account.get(path, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
    assert account.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_a_change_needs_a_version(account: Account, company: tuple[str, str], method: str) -> None:
    path, _ = company
    given = {"json": {"name": "B"}} if method == "PATCH" else {}
    problem = account.refused(method, path, 428, **given)
    assert problem["code"] == "precondition_required"
    assert problem["errors"][0]["parameter"] == "If-Match"


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_a_change_of_an_older_version_is_refused(account: Account, company: tuple[str, str], method: str) -> None:
    path, tag = company
    now = account.ask("PATCH", path, json={"size": "small"}, headers={"If-Match": tag})
    assert now.headers["etag"] != tag
    given = {"json": {"name": "B"}} if method == "PATCH" else {}
    for old in (tag, '"nonsense"', f"W/{tag}", ""):
        assert account.refused(method, path, 412, headers={"If-Match": old}, **given)["code"] == "changed_meanwhile"
    assert account.seen(path) == now.json()
    several = f'"other", {now.headers["etag"]}'
    assert account.ask(method, path, headers={"If-Match": several}, **given).is_success


@pytest.mark.parametrize(
    ("sent", "detail", "hint"),
    [
        ("{bare}", "no entity tag", "with its double quotes"),
        ("{tag}x", "no entity tag", "with its double quotes"),
        ("W/{tag}", "weak entity tag", "without W/"),
        ('"nonsense"', "not the current one", "Read it again"),
    ],
)
def test_a_tag_that_names_no_version_is_told_how_to_be_one(
    account: Account, company: tuple[str, str], sent: str, detail: str, hint: str
) -> None:
    path, tag = company
    header = sent.format(tag=tag, bare=tag.strip('"'))
    problem = account.refused("PATCH", path, 412, json={"name": "B"}, headers={"If-Match": header})
    (wrong,) = problem["errors"]
    assert (wrong["parameter"], wrong["in"]) == ("If-Match", "header")
    assert detail in wrong["detail"]
    assert hint in wrong["hint"]


def test_a_tag_of_one_thing_is_none_of_another(account: Account, company: tuple[str, str]) -> None:
    _, tag = company
    other = account.made(PATH, {"name": "Initrode"})
    path = f"{PATH}/{other['id']}"
    account.refused("PATCH", path, 412, json={"name": "B"}, headers={"If-Match": tag})


def test_a_patch_that_changes_nothing_leaves_the_version(account: Account, company: tuple[str, str]) -> None:
    path, tag = company
    answer = account.ask("PATCH", path, json={"name": "Initech"}, headers={"If-Match": tag})
    assert answer.headers["etag"] == tag
    assert account.ask("PATCH", path, json={}, headers={"If-Match": tag}).headers["etag"] == tag


def test_patches_may_be_declared_as_what_they_are(account: Account, company: tuple[str, str]) -> None:
    path, tag = company
    headers = {"If-Match": tag, "Content-Type": "application/merge-patch+json"}
    answer = account.ask("PATCH", path, content=b'{"name": "B"}', headers=headers)
    assert (answer.status_code, answer.json()["name"]) == (200, "B")


def test_a_json_patch_is_no_merge_patch(account: Account) -> None:
    company = account.made("/v1/companies", {"name": "Initech"})
    headers = {"If-Match": "*", "Content-Type": "application/json-patch+json"}
    path = f"/v1/companies/{company['id']}"
    assert account.refused("PATCH", path, 415, content=b"[]", headers=headers)["code"] == "unsupported_media_type"


@pytest.mark.parametrize("number", ["-1", "9223372036854775808", "99999999999999999999"])
def test_a_cursor_with_a_number_that_no_column_holds_is_no_cursor(account: Account, number: str) -> None:
    parts = {
        "/v1/events": ["events number", number],
        "/v1/tasks": ["tasks urgency", "2026-12-01T00:00:00+00:00", number, str(account.id)],
    }
    for path, sealed in parts.items():
        cursor = urlsafe_b64encode(json.dumps(sealed).encode()).decode().rstrip("=")
        (error,) = account.refused("GET", path, 422, params={"cursor": cursor})["errors"]
        assert error["detail"] == "This is no cursor of this list."
