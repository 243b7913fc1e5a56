from typing import Annotated

import pytest
from pydantic import TypeAdapter, ValidationError

from app.text import Line, Prose, folded, normalised

LINE = TypeAdapter(Annotated[str, Line(10)])
PROSE = TypeAdapter(Annotated[str, Prose(10)])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller", "MULLER"),
        ("Straße", "strasse"),
        ("タナカ", "たなか"),
        ("\uff34anaka\uff11", "tanaka1"),
        ("ﾀﾅｶ", "たなか"),
        ("Łódź", "lodz"),
        ("İstanbul", "istanbul"),
        ("Ærø", "aero"),
        ("두 \t\n번", "두 번"),
        ("Αθήνα", "ΑΘΗΝΑ"),
        ("e\u0301", "\u00e9"),
    ],
)
def test_texts_that_people_take_for_the_same_are_folded_alike(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("かき", "がき"), ("はた", "ぱた"), ("ガス", "カス"), ("a b", "ab")])
def test_texts_that_differ_stay_apart(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_folding_twice_changes_nothing_more() -> None:
    for text in ("Müller & Söhne", "ガス会社", "\uff21\uff22\uff23", "İ"):
        assert folded(folded(text)) == folded(text)


def test_texts_are_composed_trimmed_and_have_one_kind_of_line_end() -> None:
    assert normalised(" u\u0308ber\r\nuns\rallen \n") == "\u00fcber\nuns\nallen"


def test_a_line_has_no_line_ends_and_prose_has() -> None:
    assert PROSE.validate_python("one\ntwo\t3") == "one\ntwo\t3"
    for text in ("one\ntwo", "one\ttwo", "one\u2028two"):
        with pytest.raises(ValidationError, match=r"control character U\+.* is not allowed in a single line"):
            LINE.validate_python(text)


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\uffff"])
def test_control_characters_are_refused_everywhere(character: str) -> None:
    for kind in (LINE, PROSE):
        with pytest.raises(ValidationError, match="control character"):
            kind.validate_python(f"a{character}b")


@pytest.mark.parametrize("code", [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
def test_nothing_in_a_line_changes_the_direction_of_what_follows(code: int) -> None:
    with pytest.raises(ValidationError, match=rf"control character U\+{code:04X} is not allowed in a single line"):
        LINE.validate_python(f"a{chr(code)}b")
    assert PROSE.validate_python(f"a{chr(code)}b") == f"a{chr(code)}b"
    # The marks that only say how their neighbours read are part of names.
    assert LINE.validate_python("a\u200eb\u200fc\u061c") == "a\u200eb\u200fc\u061c"


@pytest.mark.parametrize("text", ["", " ", "\u3000\n"])
def test_nothing_but_white_space_is_refused(text: str) -> None:
    for kind in (LINE, PROSE):
        with pytest.raises(ValidationError):
            kind.validate_python(text)


def test_a_text_is_measured_before_and_after_it_is_composed() -> None:
    assert LINE.validate_python("a" * 10) == "a" * 10
    with pytest.raises(ValidationError, match="at most 10 characters"):
        LINE.validate_python("a" * 11)
    # One character that NFC writes as two.
    with pytest.raises(ValidationError, match="has 20 in NFC"):
        LINE.validate_python("\u0958" * 10)


def test_emoji_and_text_from_right_to_left_are_kept() -> None:
    for text in ("\U0001f469\u200d\U0001f4bb", "שלום עולם"):
        assert LINE.validate_python(text) == text
