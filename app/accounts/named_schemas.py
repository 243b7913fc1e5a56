"""The words of accounts that the OpenAPI document lists once."""

from app.accounts.schemas import KEY_SCOPES, GrantType
from app.http.caller import SCOPES
from app.http.openapi import NamedSchema

NAMED = (
    NamedSchema("Scope", {"enum": [*SCOPES]}, "What a token may allow: a resource and a kind of access."),
    NamedSchema("KeyScope", {"enum": KEY_SCOPES}, "What an API key may allow: anything but what concerns the account."),
    NamedSchema.of_words("GrantType", GrantType, "What a token is given for: a password, or a refresh token."),
)
