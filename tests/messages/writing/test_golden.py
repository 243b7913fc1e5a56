"""What is written is what a speaker has read."""

import pytest

from app.messages.writing import LANGUAGES
from app.messages.writing.address import reader
from app.messages.writing.language import FOLDER as TEMPLATES
from app.messages.writing.vocabulary import PURPOSES
from tests.messages.writing.golden import FOLDER, PEOPLE, example, golden


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_text_is_as_in_its_golden_file(tag: str) -> None:
    for path, text in golden(tag):
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: python -m tests.messages.writing.golden {tag}"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_language_has_a_template_for_each_purpose_and_nothing_else(tag: str) -> None:
    wanted = {"language.yaml", *(f"{purpose}.txt" for purpose in PURPOSES)}
    assert {path.name for path in (TEMPLATES / tag).iterdir()} == wanted
    assert {path.name for path in (FOLDER / tag).iterdir()} == {PEOPLE, *(f"{purpose}.txt" for purpose in PURPOSES)}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_example_has_a_reader_of_every_kind(tag: str) -> None:
    readers = [reader(one.person, LANGUAGES[tag], "Initech") for one in example(tag).people]
    assert {"female", "male", "unknown"} <= {one.addressed for one in readers}
    if LANGUAGES[tag].titles.doctor.words:
        assert any("title" in one.parts for one in readers)


def test_no_golden_folder_is_left_of_a_language_that_is_gone() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(LANGUAGES)


def test_no_text_has_a_hole() -> None:
    for path in FOLDER.rglob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert "{" not in text, path
        assert "None" not in text, path
        assert "  " not in text, path
