"""Files of the book as people look them up."""

from pathlib import Path

from app.rules.book import RuleBook
from app.rules.overview import country_overview, practice_overview
from tests.rules.small_book import SmallBook, entry, note_expected, source, variation
from tests.rules.whole_book import TODAY


def test_a_country_is_told_with_its_values_variations_subdivisions_and_sources(tmp_path: Path) -> None:
    small = SmallBook().country(
        "DE",
        **note_expected("uncommon"),
        variations=[variation("large", {"size": "large"})],
        subdivisions={"south": {"codes": ["DE-BY"], "because": "It is so in the south."}},
        notes="Little is known.",
    )
    overview = country_overview(small.statute("tell", "DE").statute("south", "DE-BY").book(tmp_path), "DE", TODAY)
    assert (overview.code, overview.name, overview.regions) == ("DE", "Germany", ("155", "150", "001"))
    assert (overview.time_zone, overview.notes) == ("Europe/Berlin", "Little is known.")
    assert overview.coverage.level == "basic"
    values = {reason.field: (reason.value, reason.scope) for reason in overview.reasons}
    assert values["thank_you.expectation"] == ("uncommon", "country:DE")
    assert values["next_move.who"] == ("employer", "world")
    [large] = overview.variations
    assert (large.scope, large.when, large.because) == ("variation:DE/large", {"size": "large"}, "Because of large")
    [south] = overview.subdivisions
    assert (south.scope, south.because) == ("subdivision:DE-BY", "It is so in the south.")
    assert overview.statutes == ("south", "tell")
    assert list(overview.sources) == ["DE:advice"]


def test_a_country_without_a_file_is_told_with_the_worlds_values(tmp_path: Path) -> None:
    overview = country_overview(SmallBook().book(tmp_path), "US", TODAY)
    assert {reason.scope for reason in overview.reasons} == {"world"}
    assert (overview.variations, overview.subdivisions, overview.notes, overview.time_zone) == ((), (), None, None)


def test_the_two_halves_of_an_agencys_variation_are_told_as_one(tmp_path: Path) -> None:
    agency = variation(
        "agency",
        {"via_agency": True},
        thank_you_note=[entry("advice", channels=["via_recruiter"], formality="casual")],
        sources=["advice"],
    )
    supports = ("thank_you_note.channels", "thank_you_note.formality", "variations.agency")
    small = SmallBook().country("DE", variations=[agency], sources={"advice": source(*supports)})
    [told] = country_overview(small.book(tmp_path), "DE", TODAY).variations
    assert {reason.field for reason in told.reasons} == {"thank_you.channels", "thank_you.formality"}
    assert told.because == "Because of agency"


def test_every_country_of_the_delivered_book_can_be_looked_up(book: RuleBook) -> None:
    for code, country in book.data.countries.items():
        overview = country_overview(book, code, TODAY)
        assert {practice.scope for practice in overview.variations} == {
            f"variation:{code}/{one.id}" for one in country.variations
        }


def test_a_company_is_told_with_its_own_sources_only(book: RuleBook) -> None:
    edition = book.at(TODAY)
    layers = edition.compiler.companies["epso"]
    overview = practice_overview(edition, layers, "epso", book.data.companies["epso"].notes)
    assert overview.key == "epso"
    assert [practice.scope for practice in overview.practices] == [layer.scope for layer in layers]
    assert overview.practices[0].stops
    assert overview.sources
    assert all(key.startswith("epso:") for key in overview.sources)
