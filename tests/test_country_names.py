import subprocess
import sys
import time

import pytest
from babel import Locale
from babel.languages import get_official_languages
from babel.localedata import exists

from app import country_names
from app.country_names import code_for, suggestions
from app.rules import entries, load

PLACES = load.parse(load.text_of(load.DATA, "regions.yaml"), entries.Regions, "regions.yaml").countries


def native_names(code: str) -> set[str]:
    """A country's name in each of its official languages that CLDR knows."""
    languages = filter(exists, get_official_languages(code, de_facto=True))
    return {Locale.parse(language).territories.get(code, code) for language in languages}


@pytest.mark.parametrize("code", PLACES)
def test_every_country_is_found_by_its_codes_and_its_english_and_native_names(code: str) -> None:
    names = {code, PLACES[code].name, Locale("en").territories[code], *native_names(code)}
    assert {name: code_for(name) for name in names} == dict.fromkeys(names, code)


def test_every_country_of_the_rules_is_known_and_no_other() -> None:
    assert {code for code in map(code_for, PLACES) if code} == set(PLACES)
    assert [code for code in country_names.NO_COUNTRIES if code_for(code) == code] == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Japan", "JP"),
        ("日本", "JP"),
        ("JPN", "JP"),
        ("jp", "JP"),
        ("Deutschland", "DE"),
        ("Allemagne", "DE"),
        ("Côte d'Ivoire", "CI"),
        ("Côte d\u2019Ivoire", "CI"),
        ("cote d'ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("USA", "US"),
        ("the United States of America", "US"),
        ("Соединенные Штаты", "US"),
        ("UK", "GB"),
        ("England", "GB"),
        ("Holland", "NL"),
        ("The Netherlands", "NL"),
        ("Russia", "RU"),
        ("Russian Federation", "RU"),
        ("South Korea", "KR"),
        ("한국", "KR"),
        ("Czech Republic", "CZ"),
        ("Czechia", "CZ"),
        ("Taiwan", "TW"),
        ("臺灣", "TW"),
        ("Kosovo", "XK"),
        ("Hong Kong", "HK"),
        ("Turkiye", "TR"),
        ("Turkey", "TR"),
        ("Burma", "MM"),
        ("Saint Lucia", "LC"),
        ("Trinidad and Tobago", "TT"),
        ("Trinidad & Tobago", "TT"),
        ("السعودية", "SA"),
        ("ישראל", "IL"),
        ("भारत", "IN"),
        ("  fRaNcE.  ", "FR"),
    ],
)
def test_a_country_is_found_by_the_names_that_people_give_it(name: str, code: str) -> None:
    assert code_for(name) == code


@pytest.mark.parametrize("name", ["", "  ", "?", "Atlantis", "Europe", "EU", "150", "x" * 100_000])
def test_what_is_no_country_has_no_code_and_nothing_is_suggested(name: str) -> None:
    assert code_for(name) is None
    assert suggestions(name) == []


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Germny", "DE (Germany)"),
        ("Untied States", "US (United States)"),
        ("Swizerland", "CH (Switzerland)"),
        ("Sverge", "SE (Sweden)"),
        ("Япония!", "JP (Japan)"),
    ],
)
def test_a_misspelt_name_suggests_what_was_probably_meant(name: str, first: str) -> None:
    assert suggestions(name)[0] == first


@pytest.mark.parametrize(
    ("name", "all_of_them"),
    [
        ("Korea", ["KP (North Korea)", "KR (South Korea)"]),
        ("Congo", ["CD (Congo - Kinshasa)", "CG (Congo - Brazzaville)"]),
        ("Virgin Islands", ["VG (British Virgin Islands)", "VI (U.S. Virgin Islands)"]),
    ],
)
def test_a_name_of_several_countries_has_no_code_but_suggests_them_all(name: str, all_of_them: list[str]) -> None:
    assert code_for(name) is None
    assert sorted(suggestions(name))[:2] == all_of_them


def test_names_are_read_at_first_use_in_under_a_second_and_once_for_all_threads() -> None:
    program = """
import time
from concurrent.futures import ThreadPoolExecutor
from app import country_names
assert country_names._made.cache_info().misses == 0
begun = time.process_time()
with ThreadPoolExecutor(4) as threads:
    assert set(threads.map(country_names.code_for, ["日本", "Japan", "Japon", "Япония"] * 4)) == {"JP"}
print(time.process_time() - begun, country_names._made.cache_info().misses)
"""
    run = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    seconds, times = run.stdout.split()
    assert float(seconds) < 1
    assert times == "1"


def test_a_stranger_cannot_keep_the_server_busy_with_misspelt_names() -> None:
    names = ["S" + "aeiou"[number % 5] * (number % 60) + str(number) for number in range(200)]
    suggestions("warm")
    begun = time.perf_counter()
    for name in names:
        suggestions(name)
    assert (time.perf_counter() - begun) / len(names) < 0.02
