"""Countries and their subdivisions in requests: codes, with what was probably meant where something else is written."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints

from app import country_names, subdivisions

_FORM, _SUBDIVISION = re.compile("[A-Z]{2}"), re.compile("[A-Z]{2}-[A-Z0-9]{1,3}")


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


class SubdivisionUnknown(ValueError):
    """A subdivision was given by something else than its code."""

    def __init__(self, given: str) -> None:
        form = "Give the subdivision as an ISO 3166-2 code."
        super().__init__(
            f"{given!r} is no ISO 3166-2 code of a subdivision." if _SUBDIVISION.fullmatch(given) else form
        )
        near = subdivisions.suggestions(given)
        self.hint = f"Did you mean {' or '.join(near)}?" if near else _WHERE_SUBDIVISIONS_ARE


_WHERE_SUBDIVISIONS_ARE = "https://www.iso.org/obp/ui lists the codes of each country; leave it out if it is not known."


def subdivision_only(given: Any) -> Any:  # noqa: ANN401 - whatever was sent
    """Pass on what is a subdivision's code, or no text at all. Raises `SubdivisionUnknown` for other text."""
    if isinstance(given, str) and not subdivisions.exists(given):
        raise SubdivisionUnknown(given)
    return given


CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$"), BeforeValidator(code_only)]
"""ISO 3166-1 alpha-2, of a country that exists, or XK."""
Subdivision = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$"), BeforeValidator(subdivision_only)]
"""ISO 3166-2, of a subdivision that exists."""
