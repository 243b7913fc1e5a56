"""E-mail addresses: which are valid, and when two are the same."""

from typing import Annotated

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

LONGEST = 254


def normalised(given: str) -> str:
    """The one form in which an address is kept and looked up: casefolded, its domain in ASCII.

    Raises `ValueError` with what is wrong.
    """
    try:
        valid = validate_email(given.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise ValueError(str(error)) from error
    address = f"{valid.local_part.casefold()}@{valid.ascii_domain}"
    if len(address) > LONGEST:
        raise ValueError(f"An address has at most {LONGEST} characters.")
    return address


def looked_up(given: str) -> str:
    """The form in which an address is looked up; of what is none, something that no account has."""
    try:
        return normalised(given)
    except ValueError:
        return given.casefold()


def _checked(given: str) -> str:
    try:
        return normalised(given)
    except ValueError as error:
        raise PydanticCustomError("email", "{wrong}", {"wrong": str(error).removesuffix(".")}) from None


Email = Annotated[
    str,
    StringConstraints(max_length=LONGEST),
    AfterValidator(_checked),
    WithJsonSchema({"type": "string", "format": "email", "maxLength": LONGEST}),
]
