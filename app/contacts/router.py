"""/v1/contacts: people of the user's interviews."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Query, Request, Response, Security

from app.contacts import queries, schemas, service
from app.contacts.details import EmailAddress
from app.http.caller import BEARER, OWN_PROBLEMS, Caller, Stored
from app.http.etags import NOT_MODIFIED
from app.http.idempotency import ONCE_PROBLEMS, Idempotent
from app.http.pages import DEFAULT_LIMIT, Cursor, Limit, Page, Wanted
from app.http.problems import BODY_PROBLEMS, responses
from app.http.resources import (
    CHANGE_PROBLEMS,
    PATCH_PROBLEMS,
    Id,
    IfMatch,
    InUse,
    NoSuchResource,
    changed,
    created,
    deleted,
    found,
    listed,
)
from app.http.routes import JsonRoute
from app.http.search import SearchQuery
from app.rules.facts import LanguageTag

router = APIRouter(prefix="/v1/contacts", tags=["contacts"], route_class=JsonRoute)

Reads = Annotated[Caller, Security(BEARER, scopes=["contacts:read"])]
Writes = Annotated[Caller, Security(BEARER, scopes=["contacts:write"])]


@router.post(
    "",
    status_code=201,
    summary="Add a contact",
    response_description="The contact.",
    response_model=schemas.Contact,
    responses=responses(*OWN_PROBLEMS, *BODY_PROBLEMS, *ONCE_PROBLEMS),
)
def create_contact(
    request: Request, caller: Writes, database: Stored, once: Idempotent, body: Annotated[schemas.ContactWrite, Body()]
) -> Response:
    """Write down a person.

    Names stay in their order and script: `name` is how the person writes it, `other_names` has it in other scripts.
    Every detail can say where and when it was learnt.
    """
    with database.writing(caller) as session:
        return once(session, lambda: created(request, service.create(session, body)))


@router.get(
    "",
    summary="List contacts",
    response_description="A page of contacts.",
    response_model=Page[schemas.Contact],
    responses=responses(*OWN_PROBLEMS),
)
def list_contacts(
    request: Request,
    caller: Reads,
    database: Stored,
    query: SearchQuery = None,
    company_id: Annotated[UUID | None, Query(description="Only those who work for this company.")] = None,
    tag: Annotated[schemas.Tag | None, Query(description="Only those with this tag, whatever its case.")] = None,
    language: Annotated[
        LanguageTag | None, Query(description="Only those who speak it: `pt` also finds `pt-BR`.")
    ] = None,
    email: Annotated[EmailAddress | None, Query(description="Only those who have this address.")] = None,
    reachable: Annotated[
        bool | None, Query(description="Only those whom there is a way to reach, or `false`: no way.")
    ] = None,
    sort: Annotated[
        queries.ContactSort, Query(description="The order, names by their reading; with `-` the other way round.")
    ] = "name",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """The user's contacts.

    `query` searches names in every script, job titles, departments, e-mail addresses, telephone numbers, profiles,
    towns, tags and notes, and with the scope companies:read the names of companies.
    """
    with database.reading(caller) as reading:
        page = queries.contacts(
            reading,
            Wanted(sort, limit, cursor),
            query=query,
            in_companies=caller.allows("companies:read"),
            company_id=company_id,
            tag=tag,
            language=language,
            email=email,
            reachable=reachable,
        )
        return listed(request, page)


@router.get(
    "/{contact_id}",
    summary="Look up a contact",
    response_description="The contact.",
    response_model=schemas.Contact,
    responses={**NOT_MODIFIED, **responses(*OWN_PROBLEMS, NoSuchResource)},
)
def get_contact(request: Request, caller: Reads, database: Stored, contact_id: Id) -> Response:
    """A contact of the user's."""
    with database.reading(caller) as reading:
        return found(request, queries.contact(reading, contact_id))


@router.patch(
    "/{contact_id}",
    summary="Change a contact",
    response_description="The contact as it is now.",
    response_model=schemas.Contact,
    responses=responses(*OWN_PROBLEMS, *PATCH_PROBLEMS),
)
def change_contact(
    caller: Writes,
    database: Stored,
    contact_id: Id,
    match: IfMatch,
    body: Annotated[schemas.ContactPatch, Body()],
) -> Response:
    """JSON Merge Patch: members that are absent stay, null takes a value away, lists are replaced as a whole."""
    with database.writing(caller) as session:
        return changed(service.change(session, contact_id, match, body))


@router.delete(
    "/{contact_id}",
    status_code=204,
    summary="Delete a contact",
    response_description="It is gone.",
    responses=responses(*OWN_PROBLEMS, *CHANGE_PROBLEMS, InUse),
)
def delete_contact(caller: Writes, database: Stored, contact_id: Id, match: IfMatch) -> Response:
    """Forget a person. Applications stay without them, and they are no longer among those who took part.

    Messages to them go too, but not while one is scheduled or being sent (`in_use`).
    """
    with database.writing(caller) as session:
        service.delete(session, contact_id, match)
        return deleted()


@router.get(
    "/{contact_id}/duplicates",
    summary="Find contacts that may be the same person",
    response_description="Contacts that may be the same person.",
    response_model=schemas.ContactDuplicates,
    responses=responses(*OWN_PROBLEMS, NoSuchResource),
)
def list_contact_duplicates(caller: Reads, database: Stored, contact_id: Id) -> schemas.ContactDuplicates:
    """Contacts with the same name in any script and either order, or with an e-mail address or a number in common.

    At most 50 are shown, those that were added first. Merge some to see others.
    """
    with database.reading(caller) as reading:
        return queries.duplicates(reading, contact_id)


@router.post(
    "/{contact_id}/merge",
    summary="Take another contact in",
    response_description="The contact with what it took over.",
    response_model=schemas.Contact,
    responses=responses(*OWN_PROBLEMS, *PATCH_PROBLEMS, *ONCE_PROBLEMS),
)
def merge_contact(
    caller: Writes,
    database: Stored,
    contact_id: Id,
    match: IfMatch,
    once: Idempotent,
    body: Annotated[schemas.ContactMerge, Body()],
) -> Response:
    """What this contact lacks comes from the other one, lists are united, and the other one is deleted.

    Every detail keeps its source and date; where the two differ, the notes say what the other one had. Whatever refers
    to the other one refers to this one afterwards.
    """
    with database.writing(caller) as session:
        return once(session, lambda: changed(service.merge(session, contact_id, match, body.contact_id)))
