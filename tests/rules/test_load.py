"""The strict loader: what it refuses, and what it says then."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from app.rules import entries, load
from app.rules.load import DataError
from tests.rules.small_book import SmallBook

SOURCE_WITH_A_LINK = """
sources:
  publisher:
    {link: x, url: https://example.com, publisher: Ex, kind: blog, weight: low, stance: for, supports: [a], says: So.}
"""
COUNTRY = 'code: "DE"\nregion: "155"\n'


def refused(text: str) -> DataError:
    with pytest.raises(DataError) as raised:
        load.parse(COUNTRY + text, entries.Country, "countries/DE.yaml")
    return raised.value


def read(text: str) -> object:
    return yaml.load(text, Loader=load.StrictLoader)  # noqa: S506 - a safe loader


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[(word, word) for word in ("NO", "no", "yes", "on", "off", "y", "True", "FALSE")],
        *[(word, word) for word in ("030", "12:30", "1_000", "0x1F", "1e3", "1.5", "-3", "+3", ".inf", "=", "<<")],
        *[(word, word) for word in ("2024-01-01", "2024-01-01T10:00:00Z")],
        ('"null"', "null"),
        ("'~'", "~"),
        ('""', ""),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("750", 750),
    ],
)
def test_only_true_and_false_and_decimal_numbers_are_more_than_text(text: str, value: object) -> None:
    assert read(f"key: {text}") == {"key": value}
    assert type(read(f"[{text}]")[0]) is type(value)  # type: ignore[index]


def test_what_plain_yaml_would_corrupt_is_why() -> None:
    assert yaml.safe_load("[NO, 030, 12:30]") == [False, 24, 750]


@pytest.mark.parametrize("text", ["null", "Null", "NULL", "~", ""])
def test_null_is_refused_with_the_place_where_it_stands(text: str) -> None:
    error = refused(f"notes: {text}\n")
    assert str(error) == (
        "countries/DE.yaml: line 3, column 8: null is not allowed; leave the key out (the value is then inherited). "
        "Mend the YAML at this place"
    ) or (text == "" and error.path == "line 3, column 7")


@pytest.mark.parametrize("text", ["notes: One.\nnotes: Two.\n", "gifts: [{confidence: low, confidence: high}]\n"])
def test_a_key_that_stands_twice_is_refused(text: str) -> None:
    error = refused(text)
    assert re.fullmatch(r"the key '(notes|confidence)' stands twice; keep one", error.problem)
    assert error.path.startswith("line ")


def test_a_list_as_a_key_is_refused() -> None:
    assert "line 3" in refused("? [a, b]\n: c\n").path


@pytest.mark.parametrize(
    "text", ["notes: [open\n", "notes: 'open\n", "\tnotes: tab\n", "notes: !!python/name:os.system x\n"]
)
def test_what_is_not_yaml_or_more_than_data_is_refused(text: str) -> None:
    assert refused(text).remedy == "Mend the YAML at this place"


def test_a_character_that_yaml_does_not_know_is_refused() -> None:
    assert "control characters are not allowed" in refused("notes: a\x07b\n").problem


def test_a_list_instead_of_a_file_is_refused() -> None:
    with pytest.raises(DataError, match=r"^world.yaml: \(file\): is no mapping"):
        load.parse("[1, 2]", entries.World, "world.yaml")


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("thanks: []\n", "thanks", "thank_you_note, next_move, references, gifts, variations, sources, notes, code"),
        (
            "thank_you_note: [{reviewed_on: 2026-01-01, confidence: low, sources: [], expected: x}]\n",
            "thank_you_note.0.expected",
            "since, reviewed_on, confidence, less_sure, sources, notes, expectation, channels",
        ),
        (
            "variations: [{id: a, because: So., when: {weather: fair}}]\n",
            "variations.0.when.weather",
            "said.who_contacts, said.answer_by, said.no_contact",
        ),
        (
            SOURCE_WITH_A_LINK,
            "sources.publisher.link",
            "url, publisher, kind, locale, year, origin, weight, stance, supports, says",
        ),
        ("subdivisions: {south: {codes: [DE-BY], because: So., zone: x}}\n", "subdivisions.south.zone", "time_zone"),
    ],
)
def test_an_unknown_key_is_refused_with_the_names_that_may_stand_there(text: str, path: str, allowed: str) -> None:
    error = refused(text)
    assert (error.file, error.path, error.problem) == ("countries/DE.yaml", path, "is not known here")
    assert allowed in error.remedy
    assert error.remedy.endswith(". Correct the key or remove it")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("gifts: [{reviewed_on: 2026-01-01, confidence: certain, sources: []}]\n", "gifts.0.confidence"),
        ("gifts: [{reviewed_on: 23, confidence: low, sources: []}]\n", "gifts.0.reviewed_on"),
        ("thank_you_note: [{reviewed_on: 2026-01-01, confidence: low, sources: [], send_within_hours: 12:30}]\n", "t"),
        ("variations: [{id: Two Words, when: {}, because: So.}]\n", "variations.0.id"),
        ("notes: 7\n", "notes"),
    ],
)
def test_a_value_outside_the_vocabulary_is_refused_with_its_path(text: str, path: str) -> None:
    assert refused(text).path.startswith(path)


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("# head\nnotes: 'x # y'  # end\n# tail\n", ["# head", "# end", "# tail"]),
        ("notes: x#y\nwhen: [1, # é inside 😀\n 2]\nover: 3 # last", ["# é inside 😀", "# last"]),
        ("notes: |\n  # text\n  text\nover: a\n  b\n", []),
        ("", []),
    ],
)
def test_comments_are_told_from_text_that_looks_like_them(text: str, comments: list[str]) -> None:
    assert load.comments(text) == comments


def test_codes_that_look_like_something_else_are_read_as_they_are() -> None:
    norway = load.parse("code: NO\nregion: 154\n".replace("154", '"154"'), entries.Country, "countries/NO.yaml")
    assert (norway.code, norway.region) == ("NO", "154")


# ---- folders


def test_a_folder_is_read_with_every_file_under_its_name_and_one_digest(tmp_path: Path) -> None:
    small = SmallBook().country("DE").company("example")
    data = small.read(tmp_path)
    assert set(data.texts) == set(small.files)
    assert data.countries["DE"].code == "DE"
    assert data.companies["example"].name == "Example"
    assert data.digest == load.read(tmp_path).digest
    assert data.digest != SmallBook().country("DE", notes="Changed.").company("example").read(tmp_path).digest


def test_the_name_of_a_file_is_part_of_the_digest(tmp_path: Path) -> None:
    one = SmallBook().company("one", name="Example").read(tmp_path / "one")
    two = SmallBook().company("two", name="Example").read(tmp_path / "two")
    assert one.digest != two.digest


def test_a_file_whose_code_is_not_its_name_is_refused(tmp_path: Path) -> None:
    SmallBook().country("DE").write(tmp_path)
    (tmp_path / "countries/DE.yaml").rename(tmp_path / "countries/FR.yaml")
    with pytest.raises(DataError, match=r"^countries/FR.yaml: code: is not the file's name 'FR'. Make the two equal$"):
        load.read(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (SmallBook().write(tmp_path) / "world.yaml").unlink()
    with pytest.raises(DataError, match=r"^world.yaml: \(file\): is missing. Add it$"):
        load.read(tmp_path)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (SmallBook().country("DE").write(tmp_path) / "countries/DE.yaml").write_bytes(b"notes: Gr\xfc\xdfe\n")
    with pytest.raises(DataError, match=r"^countries/DE.yaml: byte 9: is not UTF-8. Save the file as UTF-8$"):
        load.read(tmp_path)


def test_every_fault_of_every_file_is_found_not_only_the_first(tmp_path: Path) -> None:
    folder = SmallBook().country("DE").country("FR").write(tmp_path)
    (folder / "countries/DE.yaml").write_text('code: "DE"\nregion: west\nthanks: 1\n', encoding="utf-8")
    (folder / "countries/FR.yaml").write_text('code: "US"\nregion: "155"\n', encoding="utf-8")
    (folder / "countries/notes.txt").write_text("x", encoding="utf-8")
    (folder / "pets").mkdir()
    (folder / "pets/cat.yaml").write_text("a: 1\n", encoding="utf-8")
    (folder / "README.md").write_text("x", encoding="utf-8")
    (folder / ".hidden").write_text("x", encoding="utf-8")
    (folder / "world.yaml").unlink()
    assert [(fault.file, fault.path) for fault in load.faults(folder)] == [
        ("countries/DE.yaml", "region"),
        ("countries/DE.yaml", "thanks"),
        ("countries/FR.yaml", "code"),
        ("countries/notes.txt", ""),
        ("pets/cat.yaml", ""),
        ("world.yaml", ""),
    ]
    assert load.faults(SmallBook().write(tmp_path / "sound")) == []


# ---- time zones


def test_a_zone_is_read_once_from_the_pinned_database() -> None:
    berlin = load.zone("Europe/Berlin")
    assert str(berlin) == "Europe/Berlin"
    assert load.zone("Europe/Berlin") is berlin


@pytest.mark.parametrize("name", ["Europe/Atlantis", "../../etc/passwd", "", "europe/berlin", "posixrules"])
def test_what_is_no_zone_is_none(name: str) -> None:
    assert load.zone(name) is None


def test_every_zone_of_the_database_can_be_read() -> None:
    assert len(load.zone_names()) > 400
    assert all(load.zone(name) for name in load.zone_names())


def test_the_delivered_data_is_read_with_the_zones_of_its_countries() -> None:
    data = load.read()
    assert data.zones["DE"] == ("Europe/Berlin", "Europe/Busingen")
    assert data.world.thank_you_note[0].reviewed_on >= date(2026, 1, 1)
