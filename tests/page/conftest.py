"""A server and a browser, and pages that complain when a test is over: of errors, and of requests to anybody else."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browsing import launched_browser
from tests.http.running import running_server


@pytest.fixture(scope="package")
def origin() -> Iterator[str]:
    with running_server() as origin:
        yield origin


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with launched_browser() as browser:
        yield browser


@pytest.fixture
def context(browser: Browser, origin: str) -> Iterator[BrowserContext]:
    """Somebody in Berlin who reads English."""
    context = browser.new_context(base_url=origin, locale="en-GB", timezone_id="Europe/Berlin", reduced_motion="reduce")
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, origin: str) -> Iterator[Page]:
    asked: list[str] = []
    complaints: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(error.message))
    # The browser reports every answer that is an error by itself; violations of the policy come here as well.
    page.on(
        "console",
        lambda message: None if message.text.startswith("Failed to load resource") else complaints.append(message.text),
    )
    yield page
    assert complaints == []
    assert [url for url in asked if not url.startswith(f"{origin}/")] == []
