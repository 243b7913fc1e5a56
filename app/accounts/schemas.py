"""What clients send and get about accounts."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.accounts.addresses import Email
from app.accounts.guessing import is_address
from app.accounts.passwords import HINT, LONGEST, NewPassword, Password
from app.http.caller import ONLY_FOR_PEOPLE, SCOPES
from app.http.resources import Patch, Resource, Sent, Shown
from app.http.validation import did_you_mean
from app.rules.facts import Instant, LanguageTag, TimeZone
from app.text import Line

KEY_SCOPES = [scope for scope in SCOPES if scope not in ONLY_FOR_PEOPLE]
GrantType = Literal["password", "refresh_token"]
_NEEDED = {"password": ("username", "password"), "refresh_token": ("refresh_token",)}


def _for_keys(scope: str) -> str:
    if scope in ONLY_FOR_PEOPLE:
        hint = "Only people who have logged in with their password have it."
        raise PydanticCustomError("scope", "No API key can have {scope}", {"scope": scope, "hint": hint})
    if scope not in SCOPES:
        message = "{scope} is no scope"
        hint = did_you_mean(scope, KEY_SCOPES) or "Known here: " + ", ".join(KEY_SCOPES) + "."
        raise PydanticCustomError("scope", message, {"scope": repr(scope), "hint": hint})
    return scope


def _distinct(scopes: list[str]) -> list[str]:
    return sorted(set(scopes))


KeyScope = Annotated[str, AfterValidator(_for_keys), Field(json_schema_extra={"enum": KEY_SCOPES})]
ShownScope = Annotated[str, Field(json_schema_extra={"enum": [*SCOPES]})]
MailTokenText = Annotated[str, StringConstraints(min_length=1, max_length=200)]
FormText = Annotated[str, StringConstraints(max_length=1000)]


class AccountWrite(Sent):
    """What a user says about themselves."""

    name: Annotated[str, Line(200)] | None = Field(None, description="What to call the user.", examples=["Kim Larsen"])
    language: LanguageTag | None = Field(None, description="The user's language: BCP 47.", examples=["da"])
    time_zone: TimeZone | None = Field(None, description="The user's IANA time zone.", examples=["Europe/Copenhagen"])
    letterhead: list[Annotated[str, Line(100)]] = Field(
        default=[],
        max_length=5,
        description="What stands below the name in letters, line by line: the postal address, a telephone number.",
        examples=[["Vestergade 1", "1456 København K"]],
    )


class AccountPatch(
    Patch,
    of=AccountWrite,
    elsewhere={"email": "POST /v1/me/email changes it.", "password": "POST /v1/me/password changes it."},
):
    """A change to the account, as JSON Merge Patch. The address is changed at /v1/me/email."""


class Registration(AccountWrite):
    """A new account."""

    email: Email = Field(description="The user's e-mail address.", examples=["kim@example.com"])
    password: NewPassword = Field(
        description="10 to 128 characters of any kind; neither the address nor among the first that are guessed.",
        json_schema_extra={"format": "password"},
    )

    @model_validator(mode="after")
    def _password_is_not_the_address(self) -> Self:
        if is_address(self.password, self.email):
            raise PydanticCustomError("password_address", "This is the address", {"field": "password", "hint": HINT})
        return self


class Message(Shown):
    """What is said to everybody alike."""

    model_config = ConfigDict(title="Notice")

    message: str = Field(description="In words, for people.")


class Account(Resource):
    """The account of the user."""

    email: str
    email_verified_at: datetime | None
    """When the user showed that mail to the address reaches them."""
    name: str | None
    language: str | None
    time_zone: str | None
    letterhead: list[str]


class PasswordChange(Sent):
    """The old password and the new one."""

    old_password: Password = Field(description="The present password.", json_schema_extra={"format": "password"})
    new_password: NewPassword = Field(
        description="10 to 128 characters of any kind; neither the address nor among the first that are guessed.",
        json_schema_extra={"format": "password"},
    )


class EmailChange(Sent):
    """Another address."""

    email: Email = Field(description="The new address.", examples=["kim.larsen@example.com"])
    password: Password = Field(description="The present password.", json_schema_extra={"format": "password"})


class Verification(Sent):
    """What confirms an address."""

    token: MailTokenText = Field(description="From the mail.", examples=["afv_…"])


class PasswordResetRequest(Sent):
    """Whose password was forgotten."""

    email: Email = Field(description="The address of the account.", examples=["kim@example.com"])


class PasswordReset(Sent):
    """A new password, with what allows it."""

    token: MailTokenText = Field(description="From the mail.", examples=["afp_…"])
    password: NewPassword = Field(
        description="10 to 128 characters of any kind; neither the address nor among the first that are guessed.",
        json_schema_extra={"format": "password"},
    )


class SentForm(Sent, extra="ignore"):
    """Base of the forms of OAuth 2, whose unknown fields are not looked at (RFC 6749 section 3.2)."""


class TokenRequest(SentForm):
    """The form with which tokens are asked for (RFC 6749 sections 4.3 and 6)."""

    grant_type: GrantType = Field(description="What the token is given for.")
    username: Annotated[str, StringConstraints(max_length=254)] | None = Field(
        None, description="With `password`: the e-mail address.", examples=["kim@example.com"]
    )
    password: Annotated[str, StringConstraints(max_length=LONGEST)] | None = Field(
        None, description="With `password`: the password.", json_schema_extra={"format": "password"}
    )
    refresh_token: FormText | None = Field(None, description="With `refresh_token`: the newest one.")
    scope: FormText | None = Field(
        None,
        description="Scopes with spaces between them, to narrow what the token allows; by default all.",
        examples=["contacts:read"],
    )
    client_id: FormText | None = Field(None, description="Not looked at: clients are not registered here.")
    client_secret: FormText | None = Field(None, description="Not looked at either.")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for field in _NEEDED[self.grant_type]:
            if getattr(self, field) is None:
                raise PydanticCustomError("missing", "This is required", {"field": field})
        return self


class Tokens(Shown):
    """An access token and the refresh token for the next one (RFC 6749 section 5.1)."""

    access_token: str = Field(description="Send it as `Authorization: Bearer …`.")
    token_type: Literal["bearer"] = Field(description="Always `bearer`.")
    expires_in: int = Field(description="For how many seconds the access token is good.")
    refresh_token: str = Field(description="Good once, at /v1/auth/token.")
    scope: str = Field(description="What the access token allows: scopes with spaces between them.")


class Revocation(SentForm):
    """The form with which a token is revoked (RFC 7009)."""

    token: FormText = Field(description="An access token, a refresh token or an API key.")
    token_type_hint: FormText | None = Field(None, description="Not needed: what it is can be told from the token.")
    client_id: FormText | None = Field(None, description="Not looked at: clients are not registered here.")
    client_secret: FormText | None = Field(None, description="Not looked at either.")


class LoginSession(Shown):
    """A login that has not ended."""

    id: UUID
    """UUID version 7."""
    created_at: datetime
    """When the user logged in."""
    refreshed_at: datetime
    """When its refresh token was last exchanged."""
    expires_at: datetime
    """When it ends, unless its refresh token is exchanged before."""
    scopes: list[ShownScope]
    user_agent: str | None
    """What the program that logged in said of itself: its `User-Agent`, in at most 200 characters."""
    is_current: bool
    """Whether it is the one that this request was sent with."""


class ApiKeyWrite(Sent):
    """A key for a program."""

    name: Annotated[str, Line(100)] = Field(description="What the key is for.", examples=["Calendar export"])
    scopes: Annotated[list[KeyScope], Field(min_length=1, max_length=len(SCOPES)), AfterValidator(_distinct)] = Field(
        description="What the program may do: no more than the user's own token, and nothing with the account.",
        examples=[["interviews:read"]],
    )
    expires_at: Instant | None = Field(None, description="When the key stops to be good; by default never.")


class ApiKeyName(Sent):
    """What can be changed of a key."""

    name: Annotated[str, Line(100)] = Field(description="What the key is for.", examples=["Calendar export"])


class ApiKeyPatch(Patch, of=ApiKeyName):
    """A change to an API key, as JSON Merge Patch."""


class ApiKey(Resource):
    """A key for a program, without its secret."""

    name: str
    prefix: str
    """What the key begins with, to know it by."""
    scopes: list[ShownScope]
    expires_at: datetime | None
    last_used_at: datetime | None
    """When it was last used, to the minute."""


class NewApiKey(ApiKey):
    """A key for a program that was just made."""

    secret: str | None
    """The key itself. It is shown this once; where the answer is repeated for an `Idempotency-Key`, it is null."""
