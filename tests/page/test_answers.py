"""The decisions as people see them in a browser."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.visiting import expect_outcome, row, visit

SEND, SEND_NONE = "Send a thank-you note", "Do not send a thank-you note"


def test_japan_needs_no_note_and_every_interviewer_is_thanked_in_person(page: Page) -> None:
    visit(page, "country=JP")
    expect_outcome(page, SEND_NONE)
    expect(page.locator("#result > .always")).to_have_text("Thank every interviewer in person: always.")
    expect(page.locator(".verdict")).to_contain_text("How sure: high")
    expect(page.get_by_label("Country of the interview")).to_have_value("Japan")
    assert page.title() == f"Japan: {SEND_NONE} · Afterword"


def test_a_foreign_owned_employer_in_japan_gets_a_note(page: Page) -> None:
    visit(page, "country=JP")
    page.get_by_label("Employer", exact=True).select_option("Foreign-owned")
    expect_outcome(page, SEND)
    assert page.url.endswith("/#country=JP&ownership=foreign")
    expect(row(page, "Language", section="The note")).to_contain_text("English")


def test_what_would_change_the_answer_is_a_button_and_back_takes_it_back(page: Page) -> None:
    visit(page, "country=JP")
    page.get_by_role("button", name="Foreign-owned employer", exact=True).click()
    expect_outcome(page, SEND)
    expect(page.get_by_role("heading", level=2)).to_be_focused()
    expect(page.get_by_label("Employer", exact=True)).to_have_value("foreign")
    page.go_back()
    expect_outcome(page, SEND_NONE)
    expect(page.get_by_label("Employer", exact=True)).to_have_value("")
    page.go_forward()
    page.get_by_role("button", name="Take back: Foreign-owned employer").click()
    expect_outcome(page, SEND_NONE)


def test_canvassing_in_kenya_is_prohibited_with_its_sources(page: Page) -> None:
    visit(page, "country=KE&said.canvassing_disqualifies=true")
    expect_outcome(page, "Not allowed: send no note")
    stop = page.locator(".stop").first
    expect(stop).to_contain_text("canvassing leads to disqualification")
    expect(stop.get_by_role("link").first).to_have_attribute("rel", "noopener noreferrer")
    expect(page.get_by_role("heading", name="The note", exact=True)).to_have_count(0)


def test_dates_are_shown_on_the_clock_of_the_reader_and_on_ones_own(page: Page) -> None:
    visit(page, "country=US&ended_at=2026-11-23T15:30&time_zone=America/New_York")
    expect_outcome(page, SEND)
    when = row(page, "When", section="The note")
    expect(when).to_contain_text("Best Tuesday 24 November, 09:00, New York time")
    expect(when).to_contain_text("Tuesday 24 November, 15:00 on your clock")
    expect(when).to_contain_text("From Monday 23 November, 15:30 to Tuesday 24 November, 15:30")
    expect(page.get_by_label("When it ended")).to_have_value("2026-11-23T15:30")


def test_a_time_on_ones_own_clock_keeps_the_readers_zone(page: Page) -> None:
    visit(page, "country=US&ownership=foreign")
    page.get_by_label("When it ended").fill("2026-11-23T21:30")
    expect(page.get_by_text("Choose the time zone to see days and hours.")).to_be_visible()
    page.get_by_label("That is the time of").select_option("My own clock (Europe/Berlin)")
    expect(row(page, "When", section="The note")).to_contain_text("Monday 23 November, 21:30")
    assert "ended_at=2026-11-23T21%3A30%2B01%3A00" in page.url
    page.get_by_label("Country of the interview").fill("Japan")
    page.get_by_role("button", name="Show the answer").click()
    expect(row(page, "When", section="The note")).to_contain_text("Tokyo time")


def test_a_shared_time_without_its_zone_is_that_of_a_country_that_has_only_one(page: Page) -> None:
    visit(page, "country=JP&ownership=foreign&ended_at=2026-11-20T16:00")
    expect_outcome(page, SEND)
    expect(row(page, "When", section="The note")).to_contain_text("From Friday 20 November, 16:00")
    expect(page.get_by_role("list", name="For")).to_contain_text("Ended Friday 20 November, 16:00")


def test_a_shared_time_without_its_zone_asks_for_it_where_there_are_several(browser: Browser, origin: str) -> None:
    context = browser.new_context(base_url=origin, timezone_id="America/New_York")
    page = context.new_page()
    visit(page, "country=US&ended_at=2026-11-20T16:00")
    zone = page.get_by_label("That is the time of")
    expect(zone).to_have_value("")
    expect(zone).to_have_accessible_description("Choose the time zone to see days and hours.")
    context.close()


@pytest.mark.parametrize(
    ("as_of", "words"),
    [("2026-11-19", "That time is still to come."), ("2026-12-24", "That time has passed."), ("2026-11-24", None)],
)
def test_the_time_to_send_is_told_as_of_the_day_of_the_answer(page: Page, as_of: str, words: str | None) -> None:
    visit(page, f"country=US&ended_at=2026-11-23T15:30&time_zone=America/New_York&as_of={as_of}")
    when = row(page, "When", section="The note")
    expect(when).to_contain_text("Best Tuesday 24 November")
    if words:
        expect(when).to_contain_text(words)
    else:
        expect(when).not_to_contain_text("That time")


def test_days_and_parts_of_a_country_are_shown_in_words(page: Page) -> None:
    visit(page, "country=US&subdivision=US-NY&as_of=2026-10-02&language=de-CH")
    given = page.get_by_role("list", name="For")
    for words in ("As of Friday 2 October 2026", "New York", "In Swiss High German"):
        expect(given).to_contain_text(words)
    expect(page.get_by_label("Part of the country").locator("option:checked")).to_have_text("New York")
    expect(page.locator(".remarks")).to_contain_text("Nothing of its own is known of New York")
    expect(page.locator(".remarks")).to_contain_text("what holds in United States")


def test_where_an_agency_stands_between_its_consultant_is_thanked(page: Page) -> None:
    visit(page, "country=JP&via_agency=true")
    expect_outcome(page, SEND_NONE)
    expect(page.locator(".verdict")).to_contain_text("Thank your consultant at the agency instead")


def test_a_choice_that_a_stop_forbids_is_said_not_to_be_followed(page: Page) -> None:
    visit(page, "country=KE&said.canvassing_disqualifies=true&choice.thank_you=send")
    expect_outcome(page, "Not allowed: send no note")
    expect(page.get_by_role("list", name="For")).to_contain_text("I decided to send a note")
    expect(page.locator(".remarks")).to_contain_text("The choice to send was not followed")
    expect(page.locator(".remarks")).not_to_contain_text("_")


def test_what_is_reported_of_a_company_is_named_as_such_and_as_no_company_of_the_book(page: Page) -> None:
    visit(page, "country=DE&reported.who_contacts=portal&reported.channel=portal")
    expect(page.locator("#evidence")).to_contain_text("What is reported of the company")
    expect(page.locator("#evidence")).to_contain_text("Reported by the user.")


@pytest.mark.parametrize(
    ("process", "turn"),
    [
        (
            "They made an offer",
            "It is your turn. Accept or decline the offer, in writing, by the day that you were given.",
        ),
        ("It has ended", "It is over. Stop asking, and move on."),
    ],
)
@pytest.mark.parametrize("said", ["answer_by=2026-11-20", "no_contact=true"])
def test_once_the_employer_has_answered_nobody_waits_or_asks(page: Page, process: str, turn: str, said: str) -> None:
    visit(page, f"country=US&said.{said}")
    section = "Whose turn it is"
    expect(row(page, "Answer", section=section)).to_have_count(1)
    page.get_by_text("More facts").click()
    page.get_by_label("Where it stands").select_option(process)
    expect(page.locator(".turn")).to_have_text(turn)
    for term in ("Answer", "Ask for news", "How to ask"):
        expect(row(page, term, section=section)).to_have_count(0)


def test_a_country_without_evidence_is_honest_about_it(page: Page) -> None:
    visit(page, "country=TD")
    expect_outcome(page, "A thank-you note is optional")
    expect(page.locator(".verdict")).to_contain_text("Nothing is known about Chad yet.")
    expect(page.locator(".verdict")).to_contain_text("How sure: no evidence")
    seen = page.locator("table tr").filter(has_text="How a note is seen")
    expect(seen).to_contain_text("World default")
    expect(seen).to_contain_text("no evidence")


def test_every_reason_has_a_row_with_its_evidence(page: Page) -> None:
    visit(page, "country=JP")
    expect_outcome(page, SEND_NONE)
    seen = page.locator("table tr").filter(has_text="How a note is seen")
    expect(seen.get_by_role("cell").nth(1)).to_contain_text("Japan")
    seen.get_by_text("instead of").click()
    expect(seen).to_contain_text("World default: Optional")
    assert seen.get_by_role("link").count() == 3
    links = page.locator("#evidence a").all()
    assert len(links) > 30
    for link in links:
        assert (link.get_attribute("href") or "").startswith(("https://", "http://"))
        assert link.get_attribute("rel") == "noopener noreferrer"


def test_ontario_asks_for_what_its_law_needs_and_shows_the_deadline(page: Page) -> None:
    visit(page, "country=CA&ended_at=2026-11-23T15:30&time_zone=America/Toronto")
    expect_outcome(page, SEND)
    expect(page.get_by_label("People employed there")).to_be_hidden()
    page.get_by_label("Part of the country").select_option("Ontario")
    law = page.locator(".law")
    expect(law).to_contain_text("The law here may give them a deadline.")
    expect(law).to_contain_text("Information, not legal advice.")
    page.get_by_label("People employed there").fill("120")
    page.get_by_label("Publicly advertised?").select_option("Yes")
    page.get_by_text("More facts").click()
    page.get_by_label("Format").select_option("Interview on site")
    expect(law).to_contain_text("The law here gives them a deadline.")
    expect(law).to_contain_text("They must tell you byThursday 7 January 2027")
    page.get_by_label("People employed there").fill("24")
    page.get_by_role("button", name="Show the answer").click()
    expect(law).to_contain_text("not to this employer")
    page.get_by_label("Where it stands").select_option("They made an offer")
    expect(law).to_have_count(0)


def test_a_company_is_suggested_by_part_of_its_name(page: Page) -> None:
    visit(page, "country=BE")
    page.get_by_text("More facts").click()
    page.get_by_role("combobox", name="Company").press_sequentially("epso")
    page.locator("#company-options").get_by_role("option").first.click()
    expect_outcome(page, "Not allowed: send no note")
    expect(page.locator("table tr").filter(has_text="Who makes the next move")).to_contain_text("EPSO")


def test_what_people_type_never_becomes_html(page: Page) -> None:
    visit(page, "country=US&company=%3Cimg%20src%3Dx%3EAcme")
    expect(page.get_by_text("No published practice is known of '<img src=x>Acme'.")).to_be_visible()
    assert page.locator("#result img").count() == 0
