"""Writing down what the user has done: the facts that decisions and plans look at, in the services that keep them."""

from datetime import date, datetime
from uuid import UUID

from app.applications import schemas as application_schemas
from app.applications import service as applications
from app.db.database import Writing
from app.http.resources import Match
from app.interviews import schemas as interview_schemas
from app.interviews import service as interviews
from app.references import briefings_service as briefings
from app.references import schemas as reference_schemas

_ANY = Match("*")


def note_sent(session: Writing, interview_id: UUID, participant_id: UUID, now: datetime) -> None:
    """Somebody was sent a thank-you note. Raises what the service raises."""
    patch = interview_schemas.ParticipantPatch.model_validate({"note_sent_at": now.isoformat()})
    interviews.change_participant(session, interview_id, participant_id, _ANY, patch)


def asked(session: Writing, interview_id: UUID, enquiry: int, day: date) -> None:
    """The user has asked about the result, for the first time or again. Raises what the service raises."""
    change_interview(session, interview_id, enquiries=enquiry, last_enquiry_on=str(day))


def change_interview(session: Writing, interview_id: UUID, **members: object) -> None:
    """Change members of an interview. Raises what the service raises."""
    patch = interview_schemas.InterviewPatch.model_validate(members)
    interviews.change(session, interview_id, _ANY, patch)


def withdrawn(session: Writing, application_id: UUID, day: date) -> None:
    """The user has withdrawn an application. Raises what the service raises."""
    sent = application_schemas.StatusChangeWrite(status="withdrawn", happened_on=day)
    applications.change_status(session, application_id, _ANY, sent)


def reference_told(session: Writing, reference_id: UUID, interview_id: UUID, now: datetime) -> None:
    """A reference was told that somebody may call. Raises what the service raises."""
    sent = reference_schemas.ReferenceBriefingWrite(interview_id=interview_id, told_at=now)
    briefings.create(session, reference_id, sent)
