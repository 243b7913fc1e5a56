import subprocess
import sys
import time

import pycountry
import pytest

from app import subdivisions
from app.rules import load
from app.subdivisions import ADDED_SINCE, exists, suggestions


def test_every_subdivision_that_the_rule_data_name_exists() -> None:
    data = load.read()
    named = {code for country in data.countries.values() for own in country.subdivisions.values() for code in own.codes}
    named |= {law.jurisdiction for law in data.statutes.values() if "-" in law.jurisdiction}
    assert named >= {"CA-ON", "CA-QC"}
    assert sorted(code for code in named if not exists(code)) == []


@pytest.mark.parametrize("code", ["JP-27", "US-NY", "GB-ENG", "NO-31", "PH-MGN", "AF-BAL"])
def test_what_iso_lists_exists(code: str) -> None:
    assert exists(code)


@pytest.mark.parametrize("code", ["US-ZZ", "us-ny", "JP-48", "US", "ZZ-01", "Ontario", "", "US-NY "])
def test_what_iso_does_not_list_does_not_exist(code: str) -> None:
    assert not exists(code)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("Ontario", ["CA-ON (Ontario)"]),
        ("ontario", ["CA-ON (Ontario)"]),
        ("us-ny", ["US-NY (New York)"]),
        ("Zurich", ["CH-ZH (Zürich)"]),
        ("cataluña", ["ES-CT (Catalunya [Cataluña])"]),
        ("Buskerud", ["NO-33 (Buskerud)"]),
        ("US-NYC", ["US-NY (New York)", "US-NC (North Carolina)", "US-WY (Wyoming)"]),
        ("Atlantis", []),
        ("ZZ-01", []),
        ("x" * 1000, []),
        ("", []),
    ],
)
def test_what_was_probably_meant_is_found(given: str, meant: list[str]) -> None:
    assert suggestions(given) == meant


def test_what_was_added_here_is_not_in_the_package_yet() -> None:
    listed = {one.code for one in pycountry.subdivisions}
    assert sorted(ADDED_SINCE.keys() & listed) == [], "the package has caught up: take these out"
    assert listed | ADDED_SINCE.keys() == subdivisions.names().keys()


def test_a_guess_takes_hardly_any_time() -> None:
    suggestions("")
    began = time.perf_counter()
    for number in range(20):
        suggestions(f"Nowhere at all {number}")
        suggestions(f"US-{number}")
    assert time.perf_counter() - began < 1


def test_nothing_is_read_before_it_is_needed() -> None:
    code = "import app.main; from app import subdivisions; print(subdivisions.names.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "0\n"
