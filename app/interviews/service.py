"""Changing interviews and those who take part."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.applications.models import Application
from app.contacts.models import Contact
from app.db.constraints import repeats
from app.db.database import OWNER, Writing, owned
from app.db.types import new_id
from app.errors import FieldError, Invalid
from app.events.recording import happened
from app.http import clock
from app.http.happened import is_to_come, require_happened
from app.http.problems import invalid_request
from app.http.references import require_none_under_way, require_own, which_exist
from app.http.resources import Match, NoSuchResource, patched
from app.interviews import schemas
from app.interviews.errors import AlreadyParticipant, TooManyParticipants
from app.interviews.models import Interview, Participant
from app.interviews.queries import shown
from app.interviews.vocabulary import BEGUN, EVENTS, NoteDelivery
from app.text import folded

_INTERVIEW = owned(Interview).where(Interview.id == bindparam("id"))
_TAKING_PART = owned(Participant).where(Participant.interview_id == bindparam("interview_id"))
_PARTICIPANTS = _TAKING_PART.order_by(Participant.id)
_PARTICIPANT = _TAKING_PART.where(Participant.id == bindparam("id"))
_AS_CONTACT = _TAKING_PART.where(Participant.contact_id == bindparam("contact_id"))
_COUNT = select(func.count()).where(
    Participant.owner_id == bindparam(OWNER), Participant.interview_id == bindparam("interview_id")
)
_COUNTED_AS_CHANGED = (
    update(Interview)
    .where(Interview.owner_id == bindparam(OWNER), Interview.id == bindparam("interview_id"))
    .values(version=Interview.version + 1, updated_at=bindparam("now"))
    .returning(Interview.starts_at)
)
_ADD_PARTICIPANTS = insert(Participant.__table__)  # type: ignore[arg-type]
_APPLICATIONS, _CONTACTS = which_exist(Application), which_exist(Contact)


def create(session: Writing, sent: schemas.InterviewCreate) -> schemas.Interview:
    """Add an interview and those who take part. Raises `Invalid`."""
    now = clock.now()
    _require_possible(now, sent.begins, {f"#/participants/{place}": one for place, one in enumerate(sent.participants)})
    interview = Interview(owner_id=session.owner_id, created_at=now, updated_at=now)
    _write(session, interview, sent, now)
    contacts = {f"#/participants/{index}/contact_id": one.contact_id for index, one in enumerate(sent.participants)}
    require_own(session, _CONTACTS, contacts, "contact")
    session.add(interview)
    session.flush()
    participants = [_new_participant(session, interview.id, one, now) for one in sent.participants]
    if participants:
        session.connection().execute(_ADD_PARTICIPANTS, participants)
    happened(
        session, "interview.created", interview.id, application_id=interview.application_id, status=interview.status
    )
    return shown(interview, participants)


def change(session: Writing, interview_id: UUID, match: Match, patch: schemas.InterviewPatch) -> schemas.Interview:
    """Change an interview. Raises `NoSuchResource`, `ChangedMeanwhile`, `Invalid`."""
    interview = _interview(session, interview_id)
    match.require(interview)
    now = clock.now()
    status, application_id = interview.status, interview.application_id
    _write(session, interview, patched(schemas.InterviewWrite, interview, patch), now)
    if session.touch(interview, now):
        kind = "interview.changed" if interview.status == status else EVENTS[interview.status]
        both = {"application_id": interview.application_id, "previous_application_id": application_id}
        happened(session, kind, interview_id, **both)
    participants = _participants(session, interview_id)
    if is_to_come(interview.starts_at, now) and any(one.attended for one in participants):
        detail = "Participants are marked as having been there, so the interview cannot be one to come."
        hint = "Correct starts_at, or take `attended` away from its participants first."
        raise invalid_request((FieldError(detail, "#/starts_at", hint=hint),), 1)
    return shown(interview, participants)


def delete(session: Writing, interview_id: UUID, match: Match) -> None:
    """Delete an interview, those who took part, and the reflection.

    Raises `NoSuchResource`, `ChangedMeanwhile`; `InUse` while a message about it is about to leave.
    """
    interview = _interview(session, interview_id)
    match.require(interview)
    require_none_under_way(session, Interview.__tablename__, interview_id)
    session.delete(interview)
    session.flush()
    happened(session, "interview.deleted", interview_id, application_id=interview.application_id)


def add_participant(session: Writing, interview_id: UUID, sent: schemas.ParticipantWrite) -> schemas.Participant:
    """Let a contact take part.

    Raises `NoSuchResource`, `Invalid`, `AlreadyParticipant`, `TooManyParticipants`.
    """
    # Before the interview: whoever deletes or merges a contact locks the two in this order.
    try:
        require_own(session, _CONTACTS, {"#/contact_id": sent.contact_id}, "contact")
    except Invalid:
        _interview(session, interview_id)
        raise
    now = clock.now()
    _require_possible(now, _count_as_change(session, interview_id, now), {"#": sent})
    number = session.execute(_COUNT, {OWNER: session.owner_id, "interview_id": interview_id}).scalar_one()
    if number >= schemas.MOST_PARTICIPANTS:
        raise TooManyParticipants(f"This interview has {number} participants.")
    participant = Participant(**_new_participant(session, interview_id, sent, now))
    session.add(participant)
    _flush(session)
    return schemas.Participant.model_validate(participant)


def change_participant(
    session: Writing, interview_id: UUID, participant_id: UUID, match: Match, patch: schemas.ParticipantPatch
) -> schemas.Participant:
    """Change somebody's part. Raises `NoSuchResource`, `ChangedMeanwhile`, `Invalid`, `AlreadyParticipant`."""
    participant = _participant(session, interview_id, participant_id)
    match.require(participant)
    sent = patched(schemas.ParticipantWrite, participant, patch)
    now = clock.now()
    with session.no_autoflush:
        if sent.contact_id != participant.contact_id:
            require_own(session, _CONTACTS, {"#/contact_id": sent.contact_id}, "contact")
            # What is on its way is to somebody else.
            participant.note_delivery = participant.note_scheduled_at = None
        participant.contact_id = sent.contact_id
        participant.role = sent.role
        participant.attended = sent.attended
        participant.note_sent_at = sent.note_sent_at
        if session.is_modified(participant):
            participant.updated_at = now
            # Before the participant's own row: whoever deletes an interview locks the two in this order.
            _require_possible(now, _count_as_change(session, interview_id, now), {"#": sent})
    _flush(session)
    return schemas.Participant.model_validate(participant)


def note_becomes(
    session: Writing,
    interview_id: UUID,
    contact_id: UUID,
    delivery: NoteDelivery | None,
    scheduled_at: datetime | None,
) -> None:
    """Write down what is the matter with a note to somebody, if they take part: what sends it says so."""
    participant = session.find(_AS_CONTACT, interview_id=interview_id, contact_id=contact_id)
    if participant is None:
        return
    with session.no_autoflush:
        participant.note_delivery, participant.note_scheduled_at = delivery, scheduled_at
        if session.is_modified(participant):
            participant.updated_at = now = clock.now()
            # Before the participant's own row, as above.
            _count_as_change(session, interview_id, now)
    session.flush()


def delete_participant(session: Writing, interview_id: UUID, participant_id: UUID, match: Match) -> None:
    """Let somebody take part no longer. Raises `NoSuchResource`, `ChangedMeanwhile`."""
    participant = _participant(session, interview_id, participant_id)
    match.require(participant)
    _count_as_change(session, interview_id, clock.now())
    session.delete(participant)
    session.flush()


def _interview(session: Writing, interview_id: UUID) -> Interview:
    interview = session.find(_INTERVIEW, id=interview_id)
    if interview is None:
        raise NoSuchResource("No interview of yours has this id.")
    return interview


def _participants(session: Writing, interview_id: UUID) -> Sequence[Participant]:
    return session.find_all(_PARTICIPANTS, interview_id=interview_id)


def _participant(session: Writing, interview_id: UUID, participant_id: UUID) -> Participant:
    participant = session.find(_PARTICIPANT, interview_id=interview_id, id=participant_id)
    if participant is None:
        raise NoSuchResource("This interview has no participant with this id.")
    return participant


def _count_as_change(session: Writing, interview_id: UUID, now: datetime) -> datetime:
    """Give an interview a new version: who takes part is shown with it. Returns when it begins.

    Raises `NoSuchResource`.
    """
    which = {OWNER: session.owner_id, "interview_id": interview_id, "now": now}
    options = {"synchronize_session": False}
    happened(session, "interview.changed", interview_id)
    begins = session.execute(_COUNTED_AS_CHANGED, which, execution_options=options).scalar_one_or_none()
    if begins is None:
        raise NoSuchResource("No interview of yours has this id.")
    return begins


def _flush(session: Writing) -> None:
    """Send a participant to the database. Raises `AlreadyParticipant`."""
    try:
        session.flush()
    except IntegrityError as error:
        if not repeats(error, Participant, "owner_id", "interview_id", "contact_id"):
            raise
        raise AlreadyParticipant from error


def _new_participant(
    session: Writing, interview_id: UUID, sent: schemas.ParticipantWrite, now: datetime
) -> dict[str, Any]:
    return {
        "owner_id": session.owner_id,
        "id": new_id(),
        "interview_id": interview_id,
        "contact_id": sent.contact_id,
        "role": sent.role,
        "attended": sent.attended,
        "note_sent_at": sent.note_sent_at,
        "note_delivery": None,
        "note_scheduled_at": None,
        "created_at": now,
        "updated_at": now,
        "version": 1,
    }


def _write(session: Writing, interview: Interview, sent: schemas.InterviewWrite, now: datetime) -> None:
    """Take over what was sent; the application is looked up where it is another."""
    if sent.application_id != interview.application_id:
        require_own(session, _APPLICATIONS, {"#/application_id": sent.application_id}, "application")
    begins, ends = sent.begins, sent.ends
    _require_begun(sent, begins, now)
    require_happened(now, {"#/last_enquiry_on": sent.last_enquiry_on})
    said = sent.said or schemas.SaidWrite()
    interview.application_id = sent.application_id
    interview.stage = sent.stage
    interview.format = sent.format
    interview.language = sent.language
    interview.starts_at = begins
    interview.ends_at = ends
    interview.time_zone = sent.time_zone
    interview.place = sent.place
    interview.link = str(sent.link) if sent.link else None
    interview.status = sent.status
    interview.said_who_contacts = said.who_contacts
    interview.said_answer_by = said.answer_by
    interview.said_no_contact = said.no_contact
    interview.said_note_welcome = said.note_welcome
    interview.said_canvassing_disqualifies = said.canvassing_disqualifies
    interview.thanked_in_person = sent.thanked_in_person
    interview.enquiries = sent.enquiries
    interview.last_enquiry_on = sent.last_enquiry_on
    interview.notes = sent.notes
    interview.search_text = folded(" ".join(filter(None, [sent.place, sent.notes])))


def _require_begun(sent: schemas.InterviewWrite, begins: datetime, now: datetime) -> None:
    """An interview that has not begun is scheduled or cancelled, and nobody was thanked at its end."""
    if sent.status in BEGUN and begins > now:
        detail = f"The interview has not begun, so it cannot be {sent.status!r}."
        hint = "Leave it scheduled or cancel it, or correct starts_at."
        raise invalid_request((FieldError(detail, "#/status", hint=hint),), 1)
    if sent.thanked_in_person and is_to_come(begins, now):
        detail = "The interview has not begun, so nobody can have been thanked at its end."
        hint = "Leave it out until the interview was held, or correct starts_at."
        raise invalid_request((FieldError(detail, "#/thanked_in_person", hint=hint),), 1)


def _require_possible(now: datetime, begins: datetime, sent: Mapping[str, schemas.ParticipantWrite]) -> None:
    """Nobody was sent a note in the future, nor has attended an interview to come. `sent` is by JSON Pointer.

    Raises `Invalid`.
    """
    require_happened(now, {f"{pointer}/note_sent_at": one.note_sent_at for pointer, one in sent.items()})
    if is_to_come(begins, now):
        hint = "Leave it out until the interview was held, or correct the interview's starts_at."
        errors = tuple(
            FieldError("The interview has not begun, so nobody has attended it yet.", f"{pointer}/attended", hint=hint)
            for pointer, one in sent.items()
            if one.attended
        )
        if errors:
            raise invalid_request(errors, len(errors))
