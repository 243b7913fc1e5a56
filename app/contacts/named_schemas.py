"""Schemas that the OpenAPI document names: the closed lists of words about contacts."""

from app.contacts import vocabulary as v
from app.contacts.schemas import Likeness
from app.http.openapi import NamedSchema

NAMED: tuple[NamedSchema, ...] = (
    NamedSchema.of_words(
        "ContactLikeness",
        Likeness,
        "What two contacts have in common. `name`: a name, in any script, whatever its order, case and accents.",
    ),
    NamedSchema.of_words("NameOrder", v.NameOrder, "Which name is written first."),
    NamedSchema.of_words("DetailSource", v.DetailSource, "Where something about a person was learnt."),
    NamedSchema.of_words("DetailUse", v.DetailUse, "Whether a way to reach somebody is for work or private."),
    NamedSchema.of_words(
        "ProfileKind",
        v.ProfileKind,
        "What kind of site a profile is on. `professional_network`, `chat_app` and `social_media` take messages.",
    ),
)
