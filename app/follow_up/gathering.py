"""Gathers the facts of an interview from what the user has written down.

Only codes, numbers and dates become facts: a stored decision has no name, address or text of anybody's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, select

from app.applications.models import Application
from app.applications.statuses import ENDED, Status
from app.companies.models import Company, CompanyDomain, PracticeReport
from app.contacts.models import Contact
from app.db.database import OWNER, Reading
from app.http.resources import NoSuchResource
from app.interviews.models import Interview, Participant, said_of
from app.interviews.vocabulary import Role as PartRole
from app.rules import vocabulary as v
from app.rules.book import RuleBook
from app.rules.facts import Choice, Facts, Recipient, Reported, Said

_ROLES: dict[PartRole, v.Role | None] = {
    "interviewer": "interviewer",
    "decision_maker": "decision_maker",
    "recruiter": "recruiter",
    # To the rules, whoever arranges interviews for the employer is its recruiter.
    "coordinator": "recruiter",
    "panel_chair": "panel_chair",
    "agency_consultant": "agency_consultant",
    "observer": None,
}
PRESENT_ONLY: frozenset[PartRole | None] = frozenset({"interviewer", "panel_chair", "observer", None})
"""Parts in which somebody who was not there has done nothing to be thanked for."""

CASES = (
    select(
        Interview,
        *(
            getattr(Application, name)
            for name in (
                *("country", "subdivision", "track", "via_agency", "agency_contact_id", "introduced_by_person"),
                *("introduced_by_contact_id", "sent_by_employment_service", "headcount", "publicly_advertised"),
            )
        ),
        Application.status.label("application_status"),
        Application.company_id,
        Company.name.label("company_name"),
        Company.sector,
        Company.ownership,
        Company.size,
        CompanyDomain.domain,
    )
    .join(Application, and_(Application.owner_id == Interview.owner_id, Application.id == Interview.application_id))
    .join(Company, and_(Company.owner_id == Application.owner_id, Company.id == Application.company_id))
    .outerjoin(CompanyDomain, and_(CompanyDomain.owner_id == Company.owner_id, CompanyDomain.company_id == Company.id))
    .where(Interview.owner_id == bindparam(OWNER))
)
"""Interviews with what decisions look at of their applications and companies: a row for each domain of the company."""
DOMAIN_ORDER = CompanyDomain.position
_CASE = CASES.where(Interview.id == bindparam("id")).order_by(DOMAIN_ORDER)
_WISHES = (Contact.wishes_note, Contact.channels, Contact.known_personally, Contact.time_zone)
PEOPLE = (
    select(Participant.id, Participant.contact_id, Participant.role, Participant.attended, Participant.note_sent_at)
    .add_columns(*_WISHES)
    .join(Contact, and_(Contact.owner_id == Participant.owner_id, Contact.id == Participant.contact_id))
    .where(Participant.owner_id == bindparam(OWNER))
    .order_by(Participant.id)
)
"""Those who take part in interviews, with their wishes."""
_PEOPLE = PEOPLE.where(Participant.interview_id == bindparam("interview_id"))
ALL_REPORTS = (
    select(PracticeReport)
    .where(PracticeReport.owner_id == bindparam(OWNER))
    .order_by(PracticeReport.reported_on.desc(), PracticeReport.id.desc())
)
"""What is reported of companies, the newest first."""
REPORTS = ALL_REPORTS.where(PracticeReport.company_id == bindparam("company_id"))


@dataclass(frozen=True, slots=True)
class Somebody:
    """A recipient, and the facts as they are for them; nobody in particular where no participant is known."""

    participant_id: UUID | None
    contact_id: UUID | None
    role: PartRole | None
    facts: Facts


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of an interview before anybody looks at who took part."""

    row: Row[Any]
    domains: Sequence[str]

    @property
    def status(self) -> str:
        """The status of the interview."""
        return str(self.row.status)


def case_of(session: Reading, interview_id: UUID) -> Case:
    """An interview with its application and company. Raises `NoSuchResource`."""
    rows = session.execute(_CASE, id=interview_id).all()
    if not rows:
        raise NoSuchResource("No interview of yours has this id.")
    return Case(rows[0], [row.domain for row in rows if row.domain])


def facts_of(session: Reading, case: Case, book: RuleBook, as_of: date, choice: Choice | None) -> list[Somebody]:
    """The facts for each recipient; one set for nobody in particular where none is known."""
    people = session.execute(_PEOPLE, interview_id=case.row.id).all()
    reports = session.execute(REPORTS, company_id=case.row.company_id).all()
    return facts_for(case, people, reports, book, as_of, choice)


def facts_for(  # noqa: PLR0913, PLR0917 - everything that facts come from
    case: Case,
    people: Sequence[Row[Any]],
    reports: Sequence[Row[Any]],
    book: RuleBook,
    as_of: date,
    choice: Choice | None,
) -> list[Somebody]:
    """The same from rows of `PEOPLE` and `ALL_REPORTS`."""
    shared = _shared(case, book, as_of, reported_by(reports), choice)
    zones = book.data.zones.get(case.row.country, ())
    found = [
        Somebody(one.id, one.contact_id, one.role, shared.model_copy(update=_of_recipient(case, one, zones)))
        for one in people
        if not (one.attended is False and one.role in PRESENT_ONLY)
    ]
    return found or [Somebody(None, None, None, shared)]


def reported_by(reports: Sequence[Row[Any]]) -> Reported | None:
    """What reports say together: of each field the newest that says anything. `reports` are the newest first.

    `reported_on` is the day of the oldest that is needed: the whole is no fresher than that.
    """
    values: dict[str, Any] = {}
    days = []
    for report in reports:
        said = {
            name: value
            for name in ("who_contacts", "within_business_days", "note_welcome", "channel")
            if name not in values and (value := getattr(report, name)) is not None
        }
        if said:
            values |= said
            days.append(report.reported_on)
    return Reported(**values, reported_on=min(days)) if values else None


def known_as(book: RuleBook, names: Sequence[str], country: str) -> str | None:
    """The key of the published practice that one of the domains or names leads to, preferably in a country."""
    return next(filter(None, (book.company(name, country) for name in names)), None)


def _shared(case: Case, book: RuleBook, as_of: date, reported: Reported | None, choice: Choice | None) -> Facts:
    """The facts that are the same for everybody."""
    row = case.row
    said = {name: value for name, value in said_of(row).items() if value is not None}
    return Facts(
        country=row.country,
        subdivision=row.subdivision,
        ended_at=row.ends_at or row.starts_at,
        time_zone=row.time_zone,
        as_of=as_of,
        company=known_as(book, [*case.domains, row.company_name], row.country),
        sector=row.sector,
        ownership=row.ownership,
        size=row.size,
        track=row.track,
        via_agency=True if row.agency_contact_id else row.via_agency,
        introduced_by_person=True if row.introduced_by_contact_id else row.introduced_by_person,
        sent_by_employment_service=row.sent_by_employment_service,
        format=row.format,
        stage=row.stage,
        language=row.language,
        said=Said(**said) if said else None,
        reported=reported,
        enquiries=row.enquiries,
        last_enquiry_on=row.last_enquiry_on,
        process=_process(row.application_status),
        headcount=row.headcount,
        publicly_advertised=row.publicly_advertised,
        choice=choice,
    )


def _process(status: Status) -> v.Process:
    """How far the employer's process is, by the status of the application."""
    if status == "offer":
        return "offered"
    return "closed" if status in ENDED else "open"


def _of_recipient(case: Case, one: Row[Any], zones: Sequence[str]) -> dict[str, Any]:
    """The facts that are somebody's own."""
    own = dict(_wishes(one))
    return {
        "recipient": Recipient(**own) if own else None,
        "note_sent_at": one.note_sent_at,
        # A recipient abroad reads the note by clocks that the country's working hours say nothing of.
        "time_zone": one.time_zone if one.time_zone in zones else case.row.time_zone,
    }


def _wishes(one: Row[Any]) -> Iterator[tuple[str, Any]]:
    if one.role is not None and _ROLES[one.role]:
        yield "role", _ROLES[one.role]
    if one.wishes_note is not None:
        yield "wishes_note", one.wishes_note
    if one.known_personally is not None:
        yield "known_personally", one.known_personally
    if one.channels:
        yield "channels", one.channels
