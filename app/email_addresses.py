"""E-mail addresses: which are valid, and when two are the same."""

from email_validator import EmailNotValidError, ValidatedEmail, validate_email
from pydantic_core import PydanticCustomError

LONGEST = 254


def normalised(given: str) -> str:
    """The one form in which an address is compared and looked up: casefolded, its domain in ASCII.

    Raises `ValueError` with what is wrong. Nothing is asked of the network.
    """
    valid = _valid(given)
    return _short(f"{valid.local_part.casefold()}@{valid.ascii_domain}")


def deliverable(given: str) -> str:
    """The form in which mail is sent to an address: as it is written, but its domain in ASCII.

    The case before the @ is the receiver's affair (RFC 5321 section 2.4). Raises `ValueError` with what is wrong.
    """
    valid = _valid(given)
    return _short(f"{valid.local_part}@{valid.ascii_domain}")


def _valid(given: str) -> ValidatedEmail:
    try:
        return validate_email(given.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise ValueError(str(error)) from error


def _short(address: str) -> str:
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
