"""Headers of a mail in ASCII (RFC 2047), folded.

Not left to the library: Python 3.11 and others take the quotes from a long name when they fold it, and then a name such
as `Kim, <other@example.com>` is a second address (https://github.com/python/cpython/issues/121284).
"""

import re
from email.header import Header
from email.policy import SMTP, EmailPolicy
from textwrap import wrap

from app.mail.errors import UnusableMail

_LONGEST_LINE = 64
"""Characters of a line; 78 are recommended, and the header's own name stands before the first."""
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+( [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


class _AsWritten(EmailPolicy):
    """Keeps headers as they are given."""

    def header_store_parse(self, name: str, value: str) -> tuple[str, str]:
        """The header as it is given."""
        return name, value


AS_WRITTEN = _AsWritten(refold_source="none", linesep=SMTP.linesep, cte_type="7bit")
"""The policy of mails whose headers are made here."""


def refuse_unwritable(text: str, what: str) -> None:
    """Raises `UnusableMail` for a text with line ends, other control characters, or half of a character."""
    if found := _UNWRITABLE.search(text):
        raise UnusableMail(f"U+{ord(found[0]):04X} cannot stand in {what}")


def unstructured(text: str) -> str:
    """A subject as it stands in its header. Raises `UnusableMail`."""
    refuse_unwritable(text, "a header")
    lines = wrap(text, _LONGEST_LINE, break_long_words=False, break_on_hyphens=False)
    is_plain = text.isascii() and "=?" not in text and " ".join(lines) == text
    if is_plain and all(len(line) <= _LONGEST_LINE for line in lines):
        return "\r\n ".join(lines)
    return _encoded(text)


def mailbox(name: str | None, email: str) -> str:
    """A name and an address as they stand in a header. `email` is valid. Raises `UnusableMail` for the name."""
    if not name:
        return email
    refuse_unwritable(name, "a name")
    written = _phrase(name)
    between = " " if len(written) + len(email) < _LONGEST_LINE else "\r\n "
    return f"{written}{between}<{email}>"


def _phrase(name: str) -> str:
    if not name.isascii() or "=?" in name or len(name) > _LONGEST_LINE:
        return _encoded(name)
    if _PLAIN_NAME.fullmatch(name):
        return name
    return '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'


def _encoded(text: str) -> str:
    return Header(text, "utf-8", _LONGEST_LINE).encode(linesep="\r\n")
