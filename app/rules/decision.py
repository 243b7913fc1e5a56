"""Decision: the answer with its whole explanation. Plain data; every part says where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, WithJsonSchema

from app.rules import vocabulary as v

if TYPE_CHECKING:
    Value = str | int | bool | tuple[str, ...] | tuple[int, ...] | None
else:
    # Written as whatever it is: trying the members of a union in turn takes a third of the time of a whole answer.
    Value = Annotated[
        Any,
        WithJsonSchema(
            {
                "description": "A word of the vocabulary, a text, a number, true or false, or a list of these.",
                "type": ["string", "integer", "boolean", "array", "null"],
                "items": {"type": ["string", "integer"]},
            }
        ),
    ]


class Described:
    """Base of what clients see: attribute docstrings become the descriptions of the API's schemas."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)


@dataclass(slots=True)
class Overridden(Described):
    """A weaker layer's value that did not win."""

    scope: str
    value: Value


@dataclass(slots=True)
class Reason(Described):
    """Why a field has its value: the layer it comes from, the evidence, how sure it is, what it overrode."""

    field: str
    value: Value
    scope: str
    """`world`, `region:150`, `country:JP`, `subdivision:CA-QC`, `sector:…`, `variation:JP/…`, `company:…`,
    `company:reported`, `said` …"""
    confidence: v.Confidence
    sources: tuple[str, ...]
    overrode: tuple[Overridden, ...]
    """Strongest first."""
    notes: tuple[str, ...]


@dataclass(slots=True)
class SourceNote(Described):
    """A source as a decision shows it."""

    publisher: str
    url: str
    year: int | None
    kind: v.SourceKind
    locale: str | None
    says: str | None


@dataclass(slots=True)
class Stop(Described):
    """A prohibition. Nothing relaxes it but the user's explicit override, which is shown."""

    scope: str
    forbids: v.Forbidden
    because: str
    confidence: v.Confidence
    sources: tuple[str, ...]
    overridden_by_user: bool = False


@dataclass(slots=True)
class Remark(Described):
    """What else is known of a situation that holds here."""

    scope: str
    text: str
    sources: tuple[str, ...]


@dataclass(slots=True)
class Window(Described):
    """When to send, for a reader in `time_zone`; instants in UTC."""

    opens_at: datetime
    """Not sooner: it would look hasty."""
    suggested_at: datetime
    """Inside local working hours of a local working day."""
    closes_at: datetime
    time_zone: str
    status: v.WindowStatus
    """On the day of the decision."""
    extended: bool
    """The customary hours held no working hour, so the window reaches to the end of the next working day."""


@dataclass(slots=True)
class ThankYouAdvice(Described):
    """Whether and how to send a written thank-you."""

    outcome: v.Outcome
    prohibited: bool
    expectation: v.Expectation
    channels: tuple[v.Channel, ...]
    recipients: v.Recipients
    window: Window | None
    """Null when nothing is to be sent or it is not known when the interview ended."""
    not_before_hours: int | None
    send_within_hours: int | None
    same_day: bool | None
    late: v.LateNote | None
    """What to do once the window has passed; null where nothing says that a late note does harm."""
    languages: tuple[str, ...]
    formality: v.Formality
    address: str
    content: str
    gifts: v.GiftPractice
    confidence: v.Confidence
    """Of the expectation."""


@dataclass(slots=True)
class ConditionCheck(Described):
    """A condition of a duty against the facts."""

    condition: str
    status: v.ConditionStatus


@dataclass(slots=True)
class StatutoryClock(Described):
    """A duty of the employer with a clock. Information, not legal advice."""

    statute: str
    jurisdiction: str
    duty: str
    citation: str
    in_force_since: date | None
    in_force_text: str | None
    status: v.ConditionStatus
    """`met` when every checked condition is met, `not_met` when one is not, else `unknown`."""
    conditions: tuple[ConditionCheck, ...]
    conditions_text: tuple[str, ...]
    clock: str
    must_inform_by: date | None
    """Null unless the clock starts at the interview and the conditions are not failed."""
    effect: str | None
    confidence: v.Confidence
    sources: tuple[str, ...]


@dataclass(slots=True)
class NextMoveAdvice(Described):
    """Who owes the next move, until when, and when and how the candidate may ask."""

    who: v.Mover
    """Whose turn it is on the day of the decision."""
    who_contacts: v.Mover
    """Who gets in touch about the result by custom, practice or what was said, whatever the day; the candidate about
    an offer, and nobody once the process has ended."""
    advice: v.Advice
    turn_since: date | None
    """Since when it is the candidate's turn, because a date has passed."""
    answer_expected_on: date | None
    """Null where no day is known, an offer was made or the process has ended."""
    answer_basis: v.AnswerBasis | None
    """A date named in this interview, the employer's published or reported promise, or the customary wait."""
    enquire_from: date | None
    enquire_via: v.Channel
    enquiries_left: int
    """None where asking is forbidden, an offer was made or the process has ended."""
    enquire_after_business_days: int | None
    grace_business_days: int | None
    typical_wait_business_days: tuple[int, ...] | None
    promised_within_business_days: int | None
    feedback: str | None
    statutory: StatutoryClock | None
    """Null where no law is known that binds, and where one only demands an answer and that was given."""
    confidence: v.Confidence
    """Of `who`."""


@dataclass(slots=True)
class ConsentRule(Described):
    """A rule on asking the candidate's consent before a referee is contacted."""

    statute: str
    jurisdiction: str
    binding: v.Binding
    duty: str
    citation: str
    sources: tuple[str, ...]


@dataclass(slots=True)
class ReferenceAdvice(Described):
    """Whether and how references are checked."""

    checked: v.ReferenceCheck
    form: str
    consent: ConsentRule | None
    confidence: v.Confidence


@dataclass(slots=True)
class Change(Described):
    """A single fact that, were it so, would change the decision, and what would then hold."""

    fact: str
    value: Value
    then: Mapping[str, Value]


@dataclass(slots=True)
class Decision(Described):
    """Whether and how to follow up, and why."""

    decision_id: str
    rules_version: str
    as_of: date | None
    facts: Mapping[str, Any]
    thank_in_person: Literal[True]
    """Always, everywhere: thank every interviewer in person at the end of the interview."""
    thank_you: ThankYouAdvice
    next_move: NextMoveAdvice
    references: ReferenceAdvice
    reasons: tuple[Reason, ...]
    stops: tuple[Stop, ...]
    remarks: tuple[Remark, ...]
    would_change_if: tuple[Change, ...]
    sources: Mapping[str, SourceNote]
