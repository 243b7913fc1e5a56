"""The rule book: its editions, its companies by any of their names, its zones."""

from datetime import date
from pathlib import Path

import pytest

from app.rules.book import RuleBook, UnknownCountry
from app.rules.calendar import MondayToFriday
from app.rules.decide import decide, local_day
from app.rules.decision import Reason
from app.rules.facts import Facts
from app.rules.findings import practice_files
from app.rules.load import BookData
from tests.rules.small_book import SmallBook, entry, note_expected, source
from tests.rules.whole_book import TODAY

NOTE = "thank_you_note.expectation"


def expectation(book: RuleBook, day: date | None) -> Reason:
    decision = decide(book, Facts(country="DE"), day)
    return next(reason for reason in decision.reasons if reason.field == "thank_you.expectation")


# ---- editions


def changing(**newer: object) -> SmallBook:
    entries = [
        entry("advice", since="2027-06-01", expectation="expected", reviewed_on="2027-06-15", **newer),
        entry("advice", since="2020-01-01", expectation="uncommon"),
    ]
    return SmallBook().country("DE", thank_you_note=entries, sources={"advice": source(NOTE)})


def test_evidence_speaks_from_its_day_on_and_not_before(tmp_path: Path) -> None:
    book = changing().book(tmp_path)
    assert expectation(book, date(2019, 12, 31)).value == "optional"
    assert expectation(book, date(2020, 1, 1)).value == "uncommon"
    assert expectation(book, date(2027, 5, 31)).value == "uncommon"
    assert expectation(book, date(2027, 6, 1)).value == "expected"


def test_without_a_day_the_book_speaks_as_on_the_day_of_its_last_review(tmp_path: Path) -> None:
    assert expectation(changing().book(tmp_path), None).value == "expected"
    assert decide(changing().book(tmp_path), Facts(country="DE"), None).as_of is None


def test_an_entry_is_complete_in_itself_what_it_leaves_out_is_inherited_not_taken_from_an_older_one(
    tmp_path: Path,
) -> None:
    entries = [
        entry("advice", since="2024-01-01", expectation="expected"),
        entry("advice", since="2020-01-01", expectation="uncommon", formality="casual"),
    ]
    sources = {"advice": source(NOTE, "thank_you_note.formality")}
    book = SmallBook().country("DE", thank_you_note=entries, sources=sources).book(tmp_path)
    assert decide(book, Facts(country="DE"), TODAY).thank_you.formality == "formal"
    assert decide(book, Facts(country="DE"), date(2021, 1, 1)).thank_you.formality == "casual"


def test_days_between_two_changes_share_an_edition(tmp_path: Path) -> None:
    book = changing().book(tmp_path)
    assert book.at(date(2026, 2, 1)) is book.at(date(2026, 11, 23))
    assert book.at(date(2027, 6, 1)) is not book.at(date(2026, 11, 23))
    assert book.at(date(2000, 1, 1)).since == date.min


@pytest.mark.parametrize(
    ("reviewed", "last_day", "stale_on"),
    [
        ("2026-01-15", "2028-01-15", "2028-01-16"),
        ("2026-01-31", "2028-01-31", "2028-02-01"),
        ("2024-02-29", "2026-02-28", "2026-03-01"),
    ],
)
def test_evidence_that_nobody_reviewed_for_24_months_is_one_step_less_sure(
    tmp_path: Path, reviewed: str, last_day: str, stale_on: str
) -> None:
    note = [entry("advice", "other", expectation="uncommon", confidence="high", reviewed_on=reviewed)]
    sources = {"advice": source(NOTE), "other": source(NOTE, publisher="Example Times")}
    book = SmallBook().country("DE", thank_you_note=note, sources=sources).book(tmp_path)
    fresh, stale = expectation(book, date.fromisoformat(last_day)), expectation(book, date.fromisoformat(stale_on))
    assert (fresh.confidence, stale.confidence) == ("high", "medium")
    assert fresh.notes == ()
    assert stale.notes == (f"Last reviewed on {reviewed}: one step less sure.",)


def test_no_evidence_is_less_sure_than_none_and_less_sure_fields_drop_from_their_own(tmp_path: Path) -> None:
    note = note_expected("uncommon", confidence="medium", less_sure={"expectation": "low"})
    note["sources"] = {"advice": source(NOTE)}
    book = SmallBook().country("DE", **note).book(tmp_path)
    assert expectation(book, TODAY).confidence == "low"
    assert expectation(book, date(2030, 1, 1)).confidence == "none"
    assert expectation(SmallBook().book(tmp_path / "world"), date(2030, 1, 1)).confidence == "none"


# ---- versions


def test_the_version_names_data_engine_calendar_and_zones(tmp_path: Path) -> None:
    data = SmallBook().read(tmp_path)
    version = RuleBook(data).version
    assert version.startswith("sha256:")
    assert RuleBook(data, MondayToFriday()).version == version

    class Other(MondayToFriday):
        version = "other"

    assert RuleBook(data, Other()).version != version
    assert SmallBook().country("DE").book(tmp_path / "more").version != version


# ---- companies


@pytest.fixture
def companies(tmp_path: Path) -> RuleBook:
    small = SmallBook().company(
        "example", name="Example Works", aliases=["Example-Werke"], domains=["example.com", "example.de"]
    )
    small.company("example-france", name="Example", domains=["example.com"], applies_in=["FR"])
    return small.book(tmp_path)


@pytest.mark.parametrize(
    "name",
    ["example", "Example Works", "EXAMPLE WORKS", " example works ", "example-werke", "example.de", "www.example.de"],
)
def test_a_company_is_known_by_key_name_alias_and_domain(companies: RuleBook, name: str) -> None:
    assert companies.company(name, "DE") == "example"


def test_a_name_of_several_companies_is_that_of_the_one_nearest_to_the_country(companies: RuleBook) -> None:
    assert companies.company("example.com", "FR") == "example-france"
    assert companies.company("Example", "FR") == "example-france"
    assert companies.company("example.com", "US") == "example"
    assert companies.company("example-france", "US") == "example-france"


def test_an_unknown_company_is_none_and_the_decision_says_so(companies: RuleBook) -> None:
    assert companies.company("Nobody", "DE") is None
    [remark] = decide(companies, Facts(country="DE", company="Nobody"), TODAY).remarks
    assert (remark.scope, remark.text) == ("company", "No published practice is known of 'Nobody'.")


def test_a_companys_practice_holds_only_where_it_applies(tmp_path: Path) -> None:
    book = SmallBook().company("example", applies_in=["FR"], **note_expected("expected")).book(tmp_path)
    french, german = (decide(book, Facts(country=code, company="example"), TODAY) for code in ("FR", "DE"))
    assert (french.thank_you.expectation, german.thank_you.expectation) == ("expected", "optional")


# ---- places


@pytest.mark.parametrize("code", ["ZZ", "UK", "EU"])
def test_a_code_of_no_country_is_told(book: RuleBook, code: str) -> None:
    with pytest.raises(UnknownCountry, match=f"^{code} is no ISO 3166-1 alpha-2 code of a country$") as raised:
        decide(book, Facts(country=code), TODAY)
    assert raised.value.code == code


def test_a_country_lies_in_its_regions_narrowest_first(book: RuleBook) -> None:
    assert book.regions_of("JP") == ("030", "142", "001")


@pytest.mark.parametrize(
    ("country", "subdivision", "zone"),
    [
        ("JP", None, "Asia/Tokyo"),
        ("DE", None, "Europe/Berlin"),
        ("DE", "DE-BY", "Europe/Berlin"),
        ("US", None, None),
        ("US", "US-XX", None),
        ("BV", None, None),
    ],
)
def test_a_zone_is_assumed_where_a_place_has_one(
    book: RuleBook, country: str, subdivision: str | None, zone: str | None
) -> None:
    assert book.zone(country, subdivision) == zone


def test_a_subdivision_may_have_a_zone_of_its_own(tmp_path: Path) -> None:
    places = {"east": {"codes": ["US-NY", "US-NJ"], "because": "It is so.", "time_zone": "America/New_York"}}
    book = SmallBook().country("US", subdivisions=places).book(tmp_path)
    assert [book.zone("US", code) for code in ("US-NY", "US-NJ", "US-CA", None)] == [
        *("America/New_York", "America/New_York", None, None)
    ]


def test_the_day_where_the_reader_is_may_be_another_than_in_london(book: RuleBook) -> None:
    evening = Facts.model_validate({"country": "JP", "ended_at": "2026-11-23T20:00:00Z"})
    assert evening.ended_at is not None
    assert local_day(book, evening, evening.ended_at) == date(2026, 11, 24)
    nowhere = Facts(country="US")
    assert local_day(book, nowhere, evening.ended_at) == date(2026, 11, 23)


def test_every_source_has_an_id_of_its_own(data: BookData) -> None:
    prefixes = [name.rpartition("/")[2].removesuffix(".yaml") for name, _ in practice_files(data)] + [*data.statutes]
    assert sorted(prefixes) == sorted(set(prefixes))


def test_a_company_known_elsewhere_only_is_named_as_such(companies: RuleBook) -> None:
    [remark] = decide(companies, Facts(country="US", company="example-france"), TODAY).remarks
    assert remark.scope == "company"
    assert remark.text.endswith("is that in FR, not here.")
