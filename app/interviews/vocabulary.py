"""The closed lists of words of this feature."""

from collections.abc import Mapping
from typing import Literal, get_args

from app.events.vocabulary import EventType

Status = Literal["scheduled", "awaiting_feedback", "complete", "cancelled", "no_show"]
STATUSES: tuple[Status, ...] = get_args(Status)
BEGUN: frozenset[Status] = frozenset({"awaiting_feedback", "complete", "no_show"})
"""What only an interview can be that has begun."""
NOT_HELD: frozenset[Status] = frozenset({"cancelled", "no_show"})
"""Of what did not take place, there is nothing to do afterwards."""

EVENTS: Mapping[Status, EventType] = {
    "scheduled": "interview.scheduled",
    "awaiting_feedback": "interview.held",
    "complete": "interview.completed",
    "cancelled": "interview.cancelled",
    "no_show": "interview.no_show",
}
"""What has happened to an interview that got a status."""

Role = Literal[
    "interviewer", "decision_maker", "recruiter", "coordinator", "panel_chair", "agency_consultant", "observer"
]
NoteDelivery = Literal["scheduled", "unknown"]
"""`unknown`: a note was being handed over when it was lost from sight, and may have arrived."""
Went = Literal["good", "fair", "poor"]
Mood = Literal["very_good", "good", "mixed", "bad", "very_bad"]

Expandable = Literal["application", "company", "contacts"]
EXPANDABLE: tuple[Expandable, ...] = get_args(Expandable)
