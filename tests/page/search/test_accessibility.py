"""What everybody needs of the second tab: labels, headings, contrast, narrow screens, paper."""

from itertools import pairwise
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.page.looking import CONTRASTS, UNFOLD
from tests.page.search.seeking import Seeker
from tests.page.search.using import log_in, press, task


@pytest.fixture
def busy(page: Page, seeker: Seeker) -> Page:
    """The page of somebody who has a lot to do, unfolded."""
    seeker.with_a_promise()
    seeker.in_tokyo()
    seeker.in_new_york()
    log_in(page, seeker)
    expect(page.locator(".step")).to_have_count(6)
    press(task(page, "Ask Nordlicht politely"), "Skip")
    page.evaluate(UNFOLD)
    return page


def test_every_control_has_a_name_of_its_own(busy: Page) -> None:
    labels = "it => it.getAttribute('aria-label') ?? it.labels?.[0]?.textContent ?? it.textContent"
    for region in ("#queue", "#after"):
        controls = busy.locator(f"{region} :is(input, select, button)").all()
        names = [control.evaluate(labels).strip() for control in controls]
        assert "" not in names
        assert len(set(names)) == len(names) > 8
    ids = busy.locator("[id]").evaluate_all("all => all.map(it => it.id)")
    assert len(ids) == len(set(ids))


def test_headings_go_down_one_step_at_a_time(busy: Page) -> None:
    headings = busy.locator("#search :is(h1, h2, h3, h4)")
    levels = headings.evaluate_all("all => all.map(it => Number(it.tagName[1]))")
    assert levels.count(1) == 1
    assert levels.count(2) == 2
    assert all(below <= above + 1 for above, below in pairwise(levels))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_what_is_behind_it(busy: Page, scheme: Literal["light", "dark"]) -> None:
    busy.emulate_media(color_scheme=scheme)
    faint = dict(busy.evaluate(CONTRASTS))
    assert len(faint) > 20
    busy.get_by_role("button", name="Log out").click()
    busy.get_by_label("Password").wait_for()
    faint |= busy.evaluate(CONTRASTS)
    assert {name: ratio for name, ratio in faint.items() if ratio < 4.5} == {}


def test_a_narrow_phone_never_scrolls_sideways(busy: Page) -> None:
    busy.set_viewport_size({"width": 320, "height": 640})
    assert busy.evaluate("document.documentElement.scrollWidth") == 320


def test_the_focus_is_always_visible(busy: Page) -> None:
    busy.get_by_role("tab", name="My search").focus()
    for _ in range(12):
        busy.keyboard.press("Tab")
        assert busy.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"


def test_paper_shows_what_is_to_be_done_without_its_buttons(busy: Page) -> None:
    busy.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    busy.emulate_media(media="print")
    expect(task(busy, "Send Dana Reyes a thank-you note")).to_be_visible()
    expect(busy.locator("#plan table").first).to_be_visible()
    expect(busy.get_by_role("button")).to_have_count(0)
    expect(busy.get_by_role("tab")).to_have_count(0)
