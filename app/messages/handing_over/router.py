"""/v1/messages/{message_id}/mailto, /eml, /text and /letter: ways out that leave the sending to the user."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response, Security

from app.http import clock, policies
from app.http.caller import BEARER, OWN_PROBLEMS, Caller, Stored
from app.http.countries import CountryCode
from app.http.problems import responses
from app.http.resources import OWN_AND_FRESH, NoSuchResource
from app.http.routes import JsonRoute
from app.messages.errors import MessageIncomplete, NoAddress
from app.messages.handing_over import queries
from app.messages.handing_over.errors import LetterTooLong
from app.messages.handing_over.schemas import MailtoLink
from app.messages.router import MessageId, Reads, ReadsAddresses

router = APIRouter(prefix="/v1/messages/{message_id}", tags=["messages"], route_class=JsonRoute)

# A letter shows besides where somebody works.
ReadsLetters = Annotated[Caller, Security(BEARER, scopes=["messages:read", "contacts:read", "companies:read"])]
_PROBLEMS = (*OWN_PROBLEMS, NoSuchResource, MessageIncomplete)


def _as(media_type: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {media_type: {"schema": {"type": "string"}}}}}


@router.get(
    "/mailto",
    summary="Hand a message over to the mail program",
    response_description="The link.",
    responses=responses(*_PROBLEMS),
)
def get_message_mailto(
    response: Response, caller: ReadsAddresses, database: Stored, message_id: MessageId
) -> MailtoLink:
    """A `mailto:` link that opens your mail program with address, subject and text.

    What is handed over counts as sent only when you say so, at /v1/messages/{message_id}/sent-by-hand.
    """
    with database.reading(caller) as reading:
        link = queries.link(reading, message_id)
    response.headers["Cache-Control"] = OWN_AND_FRESH
    return MailtoLink(url=link.url, warnings=list(link.warnings))


@router.get(
    "/eml",
    summary="Hand a message over as a file",
    response_class=Response,
    response_description="The file, with a name that it can be kept under.",
    responses={**_as("message/rfc822"), **responses(*_PROBLEMS, NoAddress)},
)
def get_message_eml(caller: ReadsAddresses, database: Stored, message_id: MessageId) -> Response:
    """A draft in the form of RFC 5322, which mail programs open to be looked at once more and sent.

    Sending it is up to you: it has neither day nor id, and counts as sent only when you say so.
    """
    with database.reading(caller) as reading:
        content, name = queries.file(reading, message_id)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": OWN_AND_FRESH}
    return Response(content, media_type="message/rfc822", headers=headers)


@router.get(
    "/text",
    summary="Hand a message over as text",
    response_class=Response,
    response_description="The text alone.",
    responses={**_as("text/plain"), **responses(*_PROBLEMS)},
)
def get_message_text(caller: Reads, database: Stored, message_id: MessageId) -> Response:
    """The text without its subject, to be put into whatever form the employer has."""
    with database.reading(caller) as reading:
        content, language = queries.text(reading, message_id)
    headers = {"Content-Language": language, "Cache-Control": OWN_AND_FRESH}
    return Response(content, media_type="text/plain", headers=headers)


@router.get(
    "/letter",
    summary="Hand a message over as a letter",
    response_class=Response,
    response_description="A page to be printed.",
    responses={**_as("text/html"), **responses(*_PROBLEMS, LetterTooLong)},
)
def get_message_letter(
    caller: ReadsLetters,
    database: Stored,
    message_id: MessageId,
    posted_in: Annotated[
        CountryCode | None,
        Query(
            description="Where you print and post it: ISO 3166-1 alpha-2. It says what paper there is, and whether the "
            "country is named in the address. By default the paper is that of the reader's country, which is named, "
            "or without an address of theirs that of the country of the application."
        ),
    ] = None,
) -> Response:
    """A page that prints on one sheet, A4 or US Letter, with the address as its country writes it and today's date.

    It has no script and loads nothing. A long text is set in smaller type, and refused where that cannot be read.
    """
    with database.reading(caller) as reading:
        page, language = queries.letter(reading, message_id, posted_in, clock.now())
    headers = {"Content-Language": language, "Cache-Control": OWN_AND_FRESH, policies.HEADER: page.policy}
    return Response(page.html, media_type="text/html", headers=headers)
