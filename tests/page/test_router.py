"""How the page and its files are served."""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    # The lifespan is left out: files are served without the rules.
    client = TestClient(create_app(Settings()))
    yield client
    client.close()


def test_everything_on_the_page_comes_from_its_own_origin(client: TestClient) -> None:
    page = client.get("/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    policy = page.headers["content-security-policy"].split("; ")
    assert policy[0] == "default-src 'self'"
    assert all(rule.endswith(("'none'", "'self'")) for rule in policy)
    assert not re.search(r"<script(?![^>]* src=)|<style| style=| on[a-z]+=|//", page.text)


def test_addresses_are_relative_so_that_a_path_prefix_may_stand_before_them(client: TestClient) -> None:
    addresses = re.findall(r'(?:href|src)="([^"]*)"', client.get("/").text)
    assert len(addresses) > 8
    assert not [address for address in addresses if address.startswith("/")]


def test_every_file_that_the_page_names_is_there(client: TestClient) -> None:
    addresses = re.findall(r'(?:href|src)="([^"#]+)"', client.get("/").text)
    for address in addresses:
        assert client.get(f"/{address}").status_code == 200


def test_files_are_sent_again_only_when_they_changed(client: TestClient) -> None:
    for path in ("/", "/assets/page/page.js"):
        first = client.get(path)
        assert first.headers["cache-control"] == "no-cache"
        again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_a_browser_that_has_the_page_keeps_its_policy(client: TestClient) -> None:
    first = client.get("/")
    again = client.get("/", headers={"If-None-Match": first.headers["etag"]})
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]


def test_modules_have_the_type_that_browsers_insist_on(client: TestClient) -> None:
    assert client.get("/assets/page/page.js").headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize("path", ["/assets/page/none.js", "/assets/page/", "/assets/page/../router.py"])
def test_nothing_else_is_handed_out(client: TestClient, path: str) -> None:
    assert client.get(path).json()["code"] == "not_found"


def test_the_page_is_only_read(client: TestClient) -> None:
    answer = client.post("/")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
