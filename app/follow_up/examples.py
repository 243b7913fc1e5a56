"""Examples of requests in the documentation. A test executes every one of them."""

from typing import Any

from fastapi.openapi.models import Example


def _example(summary: str, **facts: Any) -> Example:  # noqa: ANN401 - facts
    return Example(summary=summary, value=facts)


PREVIEW: dict[str, Example] = {
    "japan": _example(
        "An experienced engineer at a Japanese company: no note",
        country="JP",
        track="experienced",
        ownership="domestic",
        ended_at="2026-11-20T16:00:00+09:00",
        as_of="2026-11-23",
    ),
    "japan_foreign_owned": _example(
        "A foreign-owned company in Tokyo: send one",
        country="JP",
        ownership="foreign",
        ended_at="2026-11-20T16:00:00+09:00",
        as_of="2026-11-23",
    ),
    "japan_via_agency": _example(
        "Japan, through an agency: through the consultant only",
        country="JP",
        ownership="foreign",
        via_agency=True,
        as_of="2026-11-23",
    ),
    "united_states": _example(
        "New York: within 24 hours",
        country="US",
        subdivision="US-NY",
        time_zone="America/New_York",
        ended_at="2026-11-23T15:30:00-05:00",
        as_of="2026-11-23",
    ),
    "ontario": _example(
        "Toronto: the employer must answer within 45 days",
        country="CA",
        subdivision="CA-ON",
        headcount=120,
        publicly_advertised=True,
        format="onsite",
        ended_at="2026-11-23T15:30:00-05:00",
        as_of="2026-11-23",
    ),
    "kenya_canvassing": _example(
        "Kenya, where the advertisement says that canvassing disqualifies: prohibited",
        country="KE",
        said={"canvassing_disqualifies": True},
        as_of="2026-11-23",
    ),
    "eu_institutions": _example(
        "A competition of the EU institutions: prohibited", country="BE", company="EPSO", as_of="2026-11-23"
    ),
    "us_residency": _example(
        "A medical residency in the United States: do not send",
        country="US",
        sector="medical_residency",
        as_of="2026-11-23",
    ),
    "saudi_weekend": _example(
        "Riyadh on a Thursday evening: Sunday is the next working day",
        country="SA",
        ended_at="2026-11-19T19:00:00+03:00",
        as_of="2026-11-19",
    ),
    "answer_promised": _example(
        "Berlin, where an answer was promised by a day that has passed: ask",
        country="DE",
        ended_at="2026-11-02T11:00:00+01:00",
        said={"who_contacts": "employer", "answer_by": "2026-11-13"},
        as_of="2026-11-23",
    ),
    "no_evidence": _example(
        "A country without evidence: honest about it",
        country="TD",
        ended_at="2026-11-20T10:00:00",
        time_zone="Africa/Ndjamena",
        as_of="2026-11-23",
    ),
}

BATCH: dict[str, Example] = {
    "two": Example(
        summary="Two interviews; the second cannot be decided",
        value={"items": [{"country": "FR", "as_of": "2026-11-23"}, {"country": "Japan"}]},
    )
}
