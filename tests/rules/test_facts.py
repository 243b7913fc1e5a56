"""What facts are accepted, and what is said of those that are not."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.rules.facts import Facts


def errors(**facts: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - as a client sends them
    with pytest.raises(ValidationError) as raised:
        Facts.model_validate({"country": "US", **facts})
    return [(".".join(map(str, error["loc"])), error["msg"]) for error in raised.value.errors()]


def test_a_country_is_all_that_is_needed() -> None:
    facts = Facts.model_validate({"country": "JP"})
    assert facts.known() == {"country": "JP"}


@pytest.mark.parametrize(
    ("facts", "where", "message"),
    [
        ({"country": "Japan"}, "country", "String should match pattern"),
        ({"country": "us"}, "country", "String should match pattern"),
        ({"subdivision": "CA-ON"}, "", "CA-ON is not a subdivision of US; the first two letters must be the country's"),
        ({"subdivision": "Ontario"}, "subdivision", "String should match pattern"),
        ({"enquiries": 0, "last_enquiry_on": "2026-11-20"}, "", "last_enquiry_on says that the candidate has asked"),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "'Mars/Olympus' is no IANA time zone"),
        ({"ended_at": "soon"}, "ended_at", "Write a moment as 2026-11-23T15:00:00+09:00"),
        (
            {"ended_at": "2026-11-23T15:00:00"},
            "",
            "ended_at needs an offset (2026-11-23T15:00:00+09:00) or a time_zone beside it",
        ),
        (
            {"ended_at": "1999-12-31T15:00:00Z"},
            "ended_at",
            "Give a moment between 2000-01-01 and 2099-12-31",
        ),
        ({"ended_at": "2100-01-01T00:00:00Z"}, "ended_at", "Give a moment between 2000-01-01 and 2099-12-31"),
        ({"note_sent_at": "1999-12-31T15:00:00Z"}, "note_sent_at", "Give a moment between 2000-01-01 and 2099-12-31"),
        ({"note_sent_at": "2026-11-23T15:00:00"}, "note_sent_at", "Input should have timezone info"),
        ({"as_of": "1999-12-31"}, "as_of", "Give a day between 2000-01-01 and 2099-12-31"),
        ({"as_of": "2100-01-01"}, "as_of", "Give a day between 2000-01-01 and 2099-12-31"),
        ({"company": "   "}, "company", "String should have at least 1 character"),
        ({"sector": "circus"}, "sector", "Input should be 'academia'"),
        ({"language": "English"}, "language", "This is no language tag"),
        ({"ended_at": 1700000000}, "ended_at", "Write a moment as 2026-11-23T15:00:00+09:00"),
        ({"as_of": 20000}, "as_of", "Write a day as 2026-11-23"),
        ({"enquiries": "2"}, "enquiries", "This must be a whole number"),
        ({"enquiries": True}, "enquiries", "This must be a whole number"),
        ({"via_agency": "yes"}, "via_agency", "Input should be a valid boolean"),
        ({"enquiries": -1}, "enquiries", "Input should be greater than or equal to 0"),
        ({"headcount": 10_000_001}, "headcount", "Input should be less than or equal to 10000000"),
        ({"said": {"answer_by": "later"}}, "said.answer_by", "Write a day as 2026-11-23"),
        ({"said": {"note": True}}, "said.note", "Extra inputs are not permitted"),
        ({"reported": {"who_contacts": "nobody"}}, "reported.who_contacts", "Input should be 'employer', 'candidate'"),
        ({"reported": {"within_business_days": "5"}}, "reported.within_business_days", "This must be a whole number"),
        ({"reported": {"within_business_days": True}}, "reported.within_business_days", "This must be a whole number"),
        (
            {"reported": {"within_business_days": -1}},
            "reported.within_business_days",
            "Input should be greater than or equal to 0",
        ),
        (
            {"reported": {"within_business_days": 251}},
            "reported.within_business_days",
            "Input should be less than or equal to 250",
        ),
        ({"reported": {"note_welcome": "yes"}}, "reported.note_welcome", "Input should be a valid boolean"),
        ({"reported": {"channel": "fax"}}, "reported.channel", "Input should be 'email'"),
        ({"reported": {"reported_on": "lately"}}, "reported.reported_on", "Write a day as 2026-11-23"),
        ({"reported": {"no_contact": True}}, "reported.no_contact", "Extra inputs are not permitted"),
        ({"recipient": {"channels": ["pigeon"]}}, "recipient.channels.0", "Input should be 'email'"),
        ({"recipient": {"channels": ["email"] * 8}}, "recipient.channels", "List should have at most 7 items"),
        ({"recipient": {"channels": ["email", "email"]}}, "recipient.channels", "Name each channel once"),
        ({"choice": {"thank_you": "maybe"}}, "choice.thank_you", "Input should be 'send' or 'do_not_send'"),
        ({"nationality": "JP"}, "nationality", "Extra inputs are not permitted"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(facts: dict[str, Any], where: str, message: str) -> None:
    [(place, said)] = errors(**facts)
    assert place == where
    assert said.startswith(message)


def test_a_country_is_missed() -> None:
    with pytest.raises(ValidationError, match="Field required"):
        Facts.model_validate({})


@pytest.mark.parametrize(
    ("local", "zone", "what", "first", "second"),
    [
        ("2026-03-08T02:30:00", "America/New_York", "does not exist", "-05:00", "-04:00"),
        ("2026-11-01T01:30:00", "America/New_York", "happens twice", "-04:00", "-05:00"),
        ("2026-03-29T02:30:00", "Europe/Berlin", "does not exist", "+01:00", "+02:00"),
        ("2026-10-25T02:30:00", "Europe/Berlin", "happens twice", "+02:00", "+01:00"),
        ("2026-10-04T02:15:00", "Australia/Lord_Howe", "does not exist", "+10:30", "+11:00"),
        ("2026-04-05T01:45:00", "Australia/Lord_Howe", "happens twice", "+11:00", "+10:30"),
    ],
)
def test_a_local_time_while_the_clocks_change_is_refused_with_both_ways_to_write_it(
    local: str, zone: str, what: str, first: str, second: str
) -> None:
    [(_, said)] = errors(ended_at=local, time_zone=zone)
    assert said == (f"ended_at {what} in {zone}, where the clocks change; write {local}{first} or {local}{second}")
    for offset in (first, second):
        assert Facts.model_validate({"country": "US", "ended_at": local + offset, "time_zone": zone}).ended_at


def test_a_local_time_that_exists_once_is_accepted_with_its_zone() -> None:
    facts = Facts.model_validate({"country": "JP", "ended_at": "2026-11-23T15:00:00", "time_zone": "Asia/Tokyo"})
    assert facts.known() == {"country": "JP", "ended_at": "2026-11-23T15:00:00", "time_zone": "Asia/Tokyo"}


def test_groups_of_which_nothing_is_known_are_not_among_the_known_facts() -> None:
    facts = Facts.model_validate(
        {"country": "JP", "said": {}, "recipient": {"role": None}, "choice": {"thank_you": "send"}, "size": None}
    )
    assert facts.known() == {"country": "JP", "choice": {"thank_you": "send"}}


def test_facts_do_not_change_after_they_were_said() -> None:
    facts = Facts.model_validate({"country": "JP"})
    with pytest.raises(ValidationError, match="Instance is frozen"):
        facts.country = "US"  # type: ignore[misc]


@pytest.mark.parametrize("given", ["2026-13-40T15:00:00", "2026-11-23T24:00:00"])
def test_numbers_that_are_no_moment_are_told_what_counts(given: str) -> None:
    with pytest.raises(ValidationError, match="This is no moment that exists"):
        Facts.model_validate({"country": "JP", "ended_at": given, "time_zone": "Asia/Tokyo"})


def test_the_form_of_a_text_stands_in_the_schema() -> None:
    language = Facts.model_json_schema()["properties"]["language"]["anyOf"][0]
    assert (language["type"], language["maxLength"]) == ("string", 35)
    assert language["pattern"].startswith("^[A-Za-z]{2,3}")
