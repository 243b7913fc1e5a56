"""How large the type of a letter can be so that it fits its page, reckoned without a font.

What stands in the page is set by the reader's browser in the reader's fonts, so widths are reckoned for wide ones: a
letter may be set a little smaller than it had to be, but never runs on to a second page.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

SIZES = (11, 10, 9)
"""In points, the largest first; below the last, paper is hard to read."""
LINE_HEIGHT = 1.35
_POINTS = 72 / 25.4
"""In a millimetre."""
_WIDE, _UPPER, _OTHER = 1.05, 0.82, 0.6
"""How wide a character is reckoned, in em."""
_NARROW = frozenset(" .,;:!?'\"\u2018\u2019“”„«»()[]/-_*+=#")
"""What is no letter and yet not as wide as one may be."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet, in millimetres."""

    name: str
    """As CSS calls it."""
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a letter that stands on lines of its own; measures in millimetres."""

    lines: Sequence[str]
    at_least: float = 0
    """Its height."""
    around: float = 0
    """Space above and below it together."""


def largest_size(blocks: Sequence[Block], width: float, height: float) -> int | None:
    """The largest size in which all blocks fit an area, in points; None where even the smallest is too large."""
    return next((size for size in SIZES if _height(blocks, width, size) <= height), None)


def _height(blocks: Sequence[Block], width: float, size: int) -> float:
    line, measure = size * LINE_HEIGHT / _POINTS, width * _POINTS / size
    return sum(
        max(block.at_least, line * sum(_number_of_lines(text, measure) for text in block.lines)) + block.around
        for block in blocks
    )


def _number_of_lines(text: str, measure: float) -> int:
    """On how many lines a paragraph goes; words are broken only where they are longer than a line, or are CJK."""
    number, filled = 1, 0.0
    for word in text.split(" "):
        width = sum(map(_width, word))
        if filled + width <= measure:
            filled += width + _OTHER
        elif width <= measure and not any(map(_is_broken_anywhere, word)):
            number, filled = number + 1, width + _OTHER
        else:
            whole, rest = divmod(filled + width, measure)
            number, filled = number + int(whole), rest + _OTHER
    return number


def _is_broken_anywhere(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


@cache
def _width(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Cf"}:
        return 0
    is_wide = _is_broken_anywhere(character) or not (character.isalnum() or character in _NARROW)
    if is_wide or character in "mMwW":
        return _WIDE
    return _UPPER if character.isupper() or character.isdigit() else _OTHER
