"""Schemas that the OpenAPI document names: the closed vocabulary, once each, with what the words mean."""

from typing import Literal

from pydantic import TypeAdapter

from app.http.openapi import NamedSchema
from app.rules import vocabulary as v
from app.rules.coverage import Level, Origin
from app.rules.decision import Value

NAMED: tuple[NamedSchema, ...] = (
    NamedSchema.of_words(
        "Expectation",
        v.Expectation,
        "How a thank-you note is seen. `expected`: its absence is noticed and can count against the candidate. "
        "`appreciated`: common and helpful, nobody is faulted for none. `optional`: no effect either way is the usual "
        "view. `uncommon`: not the custom; a short one is harmless, a pushy one is not. `avoid`: read badly, or not "
        "allowed.",
    ),
    NamedSchema.of_words(
        "Outcome",
        v.Outcome,
        "What to do about a note. `send` where it is expected or appreciated, `optional` where it has no effect either "
        "way, `do_not_send` where it is uncommon or to be avoided.",
    ),
    NamedSchema.of_words(
        "Confidence",
        v.Confidence,
        "How sure a value is. `none`: no evidence, the harmless value. `low`: a single or weak source, or inherited "
        "from a region. `medium`: sources that agree. `high`: at least two independent publishers.",
    ),
    NamedSchema.of_words(
        "Channel", v.Channel, "A way to reach somebody. `via_recruiter`: through the recruitment agency."
    ),
    NamedSchema.of_words(
        "Recipients",
        v.Recipients,
        "Who gets a note. `named_contact`: the recruiter or coordinator whom the employer named. `consultant`: the "
        "agency's, and nobody at the employer.",
    ),
    NamedSchema.of_words(
        "WindowStatus",
        v.WindowStatus,
        "Whether the day of the decision is before, in or after the window. `unknown`: no day is known.",
    ),
    NamedSchema.of_words("Formality", v.Formality, "How formal a note is."),
    NamedSchema.of_words(
        "Mover",
        v.Mover,
        "Who makes the next move. `portal`: the result is posted where the candidate looks it up. `nobody`: the "
        "process is over.",
    ),
    NamedSchema.of_words(
        "Advice",
        v.Advice,
        "What the candidate does now. `accept_or_decline`: answer the offer, in writing, by the day that was given. "
        "`close`: stop asking and move on.",
    ),
    NamedSchema.of_words("ReferenceCheck", v.ReferenceCheck, "How often employers ask referees."),
    NamedSchema.of_words(
        "LateNote", v.LateNote, "What to do once the time to send a note has passed. `send_nothing`: it does harm then."
    ),
    NamedSchema.of_words("GiftPractice", v.GiftPractice, "Whether a gift to an interviewer is acceptable."),
    NamedSchema.of_words("Ownership", v.Ownership, "Whether the employer is owned in the country or abroad."),
    NamedSchema.of_words("Size", v.Size, "Whether the employer is a small firm or a large one."),
    NamedSchema.of_words("Track", v.Track, "The way of recruiting."),
    NamedSchema.of_words("Stage", v.Stage, "The stage of the selection."),
    NamedSchema.of_words(
        "Process",
        v.Process,
        "`decided`: the employer has chosen but not told. `offered`: an offer was made and is not answered yet. "
        "`closed`: a refusal was given, an offer was answered, or the process has ended.",
    ),
    NamedSchema.of_words(
        "WhoContacts", v.WhoContacts, "Who gets in touch about the result. `portal`: the candidate looks it up."
    ),
    NamedSchema.of_words("Role", v.Role, "A recipient's part in the selection."),
    NamedSchema.of_words("ThankYouChoice", v.ThankYouChoice, "The user's own decision about a note."),
    NamedSchema.of_words("Sector", v.Sector, "A sector whose practice may differ; `/v1/rules/sectors` describes each."),
    NamedSchema.of_words("Format", v.Format, "A format of interview; `/v1/rules/formats` describes each."),
    NamedSchema.of_words(
        "Binding",
        v.Binding,
        "How far a duty binds. `none`: a duty was looked for and not found.",
    ),
    NamedSchema.of_words(
        "StatuteTopic",
        v.StatuteTopic,
        "What a statute is about. `no_duty`: none was found, and that is worth knowing.",
    ),
    NamedSchema.of_words("ConditionStatus", v.ConditionStatus, "A condition held against the facts."),
    NamedSchema.of_words("SourceKind", v.SourceKind, "What kind of publication a source is."),
    NamedSchema.of_words(
        "CoverageLevel",
        Level,
        "How much is known of a country. `full`: expectation, next mover and references, and two thirds of all fields. "
        "`moderate`: the expectation and one of the other two. `basic`: any value of its own. `none`: nothing.",
    ),
    NamedSchema.of_words(
        "Origin",
        Origin,
        "Whose a value is. `real`: the country's own evidence. `inherited`: its region's. `missing`: nobody's, the "
        "world's harmless value.",
    ),
    NamedSchema.of_words(
        "AnswerBasis",
        v.AnswerBasis,
        "What an expected day rests on: a day named in this interview, the employer's published or reported promise, "
        "or the customary wait.",
    ),
    NamedSchema.of_words(
        "Forbidden",
        v.Forbidden,
        "What a stop forbids: a thank-you note, or asking about the answer.",
    ),
    NamedSchema.of_words("ParameterPlace", Literal["header", "path", "query"], "Where a parameter is."),
    NamedSchema(
        "Value",
        TypeAdapter(Value).json_schema(),
        "A value of a field: a word of the vocabulary, a text, a number, true or false, or a list of these; null where "
        "nothing is known.",
    ),
)
