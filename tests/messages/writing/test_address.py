"""Readers are addressed by what is on record of them, and nothing is guessed from a name."""

from typing import Any

import pytest

from app.contacts.names import NameWrite
from app.messages.writing import LANGUAGES, Person
from app.messages.writing.address import Reader, reader, salutation


def _reader(tag: str, *names: dict[str, Any], pronouns: str | None = None) -> Reader:
    person = Person(tuple(NameWrite.model_validate(name) for name in names), pronouns)
    return reader(person, LANGUAGES[tag], "Initech")


@pytest.mark.parametrize(
    ("prefix", "pronouns", "gender"),
    [
        (None, None, None),
        ("Frau", None, "female"),
        ("Herr Dr.", None, "male"),
        ("Ms.", None, "female"),
        ("Mx", None, None),
        ("Dr.", None, None),
        ("Dr.", "she/her", "female"),
        (None, "He / Him", "male"),
        (None, "she/they", None),
        (None, "they/them", None),
        (None, "ze/zir", None),
        ("Frau", "they/them", None),
        ("Mr", "sie/ihr", "female"),
    ],
)
def test_a_gender_is_known_from_pronouns_and_honorifics_only(
    prefix: str | None, pronouns: str | None, gender: str | None
) -> None:
    found = _reader(
        "de", {"given_name": "Anna", "family_name": "Müller", "honorific_prefix": prefix}, pronouns=pronouns
    )
    assert found.gender == gender
    assert found.addressed == (gender or "unknown")


def test_an_academic_title_is_known_in_whatever_language_it_is_written() -> None:
    doctor = {"family_name": "Müller", "honorific_prefix": "Frau Doktor"}
    assert salutation(_reader("en-GB", doctor), LANGUAGES["en-GB"], "formal") == "Dear Dr Müller,"
    both = {"family_name": "Müller", "honorific_prefix": "Frau Prof. Dr."}
    assert salutation(_reader("de", both), LANGUAGES["de"], "formal") == "Sehr geehrte Frau Prof. Dr. Müller,"
    assert salutation(_reader("en-US", both), LANGUAGES["en-US"], "formal") == "Dear Professor Müller:"
    assert salutation(
        _reader("en-US", {"family_name": "Hale", "honorific_suffix": "PhD"}), LANGUAGES["en-US"], "formal"
    ) == ("Dear Dr. Hale:")


def test_the_name_is_the_one_that_the_readers_of_the_language_write() -> None:
    names = (
        {"given_name": "愛子", "family_name": "田中", "language": "ja"},
        {"given_name": "Aiko", "family_name": "Tanaka", "language": "ja-Latn"},
    )
    assert salutation(_reader("ja", *names), LANGUAGES["ja"], "polite") == "田中様"
    assert salutation(_reader("ja", *reversed(names)), LANGUAGES["ja"], "polite") == "田中様"
    assert salutation(_reader("de", *names), LANGUAGES["de"], "formal") == "Guten Tag Aiko Tanaka,"
    assert (
        salutation(_reader("ja", {"given_name": "Kim", "family_name": "Berger"}), LANGUAGES["ja"], "polite")
        == "Berger様"
    )
    assert salutation(_reader("en-US", names[0]), LANGUAGES["en-US"], "formal") == "Dear 田中 愛子:"


def test_dutch_begins_a_family_name_with_a_capital_letter_where_no_given_name_stands_before_it() -> None:
    dutch, name = LANGUAGES["nl"], {"given_name": "Eva", "family_name": "de Vries"}
    assert salutation(_reader("nl", name, pronouns="zij"), dutch, "formal") == "Geachte mevrouw De Vries,"
    assert salutation(_reader("nl", name), dutch, "formal") == "Geachte Eva de Vries,"


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("name", [{"given_name": "Kim"}, {"family_name": "Berger"}, None])
def test_everybody_can_be_addressed_in_every_language(tag: str, name: dict[str, str] | None) -> None:
    language = LANGUAGES[tag]
    for pronouns in ("she/her", "he/him", None):
        person = None if name is None else Person((NameWrite.model_validate(name),), pronouns)
        for level in language.levels:
            text = salutation(reader(person, language, "Initech"), language, level)
            assert text
            assert "{" not in text


def test_a_word_of_two_meanings_counts_in_its_own_language_only() -> None:
    """先生 is a man in Chinese, and a teacher or doctor of whatever gender in Japanese."""
    name = {"given_name": "明", "family_name": "王", "honorific_suffix": "先生"}
    assert _reader("zh-Hant", name).gender == "male"
    assert _reader("ja", name).gender is None
    assert _reader("de", name).gender is None


def test_titles_of_a_language_come_between_professor_and_doctor() -> None:
    name = {"given_name": "Umut", "family_name": "Aksoy", "honorific_prefix": "Doç. Dr."}
    assert _reader("tr", name).parts["title"] == "Doç. Dr."
    assert _reader("de", name).parts["title"] == "Dr."


@pytest.mark.parametrize(
    ("tag", "name", "text"),
    [
        ("ko", {"family_name": "윤", "given_name": "서연", "language": "ko"}, "안녕하세요, 윤서연 님."),
        ("ko", {"given_name": "서연"}, "안녕하세요, 서연 님."),
        ("ko", {"family_name": "윤", "honorific_suffix": "부장"}, "안녕하세요, 윤 부장님."),
        ("ko", {"family_name": "윤"}, "안녕하세요, 윤 선생님."),
        ("he", {"family_name": "דהן"}, "שלום,"),
    ],
)
def test_nobody_is_called_by_a_bare_family_name_where_that_is_rude(tag: str, name: dict[str, str], text: str) -> None:
    assert salutation(_reader(tag, name), LANGUAGES[tag], "polite") == text


@pytest.mark.parametrize(("given", "text"), [("สมหญิง", "เรียน คุณสมหญิง"), ("Kim", "เรียน คุณ Kim")])
def test_thai_sets_a_space_before_latin_letters_only(given: str, text: str) -> None:
    assert salutation(_reader("th", {"given_name": given}), LANGUAGES["th"], "polite") == text


def test_initials_of_a_degree_behind_a_name_are_no_honorific() -> None:
    julie = {"given_name": "Julie", "family_name": "Garnier"}
    assert _reader("fr-FR", julie | {"honorific_suffix": "M. Sc."}).gender is None
    assert _reader("fr-FR", julie | {"honorific_prefix": "Mme", "honorific_suffix": "M. Sc."}).gender == "female"
    assert _reader("fr-FR", {"given_name": "Julien", "honorific_prefix": "M."}).gender == "male"
