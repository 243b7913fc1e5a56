"""Reading companies and reports."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.companies import schemas
from app.companies.models import Company, CompanyDomain, PracticeReport
from app.companies.names import distinctive_words
from app.db.database import OWNER, Reading, owned
from app.http.pages import Page, Sort, Wanted, rows_of
from app.http.resources import NoSuchResource
from app.http.search import holds
from app.rules import vocabulary as v

CompanySort = Literal["name", "-name", "created_at", "-created_at"]
SORTS: Mapping[str, Sort] = {
    "name": Sort((Company.name_key, Company.id)),
    "-name": Sort((Company.name_key, Company.id), descending=True),
    "created_at": Sort((Company.id,)),
    "-created_at": Sort((Company.id,), descending=True),
}
ReportSort = Literal["created_at", "-created_at"]
REPORT_SORTS: Mapping[str, Sort] = {
    "created_at": Sort((PracticeReport.id,)),
    "-created_at": Sort((PracticeReport.id,), descending=True),
}

_COMPANY = owned(Company).where(Company.id == bindparam("id"))
_DOMAINS = (
    select(CompanyDomain.company_id, CompanyDomain.domain)
    .where(CompanyDomain.owner_id == bindparam(OWNER))
    .where(CompanyDomain.company_id.in_(bindparam("ids", expanding=True)))
    .order_by(CompanyDomain.position)
)
_REPORTS = owned(PracticeReport).where(PracticeReport.company_id == bindparam("company_id"))
_REPORT = _REPORTS.where(PracticeReport.id == bindparam("id"))


def company(reading: Reading, company_id: UUID) -> schemas.Company:
    """A company. Raises `NoSuchResource`."""
    found = _with_domains(reading, [_row(reading, company_id)])
    return next(iter(found))


def companies(  # noqa: PLR0913 - one argument for each filter
    reading: Reading,
    wanted: Wanted,
    *,
    query: str | None = None,
    domain: str | None = None,
    country: str | None = None,
    sector: v.Sector | None = None,
) -> Page[schemas.Company]:
    """A page of companies. Raises `Invalid` for a cursor that is not of this list."""
    statement = owned(Company).where(*holds(Company.search_text, query))
    if domain:
        statement = statement.where(_known_by([domain]))
    if country:
        statement = statement.where(Company.country == country)
    if sector:
        statement = statement.where(Company.sector == sector)
    rows, next_cursor = rows_of(reading, statement, SORTS, wanted)
    return Page(list(_with_domains(reading, rows)), next_cursor)


def duplicates(reading: Reading, company_id: UUID) -> schemas.CompanyDuplicates:
    """Other companies with the same name, legal forms aside, or a domain in common. Raises `NoSuchResource`."""
    row = _row(reading, company_id)
    own = _domains(reading, [company_id])[company_id]
    same = or_(Company.name_key == row.name_key, _known_by(own))
    found = owned(Company).where(Company.id != company_id, same).order_by(Company.id).limit(schemas.MOST_DUPLICATES)
    others = reading.execute(found).all()
    pairs = zip(others, _with_domains(reading, others), strict=True)
    return schemas.CompanyDuplicates(
        items=[
            schemas.CompanyDuplicate(company=other, same=list(_in_common(row.name_key, own, found.name_key, other)))
            for found, other in pairs
        ]
    )


def mention(
    text: InstrumentedAttribute[str], its_company: Sequence[ColumnElement[bool]], query: str | None
) -> Iterator[ColumnElement[bool]]:
    """The conditions that a folded text, or the name of a company, holds every word of a query; none for no query.

    `its_company` are the conditions that lead from the row with the text to its company.
    """
    for word in distinctive_words(query or ""):
        in_company = exists().where(*its_company, Company.name_key.contains(word, autoescape=True))
        yield or_(text.contains(word, autoescape=True), in_company)


def report(reading: Reading, company_id: UUID, report_id: UUID) -> schemas.PracticeReport:
    """A report. Raises `NoSuchResource`."""
    row = reading.execute(_REPORT, company_id=company_id, id=report_id).first()
    if row is None:
        raise NoSuchResource("This company has no report with this id.")
    return schemas.PracticeReport.model_validate(row)


def reports(reading: Reading, company_id: UUID, wanted: Wanted) -> Page[schemas.PracticeReport]:
    """A page of the reports of a company. Raises `NoSuchResource`, and `Invalid` for a cursor of another list."""
    _row(reading, company_id)
    rows, next_cursor = rows_of(reading, _REPORTS, REPORT_SORTS, wanted, company_id=company_id)
    return Page(list(map(schemas.PracticeReport.model_validate, rows)), next_cursor)


def _row(reading: Reading, company_id: UUID) -> Any:  # noqa: ANN401 - a row with the columns of `companies`
    row = reading.execute(_COMPANY, id=company_id).first()
    if row is None:
        raise NoSuchResource("No company of yours has this id.")
    return row


def _known_by(domains: Iterable[str]) -> Any:  # noqa: ANN401 - an EXISTS
    """The condition that a company is known by one of the domains."""
    same = (CompanyDomain.owner_id == Company.owner_id, CompanyDomain.company_id == Company.id)
    return exists().where(*same, CompanyDomain.domain.in_(list(domains)))


def _in_common(
    name_key: str, domains: Iterable[str], other_key: str, other: schemas.Company
) -> Iterator[schemas.Likeness]:
    if name_key == other_key:
        yield "name"
    if set(domains) & set(other.domains):
        yield "domain"


def _with_domains(reading: Reading, rows: Sequence[Any]) -> Iterator[schemas.Company]:
    domains = _domains(reading, [row.id for row in rows])
    for row in rows:
        yield schemas.Company.model_validate({**row._mapping, "domains": domains[row.id]})  # noqa: SLF001 - public by its documentation


def _domains(reading: Reading, ids: Sequence[UUID]) -> Mapping[UUID, list[str]]:
    """The domains of companies, in their order."""
    found: dict[UUID, list[str]] = defaultdict(list)
    if ids:
        for company_id, domain in reading.execute(_DOMAINS, ids=ids):
            found[company_id].append(domain)
    return found
