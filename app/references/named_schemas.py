"""Schemas of references that the OpenAPI document names."""

from app.http.openapi import NamedSchema
from app.references.consent import Consent
from app.references.vocabulary import Relationship

NAMED: tuple[NamedSchema, ...] = (
    NamedSchema.of_words(
        "ReferenceConsent",
        Consent,
        "What a reference's consent to be named is worth. `old`: given so long ago that it is kind, and in places a "
        "duty, to ask again. `ended`: the day has passed until which it was given.",
    ),
    NamedSchema.of_words(
        "ReferenceRelationship",
        Relationship,
        "What a reference was to the user when they worked together. `report`: somebody whom the user led.",
    ),
)
