"""The facts that every measurement uses: a mix of what candidates may tell, and a different moment each time."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count, cycle, islice
from typing import Any

from benchmarks.client import Request

DIFFERENT_REQUESTS = 4000
TODAY = date(2026, 11, 23)
"""The day for which every decision is made."""

TYPICAL: dict[str, dict[str, Any]] = {
    "country only (US)": {"country": "US"},
    "two facts (JP)": {"country": "JP", "track": "experienced", "ownership": "domestic"},
    "no evidence (BT)": {"country": "BT"},
    "statute (CA-ON)": {"country": "CA", "subdivision": "CA-ON", "headcount": 40, "publicly_advertised": True},
}
"""Single sets of facts, by the name under which they are reported."""

MIX: tuple[dict[str, Any], ...] = (
    {"country": "JP", "track": "experienced", "ownership": "domestic"},
    {"country": "JP", "ownership": "foreign", "format": "video"},
    {"country": "JP", "via_agency": True, "track": "experienced"},
    {"country": "JP", "track": "new_graduate", "format": "panel"},
    {"country": "US"},
    {"country": "US", "sector": "technology", "format": "video", "stage": "final"},
    {"country": "US", "sector": "medical_residency"},
    {"country": "US", "sector": "us_federal", "format": "structured"},
    {"country": "US", "company": "Zapier", "format": "video"},
    {"country": "US", "said": {"who_contacts": "employer", "note_welcome": True}},
    {"country": "DE"},
    {"country": "DE", "sector": "manufacturing", "format": "onsite"},
    {"country": "DE", "via_agency": True},
    {"country": "FR", "track": "experienced", "sector": "consulting"},
    {"country": "FR", "format": "phone_screen"},
    {"country": "GB", "sector": "public", "format": "panel"},
    {"country": "GB", "sector": "law", "track": "new_graduate"},
    {"country": "GB", "company": "GitLab"},
    {"country": "CA", "subdivision": "CA-ON", "headcount": 40, "publicly_advertised": True},
    {"country": "CA", "subdivision": "CA-QC", "sector": "finance", "format": "onsite"},
    {"country": "CH", "subdivision": "CH-GE", "sector": "international_organisation"},
    {"country": "AT", "format": "video"},
    {"country": "NL", "sector": "tech_startup", "size": "small"},
    {"country": "SE", "track": "experienced"},
    {"country": "NO", "sector": "public"},
    {"country": "ES", "via_agency": True, "format": "video"},
    {"country": "IT", "sector": "academia"},
    {"country": "PL", "ownership": "foreign"},
    {"country": "IN", "sector": "outsourcing", "format": "video", "size": "large"},
    {"country": "CN", "ownership": "foreign", "track": "experienced"},
    {"country": "KR", "track": "new_graduate", "size": "large"},
    {"country": "SG", "sector": "finance"},
    {"country": "AU", "sector": "public", "format": "panel"},
    {"country": "BR", "introduced_by_person": True},
    {"country": "MX", "format": "one_way_video"},
    {"country": "KE", "said": {"canvassing_disqualifies": True}},
    {"country": "ZA", "recipient": {"role": "recruiter", "wishes_note": True}},
    {"country": "SA", "sector": "finance", "ownership": "domestic"},
    {"country": "AE", "track": "executive"},
    {"country": "BT", "sector": "hospitality"},
)
"""Forty sets of facts without dates, from a country alone to four facts."""

_FIRST_END = datetime(2026, 11, 9, 13, 0, tzinfo=UTC)
_SPREAD_MINUTES = 10 * 24 * 60
_STEP_MINUTES = 67
"""Shares no factor with the spread, so that all moments are used before one comes again."""


def dated(facts: dict[str, Any], number: int) -> dict[str, Any]:
    """`facts` with the day of the decision and the end of the interview: another moment for each `number`."""
    ended = _FIRST_END + timedelta(minutes=number * _STEP_MINUTES % _SPREAD_MINUTES)
    return {**facts, "ended_at": ended.isoformat(), "as_of": TODAY.isoformat()}


def stream() -> Iterator[dict[str, Any]]:
    """The mix over and over, each time with other moments."""
    return (dated(facts, number) for facts, number in zip(cycle(MIX), count(), strict=False))


def requests(path: str, items: int = 0) -> list[Request]:
    """Different requests for decisions: a set of facts in each, or with `items` a list of so many."""
    facts = stream()
    number = max(1, DIFFERENT_REQUESTS // max(1, items))
    bodies = [{"items": list(islice(facts, items))} if items else next(facts) for _ in range(number)]
    return [Request("POST", path, json.dumps(body)) for body in bodies]
