"""The closed lists of words of drafts."""

from typing import Literal, get_args

Purpose = Literal[
    "thank_you",
    "status_enquiry",
    "reference_request",
    "reference_briefing",
    "reference_thanks",
    "introducer_thanks",
    "withdrawal",
]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)

Level = Literal["familiar", "polite", "formal"]
"""How a reader is addressed. What they are called in a language differs; some have fewer."""
LEVELS: tuple[Level, ...] = get_args(Level)
"""The least formal first."""

Gender = Literal["female", "male"]
Addressed = Literal["female", "male", "unknown", "nobody"]
"""How a salutation is chosen: by a gender that is on record, without one, and where no name is known."""

Outcome = Literal["accepted", "ended"]
"""How an application ended: with an offer that the user accepted, or otherwise."""

MissingFact = Literal["sender.name", "recipient.name", "recipient.gender", "reflection.point"]
