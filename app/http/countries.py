"""Countries in requests: codes, with what was probably meant where something else is written."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints

from app import country_names

_FORM = re.compile("[A-Z]{2}")


class CountryNameGiven(ValueError):
    """A country was given by something else than its code."""

    def __init__(self, given: str) -> None:
        code = country_names.code_for(given)
        near = country_names.suggestions(given) if code is None else []
        if _FORM.fullmatch(given):
            super().__init__(f"{given!r} is no ISO 3166-1 alpha-2 code of a country.")
        else:
            super().__init__("Give the country as an ISO 3166-1 alpha-2 code: two capital letters.")
        meant = f'Write "{code}".' if code else f"Did you mean {' or '.join(near)}?" if near else None
        self.hint = meant or "/v1/rules/countries lists them."


def form_only(given: Any) -> Any:  # noqa: ANN401 - whatever was sent
    """Pass on what has the form of a code, or is no text at all. Raises `CountryNameGiven` for other text."""
    if isinstance(given, str) and not _FORM.fullmatch(given):
        raise CountryNameGiven(given)
    return given


def code_only(given: Any) -> Any:  # noqa: ANN401 - whatever was sent
    """Pass on what is a country's code, or no text at all. Raises `CountryNameGiven` for other text."""
    if isinstance(given, str) and given not in country_names.codes():
        raise CountryNameGiven(given)
    return given


CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$"), BeforeValidator(code_only)]
"""ISO 3166-1 alpha-2, of a country that exists, or XK."""
