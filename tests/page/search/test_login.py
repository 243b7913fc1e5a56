"""Logging in and out, and tokens that expire."""

import json
from urllib.parse import parse_qs

from httpx2 import Client
from playwright.sync_api import Page, Request, Route, expect

from tests.page.search.seeking import PASSWORD, Seeker
from tests.page.search.using import log_in, press, refuse_once, task

EXPIRED = {"status": 401, "code": "unauthenticated", "detail": "The token has expired.", "errors": []}


def test_the_login_asks_for_what_the_page_needs_and_keeps_nothing_in_the_browser(page: Page, seeker: Seeker) -> None:
    with page.expect_request("**/v1/auth/token") as asked:
        log_in(page, seeker)
    expect(page.get_by_role("status")).to_have_text("You are logged in.")
    expect(page.get_by_role("heading", name="My search", level=1)).to_be_focused()
    form = parse_qs(asked.value.post_data or "")
    needed = (
        "tasks:read interviews:read applications:read companies:read contacts:read "
        "tasks:write interviews:write applications:write references:write"
    )
    assert form["scope"] == [needed]
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    page.reload()
    expect(page.get_by_role("form", name="Log in")).to_be_visible()


def test_a_wrong_password_is_said_at_the_form(page: Page, seeker: Seeker) -> None:
    log_in(page, seeker, "something else altogether")
    said = "The address and the password do not belong together."
    expect(page.locator(".login .problem")).to_have_text(said)
    expect(page.get_by_role("status")).to_have_text(said)
    expect(page.get_by_label("Password")).to_be_focused()
    expect(page.get_by_label("Password")).to_have_accessible_description(said)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()


def test_a_login_that_reaches_nobody_says_so(page: Page, seeker: Seeker) -> None:
    page.route("**/v1/auth/token", lambda route: route.abort())
    log_in(page, seeker)
    expect(page.locator(".login .problem")).to_have_text("The server cannot be reached.")


def test_places_that_a_problem_names_are_shown_with_their_hints(page: Page, seeker: Seeker) -> None:
    places = [{"pointer": "#/username", "detail": "This is too long.", "hint": "Shorten it."}]
    problem = {"status": 422, "code": "invalid_request", "detail": "One field is wrong.", "errors": places}

    def refuse(route: Route) -> None:
        route.fulfill(status=422, content_type="application/problem+json", body=json.dumps(problem))

    page.route("**/v1/auth/token", refuse)
    log_in(page, seeker)
    expect(page.locator(".login .problem li")).to_have_text("This is too long. Shorten it.")


def test_an_expired_token_is_exchanged_once_for_all_who_wait(page: Page, seeker: Seeker) -> None:
    seeker.in_new_york()
    exchanges: list[Request] = []
    tokens = refuse_once(page, "**/v1/today?*", EXPIRED)
    plans = refuse_once(page, "**/plan", EXPIRED)
    page.on("request", lambda it: exchanges.append(it) if "refresh_token" in (it.post_data or "") else None)
    log_in(page, seeker)
    expect(page.locator(".step")).to_have_count(6)
    assert len(exchanges) == 1
    assert [len(tokens), len(plans)] == [2, 2]


def test_a_login_that_was_ended_elsewhere_asks_to_log_in_again(page: Page, seeker: Seeker) -> None:
    seeker.in_new_york()
    log_in(page, seeker)
    expect(page.locator(".step")).to_have_count(6)
    refuse_once(page, "**/v1/tasks/*/state", EXPIRED)
    refused = {"status": 400, "code": "invalid_grant", "detail": "The refresh token is not good.", "errors": []}
    body = json.dumps(refused)
    page.route("**/v1/auth/token", lambda route: route.fulfill(status=400, content_type="application/json", body=body))
    press(task(page, "Write down how it went"), "Done")
    expect(page.get_by_role("status")).to_have_text("Your login has ended. Log in again.")
    expect(page.get_by_role("form", name="Log in")).to_be_visible()
    expect(page.get_by_text("Harbor Analytics")).to_have_count(0)


def test_logging_out_revokes_the_tokens_and_shows_nothing_any_more(page: Page, seeker: Seeker, origin: str) -> None:
    seeker.in_new_york()
    with page.expect_request("**/v1/today?*") as asked:
        log_in(page, seeker)
    token = asked.value.headers["authorization"]
    expect(task(page, "Write down how it went")).to_be_visible()
    with page.expect_response("**/v1/auth/revoke") as revoked:
        page.get_by_role("button", name="Log out").click()
    assert revoked.value.status == 200
    expect(page.get_by_role("status")).to_have_text("You are logged out.")
    expect(page.get_by_role("heading", name="My search")).to_be_focused()
    expect(page.get_by_text("Harbor Analytics")).to_have_count(0)
    with Client(base_url=origin) as client:
        assert client.get("/v1/today", headers={"Authorization": token}).status_code == 401


def test_a_server_that_cannot_be_told_of_the_logout_is_not_passed_over_in_silence(page: Page, seeker: Seeker) -> None:
    log_in(page, seeker)
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    page.route("**/v1/auth/revoke", lambda route: route.abort())
    page.get_by_role("button", name="Log out").click()
    expect(page.locator("#search > .note")).to_contain_text("The server could not be told")
    expect(page.get_by_role("form", name="Log in")).to_be_visible()
