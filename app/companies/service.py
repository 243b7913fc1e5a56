"""Changing companies and reports."""

from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import Select, bindparam
from sqlalchemy.orm import selectinload

from app.companies import schemas
from app.companies.models import Company, CompanyDomain, PracticeReport
from app.companies.names import name_key
from app.db.database import OWNER, Writing, owned
from app.db.references import detach, repoint
from app.events.recording import happened
from app.http import clock
from app.http.happened import require_happened
from app.http.merging import taken_in, too_much
from app.http.references import which_exist
from app.http.resources import InUse, Match, NoSuchResource, patched
from app.text import folded

_COMPANY = owned(Company).where(Company.id == bindparam("id")).options(selectinload(Company.domain_rows))
# What is deleted or merged gets no new applications or contacts meanwhile: their foreign keys wait for this lock.
_LOCKED = _COMPANY.with_for_update(of=Company)
_REPORT = owned(PracticeReport).where(
    PracticeReport.company_id == bindparam("company_id"), PracticeReport.id == bindparam("id")
)
_EXISTS = which_exist(Company)
_FILLED_BY_MERGING = ("country", "sector", "ownership", "size")


def create(session: Writing, sent: schemas.CompanyWrite) -> schemas.Company:
    """Add a company."""
    now = clock.now()
    company = Company(owner_id=session.owner_id, created_at=now, updated_at=now)
    _write(company, sent)
    session.add(company)
    session.flush()
    happened(session, "company.created", company.id)
    return schemas.Company.model_validate(company)


def change(session: Writing, company_id: UUID, match: Match, patch: schemas.CompanyPatch) -> schemas.Company:
    """Change a company. Raises `NoSuchResource`, `ChangedMeanwhile`, `Invalid`."""
    company = _company(session, company_id)
    match.require(company)
    _write(company, patched(schemas.CompanyWrite, company, patch))
    if session.touch(company, clock.now()):
        happened(session, "company.changed", company_id)
    return schemas.Company.model_validate(company)


def delete(session: Writing, company_id: UUID, match: Match) -> None:
    """Delete a company and its reports.

    Raises `NoSuchResource`, `ChangedMeanwhile`; `InUse` while applications need it.
    """
    company = _company(session, company_id, _LOCKED)
    match.require(company)
    needed = detach(session, Company.__tablename__, company_id, clock.now())
    if needed:
        kinds = ", ".join(f"{number} {name}" for name, number in needed.items())
        raise InUse(f"This company is still needed by: {kinds}.")
    session.delete(company)
    session.flush()
    happened(session, "company.deleted", company_id)


def merge(session: Writing, company_id: UUID, match: Match, other_id: UUID) -> schemas.Company:
    """Take another company in: what this one lacks comes from it, what refers to it refers to this one, it is deleted.

    What differs is written into the notes. Raises `NoSuchResource`, `ChangedMeanwhile`; `Invalid` also where the two
    together are more than one company can be.
    """
    company = _company(session, company_id, _LOCKED)
    match.require(company)
    other = taken_in(session, _LOCKED, other_id, into=company_id, what="company")
    united = _united(company, other)
    other.domain_rows.clear()
    session.flush()
    now = clock.now()
    repoint(session, Company.__tablename__, other_id, company_id, now)
    session.delete(other)
    _write(company, united)
    company.updated_at = now
    session.flush()
    happened(session, "company.merged", company_id, other_id=other_id)
    return schemas.Company.model_validate(company)


def _united(company: Company, other: Company) -> schemas.CompanyWrite:
    """What two companies are together. Raises `Invalid`."""
    values = {field: getattr(company, field) or getattr(other, field) for field in _FILLED_BY_MERGING}
    different = [
        f"{field}: {theirs}"
        for field in _FILLED_BY_MERGING
        if (theirs := getattr(other, field)) is not None and theirs != values[field]
    ]
    known_as = [f"Also known as: {other.name}"] if other.name != company.name else []
    notes = [company.notes, other.notes, *known_as, *different]
    try:
        return schemas.CompanyWrite(
            name=company.name,
            domains=list(dict.fromkeys([*company.domains, *other.domains])),
            notes="\n\n".join(filter(None, notes)) or None,
            **values,
        )
    except ValidationError as error:
        raise too_much(error, "company") from error


def create_report(session: Writing, company_id: UUID, sent: schemas.PracticeReportWrite) -> schemas.PracticeReport:
    """Add a report about a company. Raises `NoSuchResource`, `Invalid`."""
    now = clock.now()
    require_happened(now, {"#/reported_on": sent.reported_on})
    if session.scalar(_EXISTS, {OWNER: session.owner_id, "ids": [company_id]}) is None:
        raise NoSuchResource("No company of yours has this id.")
    report = PracticeReport(owner_id=session.owner_id, company_id=company_id, created_at=now, updated_at=now)
    _write_report(report, sent)
    session.add(report)
    session.flush()
    happened(session, "company.practice_reported", company_id, report_id=report.id)
    return schemas.PracticeReport.model_validate(report)


def change_report(
    session: Writing, company_id: UUID, report_id: UUID, match: Match, patch: schemas.PracticeReportPatch
) -> schemas.PracticeReport:
    """Change a report. Raises `NoSuchResource`, `ChangedMeanwhile`, `Invalid`."""
    report = _report(session, company_id, report_id)
    match.require(report)
    sent = patched(schemas.PracticeReportWrite, report, patch)
    now = clock.now()
    require_happened(now, {"#/reported_on": sent.reported_on})
    _write_report(report, sent)
    if session.touch(report, now):
        happened(session, "company.practice_reported", company_id, report_id=report_id)
    return schemas.PracticeReport.model_validate(report)


def delete_report(session: Writing, company_id: UUID, report_id: UUID, match: Match) -> None:
    """Delete a report. Raises `NoSuchResource`, `ChangedMeanwhile`."""
    report = _report(session, company_id, report_id)
    match.require(report)
    session.delete(report)
    session.flush()
    happened(session, "company.practice_reported", company_id, report_id=report_id)


def _company(session: Writing, company_id: UUID, statement: Select[Company] = _COMPANY) -> Company:
    company = session.find(statement, id=company_id)
    if company is None:
        raise NoSuchResource("No company of yours has this id.")
    return company


def _report(session: Writing, company_id: UUID, report_id: UUID) -> PracticeReport:
    report = session.find(_REPORT, company_id=company_id, id=report_id)
    if report is None:
        raise NoSuchResource("This company has no report with this id.")
    return report


def _write(company: Company, sent: schemas.CompanyWrite) -> None:
    company.name = sent.name
    company.name_key = name_key(sent.name)
    company.country = sent.country
    company.sector = sent.sector
    company.ownership = sent.ownership
    company.size = sent.size
    company.notes = sent.notes
    _set_domains(company, sent.domains)
    _set_search(company)


def _set_domains(company: Company, domains: list[str]) -> None:
    """Keep the rows that stay: one that goes and comes in one flush would be in the way of itself."""
    rows = {row.domain: row for row in company.domain_rows}
    company.domain_rows = [rows.get(domain) or CompanyDomain(domain=domain) for domain in domains]
    for position, row in enumerate(company.domain_rows):
        row.position = position


def _set_search(company: Company) -> None:
    company.search_text = folded(" ".join(filter(None, [company.name, *company.domains, company.notes])))


def _write_report(report: PracticeReport, sent: schemas.PracticeReportWrite) -> None:
    report.who_contacts = sent.who_contacts
    report.within_business_days = sent.within_business_days
    report.note_welcome = sent.note_welcome
    report.channel = sent.channel
    report.reported_on = sent.reported_on
    report.told_by = sent.told_by
    report.link = str(sent.link) if sent.link else None
    report.notes = sent.notes
