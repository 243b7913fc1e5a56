"""Gathers what a message is about from the user's own record: nothing else gets into a draft."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Row, and_, bindparam, case, func, or_, select

from app.accounts.models import User
from app.applications.models import Application
from app.applications.statuses import ENDED
from app.contacts.models import Contact
from app.contacts.names import ContactName
from app.db.database import OWNER, Reading
from app.db.types import Identifier
from app.errors import FieldError
from app.follow_up import decisions
from app.follow_up.gathering import PRESENT_ONLY, Case, case_of
from app.follow_up.plan.days import day_at
from app.follow_up.schemas import RecipientDecision
from app.http.problems import invalid_request
from app.http.references import none_of_yours
from app.interviews.models import Interview, Participant, Reflection
from app.messages.errors import NotCalledFor
from app.messages.models import Message
from app.messages.writing import Occasion, Person
from app.messages.writing.vocabulary import Outcome, Purpose
from app.references.models import Briefing, Reference, ReferenceUse
from app.rules.book import RuleBook
from app.rules.decision import Decision
from app.rules.facts import Choice
from app.rules.vocabulary import Formality


def _id(name: str) -> BindParameter[UUID]:
    return bindparam(name, type_=Identifier())


_NONE_YET = UUID(int=0)
_SEND = Choice(thank_you="send", override_prohibition=True)
_MINE = Application.owner_id
_IN_TURN = (Message.owner_id == _MINE, Message.interview_id == Interview.id, Message.purpose == bindparam("purpose"))
# A message from which the user has yet to take the slot is only a proposal.
_OTHERS = (
    select(func.count())
    .where(*_IN_TURN, Message.slot.is_not(None), Message.id != _id("message_id"), Message.contact_id == Contact.id)
    .correlate(Application, Interview, Contact)
    .scalar_subquery()
)
_ASKED = (
    select(func.count()).where(*_IN_TURN, Message.state == "sent").correlate(Application, Interview).scalar_subquery()
)
_CONTACT_ID = case(
    (bindparam("purpose") == "introducer_thanks", Application.introduced_by_contact_id),
    else_=func.coalesce(Participant.contact_id, Reference.contact_id, _id("contact_id")),
)
_RECORD = (
    select(Application.position, Application.introduced_by_contact_id)
    .add_columns(User.name.label("user_name"), User.time_zone.label("home"), Reflection.important_points)
    .add_columns(Participant.id.label("participant_id"), Participant.attended, Participant.note_sent_at)
    .add_columns(Participant.role.label("role"))
    .add_columns(Reference.id.label("reference_id"), Reference.consent_given_on, Reference.consent_until)
    .add_columns(Reference.unavailable, ReferenceUse.id.label("use_id"), ReferenceUse.thanked_on, Briefing.told_at)
    .add_columns(Contact.id.label("contact_id"), Contact.name, Contact.other_names, Contact.pronouns)
    .add_columns(Contact.languages, Contact.time_zone.label("contact_zone"), Contact.emails)
    .add_columns(_OTHERS.label("others"), _ASKED.label("asked"))
    .select_from(Interview)
    .join(Application, and_(Interview.owner_id == _MINE, Application.id == Interview.application_id))
    .join(User, User.id == _MINE)
    .outerjoin(Reflection, and_(Reflection.owner_id == _MINE, Reflection.interview_id == Interview.id))
    .outerjoin(
        Participant,
        and_(
            Participant.owner_id == _MINE,
            Participant.interview_id == Interview.id,
            or_(Participant.id == _id("participant_id"), Participant.contact_id == _id("contact_id")),
        ),
    )
    .outerjoin(Reference, and_(Reference.owner_id == _MINE, Reference.id == _id("reference_id")))
    .outerjoin(
        ReferenceUse,
        and_(
            ReferenceUse.owner_id == _MINE,
            ReferenceUse.reference_id == Reference.id,
            ReferenceUse.application_id == Application.id,
        ),
    )
    .outerjoin(
        Briefing,
        and_(Briefing.owner_id == _MINE, Briefing.reference_id == Reference.id, Briefing.interview_id == Interview.id),
    )
    .outerjoin(Contact, and_(Contact.owner_id == _MINE, Contact.id == _CONTACT_ID))
    .where(Interview.owner_id == bindparam(OWNER), Interview.id == bindparam("interview_id"))
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which message: its purpose, the interview it is about, and whom it is to."""

    purpose: Purpose
    interview_id: UUID
    participant_id: UUID | None = None
    contact_id: UUID | None = None
    reference_id: UUID | None = None
    message_id: UUID | None = None
    """Of the message, where there is one already."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that the record says of it, and the decision of the current rules."""

    wanted: Wanted
    now: datetime
    case: Case
    record: Row[Any]
    choice: Choice | None
    decided: list[RecipientDecision]
    """What was decided for everybody, with the choice that the user has made."""
    decision: Decision
    """What the rules say for the reader without it: whoever sends against that says why."""
    sending: Decision
    """The same where the user sends all the same: when, and in which way."""

    @property
    def ended(self) -> Outcome | None:
        """How the application ended, where it has."""
        status = self.case.row.application_status
        return "accepted" if status == "accepted" else "ended" if status in ENDED else None

    @property
    def enquiry(self) -> int:
        """Which enquiry this one would be, after those that were written down and those that were sent from here."""
        asked: int = max(self.case.row.enquiries or 0, self.record.asked)
        return asked + 1

    def occasion(self, language: str, formality: Formality) -> Occasion:
        """What a draft is written from."""
        row, record = self.case.row, self.record
        points = [point["text"] for point in record.important_points or () if point["for_note"]]
        is_over = row.starts_at <= self.now
        return Occasion(
            purpose=self.wanted.purpose,
            language=language,
            formality=formality,
            sender=record.user_name,
            recipient=_person(record),
            company=row.company_name,
            position=record.position,
            interview_on=day_at(row.starts_at, row.time_zone) if is_over else None,
            point=points[0] if points else None,
            promised_on=row.said_answer_by,
            asked_before=self.enquiry > 1,
            via_agency=record.role == "agency_consultant" or record.contact_id in {row.agency_contact_id} - {None},
            outcome=self.ended,
        )


def gathered(reading: Reading, book: RuleBook, wanted: Wanted, now: datetime, *, against_advice: bool) -> Gathered:
    """What the record says; `against_advice` if the user sends a note whatever the decision is.

    Raises `NoSuchResource`, `InterviewNotHeld`; for somebody who is not there `Invalid`, and `NotCalledFor` where there
    is a message to them already.
    """
    found = case_of(reading, wanted.interview_id)
    decisions.require_held(found)
    record = reading.execute(_RECORD, **(asdict(wanted) | {"message_id": wanted.message_id or _NONE_YET})).one()
    if (wrong := _nobody(wanted, record)) is not None:
        raise invalid_request((wrong,), 1) if wanted.message_id is None else NotCalledFor(wrong.detail)
    as_of = decisions.today_of(found, now)
    choice = decisions.newest_choice(reading, wanted.interview_id)
    decided = decisions.decided(reading, book, found, as_of, choice)
    advised = decisions.decided(reading, book, found, as_of, None) if choice else decided
    decision = sending = _for(advised, record).decision
    if against_advice and wanted.purpose == "thank_you" and decision.thank_you.outcome == "do_not_send":
        sending = _for(decisions.decided(reading, book, found, as_of, _SEND), record).decision
    return Gathered(wanted, now, found, record, choice, decided, decision, sending)


def _for(decided: list[RecipientDecision], record: Row[Any]) -> RecipientDecision:
    """The decision for the reader; for somebody who took no part, the first."""
    return next((one for one in decided if one.participant_id == record.participant_id), decided[0])


def _nobody(wanted: Wanted, record: Row[Any]) -> FieldError | None:
    """What is wrong with an id that leads to nobody whom such a message could be to."""
    if wanted.reference_id is not None and record.reference_id is None:
        return none_of_yours("reference", "#/reference_id")
    if wanted.participant_id is not None and record.participant_id is None:
        return FieldError("This interview has no participant with this id.", "#/participant_id")
    if wanted.contact_id is not None and record.contact_id is None:
        return none_of_yours("contact", "#/contact_id")
    return _not_met(wanted, record) if wanted.purpose == "thank_you" else None


def _not_met(wanted: Wanted, record: Row[Any]) -> FieldError | None:
    """What is wrong with somebody who has nothing to be thanked for."""
    pointer = "#/contact_id" if wanted.participant_id is None else "#/participant_id"
    if record.participant_id is None:
        return FieldError("This contact takes no part in the interview.", pointer, hint="Add them to it first.")
    if record.attended is False and record.role in PRESENT_ONLY:
        hint = "Correct `attended` of the participant, if they were."
        return FieldError("They were not there, as the interview says.", pointer, hint=hint)
    return None


def _person(record: Row[Any]) -> Person | None:
    if record.contact_id is None:
        return None
    names = [ContactName.model_validate(name) for name in (record.name, *record.other_names)]
    return Person(names, record.pronouns)
