"""Reading interviews and those who take part."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import and_, bindparam, not_, select

from app.applications.models import Application
from app.companies.models import Company
from app.companies.queries import mention
from app.db.database import OWNER, Reading, owned
from app.http.pages import Page, Wanted, both_ways, rows_of
from app.http.resources import NoSuchResource
from app.interviews import schemas
from app.interviews.expansion import expanded, needs_company, needs_contacts, with_company, with_contacts
from app.interviews.models import SAID_COLUMNS, Interview, Participant, said_of
from app.interviews.vocabulary import Expandable
from app.rules import zones

InterviewSort = Literal["starts_at", "-starts_at", "created_at", "-created_at"]
SORTS = both_ways(starts_at=(Interview.starts_at, Interview.id), created_at=(Interview.id,))
ParticipantSort = Literal["created_at", "-created_at"]
PARTICIPANT_SORTS = both_ways(created_at=(Participant.id,))

_MADE = {"said", "starts_at_local", "ends_at_local", "participants", "application", "company", "contacts"}
_STORED = tuple(name for name in schemas.Interview.model_fields if name not in _MADE)
_stored = attrgetter(*_STORED)
# Neither the owner nor the text that is searched: neither is shown, and both cost time to read.
_INTERVIEWS = owned(Interview).with_only_columns(*(getattr(Interview, name) for name in (*_STORED, *SAID_COLUMNS)))
_INTERVIEWS_AT = with_company(_INTERVIEWS)
_INTERVIEW, _INTERVIEW_AT = (every.where(Interview.id == bindparam("id")) for every in (_INTERVIEWS, _INTERVIEWS_AT))
_EXISTS = _INTERVIEW.with_only_columns(Interview.id)
_TAKING_PART = owned(Participant).where(Participant.interview_id == bindparam("interview_id"))
_PARTICIPANT = _TAKING_PART.where(Participant.id == bindparam("id"))
_BRIEF_PARTICIPANTS = (
    owned(Participant)
    .with_only_columns(
        Participant.interview_id, *(getattr(Participant, name) for name in schemas.InterviewParticipant.model_fields)
    )
    .order_by(Participant.id)
)
_PARTICIPANTS_OF_ONE = _BRIEF_PARTICIPANTS.where(Participant.interview_id == bindparam("interview_id"))
_PARTICIPANTS_OF_MANY = _BRIEF_PARTICIPANTS.where(Participant.interview_id.in_(bindparam("ids", expanding=True)))
_CONTACTS_OF_ONE, _CONTACTS_OF_MANY = with_contacts(_PARTICIPANTS_OF_ONE), with_contacts(_PARTICIPANTS_OF_MANY)
APPLICATIONS_AT_COMPANY = (
    select(Application.id)
    .where(Application.owner_id == bindparam(OWNER), Application.company_id == bindparam("company_id"))
    .scalar_subquery()
)

_ITS_COMPANY = (
    *(Application.owner_id == Interview.owner_id, Application.id == Interview.application_id),
    *(Company.owner_id == Application.owner_id, Company.id == Application.company_id),
)


def interview(reading: Reading, interview_id: UUID, expand: Collection[Expandable] = ()) -> schemas.Interview:
    """An interview. Raises `NoSuchResource`."""
    row = reading.execute(_INTERVIEW_AT if needs_company(expand) else _INTERVIEW, id=interview_id).first()
    if row is None:
        raise _no_interview()
    (found,) = _whole(reading, [row], expand)
    return found


def interviews(  # noqa: PLR0913 - one argument for each filter
    reading: Reading,
    wanted: Wanted,
    now: datetime,
    *,
    query: str | None = None,
    in_companies: bool,
    application_id: UUID | None = None,
    company_id: UUID | None = None,
    statuses: Sequence[str] = (),
    starts_from: datetime | None = None,
    starts_before: datetime | None = None,
    upcoming: bool | None = None,
    expand: Collection[Expandable] = (),
) -> Page[schemas.Interview]:
    """A page of interviews. Raises `Invalid` for a cursor that is not of this list."""
    every = _INTERVIEWS_AT if needs_company(expand) else _INTERVIEWS
    statement = every.where(*mention(Interview.search_text, _ITS_COMPANY if in_companies else None, query))
    values: dict[str, object] = {}
    if application_id:
        statement = statement.where(Interview.application_id == application_id)
    if company_id:
        statement = statement.where(Interview.application_id.in_(APPLICATIONS_AT_COMPANY))
        values["company_id"] = company_id
    if statuses:
        statement = statement.where(Interview.status.in_(statuses))
    if starts_from:
        statement = statement.where(Interview.starts_at >= starts_from)
    if starts_before:
        statement = statement.where(Interview.starts_at < starts_before)
    if upcoming is not None:
        comes = and_(Interview.starts_at >= now, Interview.status == "scheduled")
        statement = statement.where(comes if upcoming else not_(comes))
    rows, next_cursor = rows_of(reading, statement, SORTS, wanted, **values)
    return Page(_whole(reading, rows, expand), next_cursor)


def participant(reading: Reading, interview_id: UUID, participant_id: UUID) -> schemas.Participant:
    """Somebody who takes part. Raises `NoSuchResource`."""
    row = reading.execute(_PARTICIPANT, interview_id=interview_id, id=participant_id).first()
    if row is None:
        raise NoSuchResource("This interview has no participant with this id.")
    return schemas.Participant.model_validate(row)


def participants(reading: Reading, interview_id: UUID, wanted: Wanted) -> Page[schemas.Participant]:
    """A page of those who take part. Raises `NoSuchResource`, and `Invalid` for a cursor of another list."""
    if reading.execute(_EXISTS, id=interview_id).first() is None:
        raise _no_interview()
    rows, next_cursor = rows_of(reading, _TAKING_PART, PARTICIPANT_SORTS, wanted, interview_id=interview_id)
    return Page(list(map(schemas.Participant.model_validate, rows)), next_cursor)


def shown(row: Any, participants: Sequence[Any], **besides: object) -> schemas.Interview:  # noqa: ANN401 - an interview, or a row with its columns
    """An interview as clients get it."""
    members = dict(zip(_STORED, _stored(row), strict=True))
    zone, ends_at = row.time_zone, row.ends_at
    members |= {
        "said": said_of(row),
        "starts_at_local": zones.local(row.starts_at, zone),
        "ends_at_local": ends_at and zones.local(ends_at, zone),
        "participants": participants,
        **besides,
    }
    return schemas.Interview.model_validate(members)


def _whole(reading: Reading, rows: Sequence[Any], expand: Collection[Expandable]) -> list[schemas.Interview]:
    """Interviews with those who take part, and with what was asked for besides."""
    if not rows:
        return []
    taking_part = _taking_part(reading, [row.id for row in rows], contacts=needs_contacts(expand))
    return [shown(row, taking_part[row.id], **expanded(row, taking_part[row.id], expand)) for row in rows]


def _taking_part(
    reading: Reading, ids: Sequence[UUID], *, contacts: bool
) -> Mapping[UUID, Sequence[Mapping[str, Any]]]:
    """Who takes part in each of some interviews."""
    if len(ids) == 1:
        found = reading.execute(_CONTACTS_OF_ONE if contacts else _PARTICIPANTS_OF_ONE, interview_id=ids[0])
    else:
        found = reading.execute(_CONTACTS_OF_MANY if contacts else _PARTICIPANTS_OF_MANY, ids=ids)
    taking_part: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for one in found:
        taking_part[one.interview_id].append(one._asdict())
    return taking_part


def _no_interview() -> NoSuchResource:
    return NoSuchResource("No interview of yours has this id.")
