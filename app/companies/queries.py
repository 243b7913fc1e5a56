"""Reading companies and reports."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, exists, or_, select, union
from sqlalchemy.orm import InstrumentedAttribute

from app.companies import schemas
from app.companies.models import Company, CompanyDomain, PracticeReport
from app.companies.names import distinctive_words
from app.db.database import OWNER, Reading, owned
from app.http.pages import Page, Wanted, both_ways, rows_of
from app.http.resources import NoSuchResource
from app.http.search import holds
from app.rules import vocabulary as v

CompanySort = Literal["name", "-name", "created_at", "-created_at"]
SORTS = both_ways(name=(Company.name_key, Company.id), created_at=(Company.id,))
ReportSort = Literal["created_at", "-created_at"]
REPORT_SORTS = both_ways(created_at=(PracticeReport.id,))

_COMPANY = owned(Company).where(Company.id == bindparam("id"))
_DOMAINS = (
    select(CompanyDomain.company_id, CompanyDomain.domain)
    .where(CompanyDomain.owner_id == bindparam(OWNER))
    .where(CompanyDomain.company_id.in_(bindparam("ids", expanding=True)))
    .order_by(CompanyDomain.position)
)
_NAME_KEY = _COMPANY.with_only_columns(Company.name_key).scalar_subquery()
_OWN_DOMAINS = select(CompanyDomain.domain).where(
    CompanyDomain.owner_id == bindparam(OWNER), CompanyDomain.company_id == bindparam("id")
)
_ALIKE = union(
    owned(Company).with_only_columns(Company.id).where(Company.name_key == _NAME_KEY),
    select(CompanyDomain.company_id).where(
        CompanyDomain.owner_id == bindparam(OWNER), CompanyDomain.domain.in_(_OWN_DOMAINS)
    ),
)
"""The ids of companies with the name of one or a domain of its, that one among them."""
_WITH_DUPLICATES = (
    owned(Company)
    .where(Company.id.in_(_ALIKE))
    .order_by(Company.id != bindparam("id"), Company.id)
    .limit(schemas.MOST_DUPLICATES + 1)
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
        statement = statement.where(_known_by(domain))
    if country:
        statement = statement.where(Company.country == country)
    if sector:
        statement = statement.where(Company.sector == sector)
    rows, next_cursor = rows_of(reading, statement, SORTS, wanted)
    return Page(list(_with_domains(reading, rows)), next_cursor)


def duplicates(reading: Reading, company_id: UUID) -> schemas.CompanyDuplicates:
    """Other companies with the same name, legal forms aside, or a domain in common. Raises `NoSuchResource`."""
    # The company itself is the first row, so that one look finds it and the others.
    rows = reading.execute(_WITH_DUPLICATES, id=company_id).all()
    if not rows:
        raise _no_company()
    (key, *keys), (own, *others) = [row.name_key for row in rows], _with_domains(reading, rows)
    return schemas.CompanyDuplicates(
        items=[
            schemas.CompanyDuplicate(company=other, same=list(_in_common(key, own.domains, other_key, other)))
            for other_key, other in zip(keys, others, strict=True)
        ]
    )


def mention(
    text: InstrumentedAttribute[str], its_company: Sequence[ColumnElement[bool]] | None, query: str | None
) -> Iterator[ColumnElement[bool]]:
    """The conditions that a folded text, or the name of a company, holds every word of a query; none for no query.

    `its_company` are the conditions that lead from the row with the text to its company; None for a caller who may not
    see companies, and so must not find out by searching how they are called.
    """
    for word in distinctive_words(query or ""):
        in_text = text.contains(word, autoescape=True)
        if its_company is None:
            yield in_text
            continue
        in_company = exists().where(*its_company, Company.name_key.contains(word, autoescape=True))
        yield or_(in_text, in_company)


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
        raise _no_company()
    return row


def _no_company() -> NoSuchResource:
    return NoSuchResource("No company of yours has this id.")


def _known_by(domain: str) -> ColumnElement[bool]:
    """The condition that a company is known by a domain."""
    same = (CompanyDomain.owner_id == Company.owner_id, CompanyDomain.company_id == Company.id)
    return exists().where(*same, CompanyDomain.domain == domain)


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
