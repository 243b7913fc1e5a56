"""E-mail addresses of accounts, which are kept in the form in which they are compared."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints, WithJsonSchema

from app.email_addresses import LONGEST, checked, normalised


def looked_up(given: str) -> str:
    """The form in which an address is looked up; of what is none, something that no account has."""
    try:
        return normalised(given)
    except ValueError:
        return given.casefold()


Email = Annotated[
    str,
    StringConstraints(max_length=LONGEST),
    AfterValidator(checked),
    WithJsonSchema({"type": "string", "format": "email", "maxLength": LONGEST}),
]
