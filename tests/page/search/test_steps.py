"""The steps after one interview, with what is decided for each who took part."""

from playwright.sync_api import Page, expect

from tests.page.search.seeking import Seeker
from tests.page.search.using import log_in, press, step, task


def test_the_steps_stand_in_their_order_with_how_far_each_is(page: Page, seeker: Seeker) -> None:
    seeker.in_new_york()
    log_in(page, seeker)
    names = ["in person", "Get contact", "Reflect", "Notify references", "Follow up", "Relax and keep looking"]
    expect(page.locator(".step h3")).to_contain_text(names)
    expect(step(page, "Reflect")).to_contain_text("To do")
    expect(step(page, "Notify references")).to_contain_text("Nothing to do")
    expect(task(page, "Get a way to reach Dana Reyes", region="#plan")).to_contain_text("Done: it is written down")
    press(task(page, "Write down how it went", region="#plan"), "Done")
    expect(step(page, "Reflect").get_by_role("heading")).to_contain_text("Done")
    expect(task(page, "Write down how it went", region="#plan").locator(".task-title")).to_be_focused()
    expect(task(page, "Write down how it went")).to_have_count(0)


def test_in_new_york_a_note_is_sent_and_in_tokyo_none_each_with_its_reasons(page: Page, seeker: Seeker) -> None:
    seeker.in_new_york()
    seeker.in_tokyo()
    log_in(page, seeker)
    choice = page.get_by_label("Interview", exact=True)
    expect(choice.locator("option")).to_have_text(
        ["Harbor Analytics · Engineer · 23 November 2026", "Sakura Works · Engineer · 20 November 2026"]
    )
    dana = page.get_by_role("region", name="Dana Reyes, interviewer")
    expect(dana.locator(".outcome")).to_have_text("Send a thank-you note")
    expect(dana).to_contain_text("It is expected: its absence is noticed")
    dana.get_by_text("When, how and in which tone").click()
    expect(dana).to_contain_text("Best Tuesday 24 November, 09:00, New York time")

    choice.focus()
    choice.select_option("Sakura Works · Engineer · 20 November 2026")
    aiko = page.get_by_role("region", name="Aiko Tanaka, interviewer")
    expect(aiko.locator(".outcome")).to_have_text("Do not send a thank-you note")
    expect(choice).to_be_focused()
    expect(aiko).to_contain_text("It is not the custom. A short one is harmless, a pushy one is not.")
    expect(aiko.locator(".task")).to_have_count(0)
    aiko.get_by_text("Why, with sources").click()
    seen = aiko.locator("table tr").filter(has_text="How a note is seen")
    expect(seen).to_contain_text("Japan")
    assert seen.get_by_role("link").count() == 3
    expect(page.get_by_role("region", name="Dana Reyes, interviewer")).to_have_count(0)


def test_what_forbids_a_note_and_asking_is_said(page: Page, seeker: Seeker) -> None:
    where = seeker.application("County Service Board", "KE")
    said = {"canvassing_disqualifies": True, "no_contact": True}
    seeker.interview(where, "2026-11-23T10:00", "2026-11-23T11:00", "Africa/Nairobi", said=said)
    log_in(page, seeker)
    nobody = page.get_by_role("region", name="The interviewers (nobody is written down)")
    expect(nobody.locator(".outcome")).to_have_text("Not allowed: send no note")
    expect(nobody.locator(".stop").first).to_contain_text("canvassing leads to disqualification")
    follow_up = step(page, "Follow up")
    expect(follow_up.locator(".stop").filter(has_text="no asking").last).to_be_visible()


def test_what_people_write_never_becomes_html(page: Page, seeker: Seeker) -> None:
    where = seeker.application("<img src=x>Acme", "US")
    seeker.interview(where, "2026-11-23T14:00", "2026-11-23T15:00", "America/New_York")
    log_in(page, seeker)
    expect(task(page, "Write down how it went at <img src=x>Acme")).to_be_visible()
    assert page.locator("#search img").count() == 0
