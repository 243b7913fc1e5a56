from datetime import timedelta
from typing import Any

import pytest

from app.http import clock
from tests.contacts.people import PATH, TANAKA, named
from tests.stored import Account

AIKO = named("Aiko")
PHONE, EMAIL = {"number": "+81 6-1234-5678"}, {"address": "aiko@example.com"}


LATER = str(clock.now().date() + timedelta(days=3))


@pytest.mark.parametrize(
    ("body", "pointer", "words"),
    [
        ({}, "#/name", "required"),
        ({"name": {"additional_names": "Q."}}, "#/name", "given_name or family_name"),
        ({"name": "Aiko"}, "#/name", "object"),
        ({"name": {"given_name": "Aiko\u0007"}}, "#/name/given_name", "U+0007"),
        ({"name": {"given_name": "a" * 101}}, "#/name/given_name", "100"),
        ({"name": {"given_name": "\u0958" * 100}}, "#/name/given_name", "in NFC"),
        ({"name": {"given_name": " "}}, "#/name/given_name", "white space"),
        ({"name": {"given_name": "Aiko", "order": "eastern"}}, "#/name/order", "family_first"),
        ({"name": {"given_name": "Aiko", "language": "japanese language"}}, "#/name/language", "no language tag"),
        ({"name": {"given_name": "Aiko", "surname": "Tanaka"}}, "#/name/surname", "not known"),
        ({**AIKO, "other_names": [{"family_name": "田中"}, {}]}, "#/other_names/1", "given_name or family_name"),
        ({**AIKO, "other_names": [{"given_name": "a"}] * 11}, "#/other_names", "10"),
        ({**AIKO, "gender": "female"}, "#/gender", "not known"),
        ({**AIKO, "job_title": 1}, "#/job_title", "string"),
        ({**AIKO, "company_id": "Initech"}, "#/company_id", "UUID"),
        ({**AIKO, "emails": EMAIL}, "#/emails", "array"),
        ({**AIKO, "emails": [{"address": "aiko"}]}, "#/emails/0/address", "no e-mail address"),
        ({**AIKO, "emails": [{"address": "aiko@localhost.test"}]}, "#/emails/0/address", "no e-mail address"),
        ({**AIKO, "emails": [EMAIL, {"address": "AIKO@EXAMPLE.com"}]}, "#/emails/1", "already"),
        ({**AIKO, "emails": [{**EMAIL, "source": "gossip"}]}, "#/emails/0/source", "business_card"),
        ({**AIKO, "emails": [{**EMAIL, "noted_on": "20 November"}]}, "#/emails/0/noted_on", "2026-11-23"),
        ({**AIKO, "emails": [{**EMAIL, "noted_on": LATER}]}, "#/emails/0/noted_on", "lies in the future"),
        (
            {**AIKO, "addresses": [{"country": "JP", "region": "大阪府", "noted_on": LATER}]},
            "#/addresses/0/noted_on",
            "future",
        ),
        ({**AIKO, "noted_on": LATER}, "#/noted_on", "lies in the future"),
        ({**AIKO, "emails": [{**EMAIL, "use": "weekend"}]}, "#/emails/0/use", "home"),
        ({**AIKO, "phones": [{"number": "call me"}]}, "#/phones/0/number", "no telephone number"),
        ({**AIKO, "phones": [{"number": "06-1234-5678"}]}, "#/phones/0/number", "no telephone number"),
        ({**AIKO, "phones": [{"number": "+81 1"}]}, "#/phones/0/number", "no telephone number"),
        ({**AIKO, "phones": [{**PHONE, "country": "Japan"}]}, "#/phones/0/country", "country"),
        ({**AIKO, "phones": [{**PHONE, "country": "ZZ"}]}, "#/phones/0/country", "country"),
        ({**AIKO, "phones": [{**PHONE, "extension": "x1"}]}, "#/phones/0/extension", "no extension"),
        (
            {**AIKO, "phones": [{"number": "+81612345678;ext=1", "extension": "2"}]},
            "#/phones/0/extension",
            "correct one",
        ),
        ({**AIKO, "phones": [PHONE, {"number": "0612345678", "country": "JP"}]}, "#/phones/1", "already"),
        ({**AIKO, "addresses": [{"locality": "Osaka"}]}, "#/addresses/0/country", "required"),
        ({**AIKO, "addresses": [{"country": "JP"}]}, "#/addresses/0", "more than its country"),
        ({**AIKO, "addresses": [{"country": "JP", "street": "a\u0000"}]}, None, "U+0000"),
        ({**AIKO, "profiles": [{"url": "ftp://example.com", "kind": "website"}]}, "#/profiles/0/url", "http"),
        ({**AIKO, "profiles": [{"url": "https://example.com"}]}, "#/profiles/0/kind", "required"),
        ({**AIKO, "profiles": [{"url": "https://example.com", "kind": "web"}]}, "#/profiles/0/kind", "website"),
        (
            {**AIKO, "profiles": [{"url": f"https://example.com{end}", "kind": "website"} for end in ("", "/")]},
            "#/profiles/1",
            "already",
        ),
        ({**AIKO, "languages": ["japanese!"]}, "#/languages/0", "no language tag"),
        ({**AIKO, "time_zone": "Osaka"}, "#/time_zone", "IANA"),
        ({**AIKO, "wishes_note": "yes"}, "#/wishes_note", "true or false"),
        ({**AIKO, "known_personally": 1}, "#/known_personally", "true or false"),
        ({**AIKO, "channels": ["pigeon"]}, "#/channels/0", "email"),
        ({**AIKO, "noted_on": "1999-12-31"}, "#/noted_on", "2000"),
        ({**AIKO, "tags": ["a\nb"]}, "#/tags/0", "single line"),
        ({**AIKO, "tags": ["a" * 51]}, "#/tags/0", "50"),
        ({**AIKO, "notes": "a" * 20_001}, "#/notes", "20000"),
        ({**AIKO, "id": "01932b6e-0000-7000-8000-000000000000"}, "#/id", "not known"),
        ({**AIKO, "display_name": "Boss"}, "#/display_name", "not known"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(
    account: Account, body: dict[str, Any], pointer: str | None, words: str
) -> None:
    problem = account.refused("POST", PATH, 422 if pointer else 400, json=body)
    if pointer is None:
        assert words in problem["detail"]
    else:
        (error,) = problem["errors"]
        assert error["pointer"] == pointer
        assert words in f"{error['detail']} {error.get('hint')}"
    assert account.seen(PATH)["items"] == []


@pytest.mark.parametrize(
    ("phone", "hint"),
    [
        ({"number": "06-1234-5678"}, "+81 3-1234-5678, or give its country"),
        ({"number": "1", "country": "DE"}, "Write it like 030 123456 or +49 30 123456."),
        ({"number": "+81 6-1234-5678", "country": "Japan"}, 'Write "JP".'),
        ({"number": "+81 6-1234-5678", "country": "qqqqqq"}, "/v1/rules/countries"),
    ],
)
def test_the_right_form_of_a_number_is_shown(account: Account, phone: dict[str, str], hint: str) -> None:
    (error,) = account.refused("POST", PATH, 422, json={**AIKO, "phones": [phone]})["errors"]
    assert hint in error["hint"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"name": None}, "#/name"),
        ({"name": {"given_name": None, "family_name": None}}, "#/name"),
        ({"phones": [{"number": "06"}]}, "#/phones/0/number"),
        ({"emails": [{}]}, "#/emails/0/address"),
        ({"tags": "panel"}, "#/tags"),
        ({"version": 2}, "#/version"),
    ],
)
def test_a_patch_is_held_to_the_same(account: Account, body: dict[str, Any], pointer: str) -> None:
    made = account.made(PATH, TANAKA)
    problem = account.refused("PATCH", f"{PATH}/{made['id']}", 422, json=body, headers={"If-Match": "*"})
    assert [error["pointer"] for error in problem["errors"]] == [pointer]
    assert account.seen(f"{PATH}/{made['id']}") == made


def test_text_is_kept_in_nfc_and_trimmed(account: Account) -> None:
    made = account.made(PATH, {"name": {"given_name": " Zoe\u0308 "}, "emails": [{"address": " zoe@example.com "}]})
    assert made["display_name"] == "Zo\u00eb"
    assert made["emails"][0]["address"] == "zoe@example.com"


def test_a_number_is_kept_in_e164_with_the_country_it_belongs_to(account: Account) -> None:
    numbers = [
        {"number": "tel:+81-90-1234-5678"},
        {"number": "030 901820", "country": "DE", "extension": "7"},
        {"number": "+44 20 7946 0958", "country": "JP"},
    ]
    phones = account.made(PATH, {**AIKO, "phones": numbers})["phones"]
    assert [(one["number"], one["extension"], one["country"]) for one in phones] == [
        ("+819012345678", None, "JP"),
        ("+4930901820", "7", "DE"),
        ("+442079460958", None, "GB"),
    ]


def test_tags_and_languages_stand_once(account: Account) -> None:
    made = account.made(PATH, {**AIKO, "tags": ["Panel", "x", "PANEL"], "languages": ["en-gb", "en-GB", "ja"]})
    assert (made["tags"], made["languages"]) == (["Panel", "x"], ["en-GB", "ja"])
