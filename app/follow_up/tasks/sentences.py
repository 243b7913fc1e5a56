"""What a task says, in English. Clients that speak another language go by `kind`, `because` and `facts`."""

from collections.abc import Mapping
from typing import Any

from app.follow_up.plan.vocabulary import Because, Kind, State

_TITLES: Mapping[Kind, str] = {
    "thank_in_person": "Thank the interviewers in person at the end",
    "get_contact": "Get a way to reach {contact}",
    "find_decision_maker": "Find out who decides about the position {position}",
    "reflect": "Write down how it went at {company}",
    "ask_open_questions": "Ask what was left open at {company}",
    "ask_consent": "Ask {contact} whether they may be named as a reference",
    "brief_reference": "Tell {contact} that {company} may call",
    "thank_reference": "Thank {contact} and tell them how it ended at {company}",
    "send_note": "Send {contact} a thank-you note",
    "await_answer": "{company} owes an answer",
    "check_portal": "Look up the result of {company}",
    "ask_for_answer": "Ask {company} politely about the result",
    "close": "Close the matter with {company} and move on",
    "answer_offer": "Accept or decline the offer of {company}",
    "statutory_deadline": "{company} should have told you by law",
    "keep_looking": "Apply somewhere else this week",
    "say_thanks": "Thank everybody who helped you to {company}",
    "withdraw": "Withdraw politely from {company}",
    "check_message": "Find out whether {message} has arrived",
    "own": "",
}
_IF: Mapping[tuple[Kind, str, object], str] = {
    ("thank_in_person", "is_over", True): "Say whether you thanked the interviewers in person",
    ("send_note", "is_passed_on", True): "Ask the consultant to pass on your thanks to {contact}",
    ("ask_for_answer", "channel", "via_recruiter"): "Ask the consultant about the result of {company}",
    ("statutory_deadline", "conditions", "unknown"): "{company} may have had to tell you by law",
    ("check_message", "outcome", "failed"): "See to {message}, which was not sent",
}
"""What is said instead where a fact of the task has a value."""
_MESSAGES: Mapping[str, str] = {
    "thank_you": "your thank-you note to {contact}",
    "status_enquiry": "your enquiry to {contact} about {company}",
    "reference_request": "your request to {contact} to be a reference",
    "reference_briefing": "your word to {contact} that {company} may call",
    "reference_thanks": "your thanks to {contact} for being a reference",
    "introducer_thanks": "your thanks to {contact} for introducing you to {company}",
    "withdrawal": "your withdrawal to {contact} from {company}",
}
"""How a message is called, by its purpose."""
_REASONS: Mapping[Because, str] = {
    "always_thank_in_person": "Interviewers are thanked in person, always and everywhere.",
    "no_way_to_reach": "You met them, and have neither an e-mail address nor a telephone number of theirs.",
    "nobody_decides": "Nobody you have written down is known to decide.",
    "memory_fades": "What is written down the same day is remembered best.",
    "questions_left_open": "Earlier interviews with the company left questions open.",
    "no_consent_on_record": "They are named in an application, and no consent of theirs is on record.",
    "consent_is_old": "They agreed so long ago that it is kind to ask again.",
    "consent_has_ended": "The day until which they agreed has passed.",
    "reference_may_be_called": "After an interview somebody may call them.",
    "reference_rarely_called": "References are rarely called there; it does no harm that they know.",
    "reference_helped": "The process has ended, and they stood by for it.",
    "note_expected": "A note is expected there; its absence is noticed.",
    "note_appreciated": "A note is appreciated there.",
    "note_optional": "A note makes no difference there; it does no harm.",
    "note_chosen": "You have chosen to send one.",
    "note_scheduled": "One is scheduled, and leaves by itself.",
    "answer_promised": "They have promised an answer by then.",
    "answer_customary": "By then one usually hears there.",
    "answer_unknown": "It is not known by when one hears there.",
    "answer_asked_for": "You have asked; until then it is their turn again.",
    "result_is_posted": "The result is posted where you look it up.",
    "answer_overdue": "The day has passed by which an answer was due, so it is your turn to ask.",
    "asking_is_fair": "So many working days have passed that asking is fair there.",
    "enough_asked": "You have asked twice.",
    "offer_made": "They have made you an offer, and wait for your answer.",
    "law_obliges_employer": "The day has passed by which the law obliges them to tell you.",
    "search_goes_on": "Until a job is secured, the search goes on, however well it went.",
    "offer_accepted": "You have accepted their offer. Congratulations!",
    "accepted_elsewhere": "You have accepted another offer.",
    "delivery_unknown": "It was lost from sight while it was handed over, so it may have arrived.",
    "delivery_failed": "It could not be sent, and is not tried again; the message says why.",
    "user_wants_it": "You have added it.",
}
_KNOWN: Mapping[Because, str] = {
    "no_way_to_reach": "You know how to reach them.",
    "nobody_decides": "You know who decides.",
    "no_consent_on_record": "They have agreed.",
    "consent_is_old": "They have agreed.",
    "consent_has_ended": "They have agreed.",
}
"""What is said instead of what was missing, once the task is done."""


def title_of(kind: Kind, facts: Mapping[str, Any], names: Mapping[str, str | None], own: str | None) -> str:
    """What is to be done. `names` are those of the contact, the company and the position, where there is one."""
    if own is not None:
        return own
    instead = (text for (other, name, value), text in _IF.items() if other == kind and facts.get(name) == value)
    sentence = next(instead, _TITLES[kind])
    if kind == "check_message":
        sentence = sentence.format(message=_MESSAGES.get(facts.get("purpose", ""), "your message to {contact}"))
    return sentence.format_map({name: value or _NOBODY[name] for name, value in names.items()})


def reason_of(because: Because, state: State) -> str:
    """Why it is to be done; of what is done and was called for because something was missing, that it is there."""
    return _KNOWN.get(because, _REASONS[because]) if state == "done" else _REASONS[because]


_NOBODY = {"contact": "the interviewers", "company": "the company", "position": "that you applied for"}
