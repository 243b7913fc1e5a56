"""Every country's place in the world, compared with lists that other people keep."""

import json
from datetime import UTC, datetime, timedelta
from importlib import resources

import pytest
from babel import Locale
from holidays import list_supported_countries

from app.rules import entries, load

OUTSIDE_THE_UN_LIST = {"TW", "XK"}
"""TW is in ISO 3166-1 but counted with China by the UN; XK is in neither list."""
MISTAKES_OF_THE_OTHER_LIST = {"NR": "Polynesia"}
"""countryguess moves Nauru out of Micronesia, where the UN list has it."""


@pytest.fixture(scope="module")
def book() -> entries.Regions:
    return load.parse((load.DATA / "regions.yaml").read_text(encoding="utf-8"), entries.Regions, "regions.yaml")


@pytest.fixture(scope="module")
def iso_codes() -> set[str]:
    table = (load.TZDATA / "iso3166.tab").read_text(encoding="utf-8")
    return {line[:2] for line in table.splitlines() if not line.startswith("#")}


@pytest.fixture(scope="module")
def zones() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for line in (load.TZDATA / "zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            found.setdefault(country, set()).add(zone)
    return found


@pytest.fixture(scope="module")
def other_list() -> dict[str, dict[str, str]]:
    """What countryguess knows of each country that still exists, by alpha-2 code."""
    # Read as a file, because the package itself leaves it open and any warning fails the suite.
    known = json.loads((resources.files("countryguess") / "_countrydata.json").read_text(encoding="utf-8"))
    return {country["iso2"]: country for country in known if country["iso2"] and not country["obsolete"]}


def parents(book: entries.Regions, region: str) -> list[str]:
    found = [region]
    while (parent := book.regions[found[-1]].parent) and parent not in found:
        found.append(parent)
    return found


def test_all_249_codes_of_iso_3166_1_have_a_place_and_kosovo_is_the_only_other(
    book: entries.Regions, iso_codes: set[str], other_list: dict[str, dict[str, str]]
) -> None:
    assert len(iso_codes) == 249
    assert {code for code, place in book.countries.items() if place.iso} == iso_codes
    assert set(book.countries) - iso_codes == {"XK"}
    assert set(other_list) == set(book.countries)


def test_every_country_has_its_english_short_name(book: entries.Regions) -> None:
    names = Locale("en").territories
    assert {code: place.name for code, place in book.countries.items()} == {
        code: names[code] for code in book.countries
    }


def test_every_country_stands_in_the_region_of_the_un_list(
    book: entries.Regions, other_list: dict[str, dict[str, str]]
) -> None:
    ours = {code: book.regions[place.region].name for code, place in book.countries.items()}
    theirs = {code: country["unregion"] for code, country in other_list.items()}
    differences = {code: theirs[code] for code in ours if ours[code] != theirs[code]}
    assert differences == MISTAKES_OF_THE_OTHER_LIST
    assert ours["NR"] == "Micronesia"


def test_every_country_has_the_number_of_the_un_list_except_those_outside_it(
    book: entries.Regions, other_list: dict[str, dict[str, str]]
) -> None:
    ours = {code: place.m49 for code, place in book.countries.items()}
    theirs = {code: country["uncode"].zfill(3) for code, country in other_list.items() if country["uncode"]}
    assert {code: number for code, number in ours.items() if number} == theirs
    assert {code for code, number in ours.items() if number is None} == OUTSIDE_THE_UN_LIST


def test_no_two_countries_share_a_number_and_no_country_has_a_regions_number(book: entries.Regions) -> None:
    numbers = [place.m49 for place in book.countries.values() if place.m49]
    assert len(numbers) == len(set(numbers))
    # Antarctica is at once a country and a region of the UN list.
    assert set(numbers) & set(book.regions) == {"010"}


def test_taiwan_and_kosovo_are_placed_by_geography_and_say_so(book: entries.Regions) -> None:
    assert book.countries["TW"].region == "030"
    assert book.countries["XK"].region == "039"
    for code in OUTSIDE_THE_UN_LIST:
        assert "by geography" in (book.countries[code].notes or "")
        assert code in book.notes


def test_every_region_leads_up_to_the_world(book: entries.Regions) -> None:
    for region in book.regions:
        assert parents(book, region)[-1] == "001", region
    assert parents(book, "017") == ["017", "202", "002", "001"]
    assert parents(book, "013") == ["013", "419", "019", "001"]


def test_every_country_stands_in_a_region_that_has_no_regions_below_it(book: entries.Regions) -> None:
    above = {region.parent for region in book.regions.values() if region.parent}
    used = {place.region for place in book.countries.values()}
    assert used == set(book.regions) - above


def test_a_primary_zone_is_named_only_where_there_is_a_choice_and_is_one_of_it(
    book: entries.Regions, zones: dict[str, set[str]]
) -> None:
    for code, place in book.countries.items():
        if place.primary_zone and code != "XK":
            assert len(zones[code]) > 1, code
            assert place.primary_zone in zones[code], code


def test_kosovo_borrows_a_zone_and_two_uninhabited_islands_have_none(
    book: entries.Regions, zones: dict[str, set[str]]
) -> None:
    assert set(book.countries) - set(zones) == {"BV", "HM", "XK"}
    assert book.countries["XK"].primary_zone == "Europe/Belgrade"
    assert book.countries["BV"].primary_zone is None
    assert book.countries["HM"].primary_zone is None


@pytest.mark.parametrize("code", ["AR", "CY", "KZ"])
def test_where_one_zone_stands_for_all_they_keep_the_same_time(code: str, zones: dict[str, set[str]]) -> None:
    for day in range(0, 3 * 365, 7):
        moment = datetime(2025, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
        offsets = {moment.astimezone(zone).utcoffset() for name in zones[code] if (zone := load.zone(name))}
        assert len(offsets) == 1, moment


@pytest.mark.parametrize("code", ["AU", "BR", "CA", "CD", "ID", "MX", "PS", "RU", "US"])
def test_no_zone_is_assumed_where_none_holds_nearly_everybody(code: str, book: entries.Regions) -> None:
    assert book.countries[code].primary_zone is None


def test_subdivisions_named_in_the_data_are_known_to_the_library_of_holidays_where_it_divides_the_country() -> None:
    data, known = load.read(), list_supported_countries(include_aliases=False)
    named = {code for country in data.countries.values() for own in country.subdivisions.values() for code in own.codes}
    named |= {law.jurisdiction for law in data.statutes.values() if "-" in law.jurisdiction}
    divided = {code for code in named if known.get(code[:2])}
    assert divided >= {"CA-ON", "CA-QC"}
    assert sorted(code for code in divided if code[3:] not in known[code[:2]]) == []
