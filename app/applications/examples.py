"""Examples in the documentation: requests, and requests that are refused. A test executes every one of them."""

from collections.abc import Mapping, Sequence

from app.http.examples import ExampleRequest, Examples, Made

_INITECH = Made("create_company", "initech")
_APPLICATION = {"application_id": Made("create_application", "engineer")}
_ANY_VERSION = {"If-Match": "*"}

EXAMPLES: Examples = {
    "create_application": {
        "engineer": ExampleRequest(
            "A position in Osaka",
            headers={"Idempotency-Key": "7d2f51c8-add-engineer"},
            body={
                "company_id": _INITECH,
                "position": "Data engineer",
                "country": "JP",
                "subdivision": "JP-27",
                "track": "experienced",
                "status": "applied",
                "applied_on": "2026-10-30",
                "posting_url": "https://www.initech.example/jobs/4711",
                "headcount": 1200,
                "publicly_advertised": True,
                "notes": "They build the platform of the Osaka office anew.",
            },
        ),
        "analyst": ExampleRequest(
            "One that is only of interest so far",
            body={"company_id": _INITECH, "position": "データアナリスト", "country": "JP"},
            answer_shown=False,
        ),
        "offer": ExampleRequest(
            "One with an offer that is to be answered",
            body={
                "company_id": _INITECH,
                "position": "Platform lead",
                "country": "JP",
                "status": "offer",
                "offer_answer_by": "2026-12-04",
            },
            answer_shown=False,
        ),
    },
    "list_applications": {
        "open": ExampleRequest(
            "Whatever is still open at Initech",
            query={
                "query": "engineer",
                "status": "applied,interviewing",
                "open": True,
                "company_id": _INITECH,
                "country": "JP",
                "sort": "-updated_at",
                "limit": 25,
            },
        )
    },
    "get_application": {"engineer": ExampleRequest("An application", path=_APPLICATION)},
    "change_application": {
        "notes": ExampleRequest(
            "Other notes, and no number of people",
            path=_APPLICATION,
            headers=_ANY_VERSION,
            body={"notes": "The platform is the heart of the job.", "headcount": None},
        )
    },
    "change_application_status": {
        "interviewing": ExampleRequest(
            "Invited to an interview",
            path=_APPLICATION,
            headers={**_ANY_VERSION, "Idempotency-Key": "7d2f51c8-invited"},
            body={"status": "interviewing", "happened_on": "2026-11-10", "note": "Ms Tanaka called."},
        )
    },
    "list_application_history": {
        "engineer": ExampleRequest(
            "From the first step on", path=_APPLICATION, query={"sort": "changed_at", "limit": 25}
        )
    },
    "delete_application": {
        "analyst": ExampleRequest(
            "Delete an application",
            path={"application_id": Made("create_application", "analyst")},
            headers=_ANY_VERSION,
        )
    },
}

REFUSALS: Mapping[str, Sequence[ExampleRequest]] = {
    "create_application": (
        ExampleRequest(
            "A subdivision of another country",
            body={"company_id": _INITECH, "position": "Data engineer", "country": "JP", "subdivision": "US-NY"},
        ),
    ),
    "change_application_status": (
        ExampleRequest("Back to where it was", path=_APPLICATION, headers=_ANY_VERSION, body={"status": "interested"}),
    ),
}
