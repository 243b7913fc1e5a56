"""The two tabs of the page, and their addresses."""

from playwright.sync_api import Page, expect

from tests.page.visiting import expect_outcome, visit


def test_the_tabs_are_moved_between_by_keyboard_and_keep_what_they_show(page: Page) -> None:
    visit(page, "country=JP")
    decide, search = page.get_by_role("tab", name="Decide"), page.get_by_role("tab", name="My search")
    expect(decide).to_have_attribute("aria-selected", "true")
    decide.focus()
    page.keyboard.press("ArrowRight")
    expect(search).to_be_focused()
    expect(search).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tabpanel", name="My search")).to_be_visible()
    expect(page.get_by_role("tabpanel", name="Decide")).to_be_hidden()
    assert page.url.endswith("/#my-search")
    assert page.title() == "My search · Afterword"
    page.keyboard.press("Home")
    expect(decide).to_be_focused()
    assert page.url.endswith("/#country=JP")
    assert page.title() == "Japan: Do not send a thank-you note · Afterword"
    expect_outcome(page, "Do not send a thank-you note")
    page.keyboard.press("ArrowLeft")
    expect(search).to_be_focused()
    page.keyboard.press("End")
    expect(search).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("E-mail address")).to_be_focused()


def test_back_leads_from_the_search_to_the_facts_that_were_asked_about(page: Page) -> None:
    visit(page, "country=JP")
    page.get_by_label("Employer", exact=True).select_option("Foreign-owned")
    expect_outcome(page, "Send a thank-you note")
    page.get_by_role("tab", name="My search").click()
    page.go_back()
    expect_outcome(page, "Do not send a thank-you note")
    expect(page.get_by_role("tab", name="Decide")).to_have_attribute("aria-selected", "true")
    page.go_forward()
    expect(page.get_by_role("tab", name="My search")).to_have_attribute("aria-selected", "true")


def test_who_opens_the_search_by_its_address_finds_the_other_tab_ready(page: Page) -> None:
    page.goto("/#my-search")
    expect(page.get_by_role("form", name="Log in")).to_be_visible()
    page.get_by_role("tab", name="Decide").click()
    expect(page.get_by_text("Start with the country.")).to_be_visible()
    assert page.url.endswith("/")
