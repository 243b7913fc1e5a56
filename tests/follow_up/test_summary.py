"""The search so far, with waits that were counted by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.stored import ANY, Account

Apply = Callable[..., tuple[str, str]]


@pytest.fixture
def apply(account: Account) -> Apply:
    """Applies, has an interview in November, and hears of it: the ids of the company and the application."""

    def made(country: str, zone: str, held_on: str, *steps: tuple[str, str], **more: Any) -> tuple[str, str]:  # noqa: ANN401 - members of an interview
        company = account.made("/v1/companies", {"name": f"Company in {country}"})["id"]
        body = {"company_id": company, "position": "Engineer", "country": country, "status": "interviewing"}
        application = account.made("/v1/applications", body)["id"]
        times = {"starts_at": f"{held_on}T14:00:00", "ends_at": f"{held_on}T15:00:00", "time_zone": zone}
        account.made("/v1/interviews", {"application_id": application, **times, **more})
        for status, day in steps:
            sent = {"status": status, "happened_on": day}
            answer = account.ask("POST", f"/v1/applications/{application}/status", json=sent, headers=ANY)
            assert answer.status_code == 200, answer.text
        return company, application

    return made


def test_a_search_that_has_not_begun_has_no_waits(account: Account) -> None:
    summary = account.seen("/v1/summary")
    assert set(summary["funnel"].values()) == {0}
    assert (summary["answers"]["promised"], summary["answers"]["observed"]) == (None, None)
    assert (summary["by_country"], summary["by_company"]) == ([], [])


def test_the_funnel_counts_how_far_each_has_come(account: Account, apply: Apply) -> None:
    berlin = ("DE", "Europe/Berlin")
    apply(*berlin, "2026-11-02", ("offer", "2026-11-09"), ("accepted", "2026-11-10"))
    apply(*berlin, "2026-11-02", ("offer", "2026-11-09"), ("declined", "2026-11-10"))
    apply(*berlin, "2026-11-02", ("rejected", "2026-11-09"))
    apply(*berlin, "2026-11-02", ("withdrawn", "2026-11-09"))
    apply(*berlin, "2026-12-02")
    company = account.made("/v1/companies", {"name": "Initech"})["id"]
    for status in ("interested", "applied"):
        body = {"company_id": company, "position": "Engineer", "country": "DE", "status": status}
        account.made("/v1/applications", body)
    assert account.seen("/v1/summary")["funnel"] == {
        "applications": 7,
        "applied": 6,
        "interviewing": 5,
        "offers": 2,
        "accepted": 1,
        "declined": 1,
        "rejected": 1,
        "withdrawn": 1,
        "interviews": 4,
    }


def test_waits_are_counted_in_working_days_of_the_country(account: Account, apply: Apply) -> None:
    # Monday to Friday of the next week: 9 working days; promised by the Wednesday between: 7.
    apply("DE", "Europe/Berlin", "2026-11-02", ("rejected", "2026-11-13"), said={"answer_by": "2026-11-11"})
    # 3 November is a holiday in Japan: Monday to Thursday are 2.
    apply("JP", "Asia/Tokyo", "2026-11-02", ("offer", "2026-11-05"))
    # Monday to Friday: 4.
    company, _ = apply("DE", "Europe/Berlin", "2026-11-16", ("rejected", "2026-11-20"))
    summary = account.seen("/v1/summary")
    assert summary["answers"]["promised"] == {"business_days": 7.0, "cases": 1}
    assert summary["answers"]["observed"] == {"business_days": 4.0, "cases": 3}
    assert summary["answers"]["customary_business_days"] is None
    germany, japan = summary["by_country"]
    assert (germany["country"], germany["observed"]) == ("DE", {"business_days": 6.5, "cases": 2})
    assert (japan["country"], japan["observed"]) == ("JP", {"business_days": 2.0, "cases": 1})
    assert japan["promised"] is None
    assert all(one["customary_business_days"] for one in (germany, japan))
    mine = next(one for one in summary["by_company"] if one["company_id"] == company)
    assert (mine["name"], mine["observed"]) == ("Company in DE", {"business_days": 4.0, "cases": 1})


def test_an_answer_ends_the_wait_of_the_last_interview_before_it(account: Account, apply: Apply) -> None:
    _, application = apply("DE", "Europe/Berlin", "2026-11-02")
    times = {"starts_at": "2026-11-09T14:00:00", "ends_at": "2026-11-09T15:00:00", "time_zone": "Europe/Berlin"}
    account.made("/v1/interviews", {"application_id": application, **times})
    sent = {"status": "offer", "happened_on": "2026-11-11"}
    account.ask("POST", f"/v1/applications/{application}/status", json=sent, headers=ANY)
    observed = account.seen("/v1/summary")["answers"]["observed"]
    assert observed == {"business_days": 2.0, "cases": 1}


def test_what_was_corrected_and_what_was_cancelled_count_for_nothing(account: Account, apply: Apply) -> None:
    _, application = apply("DE", "Europe/Berlin", "2026-11-02", status="cancelled")
    sent = {"status": "accepted", "happened_on": "2026-11-11", "correction": True}
    account.ask("POST", f"/v1/applications/{application}/status", json=sent, headers=ANY)
    summary = account.seen("/v1/summary")
    assert summary["funnel"]["interviews"] == 0
    assert summary["by_country"] == []


def test_the_searches_of_others_are_theirs(account: Account, apply: Apply, stranger: Account) -> None:
    apply("DE", "Europe/Berlin", "2026-11-02", ("rejected", "2026-11-13"))
    assert account.seen("/v1/summary")["funnel"]["applications"] == 1
    assert set(stranger.seen("/v1/summary")["funnel"].values()) == {0}
