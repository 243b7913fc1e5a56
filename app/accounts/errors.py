"""What can go wrong with accounts, as clients see it."""

from collections.abc import Mapping
from datetime import timedelta

from app.errors import AppError, FieldError
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


class MailTokenNotGood(
    AppError,
    code="mail_token_not_good",
    status=400,
    title="The token is not good",
    explanation="A token that comes by mail is good once, for the time that the mail names, and for what the mail is "
    "about. This one is none, has expired, was used, or was sent before the address or the password was changed.",
    remedy="Copy the whole token from the newest mail, or have another mail sent.",
):
    """A token from a mail that does not hold."""

    def __init__(self, detail: str) -> None:
        hint = "Copy it whole from the newest mail, or have another mail sent."
        super().__init__(detail, errors=(FieldError(detail, "#/token", hint=hint),))


class EmailVerifiedAlready(
    AppError,
    code="email_verified_already",
    status=409,
    title="The address is confirmed already",
    explanation="It is known that mail to the address of the account reaches the user. Nothing was done.",
    remedy="Nothing is to be done; `email_verified_at` of /v1/me says since when.",
):
    """A mail, or a token from one, to confirm what is confirmed."""


class MailNotSetUp(
    AppError,
    code="mail_not_set_up",
    status=503,
    title="This server sends no mail",
    explanation="What was asked for needs a mail to be sent, and the operator has not named a mail server.",
    remedy="Ask the operator of the server to set AFTERWORD_MAIL_HOST and AFTERWORD_MAIL_FROM.",
):
    """A request that needs mail, on a server without any."""


def deleted_meanwhile() -> Unauthenticated:
    """The error for a request whose account another request deleted after it was admitted."""
    return Unauthenticated("The session of this token has ended.")


OAUTH_ERRORS: Mapping[str, str] = {
    InvalidGrant.kind.code: "invalid_grant",
    InvalidScope.kind.code: "invalid_scope",
    UnsupportedGrantType.kind.code: "unsupported_grant_type",
}
"""What RFC 6749 section 5.2 calls a problem; all others that are the client's are `invalid_request`."""
