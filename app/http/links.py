"""Links in requests: addresses of pages, as they are kept."""

from typing import Annotated

from pydantic import AfterValidator, Field, HttpUrl
from pydantic_core import PydanticCustomError

LONGEST = 2000


def _short(link: HttpUrl) -> HttpUrl:
    """A link that is short enough as it is kept: in ASCII, with everything else escaped."""
    if len(str(link)) > LONGEST:
        message = "This must have at most {most} characters once everything but ASCII is escaped"
        raise PydanticCustomError("link_too_long", message, {"most": LONGEST})
    return link


Link = Annotated[HttpUrl, AfterValidator(_short), Field(json_schema_extra={"maxLength": LONGEST})]
"""An address that begins with http:// or https://."""
