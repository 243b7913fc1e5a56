"""Capitals as Greek and Turkish have them; for other languages Unicode's own are right."""

import re
import unicodedata

_DOTTED = frozenset({"AZ", "TR"})
"""Countries in whose language the capital of i has a dot."""
_APART = re.compile("([αεηου])\u0301([ιυ])(?![\u0301\u0308])", re.IGNORECASE)  # noqa: RUF001 - Greek
"""Two vowels that the accent on the first tells from a diphthong."""
_ACCENTED = re.compile("([\u0370-\u03ff]\u0308?)\u0301")


def capitals(text: str, country: str) -> str:
    """The text in capitals: Greek ones without accents, but with a diaeresis where two vowels are no diphthong."""
    letters = unicodedata.normalize("NFD", text.replace("i", "İ") if country in _DOTTED else text)
    plain = _ACCENTED.sub(r"\1", _APART.sub("\\1\\2\u0308", letters))
    return unicodedata.normalize("NFC", plain).upper()
