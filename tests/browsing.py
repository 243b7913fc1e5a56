"""A browser for tests.

While it is there, its event loop runs in the thread: let a package have it, and not the whole run.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Error, sync_playwright

from tests.conftest import missing, require_tool

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@contextmanager
def launched_browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    chromium = require_tool("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        except Error as error:
            missing(f"{chromium} does not start: {error}")
        yield browser
        browser.close()
