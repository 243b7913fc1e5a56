"""Schemas of interviews that the OpenAPI document names."""

from app.http.openapi import NamedSchema
from app.interviews import vocabulary as words

NAMED: tuple[NamedSchema, ...] = (
    NamedSchema.of_words(
        "InterviewStatus",
        words.Status,
        "How far an interview has come. `awaiting_feedback`: it was held and the result is not known. `complete`: "
        "nothing is awaited any more. `no_show`: somebody who was needed did not come. Only an interview that has "
        "begun can be one of these three.",
    ),
    NamedSchema.of_words(
        "ParticipantRole",
        words.Role,
        "The part that somebody has in the selection. `coordinator`: arranges the interviews. `agency_consultant`: of "
        "the recruitment agency. `observer`: listens only.",
    ),
    NamedSchema.of_words(
        "NoteDelivery",
        words.NoteDelivery,
        "What is the matter with a note that is sent from here. `unknown`: it may have arrived.",
    ),
    NamedSchema.of_words("Mood", words.Mood, "How the user feels about an interview."),
    NamedSchema.of_words("AnswerQuality", words.Went, "How an answer went."),
)
