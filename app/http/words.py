"""Lists of words: each once, and several of them in one query parameter."""

from collections.abc import Sequence
from typing import Any

from fastapi import Query
from pydantic import AfterValidator


def _distinct(words: list[str]) -> list[str]:
    return list(dict.fromkeys(words))


EACH_ONCE = AfterValidator(_distinct)
"""In `Annotated[list[str], EACH_ONCE]`: what stands in the list again is left out."""


def several(words: Sequence[str], description: str) -> Any:  # noqa: ANN401 - a FieldInfo, which is not what its function says
    """A query parameter that names some of the words, with commas between them; `named` gives them."""
    word = "|".join(words)
    return Query(max_length=200, pattern=f"^({word})(,({word}))*$", description=description)


def named(given: str | None) -> list[str]:
    """The words that such a parameter names; none where it is missing."""
    return given.split(",") if given else []
