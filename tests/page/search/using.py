"""What people do on the tab of somebody who is logged in."""

import json

from playwright.sync_api import Locator, Page, Route

from tests.page.search.seeking import NOW, PASSWORD, Seeker


def log_in(page: Page, seeker: Seeker, password: str = PASSWORD) -> None:
    """Open the second tab and log in; for the page it is `NOW` as well."""
    page.clock.set_fixed_time(NOW)
    page.goto("/#my-search")
    page.get_by_label("E-mail address").fill(seeker.email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def task(page: Page, title: str, *, region: str = "#queue") -> Locator:
    """A task, in the queue or (`#plan`) among the steps."""
    return page.locator(f"{region} .task").filter(has_text=title)


def step(page: Page, name: str) -> Locator:
    """One of the steps after an interview."""
    return page.locator(".step").filter(has=page.get_by_role("heading", name=name, level=3))


def part(page: Page, heading: str) -> Locator:
    """A part of what is shown of today."""
    return page.locator("#queue > section").filter(has=page.get_by_role("heading", name=heading))


def press(item: Locator, button: str) -> None:
    """Press a button of a task."""
    item.get_by_role("button", name=f"{button}: ").click()


def refuse_once(page: Page, address: str, problem: dict[str, object]) -> list[str]:
    """Let the next request to an address have a problem for an answer; gives its tokens as they are seen."""
    seen: list[str] = []

    def answer(route: Route) -> None:
        seen.append(route.request.headers["authorization"])
        if len(seen) > 1:
            route.continue_()
            return
        body = json.dumps(problem)
        route.fulfill(status=int(str(problem["status"])), content_type="application/problem+json", body=body)

    page.route(address, answer)
    return seen
