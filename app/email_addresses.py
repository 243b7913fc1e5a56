"""E-mail addresses: which are valid, and when two are the same."""

from email_validator import EmailNotValidError, validate_email
from pydantic_core import PydanticCustomError

LONGEST = 254


def normalised(given: str) -> str:
    """The one form in which an address is compared and looked up: casefolded, its domain in ASCII.

    Raises `ValueError` with what is wrong. Nothing is asked of the network.
    """
    try:
        valid = validate_email(given.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise ValueError(str(error)) from error
    address = f"{valid.local_part.casefold()}@{valid.ascii_domain}"
    if len(address) > LONGEST:
        raise ValueError(f"An address has at most {LONGEST} characters.")
    return address


def checked(given: str) -> str:
    """The same for what a client sent. Raises `PydanticCustomError` with how to mend it."""
    try:
        return normalised(given)
    except ValueError as error:
        hint = f"Write it as name@example.com. {error}"
        raise PydanticCustomError("email", "This is no e-mail address", {"hint": hint}) from None
