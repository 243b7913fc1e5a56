"""What is known of a company's practice: what it publishes, and what the user's reports say."""

from uuid import UUID

from app.companies import queries
from app.db.database import Reading
from app.follow_up.gathering import REPORTS, known_as, reported_by
from app.follow_up.schemas import CompanyPractice
from app.rules.book import RuleBook


def practice_of(reading: Reading, book: RuleBook, company_id: UUID) -> CompanyPractice:
    """What decisions about interviews at a company take into account. Raises `NoSuchResource`."""
    company = queries.company(reading, company_id)
    return CompanyPractice(
        published=known_as(book, [*company.domains, company.name], company.country or ""),
        reported=reported_by(reading.execute(REPORTS, company_id=company_id).all()),
    )
