"""What clients get about the search so far."""

from uuid import UUID

from app.http.resources import Shown


class Funnel(Shown):
    """How many applications have come how far. One that is at an offer has been interviewing, and so on."""

    applications: int
    applied: int
    interviewing: int
    offers: int
    accepted: int
    declined: int
    rejected: int
    withdrawn: int
    interviews: int
    """Interviews that are over, of all applications."""


class Median(Shown):
    """The middle of several waits, in working days of the country of the job."""

    business_days: float
    cases: int
    """How many waits it is the middle of."""


class AnswerTimes(Shown):
    """How long answers take after an interview: as promised, as observed, and as the rules know it."""

    promised: Median | None
    """From interviews to the days by which answers were promised there; null where none was."""
    observed: Median | None
    """From the last interview before an offer or a refusal to that; null where there was none."""
    customary_business_days: list[int] | None
    """What is customary by the rules: from, to. Null where nobody knows, and over several countries."""
    published_business_days: int | None
    """What the company publishes or is reported to promise."""


class CountryAnswers(AnswerTimes):
    """Those of a country."""

    country: str


class CompanyAnswers(AnswerTimes):
    """Those of a company."""

    company_id: UUID
    name: str


class Summary(Shown):
    """The search so far."""

    funnel: Funnel
    answers: AnswerTimes
    by_country: list[CountryAnswers]
    """Those with interviews, by code."""
    by_company: list[CompanyAnswers]
    """Those with interviews, by name; at most 100, those with the most recent interviews."""
