"""Searching a user's own rows: every word of the query stands somewhere in the text, whatever its case or accents."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Query
from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from app.rules.form import Form
from app.text import folded

_Words = Annotated[str, Form(r"^[^\x00]*$", "The character U+0000 is in no text", "Leave it out.", least=1, most=200)]
SearchQuery = Annotated[
    _Words | None,
    Query(
        description="Words that must all occur; case, accents, width and kind of kana do not matter.",
    ),
]


def holds(text: InstrumentedAttribute[str], query: str | None) -> Iterator[ColumnElement[bool]]:
    """The conditions that a folded text holds every word of a query; none for no query."""
    for word in folded(query or "").split():
        yield text.contains(word, autoescape=True)
