"""The closed vocabulary of the rules: every word that facts, data and decisions may use.

Words are plain strings typed as `Literal`, so that one definition serves the type checker, the strict loader,
the OpenAPI document and `schema.json`. A new word is added here first, then used in the data.
"""

from typing import Literal, get_args

Expectation = Literal["expected", "appreciated", "optional", "uncommon", "avoid"]
"""How a thank-you note is seen: from "its absence is noticed" down to "read badly or not allowed"."""

Outcome = Literal["send", "optional", "do_not_send"]

OUTCOME_OF: dict[Expectation, Outcome] = {
    "expected": "send",
    "appreciated": "send",
    "optional": "optional",
    "uncommon": "do_not_send",
    "avoid": "do_not_send",
}

Confidence = Literal["none", "low", "medium", "high"]
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
"""Weakest first."""

Channel = Literal["email", "letter", "handwritten_card", "phone", "chat_app", "via_recruiter", "portal"]

Recipients = Literal["each_interviewer", "one_shared_note", "panel_chair", "named_contact", "consultant"]
"""Who gets a note. `named_contact` is the recruiter or coordinator named by the employer."""

Formality = Literal["casual", "neutral", "formal", "very_formal"]

Mover = Literal["employer", "candidate", "either", "portal", "nobody"]
"""Who makes the next move. `portal`: the result is posted where the candidate looks it up."""

Advice = Literal["wait", "check_portal", "ask", "ask_again", "accept_or_decline", "close"]
"""What the candidate does now. `accept_or_decline`: answer the offer, in writing, by the day that was given. `close`:
stop asking and move on."""

AnswerBasis = Literal["promised", "policy", "customary"]
"""What an expected day rests on: named in this interview, the employer's published or reported practice, custom."""

Forbidden = Literal["thank_you", "enquiry"]
"""What a stop forbids."""

WindowStatus = Literal["not_yet", "open", "passed", "unknown"]
"""Of the time to send a note, on the day of the decision; `unknown` where no day is known."""

LateNote = Literal["send_nothing"]
"""What to do once the time to send a note has passed, where somebody says that a late one is worse than none."""

ReferenceCheck = Literal["rare", "sometimes", "usual"]

GiftPractice = Literal["avoid", "not_allowed", "acceptable"]

Ownership = Literal["domestic", "foreign"]
Size = Literal["small", "large"]
Track = Literal["new_graduate", "experienced", "executive", "academic", "internal"]
Stage = Literal["screening", "first", "further", "final"]
Process = Literal["open", "decided", "offered", "closed"]
"""`decided`: the employer has chosen but not told; `offered`: an offer was made and is not answered; `closed`: a
refusal was given, an offer was answered, or the process has ended."""
ANSWERED: frozenset[Process] = frozenset({"offered", "closed"})
"""The employer owes the candidate no answer any more."""

WhoContacts = Literal["employer", "candidate", "portal"]
Role = Literal["interviewer", "decision_maker", "recruiter", "agency_consultant", "panel_chair"]
ThankYouChoice = Literal["send", "do_not_send"]

Sector = Literal[
    "academia",
    "aviation",
    "canada_federal",
    "childcare",
    "consulting",
    "eu_institutions",
    "finance",
    "healthcare",
    "healthcare_public",
    "hospitality",
    "international_organisation",
    "investment_banking",
    "law",
    "logistics",
    "manufacturing",
    "media",
    "medical_residency",
    "nonprofit",
    "outsourcing",
    "police",
    "public",
    "retail",
    "sales",
    "seafaring",
    "teaching",
    "tech_startup",
    "technology",
    "us_federal",
]

Format = Literal[
    "assessment_centre",
    "campus",
    "informal",
    "law_callback",
    "law_screening",
    "one_way_video",
    "onsite",
    "open_recruitment",
    "panel",
    "phone_screen",
    "structured",
    "text_chat",
    "video",
]

SECTORS: tuple[Sector, ...] = get_args(Sector)
FORMATS: tuple[Format, ...] = get_args(Format)

Binding = Literal["law", "directive", "code", "guidance", "recommendation", "none"]
"""How far a duty binds. `none`: looked for and no duty found."""

StatuteTopic = Literal[
    "inform_interviewed_candidates",
    "reasons_on_request",
    "information_on_request",
    "reference_consent",
    "data_retention",
    "pay_information",
    "no_duty",
]
CLOCK_TOPICS: frozenset[StatuteTopic] = frozenset(
    {"inform_interviewed_candidates", "reasons_on_request", "information_on_request"}
)
"""Duties toward the candidate that `next_move.statutory` may show, when they bind as law."""
MET_BY_AN_ANSWER: frozenset[StatuteTopic] = frozenset({"inform_interviewed_candidates"})
"""Those of which nothing is owed any more once the candidate was told; the others begin with a refusal."""

ClockStart = Literal[
    "last_interview",
    "another_person_hired",
    "selection_settled",
    "selection_ended",
    "request",
    "decision",
    "rejection",
    "last_contact",
    "before_interview",
    "end_of_recruitment",
    "not_known",
]
"""What sets a statutory clock going. Only `last_interview` is a fact that a decision knows."""

ClockUnit = Literal["calendar_day", "month", "without_delay", "reasonable_time", "on_request", "before_event"]

ConditionStatus = Literal["met", "not_met", "unknown"]

SourceKind = Literal[
    "agency",
    "blog",
    "career_advice",
    "forum",
    "guide",
    "issue_thread",
    "job_board",
    "law_firm",
    "legal_publisher",
    "local_career_service",
    "mirror_of_official",
    "news",
    "official_guidance",
    "official_policy",
    "official_text",
    "official_text_copy",
    "own_statement",
    "personal_account",
    "recruiter_advice",
    "reference_data",
    "regulator",
    "seo_article",
    "survey",
    "trade_body",
    "trade_press",
    "university",
    "unofficial_site",
]
Weight = Literal["low", "medium", "high"]
Stance = Literal["for", "mixed", "against"]
"""Toward the value that the entry has chosen."""

Layer = Literal["format", "agency", "said", "recipient"]
"""Where in the chain a situation stands (see `chain.py`)."""
