"""Schemas of applications that the OpenAPI document names."""

from app.applications.statuses import Status
from app.http.openapi import NamedSchema

NAMED: tuple[NamedSchema, ...] = (
    NamedSchema.of_words(
        "ApplicationStatus",
        Status,
        "How far an application has come. `accepted` and `declined`: the user's answer to an offer. `rejected`: the "
        "employer's decision. `withdrawn`: the user's.",
    ),
)
