"""Examples in the documentation: requests, and requests that are refused. A test executes every one of them."""

from collections.abc import Mapping, Sequence

from app.http.examples import ExampleRequest, Examples, Made

_TANAKA, _ONE_NAME = Made("create_contact", "tanaka"), Made("create_contact", "one_name")
_APPLICATION, _INTERVIEW = Made("create_application", "engineer"), Made("create_interview", "osaka")
_REFERENCE = {"reference_id": Made("create_reference", "manager")}
_USE = {**_REFERENCE, "use_id": Made("create_reference_use", "engineer")}
# Who was named already, so that there is something to tell them about.
_NAMED = {"reference_id": Made("create_reference_use", "engineer", "reference_id")}
_BRIEFING = {**_NAMED, "briefing_id": Made("create_reference_briefing", "osaka")}
_ANY_VERSION = {"If-Match": "*"}

EXAMPLES: Examples = {
    "create_reference": {
        "manager": ExampleRequest(
            "A former manager, who is away over the holidays",
            headers={"Idempotency-Key": "93a6d2e8-manager"},
            body={
                "contact_id": _ONE_NAME,
                "relationship": "manager",
                "consent_given_on": "2026-09-01",
                "consent_for": "Jobs in data engineering, by phone.",
                "consent_until": "2027-06-30",
                "unavailable": [{"from_on": "2026-12-20", "until_on": "2027-01-06"}],
                "is_confidential": False,
                "notes": "Prefers to be called in the morning.",
            },
        ),
        "to_ask": ExampleRequest(
            "Somebody who has not been asked yet", body={"contact_id": _TANAKA}, answer_shown=False
        ),
    },
    "create_reference_use": {
        "engineer": ExampleRequest(
            "Named in an application",
            path=_REFERENCE,
            headers={"Idempotency-Key": "93a6d2e8-engineer"},
            body={"application_id": _APPLICATION},
        )
    },
    "list_reference_uses": {
        "manager": ExampleRequest(
            "In the order in which they were named", path=_REFERENCE, query={"sort": "created_at", "limit": 25}
        )
    },
    "get_reference_use": {"engineer": ExampleRequest("An application that names them", path=_USE)},
    "change_reference_use": {
        "thanked": ExampleRequest(
            "It has ended: they know, and were thanked",
            path=_USE,
            headers=_ANY_VERSION,
            body={"outcome_told_on": "2026-11-23", "thanked_on": "2026-11-23"},
        )
    },
    "create_reference_briefing": {
        "osaka": ExampleRequest(
            "Told on the day of the interview",
            path=_NAMED,
            headers={"Idempotency-Key": "93a6d2e8-osaka"},
            body={"interview_id": _INTERVIEW, "told_at": "2026-11-20T18:00:00+09:00"},
        )
    },
    "list_reference_briefings": {
        "manager": ExampleRequest("The newest first", path=_NAMED, query={"sort": "-created_at", "limit": 25})
    },
    "get_reference_briefing": {"osaka": ExampleRequest("A briefing", path=_BRIEFING)},
    "list_references": {
        "to_ask": ExampleRequest(
            "Who is named in an application",
            query={
                "contact_id": _ONE_NAME,
                "application_id": _APPLICATION,
                "consent": "current,old",
                "sort": "-name",
                "limit": 25,
            },
        )
    },
    "get_reference": {"manager": ExampleRequest("A reference", path=_REFERENCE)},
    "change_reference": {
        "asked_again": ExampleRequest(
            "They agreed again, for as long as it takes",
            path=_REFERENCE,
            headers=_ANY_VERSION,
            body={"consent_given_on": "2026-11-22", "consent_until": None},
        )
    },
    "delete_reference_briefing": {"osaka": ExampleRequest("Delete a briefing", path=_BRIEFING, headers=_ANY_VERSION)},
    "delete_reference_use": {
        "engineer": ExampleRequest("Take them out of an application", path=_USE, headers=_ANY_VERSION)
    },
    "delete_reference": {
        "to_ask": ExampleRequest(
            "Delete a reference",
            path={"reference_id": Made("create_reference", "to_ask")},
            headers=_ANY_VERSION,
        )
    },
}

REFUSALS: Mapping[str, Sequence[ExampleRequest]] = {
    "create_reference": (ExampleRequest("Somebody who is one already", body={"contact_id": _ONE_NAME}),),
    "create_reference_use": (
        ExampleRequest("Named there already", path=_REFERENCE, body={"application_id": _APPLICATION}),
    ),
    "create_reference_briefing": (ExampleRequest("Told already", path=_NAMED, body={"interview_id": _INTERVIEW}),),
}
