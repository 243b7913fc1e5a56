"""The closed lists of words of this feature."""

from collections.abc import Mapping
from typing import Literal, get_args

from app.messages.writing.vocabulary import Purpose

TO_REFERENCES: frozenset[Purpose] = frozenset({"reference_request", "reference_briefing", "reference_thanks"})

State = Literal["draft", "approved", "scheduled", "sending", "sent", "failed", "unknown"]
STATES: tuple[State, ...] = get_args(State)
"""`unknown`: it was being handed over when the connection or the worker was lost, and may have arrived."""
EDITABLE: frozenset[State] = frozenset({"draft", "approved", "failed"})
"""Nothing has left, and nothing is about to."""
LEAVING: tuple[State, ...] = ("scheduled", "sending")

Phase = Literal["connecting", "handing_over"]
"""How far an attempt has come; from `handing_over` on, nobody knows whether it has arrived until the server says so."""

SentVia = Literal["mailbox", "by_hand"]
MadeBy = Literal["template", "user"]
Resolution = Literal["sent", "not_sent"]
"""What the user finds out about a message of which it is unknown."""

Warning = Literal[  # noqa: A001 - what the API calls it
    "interview_is_not_over",
    "window_passed",
    "late_note_is_worse",
    "at_night",
    "enquiry_is_not_due",
    "other_channel_is_customary",
    "contact_is_forbidden",
    "reference_is_away",
    "reference_has_not_agreed",
    "outcome_is_not_told",
    "more_points_are_marked",
    "language_is_fallback",
    "language_is_not_reviewed",
    "no_address",
]

WRITES_DOWN: Mapping[Purpose, str] = {
    "thank_you": "interviews:write",
    "status_enquiry": "interviews:write",
    "reference_briefing": "references:write",
    "reference_thanks": "references:write",
    "withdrawal": "applications:write",
}
"""Purposes of which being sent is a fact that is written down, each with the scope that this needs."""
