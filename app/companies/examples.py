"""Examples in the documentation: requests, and requests that are refused. A test executes every one of them."""

from collections.abc import Mapping, Sequence

from app.http.examples import ExampleRequest, Examples, Made

_COMPANY = {"company_id": Made("create_company", "initech")}
_REPORT = {**_COMPANY, "report_id": Made("create_practice_report", "recruiter")}
_ANY_VERSION = {"If-Match": "*"}

EXAMPLES: Examples = {
    "create_company": {
        "initech": ExampleRequest(
            "An employer in Berlin",
            headers={"Idempotency-Key": "0b9e7c52-add-initech"},
            body={
                "name": "Initech GmbH",
                "domains": ["https://www.initech.example/jobs"],
                "country": "DE",
                "sector": "technology",
                "size": "large",
                "notes": "Found through a former colleague.",
            },
        ),
        "initech_again": ExampleRequest(
            "The same under another name", body={"name": "INITECH", "ownership": "foreign"}
        ),
        "umbrella": ExampleRequest("Only a name", body={"name": "株式会社アンブレラ"}, answer_shown=False),
    },
    "list_companies": {
        "search": ExampleRequest(
            "Whatever mentions Initech",
            query={
                "query": "initech",
                "domain": "initech.example",
                "country": "DE",
                "sector": "technology",
                "sort": "name",
                "limit": 25,
            },
        ),
    },
    "get_company": {"initech": ExampleRequest("A company", path=_COMPANY)},
    "list_company_duplicates": {"initech": ExampleRequest("Companies with the same name", path=_COMPANY)},
    "change_company": {
        "sector": ExampleRequest(
            "Another sector, and no notes",
            path=_COMPANY,
            headers=_ANY_VERSION,
            body={"sector": "consulting", "notes": None},
        )
    },
    "merge_company": {
        "initech": ExampleRequest(
            "Take the duplicate in",
            path=_COMPANY,
            headers={**_ANY_VERSION, "Idempotency-Key": "0b9e7c52-merge-initech"},
            body={"company_id": Made("create_company", "initech_again")},
        )
    },
    "create_practice_report": {
        "recruiter": ExampleRequest(
            "What the recruiter said",
            path=_COMPANY,
            headers={"Idempotency-Key": "0b9e7c52-report"},
            body={
                "who_contacts": "employer",
                "within_business_days": 10,
                "note_welcome": True,
                "channel": "email",
                "reported_on": "2026-11-20",
                "told_by": "the recruiter",
            },
        )
    },
    "list_practice_reports": {
        "initech": ExampleRequest("The newest first", path=_COMPANY, query={"sort": "-created_at", "limit": 25})
    },
    "get_practice_report": {"recruiter": ExampleRequest("A report", path=_REPORT)},
    "change_practice_report": {
        "sooner": ExampleRequest(
            "Within a week after all", path=_REPORT, headers=_ANY_VERSION, body={"within_business_days": 5}
        )
    },
    "delete_practice_report": {"recruiter": ExampleRequest("Delete a report", path=_REPORT, headers=_ANY_VERSION)},
    "delete_company": {
        "umbrella": ExampleRequest(
            "Delete a company", path={"company_id": Made("create_company", "umbrella")}, headers=_ANY_VERSION
        )
    },
}

REFUSALS: Mapping[str, Sequence[ExampleRequest]] = {
    "create_company": (ExampleRequest("A country by its name", body={"name": "Initech", "country": "Germany"}),),
    "get_company": (
        ExampleRequest("An id that nothing of yours has", path={"company_id": "01932b6e-0000-7000-8000-000000000000"}),
    ),
    "change_company": (
        ExampleRequest("Without If-Match", path=_COMPANY, body={"size": "small"}),
        ExampleRequest(
            "An old version",
            path=_COMPANY,
            headers={"If-Match": '"00000000.1.0000000000000000"'},
            body={"size": "small"},
        ),
    ),
}
