"""A message as a `mailto:` link (RFC 6068), which the user's own mail program opens."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from email_validator import validate_email

LONGEST = 2000
"""Characters of a link that the mail programs and browsers in use open whole: Windows hands over some 2,000."""

LinkWarning = Literal["no_address", "address_needs_smtputf8", "link_is_long"]
"""What the user should know before relying on the link."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link, and what to know before relying on it."""

    url: str
    warnings: tuple[LinkWarning, ...]


def link(to: str | None, subject: str, body: str) -> Link:
    """The link that opens a new message with all of this in it; without an address, the user fills it in."""
    address, warnings = _address(to)
    fields = {"subject": " ".join(subject.splitlines()), "body": "\r\n".join(body.splitlines())}
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in fields.items() if value)
    url = f"mailto:{address}?{query}" if query else f"mailto:{address}"
    if len(url) > LONGEST:
        warnings.append("link_is_long")
    return Link(url, tuple(warnings))


def _address(to: str | None) -> tuple[str, list[LinkWarning]]:
    """The address as a link has it: its domain in ASCII, which programs know that know no IDN."""
    if to is None:
        return "", ["no_address"]
    valid = validate_email(to, check_deliverability=False)
    # An @ may stand for itself in a link, but only the one between the two parts does.
    address = f"{quote(valid.local_part, safe='')}@{valid.ascii_domain}"
    return address, [] if valid.local_part.isascii() else ["address_needs_smtputf8"]
