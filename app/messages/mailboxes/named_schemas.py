"""Schemas of this feature that the OpenAPI document names."""

from app.http.openapi import NamedSchema
from app.messages.mailboxes.schemas import MailSecurity

NAMED: tuple[NamedSchema, ...] = (
    NamedSchema.of_words(
        "MailSecurity",
        MailSecurity,
        "When TLS begins. `starttls`: after a few words in the clear, before the password. `tls`: with the connection.",
    ),
)
