"""Examples in the documentation: requests, and requests that are refused. A test executes every one of them."""

from collections.abc import Mapping, Sequence

from app.http.examples import ExampleRequest, Examples, Made

_INTERVIEW = {"interview_id": Made("create_interview", "osaka")}
_TANAKA = Made("create_contact", "tanaka")
_ENQUIRY = {"message_id": Made("create_message", "enquiry")}
_WITHDRAWAL = {"message_id": Made("create_message", "withdrawal")}
_MAILBOX = Made("create_mailbox", "private")
_ANY_VERSION = {"If-Match": "*"}

EXAMPLES: Examples = {
    "create_message": {
        "enquiry": ExampleRequest(
            "A polite question, in Japanese",
            path=_INTERVIEW,
            headers={"Idempotency-Key": "ab14d6a0-enquiry"},
            body={"purpose": "status_enquiry", "contact_id": _TANAKA, "language": "ja", "formality": "formal"},
        ),
        "withdrawal": ExampleRequest(
            "Taking the application back, to nobody in particular",
            path=_INTERVIEW,
            body={"purpose": "withdrawal", "language": "en"},
            answer_shown=False,
        ),
    },
    "list_messages": {
        "drafts": ExampleRequest(
            "Enquiries that have not left",
            query={
                "state": "draft,approved",
                "purpose": "status_enquiry",
                "interview_id": Made("create_interview", "osaka"),
                "application_id": Made("create_application", "engineer"),
                "sort": "-created_at",
                "limit": 25,
            },
        )
    },
    "get_message": {"enquiry": ExampleRequest("A draft", path=_ENQUIRY)},
    "change_message": {
        "edited": ExampleRequest(
            "In your own words",
            path=_ENQUIRY,
            headers=_ANY_VERSION,
            body={
                "subject": "選考状況のお伺い",
                "body": "田中様\n\nその後の選考状況はいかがでしょうか。\n\nKim Berger",
            },
        )
    },
    "list_message_versions": {
        "enquiry": ExampleRequest("From the first on", path=_ENQUIRY, query={"sort": "number", "limit": 25})
    },
    "preview_message": {"enquiry": ExampleRequest("What will leave", path=_ENQUIRY)},
    "approve_message": {
        "enquiry": ExampleRequest(
            "Exactly this text",
            path=_ENQUIRY,
            headers={**_ANY_VERSION, "Idempotency-Key": "ab14d6a0-approve"},
        )
    },
    "schedule_message": {
        "enquiry": ExampleRequest(
            "On Wednesday morning in Osaka",
            path=_ENQUIRY,
            headers={**_ANY_VERSION, "Idempotency-Key": "ab14d6a0-schedule"},
            body={"mailbox_id": _MAILBOX, "send_at": "2026-11-25T09:00:00+09:00"},
        )
    },
    "send_message": {
        "enquiry": ExampleRequest(
            "Now, after all",
            path=_ENQUIRY,
            headers={**_ANY_VERSION, "Idempotency-Key": "ab14d6a0-send"},
            body={"mailbox_id": _MAILBOX},
        )
    },
    "cancel_message": {
        "enquiry": ExampleRequest(
            "Before it has left",
            path=_ENQUIRY,
            headers={**_ANY_VERSION, "Idempotency-Key": "ab14d6a0-cancel"},
        )
    },
    "mark_message_sent_by_hand": {
        "enquiry": ExampleRequest(
            "Sent with your own mail program",
            path=_ENQUIRY,
            headers={**_ANY_VERSION, "Idempotency-Key": "ab14d6a0-by-hand"},
        )
    },
    "resolve_message": {
        "sent": ExampleRequest(
            "It lies among the sent mail",
            path=_ENQUIRY,
            headers={**_ANY_VERSION, "Idempotency-Key": "ab14d6a0-resolve"},
            body={"outcome": "sent"},
        )
    },
    "list_message_languages": {"all": ExampleRequest("All of them")},
    "delete_message": {
        "withdrawal": ExampleRequest("A draft that is not needed", path=_WITHDRAWAL, headers=_ANY_VERSION)
    },
}

REFUSALS: Mapping[str, Sequence[ExampleRequest]] = {
    "create_message": (
        ExampleRequest(
            "Thanks for an introduction that nobody made",
            path=_INTERVIEW,
            body={"purpose": "introducer_thanks"},
        ),
    ),
    "resolve_message": (
        ExampleRequest("It has not left yet", path=_WITHDRAWAL, headers=_ANY_VERSION, body={"outcome": "sent"}),
    ),
}
