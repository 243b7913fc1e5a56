"""Changing applications."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam

from app.applications import schemas
from app.applications.errors import TransitionNotAllowed
from app.applications.models import LONGEST_KEY, Application, StatusChange
from app.applications.queries import shown
from app.applications.statuses import ENDED, EVENTS, NEXT
from app.companies.models import Company
from app.contacts.models import Contact
from app.db.database import Writing, owned
from app.errors import FieldError
from app.events.recording import happened
from app.http import clock
from app.http.happened import require_happened
from app.http.problems import invalid_request
from app.http.references import require_none_under_way, require_own, which_exist
from app.http.resources import Match, NoSuchResource, patched
from app.text import folded

_APPLICATION = owned(Application).where(Application.id == bindparam("id"))
_COMPANIES, _CONTACTS = which_exist(Company), which_exist(Contact)


def create(session: Writing, sent: schemas.ApplicationCreate) -> schemas.Application:
    """Add an application, and the first entry of its history. Raises `Invalid`."""
    now = clock.now()
    application = Application(owner_id=session.owner_id, created_at=now, updated_at=now, status=sent.status)
    _write(session, application, sent, now)
    session.add(application)
    session.flush()
    first = schemas.StatusChangeWrite(status=sent.status, happened_on=_day_of(sent))
    _note(session, application, first, now)
    session.flush()
    happened(session, "application.created", application.id, application_id=application.id, status=application.status)
    return shown(application)


def change(
    session: Writing, application_id: UUID, match: Match, patch: schemas.ApplicationPatch
) -> schemas.Application:
    """Change an application. Raises `NoSuchResource`, `ChangedMeanwhile`, `Invalid`."""
    application = _application(session, application_id)
    match.require(application)
    now = clock.now()
    company_id = application.company_id
    _write(session, application, patched(schemas.ApplicationWrite, application, patch), now)
    if session.touch(application, now):
        about = {"application_id": application_id, "status": application.status}
        companies = {"company_id": application.company_id, "previous_company_id": company_id}
        happened(session, "application.changed", application_id, **about, **companies)
    return shown(application)


def change_status(
    session: Writing, application_id: UUID, match: Match, sent: schemas.StatusChangeWrite
) -> schemas.Application:
    """Bring an application one step further.

    Raises `NoSuchResource`, `ChangedMeanwhile`, `TransitionNotAllowed`; `Invalid` for a day that cannot be.
    """
    application = _application(session, application_id)
    match.require(application)
    possible = sent.status in NEXT[application.status] or sent.correction
    if not possible or sent.status == application.status:
        raise TransitionNotAllowed(application.status, sent.status)
    now = clock.now()
    require_happened(now, {"#/happened_on": sent.happened_on})
    before = application.status
    application.status = sent.status
    _set_days(application, sent.status, sent.happened_on)
    session.touch(application, now)
    _note(session, application, sent, now)
    session.flush()
    happened(session, EVENTS[sent.status], application_id, application_id=application_id, before=before)
    return shown(application)


def delete(session: Writing, application_id: UUID, match: Match) -> None:
    """Delete an application, its history and its interviews.

    Raises `NoSuchResource`, `ChangedMeanwhile`; `InUse` while a message about one of them is about to leave.
    """
    application = _application(session, application_id)
    match.require(application)
    require_none_under_way(session, Application.__tablename__, application_id)
    session.delete(application)
    session.flush()
    about = {"company_id": application.company_id, "status": application.status}
    happened(session, "application.deleted", application_id, **about)


def _application(session: Writing, application_id: UUID) -> Application:
    application = session.find(_APPLICATION, id=application_id)
    if application is None:
        raise NoSuchResource("No application of yours has this id.")
    return application


def _write(session: Writing, application: Application, sent: schemas.ApplicationWrite, now: datetime) -> None:
    """Take over what was sent; references that change are looked up."""
    require_happened(now, {"#/applied_on": sent.applied_on, "#/decided_on": sent.decided_on})
    _set_references(session, application, sent)
    application.position = sent.position
    application.position_key = folded(sent.position)[:LONGEST_KEY]
    application.search_text = folded(" ".join(filter(None, [sent.position, sent.notes])))
    application.country = sent.country
    application.subdivision = sent.subdivision
    application.track = sent.track
    application.via_agency = True if sent.agency_contact_id else sent.via_agency
    application.introduced_by_person = True if sent.introduced_by_contact_id else sent.introduced_by_person
    application.sent_by_employment_service = sent.sent_by_employment_service
    application.deadline_on = sent.deadline_on
    application.applied_on = sent.applied_on
    application.offer_answer_by = sent.offer_answer_by
    application.decided_on = sent.decided_on
    application.posting_url = str(sent.posting_url) if sent.posting_url else None
    application.headcount = sent.headcount
    application.publicly_advertised = sent.publicly_advertised
    application.notes = sent.notes


def _set_references(session: Writing, application: Application, sent: schemas.ApplicationWrite) -> None:
    if sent.company_id != application.company_id:
        require_own(session, _COMPANIES, {"#/company_id": sent.company_id}, "company")
    contacts = {
        f"#/{name}": getattr(sent, name)
        for name in ("agency_contact_id", "introduced_by_contact_id")
        if getattr(sent, name) != getattr(application, name)
    }
    require_own(session, _CONTACTS, contacts, "contact")
    application.company_id = sent.company_id
    application.agency_contact_id = sent.agency_contact_id
    application.introduced_by_contact_id = sent.introduced_by_contact_id


def _day_of(sent: schemas.ApplicationCreate) -> date | None:
    """The day on which a new application got the status that it has, where that is known."""
    if sent.status == "applied":
        return sent.applied_on
    return sent.decided_on if sent.status in ENDED else None


def _set_days(application: Application, status: str, happened_on: date | None) -> None:
    """Let the day of a step be that of the application or of its end, unless there is one already."""
    if status == "applied":
        application.applied_on = application.applied_on or happened_on
    if status not in ENDED:
        application.decided_on = None
        return
    if happened_on and application.applied_on and happened_on < application.applied_on:
        detail = f"This is before the day of the application, {application.applied_on}."
        wrong = FieldError(detail, "#/happened_on", hint="Correct this day, or `applied_on` of the application.")
        raise invalid_request((wrong,), 1)
    application.decided_on = happened_on or application.decided_on


def _note(session: Writing, application: Application, sent: schemas.StatusChangeWrite, now: datetime) -> None:
    """Add a step to the history."""
    session.add(
        StatusChange(
            owner_id=session.owner_id,
            application_id=application.id,
            status=sent.status,
            changed_at=now,
            happened_on=sent.happened_on,
            note=sent.note,
            correction=sent.correction,
        )
    )
