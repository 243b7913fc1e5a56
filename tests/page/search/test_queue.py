"""What is to be done today, and what becomes of it."""

import re

from playwright.sync_api import Page, expect

from tests.page.search.seeking import Seeker
from tests.page.search.using import log_in, part, press, refuse_once, step, task


def test_the_queue_says_what_is_due_until_when_by_ones_own_clocks(page: Page, seeker: Seeker) -> None:
    seeker.in_new_york()
    log_in(page, seeker)
    expect(page.get_by_role("heading", name="Today, Tuesday 24 November 2026")).to_be_visible()
    note = task(page, "Send Dana Reyes a thank-you note")
    expect(note).to_contain_text("Harbor Analytics, Engineer")
    expect(note).to_contain_text("To do by Tuesday 24 November, 21:00 (Tuesday 24 November, 15:00, New York time)")
    expect(note).to_contain_text("A note is expected there; its absence is noticed.")
    late = task(page, "Write down how it went at Harbor Analytics")
    expect(late).to_contain_text("Overdue: it was to be done by Tuesday 24 November, 06:00")
    expect(late).to_contain_text("the end of Monday 23 November, New York time")
    expect(note).not_to_contain_text("Overdue")


def test_a_task_that_is_done_goes_and_the_focus_moves_to_what_stands_in_its_place(page: Page, seeker: Seeker) -> None:
    interview = seeker.in_new_york()
    log_in(page, seeker)
    note = task(page, "Send Dana Reyes a thank-you note")
    expect(page.get_by_role("heading", name="To do now (4)")).to_be_visible()
    press(task(page, "Say whether you thanked the interviewers"), "I thanked them")
    expect(page.get_by_role("heading", name="To do now (3)")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Done: Say whether you thanked the interviewers in person")
    expect(page.locator("#queue .task-title").first).to_be_focused()
    press(note, "I sent it")
    expect(note).to_have_count(0)
    expect(page.locator("#queue .task-title").last).to_be_focused()
    assert seeker.ask("GET", f"/v1/interviews/{interview}")["participants"][0]["note_sent_at"]


def test_a_task_is_skipped_with_a_reason_by_keyboard(page: Page, seeker: Seeker) -> None:
    seeker.in_new_york()
    log_in(page, seeker)
    item = task(page, "Find out who decides")
    press(item, "Skip")
    reason = item.get_by_label("Why do you skip it?")
    expect(reason).to_be_focused()
    page.keyboard.press("Escape")
    skip = item.get_by_role("button", name="Skip: ")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(item).to_be_visible()
    page.keyboard.type("The whole team decides")
    page.keyboard.press("Enter")
    expect(item).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("Skipped: Find out who decides about the position Engineer")
    kept = task(page, "Find out who decides", region="#plan")
    expect(kept).to_contain_text("Skipped: The whole team decides")
    press(kept, "Open again")
    expect(item).to_be_visible()
    expect(kept.locator(".task-title")).to_be_focused()


def test_a_task_is_put_off_until_tomorrow_and_brought_back(page: Page, seeker: Seeker) -> None:
    seeker.in_new_york()
    log_in(page, seeker)
    item = task(page, "Write down how it went")
    press(item, "Snooze until tomorrow")
    expect(item).to_have_count(0)
    kept = task(page, "Write down how it went", region="#plan")
    expect(kept).to_contain_text("Snoozed until Wednesday 25 November, 09:00")
    press(kept, "Bring it back now")
    expect(item).to_be_visible()


def test_a_change_that_is_refused_is_said_at_the_task(page: Page, seeker: Seeker) -> None:
    seeker.in_new_york()
    log_in(page, seeker)
    item = task(page, "Find out who decides")
    press(item, "Skip")
    item.get_by_label("Why do you skip it?").fill("   ")
    item.get_by_role("button", name="Skip it").click()
    expect(item.locator(".problem")).to_be_focused()
    expect(item.locator(".problem li")).not_to_be_empty()
    expect(item.get_by_role("button", name="Skip: ")).to_be_enabled()


def test_who_owes_the_next_move_and_what_was_promised_and_not_kept(page: Page, seeker: Seeker) -> None:
    seeker.with_a_promise()
    seeker.in_tokyo()
    log_in(page, seeker)
    broken = part(page, "Promised and not kept")
    expect(broken).to_contain_text("No answer came by Thursday 19 November 2026, as they promised.")
    turns = part(page, "Who owes the next move").locator("li")
    expect(turns.filter(has_text="Nordlicht")).to_contain_text("It is your turn, since ")
    expect(turns.filter(has_text="Sakura Works")).to_contain_text("It is the employer")
    expect(turns.filter(has_text="Sakura Works")).to_contain_text(
        re.compile(r"An answer is expected by \w+ \d+ \w+ 2026")
    )


def test_the_next_interview_and_how_the_search_stands(page: Page, seeker: Seeker) -> None:
    where = seeker.application("Polar Labs", "CA", subdivision="CA-ON", applied_on="2026-11-10")
    seeker.interview(where, "2026-11-30T10:00", "2026-11-30T11:00", "America/Toronto")
    log_in(page, seeker)
    search = part(page, "The search")
    expect(search).to_contain_text("Monday 30 November, 10:00, Toronto time: Polar Labs, Engineer")
    expect(search).to_contain_text("1 application")
    expect(page.locator("#plan")).to_contain_text("This interview is not over")
    expect(step(page, "Follow up")).to_contain_text("Later")


def test_an_accepted_offer_is_congratulated_on(page: Page, seeker: Seeker) -> None:
    where = seeker.application("Harbor Analytics", "US")
    for status in ("offer", "accepted"):
        seeker.ask("POST", f"/v1/applications/{where}/status", {"status": status})
    log_in(page, seeker)
    text = "Congratulations! You accepted an offer on Tuesday 24 November 2026."
    expect(page.locator("#congratulations")).to_contain_text(text)


def test_a_new_account_is_told_that_there_is_nothing_yet(page: Page, seeker: Seeker) -> None:
    log_in(page, seeker)
    expect(page.locator("#queue")).to_contain_text("0 applications")
    expect(page.get_by_text("No interview is written down yet.")).to_be_visible()


def test_when_the_queue_does_not_come_one_can_try_again(page: Page, seeker: Seeker) -> None:
    seeker.in_new_york()
    busy = {"status": 503, "code": "busy", "detail": "Too much to do at the moment.", "errors": []}
    refuse_once(page, "**/v1/today?*", busy)
    log_in(page, seeker)
    expect(page.locator("#queue")).to_contain_text("Too much to do at the moment.")
    page.get_by_role("button", name="Try again").click()
    expect(task(page, "Send Dana Reyes a thank-you note")).to_be_visible()
