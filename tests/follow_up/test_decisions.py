"""The decisions that Afterword was made for, over HTTP, with their reasons and sources."""

from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.http import clock
from tests.follow_up.conftest import Ask

THURSDAY_EVENING = "2026-11-19T19:00:00+03:00"


def reason(decision: dict[str, Any], field: str) -> dict[str, Any]:
    """The reason for a field; every source that it names is part of the decision, with an address."""
    (found,) = (one for one in decision["reasons"] if one["field"] == field)
    for key in found["sources"]:
        assert decision["sources"][key]["url"].startswith("http")
        assert decision["sources"][key]["publisher"]
    result: dict[str, Any] = found
    return result


def assert_evident(decision: dict[str, Any], field: str, value: object, scope: str) -> None:
    found = reason(decision, field)
    assert (found["value"], found["scope"]) == (value, scope)
    assert found["sources"]
    assert found["confidence"] != "none"


def test_an_experienced_candidate_of_a_japanese_company_sends_no_note(preview: Ask) -> None:
    decision = preview(country="JP", track="experienced", ownership="domestic")
    assert decision["thank_in_person"] is True
    assert decision["thank_you"]["outcome"] == "do_not_send"
    assert decision["thank_you"]["prohibited"] is False
    assert decision["thank_you"]["window"] is None
    assert_evident(decision, "thank_you.expectation", "uncommon", "variation:JP/mid-career-domestic")
    assert {"scope": "world", "value": "optional"} in reason(decision, "thank_you.expectation")["overrode"]


def test_japan_sends_no_note_by_default_and_says_what_would_change_that(preview: Ask) -> None:
    decision = preview(country="JP")
    assert decision["thank_you"]["outcome"] == "do_not_send"
    (change,) = (one for one in decision["would_change_if"] if (one["fact"], one["value"]) == ("ownership", "foreign"))
    assert change["then"]["thank_you.outcome"] == "send"


def test_a_foreign_owned_company_in_japan_is_sent_a_note(preview: Ask) -> None:
    decision = preview(country="JP", ownership="foreign", ended_at="2026-11-20T16:00:00+09:00")
    assert decision["thank_you"]["outcome"] == "send"
    assert decision["thank_you"]["window"]["time_zone"] == "Asia/Tokyo"
    assert_evident(decision, "thank_you.expectation", "appreciated", "variation:JP/foreign-owned")


def test_in_japan_an_agency_stands_between(preview: Ask) -> None:
    decision = preview(country="JP", ownership="foreign", via_agency=True)
    assert decision["thank_you"]["channels"] == ["via_recruiter"]
    assert decision["thank_you"]["recipients"] == "consultant"
    assert_evident(decision, "thank_you.channels", ["via_recruiter"], "agency:via-agency")


def test_in_the_united_states_a_note_goes_within_a_day(preview: Ask) -> None:
    decision = preview(country="US", time_zone="America/New_York", ended_at="2026-11-23T15:30:00-05:00")
    advice = decision["thank_you"]
    assert (advice["outcome"], advice["send_within_hours"]) == ("send", 24)
    assert advice["window"] == {
        "opens_at": "2026-11-23T20:30:00Z",
        "suggested_at": "2026-11-24T14:00:00Z",
        "closes_at": "2026-11-24T20:30:00Z",
        "time_zone": "America/New_York",
        "status": "open",
        "extended": False,
    }
    assert_evident(decision, "thank_you.expectation", "expected", "country:US")
    assert_evident(decision, "thank_you.send_within_hours", 24, "country:US")


@pytest.mark.parametrize(
    ("country", "outcome", "expectation", "who"),
    [
        ("DE", "optional", "optional", "employer"),
        ("FR", "send", "appreciated", "either"),
        ("GB", "optional", "optional", "employer"),
    ],
)
def test_countries_of_europe_have_customs_of_their_own(
    preview: Ask, country: str, outcome: str, expectation: str, who: str
) -> None:
    decision = preview(country=country)
    assert decision["thank_you"]["outcome"] == outcome
    assert_evident(decision, "thank_you.expectation", expectation, f"country:{country}")
    assert_evident(decision, "next_move.who", who, f"country:{country}")


ONTARIO = {"country": "CA", "subdivision": "CA-ON", "ended_at": "2026-11-23T15:30:00-05:00"}


def test_in_ontario_the_employer_must_answer_within_45_days(preview: Ask) -> None:
    decision = preview(**ONTARIO, headcount=25, publicly_advertised=True)
    clock_of_law = decision["next_move"]["statutory"]
    assert clock_of_law["must_inform_by"] == "2027-01-07"
    assert clock_of_law["in_force_since"] == "2026-01-01"
    assert clock_of_law["jurisdiction"] == "CA-ON"
    assert clock_of_law["citation"]
    assert all(key in decision["sources"] for key in clock_of_law["sources"])
    statuses = {one["condition"]: one["status"] for one in clock_of_law["conditions"]}
    assert list(statuses.values()).count("met") >= 2
    assert "not_met" not in statuses.values()


def test_in_ontario_a_small_employer_owes_no_answer(preview: Ask) -> None:
    clock_of_law = preview(**ONTARIO, headcount=24, publicly_advertised=True)["next_move"]["statutory"]
    assert (clock_of_law["status"], clock_of_law["must_inform_by"]) == ("not_met", None)


def test_elsewhere_in_canada_the_law_of_ontario_is_not_shown(preview: Ask) -> None:
    decision = preview(country="CA", subdivision="CA-BC", headcount=25, publicly_advertised=True)
    assert decision["next_move"]["statutory"] is None


def test_where_canvassing_disqualifies_a_note_is_prohibited(preview: Ask) -> None:
    decision = preview(country="KE", said={"canvassing_disqualifies": True})
    assert decision["thank_you"]["outcome"] == "do_not_send"
    assert decision["thank_you"]["prohibited"] is True
    stop, other = sorted(decision["stops"], key=lambda one: one["forbids"], reverse=True)
    assert (stop["forbids"], other["forbids"]) == ("thank_you", "enquiry")
    assert not stop["overridden_by_user"]
    assert stop["because"]
    assert stop["sources"]
    assert set(stop["sources"]) <= decision["sources"].keys()
    assert_evident(decision, "thank_you.expectation", "avoid", f"stop:{stop['scope']}")


def test_a_prohibition_gives_way_to_the_users_override_only_and_shows_it(preview: Ask) -> None:
    stopped = {"country": "KE", "said": {"canvassing_disqualifies": True}}
    assert preview(**stopped, choice={"thank_you": "send"})["thank_you"]["outcome"] == "do_not_send"
    decision = preview(**stopped, choice={"thank_you": "send", "override_prohibition": True})
    assert decision["thank_you"]["outcome"] == "send"
    assert decision["thank_you"]["prohibited"] is True
    assert {stop["forbids"]: stop["overridden_by_user"] for stop in decision["stops"]} == {
        "thank_you": True,
        "enquiry": False,
    }


@pytest.mark.parametrize("company", ["EPSO", "epso", "European Personnel Selection Office"])
def test_a_selection_board_of_the_european_union_may_not_be_contacted(preview: Ask, company: str) -> None:
    decision = preview(country="BE", company=company)
    assert decision["thank_you"]["prohibited"] is True
    assert {stop["forbids"] for stop in decision["stops"]} == {"thank_you", "enquiry"}
    assert_evident(decision, "thank_you.expectation", "avoid", "stop:company:epso")


def test_a_medical_residency_programme_in_the_united_states_is_sent_nothing(preview: Ask) -> None:
    decision = preview(country="US", sector="medical_residency")
    assert decision["thank_you"]["outcome"] == "do_not_send"
    assert_evident(decision, "thank_you.expectation", "avoid", "variation:US/medical-residency")
    assert {"scope": "country:US", "value": "expected"} in reason(decision, "thank_you.expectation")["overrode"]


def test_after_a_thursday_evening_in_riyadh_sunday_is_the_next_working_day(preview: Ask) -> None:
    decision = preview(country="SA", ended_at=THURSDAY_EVENING, as_of="2026-11-19")
    window = decision["thank_you"]["window"]
    suggested = datetime.fromisoformat(window["suggested_at"])
    assert suggested.strftime("%A") == "Sunday"
    assert window["time_zone"] == "Asia/Riyadh"
    assert window["opens_at"] <= window["suggested_at"] <= window["closes_at"]


def test_a_country_without_evidence_is_said_to_have_none(preview: Ask) -> None:
    decision = preview(country="TD")
    assert decision["thank_you"]["confidence"] == "none"
    expectation = reason(decision, "thank_you.expectation")
    assert (expectation["scope"], expectation["confidence"], expectation["sources"]) == ("world", "none", [])
    assert not any(key.startswith("TD:") for key in decision["sources"])
    assert all(one["scope"].split(":")[0] in {"world", "region"} for one in decision["reasons"])


def test_a_company_that_nobody_knows_is_said_to_be_unknown(preview: Ask) -> None:
    decision = preview(country="DE", company="Initech")
    assert any("Initech" in remark["text"] for remark in decision["remarks"])


def test_an_answer_that_is_overdue_gives_the_turn_to_the_candidate(preview: Ask) -> None:
    decision = preview(
        country="DE", ended_at="2026-11-02T11:00:00+01:00", said={"answer_by": "2026-11-13"}, as_of="2026-11-23"
    )
    move = decision["next_move"]
    assert (move["who"], move["advice"], move["answer_basis"]) == ("candidate", "ask", "promised")
    assert move["answer_expected_on"] == "2026-11-13"


def test_the_facts_are_given_back_as_they_were_understood(preview: Ask) -> None:
    decision = preview(country="DE", company=" zapier.com ", said={}, sector=None)
    assert decision["facts"] == {"country": "DE", "company": "zapier.com"}


def test_the_same_facts_on_the_same_day_give_the_same_answer(client: TestClient) -> None:
    facts = {"country": "JP", "as_of": "2026-11-23"}
    first, second = (client.post("/v1/decisions/preview", json=facts).content for _ in range(2))
    assert first == second


@pytest.mark.parametrize(("country", "day"), [("JP", "2026-11-24"), ("US", "2026-11-23"), ("TD", "2026-11-23")])
def test_today_is_the_day_where_the_reader_is(
    preview: Ask, monkeypatch: pytest.MonkeyPatch, country: str, day: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 23, 16, 0, tzinfo=UTC))
    assert preview(country=country, time_zone={"US": "America/New_York"}.get(country))["as_of"] == day


@pytest.mark.parametrize(
    "facts",
    [
        {"ended_at": "2026-11-20T16:00:00", "time_zone": "Asia/Tokyo"},
        {"ended_at": "2026-11-20T07:00:00Z"},
        {"ended_at": "2026-11-20T08:00:00+01:00", "time_zone": "Asia/Tokyo"},
    ],
)
def test_the_end_may_be_given_with_an_offset_or_in_a_zone(preview: Ask, facts: dict[str, str]) -> None:
    window = preview(country="JP", ownership="foreign", **facts)["thank_you"]["window"]
    assert (window["opens_at"], window["time_zone"]) == ("2026-11-20T07:00:00Z", "Asia/Tokyo")


@pytest.mark.parametrize(
    "company", ["EPSO", "zapier.com", "https://zapier.com/jobs", "http://www.zapier.com", "ZAPIER.com/"]
)
def test_a_company_is_known_by_its_name_its_domain_or_an_address_there(preview: Ask, company: str) -> None:
    by_key = preview(country="US", company="epso" if company == "EPSO" else "zapier")
    decision = preview(country="US", company=company)
    assert any("company:" in reason["scope"] for reason in by_key["reasons"])
    assert decision["reasons"] == by_key["reasons"]
