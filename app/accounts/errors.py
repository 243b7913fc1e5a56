"""What can go wrong with accounts, as clients see it."""

from collections.abc import Mapping
from datetime import timedelta

from app.errors import AppError
from app.http.caller import Unauthenticated


class InvalidGrant(
    AppError,
    code="invalid_grant",
    status=400,
    title="These credentials are not good",
    explanation="The address and the password do not belong together, or the refresh token has expired, was exchanged "
    "before or was revoked. Which of them is not told. A refresh token that comes a second time ends its session, "
    "because it may have been stolen.",
    remedy="Check the address and the password, or log in again. Exchange each refresh token once, and keep the "
    "new one.",
):
    """Credentials that do not hold."""


class InvalidScope(
    AppError,
    code="invalid_scope",
    status=400,
    title="The scope cannot be given",
    explanation="The scope asked for does not exist, or is wider than what was granted at login.",
    remedy="Ask for scopes that the OpenAPI document lists; without `scope` all are given that can be.",
):
    """A scope that is unknown or too wide."""


class UnsupportedGrantType(
    AppError,
    code="unsupported_grant_type",
    status=400,
    title="There is no such grant type",
    explanation="Tokens are given for a password or for a refresh token.",
    remedy="Send `grant_type=password` with `username` and `password`, or `grant_type=refresh_token` with "
    "`refresh_token`.",
):
    """Another grant than those two."""


class MalformedForm(
    AppError,
    code="malformed_form",
    status=400,
    title="The body is not a valid form",
    explanation="The request body could not be read as `application/x-www-form-urlencoded` text in UTF-8.",
    remedy="Let an HTTP library write the form; with curl, use `--data-urlencode`.",
):
    """The bytes of the body are no form."""


class InvalidForm(
    AppError,
    code="invalid_form",
    status=400,
    title="The form is not valid",
    explanation="A field of the form is missing, comes twice, or has a value that cannot be used; `errors` names every "
    "place. OAuth 2 has 400 for it and calls it `invalid_request`; the rest of this API answers 422.",
    remedy="Mend each place listed in `errors`. Unknown fields are not looked at; there are no query parameters.",
):
    """A request for or about tokens that is not as OAuth 2 has it (RFC 6749 section 5.2)."""


class RateLimited(
    AppError,
    code="rate_limited",
    status=429,
    title="Too many attempts",
    explanation="This was tried too often from this address, or on this account. Attempts are counted whether they "
    "succeed or not; one that gets this answer is not.",
    remedy="Wait for the seconds in `Retry-After`. `RateLimit-Policy` and `RateLimit` say how many are left, and when.",
):
    """More attempts than are allowed."""


class LoginTooOld(
    AppError,
    code="login_too_old",
    status=401,
    title="Log in again for this",
    explanation="What cannot be taken back needs a login that is a few minutes old at most, so that a token that "
    "was left lying about is not enough.",
    remedy="Log in with the password at /v1/auth/token, and send the request with the new token.",
):
    """A session that began too long ago for this (RFC 9470)."""

    def __init__(self, most: timedelta) -> None:
        seconds = int(most.total_seconds())
        challenge = f'Bearer realm="afterword", error="insufficient_user_authentication", max_age="{seconds}"'
        detail = f"The login must be at most {seconds // 60} minutes old."
        super().__init__(detail, headers={"WWW-Authenticate": challenge})


class EmailTaken(
    AppError,
    code="email_taken",
    status=409,
    title="The address belongs to another account",
    explanation="Each account has an address of its own. Nothing was changed.",
    remedy="Use another address, or log in to the account that has this one.",
):
    """An address that is another account's."""


def deleted_meanwhile() -> Unauthenticated:
    """The error for a request whose account another request deleted after it was admitted."""
    return Unauthenticated("The session of this token has ended.")


OAUTH_ERRORS: Mapping[str, str] = {
    InvalidGrant.kind.code: "invalid_grant",
    InvalidScope.kind.code: "invalid_scope",
    UnsupportedGrantType.kind.code: "unsupported_grant_type",
}
"""What RFC 6749 section 5.2 calls a problem; all others that are the client's are `invalid_request`."""
