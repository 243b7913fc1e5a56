"""The form: finding a country, problems at their fields, the keyboard, and when the server does not answer."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.page.visiting import expect_outcome, visit

COUNTRY = "Country of the interview"


@pytest.mark.parametrize("name", ["日本", "japan", "JP", "Nihon"])
def test_a_country_is_found_by_its_name_in_other_languages_and_by_its_code(page: Page, name: str) -> None:
    visit(page)
    page.get_by_label(COUNTRY).fill(name)
    page.get_by_role("button", name="Show the answer").click()
    expect_outcome(page, "Do not send a thank-you note")
    expect(page.get_by_label(COUNTRY)).to_have_value("Japan")


def test_a_country_that_nobody_knows_is_a_problem_at_its_field(page: Page) -> None:
    visit(page)
    field = page.get_by_label(COUNTRY)
    field.fill("Wakanda")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("No country is called “Wakanda” here"))
    expect(field).to_be_focused()
    expect_outcome(page, "One thing to correct")


def test_without_a_country_the_form_asks_for_one(page: Page) -> None:
    visit(page)
    page.get_by_role("button", name="Show the answer").click()
    expect(page.get_by_label(COUNTRY)).to_have_accessible_description("Choose a country.")


def test_a_part_of_another_country_is_a_problem_at_its_field(page: Page) -> None:
    visit(page, "country=JP&subdivision=CA-ON")
    field = page.get_by_label("Part of the country")
    expect(field).to_have_accessible_description(re.compile("CA-ON is not a subdivision of JP"))
    field.select_option("")
    expect_outcome(page, "Do not send a thank-you note")
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_a_time_that_the_clocks_jump_over_is_a_problem_at_its_field(page: Page) -> None:
    visit(page, "country=US&ended_at=2026-03-08T02:30&time_zone=America/New_York")
    field = page.get_by_label("When it ended")
    expect(field).to_have_accessible_description(re.compile("does not exist in America/New_York"))


def test_a_problem_in_a_folded_part_unfolds_it(page: Page) -> None:
    visit(page, "country=DE&said.answer_by=1999-01-01")
    field = page.get_by_label("Answer promised by")
    expect(field).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Answer promised by").click()
    expect(field).to_be_focused()


def test_the_keyboard_alone_leads_to_an_answer(page: Page) -> None:
    visit(page)
    press = page.keyboard.press
    press("Tab")
    expect(page.get_by_text("Skip to the answer")).to_be_focused()
    press("Tab")
    press("Tab")
    expect(page.get_by_role("tab", name="Decide")).to_be_focused()
    press("Tab")
    field = page.get_by_label(COUNTRY)
    expect(field).to_be_focused()
    page.keyboard.type("ger")
    expect(page.get_by_role("option").first).to_have_text(re.compile("Germany"))
    press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "country-options-0")
    press("Enter")
    expect(field).to_have_value("Germany")
    expect_outcome(page, "A thank-you note is optional")
    expect(page.get_by_role("status")).to_have_text("Germany: A thank-you note is optional")
    press("Enter")
    expect(page.get_by_role("heading", level=2)).to_be_focused()


def test_escape_closes_the_suggestions_and_keeps_the_text(page: Page) -> None:
    visit(page)
    field = page.get_by_label(COUNTRY)
    field.press_sequentially("fra")
    expect(page.get_by_role("listbox")).to_be_visible()
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("fra")


def test_half_a_time_is_not_left_out_in_silence(page: Page) -> None:
    visit(page, "country=FR")
    field = page.get_by_label("When it ended")
    field.focus()
    page.keyboard.type("11")
    page.get_by_role("button", name="Show the answer").click()
    expect(field).to_have_accessible_description("Finish this, or empty it.")


def test_starting_again_empties_the_form_and_the_address(page: Page) -> None:
    visit(page, "country=JP&track=new_graduate")
    expect(page.get_by_text("More facts (1 given)")).to_be_visible()
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_text("Start with the country.")).to_be_visible()
    expect(page.get_by_label(COUNTRY)).to_have_value("")
    assert page.url.endswith("/")


def test_when_the_server_does_not_answer_one_can_try_again(page: Page) -> None:
    def fail(route: Route) -> None:
        route.abort()

    visit(page, "country=JP")
    page.route("**/v1/decisions/preview", fail)
    page.get_by_label("Employer", exact=True).select_option("Foreign-owned")
    expect_outcome(page, "No answer")
    page.unroute("**/v1/decisions/preview", fail)
    page.get_by_role("button", name="Try again").click()
    expect_outcome(page, "Send a thank-you note")


def test_when_the_lists_do_not_come_one_can_try_again(page: Page) -> None:
    def fail(route: Route) -> None:
        route.fulfill(status=503, content_type="text/html", body="<h1>Busy</h1>")

    page.route("**/v1/rules/countries?*", fail)
    page.goto("/#country=JP")
    expect_outcome(page, "No answer")
    page.unroute("**/v1/rules/countries?*", fail)
    page.get_by_role("button", name="Try again").click()
    expect_outcome(page, "Do not send a thank-you note")
