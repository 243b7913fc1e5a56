"""Facts that cannot be used are refused with their place and, where it is known, what to write instead."""

import re

import pytest
from starlette.testclient import TestClient

from tests.follow_up.conftest import Ask, Refused


@pytest.mark.parametrize(
    ("name", "code"),
    [("Japan", "JP"), ("日本", "JP"), ("Deutschland", "DE"), ("jp", "JP"), ("USA", "US"), ("États-Unis", "US")],
)
def test_a_country_by_name_is_refused_with_its_code(refused: Refused, name: str, code: str) -> None:
    (error,) = refused(country=name)
    assert (error["pointer"], error["hint"]) == ("#/country", f'Write "{code}".')


def test_a_misspelt_country_is_refused_with_what_was_probably_meant(refused: Refused) -> None:
    assert refused(country="Frnace")[0]["hint"] == "Did you mean FR (France)?"


def test_a_code_that_no_country_has_is_refused_with_the_way_to_all_codes(refused: Refused) -> None:
    (error,) = refused(country="QQ")
    assert error["pointer"] == "#/country"
    assert error["detail"] == "'QQ' is no ISO 3166-1 alpha-2 code of a country."
    assert "/v1/rules/countries" in error["hint"]


def test_a_code_that_is_often_mistaken_is_refused_with_the_right_one(refused: Refused) -> None:
    assert refused(country="UK")[0]["hint"] == 'Write "GB" (United Kingdom).'


def test_a_place_that_is_no_country_is_refused_without_a_guess(refused: Refused) -> None:
    assert refused(country="Atlantis")[0]["hint"] == "/v1/rules/countries lists them."


def test_the_end_without_offset_or_zone_is_refused(refused: Refused) -> None:
    (error,) = refused(country="DE", ended_at="2026-11-23T15:00:00")
    assert error["pointer"] == "#/ended_at"
    assert "needs an offset (2026-11-23T15:00:00+09:00) or a time_zone" in error["detail"]


@pytest.mark.parametrize(
    ("local", "why"), [("2026-03-29T02:30:00", "does not exist"), ("2026-10-25T02:30:00", "happens twice")]
)
def test_a_local_time_that_the_clocks_skip_or_repeat_is_refused_with_both_readings(
    refused: Refused, local: str, why: str
) -> None:
    (error,) = refused(country="DE", ended_at=local, time_zone="Europe/Berlin")
    assert error["pointer"] == "#/ended_at"
    assert why in error["detail"]
    assert f"{local}+01:00" in error["detail"]
    assert f"{local}+02:00" in error["detail"]


def test_a_subdivision_of_another_country_is_refused(refused: Refused) -> None:
    (error,) = refused(country="CA", subdivision="US-NY")
    assert error["pointer"] == "#/subdivision"
    assert "US-NY is not a subdivision of CA" in error["detail"]


@pytest.mark.parametrize(
    ("fact", "value", "words"),
    [
        ("country", None, "must be a string"),
        ("country", 5, "must be a string"),
        ("subdivision", "Ontario", "ISO 3166-2 code"),
        ("subdivision", "US-ZZ", "ISO 3166-2 code"),
        ("ended_at", 1_700_000_000, "Write a moment as"),
        ("ended_at", "1700000000", "Write a moment as"),
        ("ended_at", "2026-11-23", "Write a moment as"),
        ("ended_at", "2026-13-23T15:00:00Z", "no moment that exists"),
        ("ended_at", "1999-12-31T23:00:00Z", "between 2000-01-01 and 2099-12-31"),
        ("time_zone", "Europe/Bonn", "no IANA time zone"),
        ("time_zone", "../../etc/passwd", "no IANA time zone"),
        ("time_zone", "x" * 65, "at most 64 characters"),
        ("as_of", "yesterday", "Write a day as"),
        ("as_of", "2026-11-23T00:00:00Z", "Write a day as"),
        ("as_of", 20_000, "Write a day as"),
        ("as_of", "2026-02-30", "no day that exists"),
        ("as_of", "2100-01-01", "between 2000-01-01 and 2099-12-31"),
        ("company", " ", "at least 1 character"),
        ("company", "x" * 201, "at most 200 characters"),
        ("sector", "lore", "'academia'"),
        ("ownership", "state", "'domestic' or 'foreign'"),
        ("size", "medium", "'small' or 'large'"),
        ("track", "intern", "'new_graduate'"),
        ("via_agency", "yes", "must be true or false"),
        ("via_agency", 1, "must be true or false"),
        ("introduced_by_person", "true", "must be true or false"),
        ("sent_by_employment_service", 0, "must be true or false"),
        ("format", "zoom", "'video'"),
        ("stage", "second", "'screening'"),
        ("language", "German", "no language tag"),
        ("said", [], "must be a JSON object"),
        ("recipient", "Erika", "must be a JSON object"),
        ("note_sent_at", "2026-11-23T10:00:00", "needs an offset from UTC"),
        ("note_sent_at", "1999-12-31T10:00:00Z", "between 2000-01-01 and 2099-12-31"),
        ("enquiries", -1, "must be 0 or more"),
        ("enquiries", 51, "must be 50 or less"),
        ("enquiries", "1", "must be a whole number"),
        ("enquiries", True, "must be a whole number"),
        ("enquiries", 1.5, "must be a whole number"),
        ("last_enquiry_on", "2026-11", "Write a day as"),
        ("process", "over", "'open', 'decided', 'offered' or 'closed'"),
        ("headcount", -1, "must be 0 or more"),
        ("headcount", 10_000_001, "must be 10000000 or less"),
        ("publicly_advertised", "no", "must be true or false"),
        ("choice", True, "must be a JSON object"),
    ],
)
def test_a_fact_that_cannot_be_used_is_refused_at_its_place(
    refused: Refused, fact: str, value: object, words: str
) -> None:
    (error,) = refused(**{"country": "DE", fact: value})
    assert error["pointer"] == f"#/{fact}"
    assert words in error["detail"]


@pytest.mark.parametrize(
    ("group", "fact", "value"),
    [
        ("said", "who_contacts", "nobody"),
        ("said", "answer_by", "soon"),
        ("said", "no_contact", "no"),
        ("said", "note_welcome", 1),
        ("said", "canvassing_disqualifies", "yes"),
        ("recipient", "role", "friend"),
        ("recipient", "wishes_note", "yes"),
        ("recipient", "known_personally", 0),
        ("recipient", "channels", ["email"] * 8),
        ("choice", "thank_you", "maybe"),
        ("choice", "override_prohibition", "true"),
    ],
)
def test_a_fact_of_a_group_is_refused_at_its_place(refused: Refused, group: str, fact: str, value: object) -> None:
    (error,) = refused(country="DE", **{group: {fact: value}})
    assert error["pointer"] == f"#/{group}/{fact}"


def test_the_channel_that_is_not_known_is_pointed_at(refused: Refused) -> None:
    (error,) = refused(country="DE", recipient={"channels": ["email", "fax"]})
    assert error["pointer"] == "#/recipient/channels/1"
    assert "'handwritten_card'" in error["detail"]


@pytest.mark.parametrize(
    ("facts", "pointer", "hint"),
    [
        ({"sectr": "law"}, "#/sectr", "Did you mean 'sector'?"),
        ({"said": {"answer_on": "2026-11-23"}}, "#/said/answer_on", "Did you mean 'answer_by'?"),
        (
            {"choice": {"zzz": 1}},
            "#/choice/zzz",
            "Known here: override_prohibition, thank_you.",
        ),
    ],
)
def test_a_fact_that_does_not_exist_is_refused_with_those_that_do(
    refused: Refused, facts: dict[str, object], pointer: str, hint: str
) -> None:
    (error,) = refused(country="DE", **facts)
    assert (error["pointer"], error["hint"]) == (pointer, hint)


def test_the_country_is_needed(refused: Refused) -> None:
    assert refused() == [{"detail": "This is required.", "pointer": "#/country"}]


def test_all_that_is_wrong_is_said_at_once(refused: Refused) -> None:
    errors = refused(country="Japan", sector="lore", enquiries=-1)
    assert {error["pointer"] for error in errors} == {"#/country", "#/sector", "#/enquiries"}


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ("Ontario", "Did you mean CA-ON (Ontario)?"),
        ("ca-on", "Did you mean CA-ON (Ontario)?"),
        ("CA-ZZ", "https://www.iso.org/obp/ui lists the codes of each country; leave it out if it is not known."),
    ],
)
def test_a_subdivision_that_is_none_is_refused_with_the_nearest_or_where_to_look(
    refused: Refused, given: str, hint: str
) -> None:
    (error,) = refused(country="CA", subdivision=given)
    assert (error["pointer"], error["hint"]) == ("#/subdivision", hint)


@pytest.mark.parametrize(
    "value", [None, True, 1, -1, 1.5, 10**30, "", "x", "x" * 300, [], [1], {}, {"x": 1}, "2026-13-45"]
)
def test_no_word_of_the_validation_library_reaches_the_client(client: TestClient, value: object) -> None:
    facts = client.get("/openapi.json").json()["components"]["schemas"]["Facts"]["properties"]
    for fact in facts:
        answer = client.post("/v1/decisions/preview", json={"country": "DE", fact: value})
        for error in answer.json().get("errors", ()):
            assert not re.match("Input|String|List|Value|Datetime|Date ", error["detail"]), (fact, error)
            assert error["detail"].endswith(".")


def test_a_sector_by_a_part_of_its_key_is_refused_with_the_whole(refused: Refused) -> None:
    (error,) = refused(country="DE", sector="banking")
    assert (error["pointer"], error["hint"]) == ("#/sector", "Did you mean 'investment_banking'?")


@pytest.mark.parametrize(
    ("given", "usual"), [("EN-us", "en-US"), ("pt-br", "pt-BR"), ("ZH-hant-tw", "zh-Hant-TW"), ("de-1996", "de-1996")]
)
def test_the_case_of_a_language_tag_does_not_matter(preview: Ask, given: str, usual: str) -> None:
    answers = [preview(country="US", language=tag) for tag in (given, usual)]
    assert answers[0] == answers[1]
