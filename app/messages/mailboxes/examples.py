"""Examples in the documentation: requests, and requests that are refused. A test executes every one of them."""

from collections.abc import Mapping, Sequence

from app.http.examples import ExampleRequest, Examples, Made

_MAILBOX = {"mailbox_id": Made("create_mailbox", "private")}
_ANY_VERSION = {"If-Match": "*"}
_PRIVATE = {
    "name": "Private",
    "from_name": "Kim Larsen",
    "from_address": "kim@example.com",
    "host": "smtp.example.com",
    "port": 587,
    "security": "starttls",
    "username": "kim@example.com",
    "password": "<a password for this program>",
}

EXAMPLES: Examples = {
    "create_mailbox": {
        "private": ExampleRequest(
            "A mailbox with STARTTLS", headers={"Idempotency-Key": "3f6d1b08-private"}, body=_PRIVATE
        ),
        "alumni": ExampleRequest(
            "One with TLS from the beginning, and without a password yet",
            body={
                "name": "Alumni",
                "from_address": "kim.larsen@alumni.example.org",
                "host": "mail.example.org",
                "port": 465,
                "security": "tls",
                "username": "klarsen",
            },
            answer_shown=False,
        ),
    },
    "list_mailboxes": {"all": ExampleRequest("The oldest first", query={"sort": "created_at", "limit": 25})},
    "get_mailbox": {"private": ExampleRequest("A mailbox", path=_MAILBOX)},
    "change_mailbox": {
        "host": ExampleRequest(
            "Another server, with the password for that",
            path=_MAILBOX,
            headers=_ANY_VERSION,
            body={"host": "mail.example.com", "password": "<a password for this program>"},
        )
    },
    "test_mailbox": {"private": ExampleRequest("A message to oneself", path=_MAILBOX)},
    "delete_mailbox": {
        "alumni": ExampleRequest(
            "Delete a mailbox", path={"mailbox_id": Made("create_mailbox", "alumni")}, headers=_ANY_VERSION
        )
    },
}

REFUSALS: Mapping[str, Sequence[ExampleRequest]] = {
    "create_mailbox": (ExampleRequest("A server as an address", body={**_PRIVATE, "host": "https://example.com"}),),
    "change_mailbox": (
        ExampleRequest(
            "Another server without the password",
            path=_MAILBOX,
            headers=_ANY_VERSION,
            body={"host": "smtp.example.org"},
        ),
    ),
    "test_mailbox": (
        ExampleRequest("A mailbox without a password", path={"mailbox_id": Made("create_mailbox", "alumni")}),
    ),
}
