"""Examples in the documentation: requests, and requests that are refused. A test executes every one of them."""

from collections.abc import Mapping, Sequence

from app.accounts.sample import FORGETFUL, MAIL_TOKEN, PASSWORD
from app.http.examples import FORM, ExampleRequest, Examples, Made

_ANY_VERSION = {"If-Match": "*"}
_AS_FORM = {"Content-Type": FORM}
_KEY = {"key_id": Made("create_api_key", "calendar")}
_EMAIL = "kim@example.com"
_PASSWORD = "quite another handful of words"  # noqa: S105 - nobody's
_TOKENS = {"access_token": "<a JSON Web Token>", "refresh_token": "<a refresh token>"}
_SECRET = {"secret": "<the prefix and 43 random characters>"}
_KIM = {"grant_type": "password", "username": _EMAIL, "password": _PASSWORD}

EXAMPLES: Examples = {
    # Deleted last, because it was made first.
    "delete_me": {"me": ExampleRequest("Delete the account", headers=_ANY_VERSION)},
    "create_account": {
        "robin": ExampleRequest(
            "A new account",
            body={
                "email": "robin@example.com",
                "password": PASSWORD,
                "name": "Robin Larsen",
                "language": "da",
                "time_zone": "Europe/Copenhagen",
            },
        )
    },
    "create_email_verification": {
        "again": ExampleRequest("Another mail", headers={"Idempotency-Key": "5d0c2f3a-again"})
    },
    "confirm_email": {"token": ExampleRequest("The token from the mail", body={"token": MAIL_TOKEN})},
    "create_password_reset": {"lee": ExampleRequest("Somebody who has forgotten it", body={"email": FORGETFUL})},
    "confirm_password_reset": {
        "words": ExampleRequest("A new password", body={"token": MAIL_TOKEN, "password": _PASSWORD})
    },
    # Before logins: those that were before would end with the password.
    "change_email": {"address": ExampleRequest("Another address", body={"email": _EMAIL, "password": PASSWORD})},
    "change_password": {
        "words": ExampleRequest("Another password", body={"old_password": PASSWORD, "new_password": _PASSWORD})
    },
    "create_token": {
        "login": ExampleRequest("Log in", headers=_AS_FORM, body=_KIM, masked=_TOKENS),
        "narrow": ExampleRequest(
            "Log in to read contacts only",
            headers=_AS_FORM,
            body={**_KIM, "scope": "companies:read contacts:read"},
            masked=_TOKENS,
        ),
    },
    "revoke_token": {"logout": ExampleRequest("Log out", headers=_AS_FORM, body={"token": "<a refresh token>"})},
    "get_me": {"me": ExampleRequest("The account")},
    "change_me": {
        "zone": ExampleRequest(
            "Moved to Osaka, and the name taken away",
            headers=_ANY_VERSION,
            body={"time_zone": "Asia/Tokyo", "letterhead": ["大阪市北区梅田 1-1-1"], "name": None},
        )
    },
    "list_sessions": {"newest": ExampleRequest("The newest first", query={"sort": "-created_at", "limit": 25})},
    "create_api_key": {
        "calendar": ExampleRequest(
            "A key that reads interviews, for a year",
            headers={"Idempotency-Key": "0b9e7c52-calendar"},
            body={"name": "Calendar export", "scopes": ["interviews:read"], "expires_at": "2098-12-31T00:00:00Z"},
            masked=_SECRET,
        ),
        "import": ExampleRequest(
            "A key that fills the address book",
            body={"name": "Import", "scopes": ["contacts:read", "contacts:write"]},
            masked=_SECRET,
        ),
    },
    "list_api_keys": {"by_name": ExampleRequest("By name", query={"sort": "name", "limit": 25})},
    "get_api_key": {"calendar": ExampleRequest("A key", path=_KEY)},
    "change_api_key": {
        "name": ExampleRequest("Another name", path=_KEY, headers=_ANY_VERSION, body={"name": "Calendar of the team"})
    },
    "delete_api_key": {
        "import": ExampleRequest(
            "Revoke a key", path={"key_id": Made("create_api_key", "import")}, headers=_ANY_VERSION
        )
    },
    "delete_session": {
        "newest": ExampleRequest("End a login", path={"session_id": Made("list_sessions", "newest", "items/0/id")})
    },
}

REFUSALS: Mapping[str, Sequence[ExampleRequest]] = {
    "create_account": (
        ExampleRequest(
            "A password that everybody guesses", body={"email": "kim@example.com", "password": "password1234"}
        ),
    ),
    "confirm_email": (ExampleRequest("Half of a token", body={"token": "afv_019aae0c1f2a"}),),
    "create_token": (
        ExampleRequest("Another password", headers=_AS_FORM, body={**_KIM, "password": "some other odd words"}),
        ExampleRequest("Half of a login", headers=_AS_FORM, body={"grant_type": "password", "username": _EMAIL}),
        ExampleRequest("Another grant", headers=_AS_FORM, body={"grant_type": "client_credentials"}),
    ),
    "get_api_key": (
        ExampleRequest("An id that nothing of yours has", path={"key_id": "01932b6e-0000-7000-8000-000000000000"}),
    ),
    "change_me": (ExampleRequest("Without If-Match", body={"language": "ja"}),),
    "create_api_key": (
        ExampleRequest("A scope that no key can have", body={"name": "Backup", "scopes": ["account:read"]}),
    ),
}
