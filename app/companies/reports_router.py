"""/v1/companies/{company_id}/reports: what a company said or did about the time after an interview."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Path, Query, Request, Response

from app.companies import queries, schemas, service
from app.companies.router import Reads, Writes
from app.http.caller import OWN_PROBLEMS, Stored
from app.http.etags import NOT_MODIFIED
from app.http.idempotency import ONCE_PROBLEMS, Idempotent
from app.http.pages import DEFAULT_LIMIT, Cursor, Limit, Page, Wanted
from app.http.problems import BODY_PROBLEMS, responses
from app.http.resources import (
    CHANGE_PROBLEMS,
    PATCH_PROBLEMS,
    Id,
    IfMatch,
    NoSuchResource,
    changed,
    created,
    deleted,
    found,
    listed,
)
from app.http.routes import JsonRoute

router = APIRouter(prefix="/v1/companies/{company_id}/reports", tags=["companies"], route_class=JsonRoute)

CompanyId = Annotated[UUID, Path(description="The `id` of the company.")]


@router.post(
    "",
    status_code=201,
    summary="Report a company's practice",
    response_description="The report.",
    response_model=schemas.PracticeReport,
    responses=responses(*OWN_PROBLEMS, NoSuchResource, *BODY_PROBLEMS, *ONCE_PROBLEMS),
)
def create_practice_report(
    request: Request,
    caller: Writes,
    database: Stored,
    once: Idempotent,
    company_id: CompanyId,
    body: Annotated[schemas.PracticeReportWrite, Body()],
) -> Response:
    """What the company said or does: who gets in touch, within how many days, whether notes are welcome, and how.

    Decisions about interviews there take it into account, above what is published about the company.
    """
    with database.writing(caller) as session:
        return once(session, lambda: created(request, service.create_report(session, company_id, body)))


@router.get(
    "",
    summary="List reports about a company",
    response_description="A page of reports.",
    response_model=Page[schemas.PracticeReport],
    responses=responses(*OWN_PROBLEMS, NoSuchResource),
)
def list_practice_reports(
    request: Request,
    caller: Reads,
    database: Stored,
    company_id: CompanyId,
    sort: Annotated[queries.ReportSort, Query(description="The order; with `-` the other way round.")] = "-created_at",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """What was reported about a company."""
    with database.reading(caller) as reading:
        return listed(request, queries.reports(reading, company_id, Wanted(sort, limit, cursor)))


@router.get(
    "/{report_id}",
    summary="Look up a report",
    response_description="The report.",
    response_model=schemas.PracticeReport,
    responses={**NOT_MODIFIED, **responses(*OWN_PROBLEMS, NoSuchResource)},
)
def get_practice_report(
    request: Request, caller: Reads, database: Stored, company_id: CompanyId, report_id: Id
) -> Response:
    """A report about a company."""
    with database.reading(caller) as reading:
        return found(request, queries.report(reading, company_id, report_id))


@router.patch(
    "/{report_id}",
    summary="Change a report",
    response_description="The report as it is now.",
    response_model=schemas.PracticeReport,
    responses=responses(*OWN_PROBLEMS, *PATCH_PROBLEMS),
)
def change_practice_report(
    caller: Writes,
    database: Stored,
    company_id: CompanyId,
    report_id: Id,
    match: IfMatch,
    body: Annotated[schemas.PracticeReportPatch, Body()],
) -> Response:
    """JSON Merge Patch: members that are absent stay, null takes a value away."""
    with database.writing(caller) as session:
        return changed(service.change_report(session, company_id, report_id, match, body))


@router.delete(
    "/{report_id}",
    status_code=204,
    summary="Delete a report",
    response_description="It is gone.",
    responses=responses(*OWN_PROBLEMS, *CHANGE_PROBLEMS),
)
def delete_practice_report(
    caller: Writes, database: Stored, company_id: CompanyId, report_id: Id, match: IfMatch
) -> Response:
    """Delete a report; decisions that were stored stay as they are."""
    with database.writing(caller) as session:
        service.delete_report(session, company_id, report_id, match)
        return deleted()
