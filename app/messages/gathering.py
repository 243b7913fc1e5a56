"""Gathers what a message is about from the user's own record: nothing else gets into a draft."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Row, ScalarSelect, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from app.accounts.models import User
from app.applications.models import Application
from app.applications.statuses import ENDED
from app.contacts.models import Contact
from app.contacts.names import ContactName
from app.db.database import OWNER, Reading
from app.db.types import Identifier
from app.errors import FieldError
from app.follow_up import decisions
from app.follow_up.gathering import PRESENT_ONLY, Case, Somebody, case_of, facts_of
from app.follow_up.plan.days import day_at
from app.http.problems import invalid_request
from app.http.references import none_of_yours
from app.interviews.models import Interview, Participant, Reflection
from app.interviews.vocabulary import NOT_HELD
from app.messages.errors import NotCalledFor
from app.messages.models import Message
from app.messages.writing import Occasion, Person
from app.messages.writing.vocabulary import Outcome, Purpose
from app.references.models import Briefing, Reference, ReferenceUse
from app.rules.book import RuleBook
from app.rules.calendar import Place
from app.rules.decide import decide
from app.rules.decision import Decision
from app.rules.facts import Choice
from app.rules.next_move import times_asked
from app.rules.vocabulary import Formality


def _id(name: str) -> BindParameter[UUID]:
    return bindparam(name, type_=Identifier())


_NONE_YET = UUID(int=0)
_TELLS_OUTCOME: frozenset[Purpose] = frozenset({"reference_thanks", "introducer_thanks"})
_SEND = Choice(thank_you="send", override_prohibition=True)
_MINE = Application.owner_id
_IN_TURN = (Message.owner_id == _MINE, Message.interview_id == Interview.id, Message.purpose == bindparam("purpose"))
_NEXT = aliased(Interview)
# Whoever is invited to another interview has had the answer to the one before it.
_LATER = (
    select(_NEXT)
    .where(_NEXT.owner_id == _MINE, _NEXT.application_id == Application.id, _NEXT.status.not_in(NOT_HELD))
    .where(_NEXT.starts_at > Interview.starts_at)
    .correlate(Application, Interview)
)
_NEXT_STARTS_AT = _LATER.with_only_columns(func.max(_NEXT.starts_at)).scalar_subquery()
_NEXT_ENDS_AT = _LATER.with_only_columns(func.max(func.coalesce(_NEXT.ends_at, _NEXT.starts_at))).scalar_subquery()
# A message from which the user has yet to take the slot is only a proposal.
_OTHERS = (
    select(func.count())
    .where(*_IN_TURN, Message.slot.is_not(None), Message.id != _id("message_id"), Message.contact_id == Contact.id)
    .correlate(Application, Interview, Contact)
    .scalar_subquery()
)


def _of_enquiries_sent(value: ColumnElement[Any]) -> ScalarSelect[Any]:
    sent = (Message.purpose == "status_enquiry", Message.state == "sent")
    mine = (Message.owner_id == _MINE, Message.interview_id == Interview.id)
    return select(value).where(*mine, *sent).correlate(Application, Interview).scalar_subquery()


_CONTACT_ID = case(
    (bindparam("purpose") == "introducer_thanks", Application.introduced_by_contact_id),
    else_=func.coalesce(Participant.contact_id, Reference.contact_id, _id("contact_id")),
)
_RECORD = (
    select(Application.position)
    .add_columns(User.name.label("user_name"), User.time_zone.label("home"), Reflection.important_points)
    .add_columns(Participant.id.label("participant_id"), Participant.attended, Participant.note_sent_at)
    .add_columns(Participant.role.label("role"))
    .add_columns(Reference.id.label("reference_id"), Reference.consent_given_on, Reference.consent_until)
    .add_columns(
        Reference.unavailable, ReferenceUse.id.label("use_id"), ReferenceUse.thanked_on, ReferenceUse.outcome_told_on
    )
    .add_columns(Briefing.told_at)
    .add_columns(Contact.id.label("contact_id"), Contact.name, Contact.other_names, Contact.pronouns)
    .add_columns(Contact.languages, Contact.emails, Contact.time_zone.label("contact_zone"))
    .add_columns(_OTHERS.label("others"))
    .add_columns(Interview.enquiries, Interview.last_enquiry_on.label("asked_on"))
    .add_columns(_of_enquiries_sent(func.count()).label("enquiries_sent"))
    .add_columns(_of_enquiries_sent(func.max(Message.sent_at)).label("enquiry_sent_at"))
    .add_columns(_NEXT_STARTS_AT.label("next_starts_at"), _NEXT_ENDS_AT.label("next_ends_at"))
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
    outcome: Outcome | None = None
    """How the application has ended, as that tells it."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that the record says of it, and the decision of the current rules."""

    wanted: Wanted
    now: datetime
    case: Case
    record: Row[Any]
    choice: Choice | None
    people: Sequence[Somebody]
    """The facts for everybody, with the choice that the user has made."""
    decision: Decision
    """What the rules say for the reader without it: whoever sends against that says why."""
    sending: Decision
    """The same where the user sends all the same: when, and in which way."""
    ask_again_from: date | None
    """The day from which it is fair to ask once more; None where the employer was not asked yet."""

    @property
    def ends_at(self) -> datetime:
        """When the interview is over."""
        ends_at: datetime = self.case.row.ends_at or self.case.row.starts_at
        return ends_at

    @property
    def ended(self) -> Outcome | None:
        """How the application ended, where it has."""
        status = self.case.row.application_status
        return "accepted" if status == "accepted" else "ended" if status in ENDED else None

    @property
    def outcome(self) -> Outcome | None:
        """How the application has ended, as the message tells it or, yet to be drafted, will."""
        if self.wanted.message_id is not None:
            return self.wanted.outcome
        return self.ended if self.wanted.purpose in _TELLS_OUTCOME else None

    @property
    def enquiry(self) -> int:
        """Which enquiry about the interview this one would be, after those written down and those sent from here."""
        sent: int = self.record.enquiries_sent
        return max(times_asked(self.record.enquiries, self.record.asked_on), sent) + 1

    @property
    def asked_on(self) -> date | None:
        """The day of the last enquiry about the interview; None where it is not known."""
        return _asked_on(self.case, self.record)

    @property
    def next_on(self) -> date | None:
        """The day of the last interview for the application that comes after this one."""
        starts_at = self.record.next_starts_at
        return None if starts_at is None else day_at(starts_at, self.case.row.time_zone)

    @property
    def is_next_over(self) -> bool:
        """Whether there is such an interview that is over, so that it can be asked about."""
        ends_at = self.record.next_ends_at
        return ends_at is not None and ends_at <= self.now

    @property
    def reader_zone(self) -> str:
        """The time zone of the reader, as far as it is known: else that of the interview."""
        zone: str = self.record.contact_zone or self.case.row.time_zone
        return zone

    @property
    def is_to_consultant(self) -> bool:
        """Whether the reader is the consultant of an agency and not of the company."""
        agency = self.case.row.agency_contact_id
        return self.record.role == "agency_consultant" or (agency is not None and self.record.contact_id == agency)

    @property
    def points(self) -> list[str]:
        """What the user has marked in the reflection for the note."""
        return [point["text"] for point in self.record.important_points or () if point["for_note"]]

    def occasion(self, language: str, formality: Formality) -> Occasion:
        """What a draft is written from."""
        row, record = self.case.row, self.record
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
            point=next(iter(self.points), None),
            promised_on=row.said_answer_by,
            asked_before=self.enquiry > 1,
            via_agency=self.is_to_consultant,
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
    people = facts_of(reading, found, book, as_of, choice)
    # Of somebody who took no part the first knows as much as anybody.
    reader = next((one for one in people if one.participant_id == record.participant_id), people[0])
    decision = sending = _decided(book, reader, None)
    if against_advice and wanted.purpose == "thank_you" and decision.thank_you.outcome == "do_not_send":
        sending = _decided(book, reader, _SEND)
    again = _ask_again_from(book, found, record, decision)
    return Gathered(wanted, now, found, record, choice, people, decision, sending, again)


def _decided(book: RuleBook, reader: Somebody, choice: Choice | None) -> Decision:
    return decide(book, reader.facts.model_copy(update={"choice": choice}))


def _asked_on(found: Case, record: Row[Any]) -> date | None:
    sent_on = record.enquiry_sent_at and day_at(record.enquiry_sent_at, found.row.time_zone)
    return max(filter(None, (record.asked_on, sent_on)), default=None)


def _ask_again_from(book: RuleBook, found: Case, record: Row[Any], decision: Decision) -> date | None:
    asked_on, days = _asked_on(found, record), decision.next_move.enquire_after_business_days
    if asked_on is None or days is None:
        return None
    return Place(book.calendar, found.row.country, found.row.subdivision).after(asked_on, days)


def _nobody(wanted: Wanted, record: Row[Any]) -> FieldError | None:
    """What is wrong with an id that leads to nobody whom such a message could be to."""
    if wanted.reference_id is not None and record.reference_id is None:
        return none_of_yours("reference", "#/reference_id")
    if wanted.participant_id is not None and record.participant_id is None:
        return FieldError("This interview has no participant with this id.", "#/participant_id")
    if wanted.contact_id is not None and record.contact_id is None:
        return none_of_yours("contact", "#/contact_id")
    if wanted.purpose == "introducer_thanks" and wanted.contact_id not in {None, record.contact_id}:
        hint = "Draft a new one, or correct introduced_by_contact_id."
        return FieldError("The application says that somebody else introduced you.", "#/contact_id", hint=hint)
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
