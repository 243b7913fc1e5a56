"""Schemas of events that the OpenAPI document names."""

from app.events.vocabulary import EventType
from app.http.openapi import NamedSchema

NAMED: tuple[NamedSchema, ...] = (
    NamedSchema.of_words(
        "EventType",
        EventType,
        "What happened. `interview.held`: it awaits feedback; `interview.completed`: its result is known. "
        "`message.unknown`: it may have arrived, and is not sent again. `task.due`: a task was brought up. "
        "`task.retired`: nothing calls for it any more. `turn.changed`: somebody else owes the next move.",
    ),
)
