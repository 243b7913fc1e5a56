"""What everybody needs of the page: labels, headings, contrast, narrow screens, paper, no script."""

from itertools import pairwise
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.looking import CONTRASTS, UNFOLD
from tests.page.visiting import expect_outcome, visit

ONTARIO = "country=CA&subdivision=CA-ON&headcount=120&ended_at=2026-11-23T15:30&time_zone=America/Toronto"


def test_every_field_has_a_label_and_every_picture_a_text(page: Page) -> None:
    visit(page, ONTARIO)
    for control in page.locator("input, select, button").all():
        name = control.evaluate("it => it.getAttribute('aria-label') ?? it.labels?.[0]?.textContent ?? it.textContent")
        assert name.strip(), control
    assert page.locator("img:not([alt])").count() == 0
    ids = page.locator("[id]").evaluate_all("all => all.map(it => it.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("facts", ["", "country=JP", ONTARIO])
def test_headings_go_down_one_step_at_a_time(page: Page, facts: str) -> None:
    visit(page, facts)
    levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(it => Number(it.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_the_parts_of_the_page_are_landmarks(page: Page) -> None:
    visit(page, "country=JP")
    for role in ("banner", "navigation", "main", "contentinfo"):
        expect(page.get_by_role(role)).to_have_count(1)
    expect(page.get_by_role("form", name="The interview")).to_be_visible()
    expect(page.get_by_role("region", name="The answer")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_what_is_behind_it(page: Page, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    visit(page, f"{ONTARIO}&said.answer_by=1999-01-01")
    faint = dict(page.evaluate(CONTRASTS))
    visit(page, ONTARIO)
    page.reload()
    expect_outcome(page, "Send a thank-you note")
    page.evaluate(UNFOLD)
    faint |= page.evaluate(CONTRASTS)
    assert len(faint) > 20
    assert {name: ratio for name, ratio in faint.items() if ratio < 4.5} == {}


def test_the_focus_is_always_visible(page: Page) -> None:
    visit(page, "country=JP")
    for _ in range(12):
        page.keyboard.press("Tab")
        width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert width == "3px"


@pytest.mark.parametrize("facts", ["", "country=JP", ONTARIO, "country=GS&company=" + "Donaudampfschiff" * 6])
def test_a_narrow_phone_never_scrolls_sideways(page: Page, facts: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    visit(page, facts)
    page.evaluate(UNFOLD)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_shared_answer_is_what_a_phone_shows_first(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    visit(page, "country=JP")
    expect(page.get_by_role("heading", level=2)).to_be_in_viewport()


def test_paper_shows_the_answer_and_its_sources_without_the_form(page: Page) -> None:
    visit(page, "country=JP")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=2)).to_be_visible()
    expect(page.locator(".sources li").last).to_be_visible()
    expect(page.locator("form")).to_be_hidden()


def test_without_scripts_the_page_says_what_it_needs_and_where_to_go(browser: Browser, origin: str) -> None:
    context = browser.new_context(base_url=origin, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    # Searches by text pass over <noscript>, also where it is shown.
    expect(page.locator("noscript strong")).to_be_visible()
    expect(page.locator("form")).to_be_hidden()
    page.locator("noscript a").first.click()
    assert page.url == f"{origin}/docs"
    context.close()
