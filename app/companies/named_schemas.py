"""Schemas of this feature that the OpenAPI document names."""

from app.companies.schemas import Likeness
from app.http.openapi import NamedSchema

NAMED: tuple[NamedSchema, ...] = (
    NamedSchema.of_words(
        "CompanyLikeness",
        Likeness,
        "What two companies have in common. `name`: the name, whatever its case, accents and legal form.",
    ),
)
