"""The closed lists of words of plans and tasks."""

from collections.abc import Mapping
from typing import Literal, get_args

Step = Literal[
    "thank_in_person", "get_contact_information", "reflect", "notify_references", "follow_up", "keep_looking", "own"
]
"""The five things to do after an interview, what comes before them, and what the user has added."""

Kind = Literal[
    "thank_in_person",
    "get_contact",
    "find_decision_maker",
    "reflect",
    "ask_open_questions",
    "ask_consent",
    "brief_reference",
    "thank_reference",
    "send_note",
    "await_answer",
    "check_portal",
    "ask_for_answer",
    "close",
    "answer_offer",
    "statutory_deadline",
    "keep_looking",
    "say_thanks",
    "withdraw",
    "check_message",
    "own",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

STEP_OF: Mapping[Kind, Step] = {
    "thank_in_person": "thank_in_person",
    "get_contact": "get_contact_information",
    "find_decision_maker": "get_contact_information",
    "reflect": "reflect",
    "ask_open_questions": "reflect",
    "ask_consent": "notify_references",
    "brief_reference": "notify_references",
    "thank_reference": "notify_references",
    "send_note": "follow_up",
    "await_answer": "follow_up",
    "check_portal": "follow_up",
    "ask_for_answer": "follow_up",
    "close": "follow_up",
    "answer_offer": "follow_up",
    "statutory_deadline": "follow_up",
    "keep_looking": "keep_looking",
    "say_thanks": "keep_looking",
    "withdraw": "keep_looking",
    "check_message": "follow_up",
    "own": "own",
}

FOLLOW_FROM_NO_FACT: frozenset[Kind] = frozenset({"own", "check_message"})
"""Kinds that planning neither adds nor retires: what the user has added, and messages to see to."""

OF_EACH_PERSON: frozenset[Kind] = frozenset({"get_contact", "ask_consent", "brief_reference", "thank_reference"})
"""Kinds of which there is one for each person: the key names them."""

RECORDED: Mapping[Kind, str] = {
    "thank_in_person": "interviews:write",
    "send_note": "interviews:write",
    "ask_for_answer": "interviews:write",
    "await_answer": "interviews:write",
    "check_portal": "interviews:write",
    "close": "interviews:write",
    "withdraw": "applications:write",
    "ask_consent": "references:write",
    "brief_reference": "references:write",
    "thank_reference": "references:write",
}
"""Kinds of which doing writes down a fact, each with the scope that this needs. Where it is taken back, they are to do
again."""

_FIRST_TO_LAST: tuple[Kind, ...] = (
    "answer_offer",
    "thank_in_person",
    "send_note",
    "withdraw",
    "reflect",
    "ask_consent",
    "brief_reference",
    "statutory_deadline",
    "ask_for_answer",
    "check_portal",
    "get_contact",
    "find_decision_maker",
    "ask_open_questions",
    "say_thanks",
    "thank_reference",
    "close",
    "own",
    "keep_looking",
    "await_answer",
    "check_message",
)
WEIGHT: Mapping[Kind, int] = {kind: weight for weight, kind in enumerate(_FIRST_TO_LAST)}
"""Of two tasks that are due at the same time, the lighter comes first."""

State = Literal["open", "waiting", "snoozed", "done", "skipped", "retired"]
STATES: tuple[State, ...] = get_args(State)
"""`waiting`: somebody else owes the next move; `retired`: the facts do not call for it any more."""
CLOSED: frozenset[State] = frozenset({"done", "skipped", "retired"})

NewState = Literal["open", "done", "skipped", "snoozed"]
"""What a user can say of a task."""

Due = Literal["overdue", "today", "week"]

ClosedBy = Literal["user", "facts"]
WaitsFor = Literal["employer", "message"]
"""`message`: one that is scheduled, or of which it is unknown whether it has arrived."""

Because = Literal[
    "always_thank_in_person",
    "no_way_to_reach",
    "nobody_decides",
    "memory_fades",
    "questions_left_open",
    "no_consent_on_record",
    "consent_is_old",
    "consent_has_ended",
    "reference_may_be_called",
    "reference_rarely_called",
    "reference_helped",
    "note_expected",
    "note_appreciated",
    "note_optional",
    "note_chosen",
    "note_scheduled",
    "answer_promised",
    "answer_customary",
    "answer_unknown",
    "answer_asked_for",
    "result_is_posted",
    "answer_overdue",
    "asking_is_fair",
    "enough_asked",
    "offer_made",
    "law_obliges_employer",
    "search_goes_on",
    "offer_accepted",
    "accepted_elsewhere",
    "delivery_unknown",
    "delivery_failed",
    "user_wants_it",
]
"""Why there is a task."""

StepState = Literal["done", "due", "waiting", "later", "not_needed"]
