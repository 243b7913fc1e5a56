"""/v1/companies: employers, and what is reported of their practice."""

from typing import Annotated

from fastapi import APIRouter, Body, Query, Request, Response, Security

from app.companies import queries, schemas, service
from app.http.caller import BEARER, OWN_PROBLEMS, Caller, Stored
from app.http.countries import CountryCode
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
from app.rules import vocabulary as v

router = APIRouter(prefix="/v1/companies", tags=["companies"], route_class=JsonRoute)

Reads = Annotated[Caller, Security(BEARER, scopes=["companies:read"])]
Writes = Annotated[Caller, Security(BEARER, scopes=["companies:write"])]


@router.post(
    "",
    status_code=201,
    summary="Add a company",
    response_description="The company.",
    response_model=schemas.Company,
    responses=responses(*OWN_PROBLEMS, *BODY_PROBLEMS, *ONCE_PROBLEMS),
)
def create_company(
    request: Request, caller: Writes, database: Stored, once: Idempotent, body: Annotated[schemas.CompanyWrite, Body()]
) -> Response:
    """Write down an employer, an agency or an institution. Domains may be given as URLs or e-mail addresses."""
    with database.writing(caller) as session:
        return once(session, lambda: created(request, service.create(session, body)))


@router.get(
    "",
    summary="List companies",
    response_description="A page of companies.",
    response_model=Page[schemas.Company],
    responses=responses(*OWN_PROBLEMS),
)
def list_companies(
    request: Request,
    caller: Reads,
    database: Stored,
    query: SearchQuery = None,
    domain: Annotated[schemas.Domain | None, Query(description="Only those known by this domain.")] = None,
    country: Annotated[CountryCode | None, Query(description="Only those with their seat there.")] = None,
    sector: Annotated[v.Sector | None, Query(description="Only those of a sector.")] = None,
    sort: Annotated[queries.CompanySort, Query(description="The order; with `-` the other way round.")] = "name",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """The user's companies. `query` searches names, domains and notes."""
    with database.reading(caller) as reading:
        page = queries.companies(
            reading, Wanted(sort, limit, cursor), query=query, domain=domain, country=country, sector=sector
        )
        return listed(request, page)


@router.get(
    "/{company_id}",
    summary="Look up a company",
    response_description="The company.",
    response_model=schemas.Company,
    responses={**NOT_MODIFIED, **responses(*OWN_PROBLEMS, NoSuchResource)},
)
def get_company(request: Request, caller: Reads, database: Stored, company_id: Id) -> Response:
    """A company of the user's."""
    with database.reading(caller) as reading:
        return found(request, queries.company(reading, company_id))


@router.patch(
    "/{company_id}",
    summary="Change a company",
    response_description="The company as it is now.",
    response_model=schemas.Company,
    responses=responses(*OWN_PROBLEMS, *PATCH_PROBLEMS),
)
def change_company(
    caller: Writes,
    database: Stored,
    company_id: Id,
    match: IfMatch,
    body: Annotated[schemas.CompanyPatch, Body()],
) -> Response:
    """JSON Merge Patch: members that are absent stay, null takes a value away, lists are replaced."""
    with database.writing(caller) as session:
        return changed(service.change(session, company_id, match, body))


@router.delete(
    "/{company_id}",
    status_code=204,
    summary="Delete a company",
    response_description="It is gone.",
    responses=responses(*OWN_PROBLEMS, *CHANGE_PROBLEMS, InUse),
)
def delete_company(caller: Writes, database: Stored, company_id: Id, match: IfMatch) -> Response:
    """Delete a company and its reports. Contacts stay without it; while applications need it the answer is 409."""
    with database.writing(caller) as session:
        service.delete(session, company_id, match)
        return deleted()


@router.get(
    "/{company_id}/duplicates",
    summary="Find companies that may be the same",
    response_description="Companies that may be the same.",
    response_model=schemas.CompanyDuplicates,
    responses=responses(*OWN_PROBLEMS, NoSuchResource),
)
def list_company_duplicates(caller: Reads, database: Stored, company_id: Id) -> schemas.CompanyDuplicates:
    """Companies with the same name, whatever its case, accents and legal form, or with a domain in common.

    At most 50 are shown, those that were added first. Merge some to see others.
    """
    with database.reading(caller) as reading:
        return queries.duplicates(reading, company_id)


@router.post(
    "/{company_id}/merge",
    summary="Take another company in",
    response_description="The company with what it took over.",
    response_model=schemas.Company,
    responses=responses(*OWN_PROBLEMS, *PATCH_PROBLEMS, *ONCE_PROBLEMS),
)
def merge_company(
    caller: Writes,
    database: Stored,
    company_id: Id,
    match: IfMatch,
    once: Idempotent,
    body: Annotated[schemas.CompanyMerge, Body()],
) -> Response:
    """What this company lacks comes from the other one, its domains and notes are added, and it is deleted.

    Whatever refers to the other one refers to this one afterwards.
    """
    with database.writing(caller) as session:
        return once(session, lambda: changed(service.merge(session, company_id, match, body.company_id)))
