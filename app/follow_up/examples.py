"""Examples in the documentation: requests, and requests that are refused. A test executes every one of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.http.examples import ExampleRequest, Examples, Made

_DAY = "2026-11-23"


def _facts(summary: str, *, answer_shown: bool = False, **facts: Any) -> ExampleRequest:  # noqa: ANN401 - facts
    return ExampleRequest(summary, body={"as_of": _DAY} | facts, answer_shown=answer_shown)


_PREVIEW: Mapping[str, ExampleRequest] = {
    "japan": _facts(
        "An experienced engineer at a Japanese company: no note",
        answer_shown=True,
        country="JP",
        track="experienced",
        ownership="domestic",
        ended_at="2026-11-20T16:00:00+09:00",
    ),
    "japan_foreign_owned": _facts(
        "A foreign-owned company in Tokyo: send one",
        country="JP",
        ownership="foreign",
        ended_at="2026-11-20T16:00:00+09:00",
    ),
    "japan_via_agency": _facts(
        "Japan, through an agency: through the consultant only",
        country="JP",
        ownership="foreign",
        via_agency=True,
    ),
    "united_states": _facts(
        "New York: within 24 hours",
        country="US",
        subdivision="US-NY",
        time_zone="America/New_York",
        ended_at="2026-11-23T15:30:00-05:00",
    ),
    "ontario": _facts(
        "Toronto: the employer must answer within 45 days",
        country="CA",
        subdivision="CA-ON",
        time_zone="America/Toronto",
        headcount=120,
        publicly_advertised=True,
        format="onsite",
        ended_at="2026-11-23T15:30:00-05:00",
    ),
    "kenya_canvassing": _facts(
        "Kenya, where the advertisement says that canvassing disqualifies: prohibited",
        country="KE",
        said={"canvassing_disqualifies": True},
    ),
    "eu_institutions": _facts("A competition of the EU institutions: prohibited", country="BE", company="EPSO"),
    "us_residency": _facts(
        "A medical residency in the United States: do not send",
        country="US",
        sector="medical_residency",
    ),
    "saudi_weekend": _facts(
        "Riyadh on a Thursday evening: Sunday is the next working day",
        country="SA",
        ended_at="2026-11-19T19:00:00+03:00",
        as_of="2026-11-19",
    ),
    "answer_promised": _facts(
        "Berlin, where an answer was promised by a day that has passed: ask",
        country="DE",
        ended_at="2026-11-02T11:00:00+01:00",
        said={"who_contacts": "employer", "answer_by": "2026-11-13"},
    ),
    "offer_made": _facts(
        "Tokyo, where an offer was made: accept or decline it, and ask for nothing",
        country="JP",
        ended_at="2026-11-20T16:00:00+09:00",
        process="offered",
    ),
    "company_reported": _facts(
        "A firm in Lyon that is reported to welcome notes and to answer within five working days",
        country="FR",
        ended_at="2026-11-20T11:00:00+01:00",
        reported={
            "who_contacts": "employer",
            "within_business_days": 5,
            "note_welcome": True,
            "channel": "email",
            "reported_on": "2026-11-02",
        },
    ),
    "no_evidence": _facts(
        "A country without evidence: honest about it",
        answer_shown=True,
        country="TD",
        ended_at="2026-11-20T10:00:00",
        time_zone="Africa/Ndjamena",
    ),
}

_BATCH: Mapping[str, ExampleRequest] = {
    "two": ExampleRequest(
        "Two interviews; the second cannot be decided",
        body={
            "items": [{"country": "TD", "as_of": _DAY}, {"country": "CA", "subdivision": "US-NY", "as_of": _DAY}],
        },
    )
}

_COUNTRIES: Mapping[str, ExampleRequest] = {
    "japan": ExampleRequest(
        "Japan, by its name",
        query={"region": "030", "coverage": "full", "outcome": "do_not_send", "query": "japan", "limit": 25},
    ),
    "notes_wanted": ExampleRequest("Where a note is expected or appreciated", query={"outcome": "send", "limit": 2}),
    "nothing_known": ExampleRequest(
        "Countries of Africa without evidence", query={"region": "002", "coverage": "none", "limit": 2}
    ),
}

_COMPANIES: Mapping[str, ExampleRequest] = {
    "zapier": ExampleRequest(
        "By domain", query={"query": "zapier.com", "country": "US", "sector": "technology", "limit": 25}
    ),
    "in_belgium": ExampleRequest("What applies in Belgium", query={"country": "BE", "limit": 2}),
}

_STATUTES: Mapping[str, ExampleRequest] = {
    "ontario": ExampleRequest(
        "The duty to inform interviewed candidates in Ontario",
        query={"jurisdiction": "CA-ON", "topic": "inform_interviewed_candidates", "limit": 25},
    ),
    "canada": ExampleRequest(
        "Canada, with its provinces", query={"jurisdiction": "CA", "limit": 100}, answer_shown=False
    ),
}

_INTERVIEW = {"interview_id": Made("create_interview", "osaka")}
_DECISION = {"decision_id": Made("create_decision", "osaka")}

EXAMPLES: Examples = {
    "preview_decision": _PREVIEW,
    "preview_decision_batch": _BATCH,
    "get_rules": {"today": ExampleRequest("The rules of today")},
    "list_countries": _COUNTRIES,
    "get_country": {
        "japan": ExampleRequest("Japan, with many variations", path={"code": "JP"}, answer_shown=False),
        "mauritius": ExampleRequest("Mauritius, of which little is known", path={"code": "MU"}),
    },
    "list_known_companies": _COMPANIES,
    "get_known_company": {"zapier": ExampleRequest("Zapier", path={"key": "zapier"})},
    "list_sectors": {"first": ExampleRequest("The first sector", query={"limit": 1})},
    "get_sector": {"law": ExampleRequest("Law", path={"key": "law"})},
    "list_formats": {"first": ExampleRequest("The first format", query={"limit": 1})},
    "get_format": {"panel": ExampleRequest("A panel", path={"key": "panel"})},
    "list_situations": {"first": ExampleRequest("The first situation", query={"limit": 1})},
    "get_situation": {"no_contact": ExampleRequest("Contact was ruled out", path={"key": "told-not-to-contact"})},
    "list_statutes": _STATUTES,
    "get_statute": {"ontario": ExampleRequest("The duty in Ontario", path={"key": "on-inform-interviewed"})},
    "create_decision": {
        "osaka": ExampleRequest(
            "After the interview in Osaka",
            path=_INTERVIEW,
            headers={"Idempotency-Key": "5be0c9a3-decide"},
            body={},
            answer_shown=True,
        ),
        "send_anyway": ExampleRequest(
            "The user sends a note all the same",
            path=_INTERVIEW,
            body={"as_of": "2026-11-21", "choice": {"thank_you": "send"}},
            answer_shown=False,
        ),
    },
    "list_decisions": {
        "osaka": ExampleRequest("The newest first", path=_INTERVIEW, query={"sort": "-created_at", "limit": 25})
    },
    "get_decision": {"osaka": ExampleRequest("As it was given", path=_DECISION, answer_shown=True)},
    "get_company_practice": {
        "initech": ExampleRequest(
            "What is known of an employer", path={"company_id": Made("create_company", "initech")}
        )
    },
    "get_coverage": {"oceania": ExampleRequest("Australia and New Zealand", query={"region": "053"})},
}

REFUSALS: Mapping[str, Sequence[ExampleRequest]] = {
    "preview_decision": (ExampleRequest("A misspelt fact", body={"country": "JP", "sectr": "law"}),),
    "get_known_company": (ExampleRequest("A key that no company has", path={"key": "initech"}),),
    "get_sector": (ExampleRequest("A part of a key", path={"key": "banking"}),),
}
