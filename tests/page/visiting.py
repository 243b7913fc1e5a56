"""What people do on the page."""

from playwright.sync_api import Locator, Page, expect


def visit(page: Page, facts: str = "") -> None:
    """Open the page with some facts in its address, and wait until it is ready."""
    page.goto(f"/#{facts}" if facts else "/")
    page.locator("#facts[data-ready]").wait_for()


def expect_outcome(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=2)).to_have_text(text)


def row(page: Page, term: str, *, section: str) -> Locator:
    """What stands beside a term in a section of the answer."""
    place = page.locator("#result > section").filter(has=page.get_by_role("heading", name=section, exact=True))
    return place.locator("dl > div").filter(has=page.get_by_text(term, exact=True)).locator("dd").first
