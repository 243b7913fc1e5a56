"""Schemas of messages that the OpenAPI document names."""

from app.http.openapi import NamedSchema
from app.messages import vocabulary as words
from app.messages.handing_over.mailto import LinkWarning
from app.messages.writing.vocabulary import Level, MissingFact, Purpose

NAMED: tuple[NamedSchema, ...] = (
    NamedSchema.of_words("MessagePurpose", Purpose, "What a message is for."),
    NamedSchema.of_words(
        "MessageState",
        words.State,
        "How far a message has come. `unknown`: it was being handed over when the connection was lost, so it may have "
        "arrived; it is never sent again by itself.",
    ),
    NamedSchema.of_words("MessageLevel", Level, "How a reader is addressed; some languages tell fewer levels apart."),
    NamedSchema.of_words("MessageMissing", MissingFact, "A fact that a draft could use and the record does not have."),
    NamedSchema.of_words(
        "MessageWarning",
        words.Warning,
        "What to know before sending. `interview_is_not_over`: it cannot leave before that. `window_passed`: the time "
        "to send it is over. `late_note_is_worse`: there, a late note is worse than none. `at_night` "
        "(once it is scheduled): it leaves before 07:00 or from 21:00 on by the clocks of the reader, or else of the "
        "interview. `enquiry_is_not_due`: it is not your turn to ask, or you have asked a short time ago. "
        "`other_channel_is_customary`: `channel` names it. "
        "`contact_is_forbidden`: nobody may approach those who decide; withdraw in the portal, or write to the office. "
        "`reference_is_away`: they cannot be asked now. `reference_has_not_agreed`: no consent of theirs is on record, "
        "so they may not know that they were named. `outcome_is_not_told`: the application has ended since "
        "it was drafted; a new draft tells how. `more_points_are_marked`: several points are marked with "
        "`for_note`, and the first of them stands in the draft. `language_is_fallback`: none of the "
        "customary languages has templates, so it is English. `language_is_not_reviewed`: nobody but the writer has "
        "read the templates. `no_address` (only in previews): there is no e-mail address of whom it is to.",
    ),
    NamedSchema.of_words(
        "MailtoWarning",
        LinkWarning,
        "What to know of a link. `no_address`: nobody's address is in it. `address_needs_smtputf8`: the address has "
        "letters before the @ that not every mail server takes. `link_is_long`: programs may cut it; take another way.",
    ),
    NamedSchema.of_words("MessageSentVia", words.SentVia, "How a message left."),
    NamedSchema.of_words("MessageMadeBy", words.MadeBy, "Who wrote a text: the template, or you."),
    NamedSchema.of_words("MessageResolution", words.Resolution, "What became of a message, as you found out."),
)
