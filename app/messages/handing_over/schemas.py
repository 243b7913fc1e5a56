"""What clients get of messages that they hand over themselves."""

from pydantic import Field

from app.http.resources import Shown
from app.messages.handing_over.mailto import LinkWarning


class MailtoLink(Shown):
    """A link that opens the user's mail program with the message in it."""

    url: str = Field(description="After RFC 6068.")
    warnings: list[LinkWarning]
