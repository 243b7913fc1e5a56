"""What is known of a company's practice: what it publishes, and what the user's reports say."""

from uuid import UUID

from sqlalchemy import and_, bindparam, select

from app.companies.models import Company, CompanyDomain
from app.db.database import OWNER, Reading
from app.follow_up.gathering import REPORTS, known_as, reported_by
from app.follow_up.schemas import CompanyPractice
from app.http.resources import NoSuchResource
from app.rules.book import RuleBook

_NAMES = (
    select(Company.name, Company.country, CompanyDomain.domain)
    .outerjoin(CompanyDomain, and_(CompanyDomain.owner_id == Company.owner_id, CompanyDomain.company_id == Company.id))
    .where(Company.owner_id == bindparam(OWNER), Company.id == bindparam("id"))
    .order_by(CompanyDomain.position)
)


def practice_of(reading: Reading, book: RuleBook, company_id: UUID) -> CompanyPractice:
    """What decisions about interviews at a company take into account. Raises `NoSuchResource`."""
    rows = reading.execute(_NAMES, id=company_id).all()
    if not rows:
        raise NoSuchResource("No company of yours has this id.")
    domains = [row.domain for row in rows if row.domain]
    return CompanyPractice(
        published=known_as(book, [*domains, rows[0].name], rows[0].country or ""),
        reported=reported_by(reading.execute(REPORTS, company_id=company_id).all()),
    )
