"""How far an application has come, and what can come next."""

from collections.abc import Mapping
from typing import Literal, get_args

from app.events.vocabulary import EventType

Status = Literal["interested", "applied", "interviewing", "offer", "accepted", "declined", "rejected", "withdrawn"]

NEXT: Mapping[Status, tuple[Status, ...]] = {
    # Who is approached by a recruiter is interviewed without having applied.
    "interested": ("applied", "interviewing", "rejected", "withdrawn"),
    "applied": ("interviewing", "offer", "rejected", "withdrawn"),
    "interviewing": ("offer", "rejected", "withdrawn"),
    # An employer can take an offer back.
    "offer": ("accepted", "declined", "rejected", "withdrawn"),
    "accepted": (),
    "declined": (),
    "rejected": (),
    "withdrawn": (),
}
"""What an application can become, by what it is. One that nothing follows has ended."""

STATUSES: tuple[Status, ...] = get_args(Status)
OPEN = tuple(status for status in STATUSES if NEXT[status])
ENDED = tuple(status for status in STATUSES if not NEXT[status])
EVENTS: Mapping[Status, EventType] = {
    "interested": "application.interested",
    "applied": "application.applied",
    "interviewing": "application.interviewing",
    "offer": "application.offer",
    "accepted": "application.accepted",
    "declined": "application.declined",
    "rejected": "application.rejected",
    "withdrawn": "application.withdrawn",
}
"""What has happened to an application that got a status."""
