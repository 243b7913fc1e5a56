"""Decisions about interviews that were written down, on both databases."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from app.companies.models import PracticeReport
from app.follow_up.gathering import reported_by
from tests.people import NOBODY
from tests.stored import Account

Made = dict[str, Any]
TEXTS = ("Aiko", "Tanaka", "Umbrella", "Data engineer", "Umeda", "secret", "example.com", "umbrella.example")


@pytest.fixture
def company(account: Account) -> Made:
    body = {"name": "Umbrella KK", "domains": ["umbrella.example"], "country": "JP", "ownership": "domestic"}
    return account.made("/v1/companies", {**body, "notes": "secret"})


@pytest.fixture
def application(account: Account, company: Made) -> Made:
    body = {"company_id": company["id"], "position": "Data engineer", "country": "JP", "track": "experienced"}
    return account.made("/v1/applications", {**body, "status": "interviewing", "notes": "secret"})


def person(account: Account, name: str = "Aiko Tanaka", **more: object) -> str:
    given, family = name.split()
    emails = [{"address": f"{given.lower()}@example.com"}]
    names = {"given_name": given, "family_name": family}
    return str(account.made("/v1/contacts", {"name": names, "emails": emails, **more})["id"])


def interview(account: Account, application: Made, *participants: Mapping[str, object], **more: object) -> Made:
    times = {"starts_at": "2026-11-20T14:00:00", "ends_at": "2026-11-20T15:30:00", "time_zone": "Asia/Tokyo"}
    body = {"application_id": application["id"], **times, "place": "Umeda", "notes": "secret", "format": "onsite"}
    return account.made("/v1/interviews", {**body, "participants": [*participants], **more})


def decided(account: Account, held: Made, **sent: object) -> Made:
    return account.made(f"/v1/interviews/{held['id']}/decisions", sent)


def test_facts_are_gathered_from_everything_that_was_written_down(
    account: Account, company: Made, application: Made
) -> None:
    tanaka = person(account, wishes_note=False, channels=["email"], known_personally=False)
    changes = {"headcount": 120, "publicly_advertised": True, "subdivision": "JP-27"}
    account.changed(f"/v1/applications/{application['id']}", changes)
    report = {"who_contacts": "employer", "within_business_days": 7, "reported_on": "2026-11-02", "told_by": "secret"}
    account.made(f"/v1/companies/{company['id']}/reports", report)
    said = {"who_contacts": "employer", "answer_by": "2026-12-04"}
    part = {"contact_id": tanaka, "role": "decision_maker", "attended": True}
    held = interview(account, application, part, stage="final", language="ja", said=said)

    decision = decided(account, held, as_of="2026-11-23")

    (one,) = decision["recipients"]
    assert (one["contact_id"], one["role"]) == (tanaka, "decision_maker")
    assert one["participant_id"] == held["participants"][0]["id"]
    assert one["decision"]["facts"] == {
        "country": "JP",
        "subdivision": "JP-27",
        "ended_at": "2026-11-20T06:30:00Z",
        "time_zone": "Asia/Tokyo",
        "as_of": "2026-11-23",
        "ownership": "domestic",
        "track": "experienced",
        "format": "onsite",
        "stage": "final",
        "language": "ja",
        "said": said,
        "reported": {"who_contacts": "employer", "within_business_days": 7, "reported_on": "2026-11-02"},
        "recipient": {
            "role": "decision_maker",
            "wishes_note": False,
            "known_personally": False,
            "channels": ["email"],
        },
        "process": "open",
        "headcount": 120,
        "publicly_advertised": True,
    }
    assert one["decision"]["thank_you"]["outcome"] == "do_not_send"
    assert one["decision"]["next_move"]["answer_expected_on"] == "2026-12-04"


def test_what_is_kept_names_nobody(account: Account, application: Made, stored_app: FastAPI) -> None:
    held = interview(account, application, {"contact_id": person(account), "role": "interviewer"})
    decision = decided(account, held)
    assert not [word for word in TEXTS if word in json.dumps(decision, ensure_ascii=False)]
    with stored_app.state.database.engine.connect() as connection:
        columns = connection.execute(text("SELECT * FROM decisions")).keys()
    assert set(columns) == {
        "owner_id",
        "id",
        "interview_id",
        "created_at",
        "as_of",
        "rules_version",
        "choice",
        "content",
    }


def test_each_person_gets_a_decision_of_their_own(account: Account, application: Made) -> None:
    wishing, neutral = person(account, wishes_note=True), person(account, "Ken Sato")
    parts = [{"contact_id": wishing, "role": "interviewer"}, {"contact_id": neutral, "role": "coordinator"}]
    decision = decided(account, interview(account, application, *parts))
    outcomes = {one["contact_id"]: one["decision"]["thank_you"]["outcome"] for one in decision["recipients"]}
    assert outcomes == {wishing: "send", neutral: "do_not_send"}
    roles = [one["decision"]["facts"]["recipient"]["role"] for one in decision["recipients"]]
    assert roles == ["interviewer", "recruiter"]


def test_without_participants_there_is_one_decision_for_nobody_in_particular(
    account: Account, application: Made
) -> None:
    (one,) = decided(account, interview(account, application))["recipients"]
    assert (one["participant_id"], one["contact_id"], one["role"]) == (None, None, None)
    assert "recipient" not in one["decision"]["facts"]


def test_who_was_to_interview_and_did_not_come_is_not_thanked(account: Account, application: Made) -> None:
    absent = {"contact_id": person(account), "role": "interviewer", "attended": False}
    decider = {"contact_id": person(account, "Ken Sato"), "role": "decision_maker", "attended": False}
    decision = decided(account, interview(account, application, absent, decider))
    assert [one["role"] for one in decision["recipients"]] == ["decision_maker"]


def test_who_was_sent_a_note_gets_no_second_one(account: Account, application: Made) -> None:
    sent = {"contact_id": person(account, wishes_note=True), "note_sent_at": "2026-11-21T09:00:00+09:00"}
    (one,) = decided(account, interview(account, application, sent))["recipients"]
    assert one["decision"]["thank_you"]["outcome"] == "do_not_send"


@pytest.mark.parametrize(
    ("zone", "expected"), [("Asia/Tokyo", "Asia/Tokyo"), ("Europe/Berlin", "Asia/Tokyo"), (None, "Asia/Tokyo")]
)
def test_windows_are_in_the_zone_of_a_reader_in_the_country(
    account: Account, application: Made, zone: str | None, expected: str
) -> None:
    part = {"contact_id": person(account, time_zone=zone, wishes_note=True)}
    (one,) = decided(account, interview(account, application, part), as_of="2026-11-20")["recipients"]
    assert one["decision"]["thank_you"]["window"]["time_zone"] == expected


def test_a_company_is_matched_to_its_published_practice_by_domain_first(account: Account) -> None:
    company = account.made("/v1/companies", {"name": "Our dream employer", "domains": ["zapier.com"]})
    practice = account.seen(f"/v1/companies/{company['id']}/practice")
    assert practice == {"published": "zapier", "reported": None}
    application = account.made(
        "/v1/applications", {"company_id": company["id"], "position": "Engineer", "country": "US"}
    )
    times = {"starts_at": "2026-11-20T14:00:00", "time_zone": "America/New_York"}
    held = account.made("/v1/interviews", {"application_id": application["id"], **times})
    (one,) = decided(account, held, as_of="2026-11-20")["recipients"]
    assert one["decision"]["facts"]["company"] == "zapier"
    assert any(reason["scope"].startswith("company:zapier") for reason in one["decision"]["reasons"])


def test_reports_come_above_what_is_published(account: Account, company: Made, application: Made) -> None:
    held = interview(account, application, {"contact_id": person(account), "role": "interviewer"})
    (before,) = decided(account, held, as_of="2026-11-23")["recipients"]
    account.made(
        f"/v1/companies/{company['id']}/reports",
        {"note_welcome": True, "channel": "letter", "reported_on": "2026-11-02"},
    )
    (after,) = decided(account, held, as_of="2026-11-23")["recipients"]
    outcomes = [one["decision"]["thank_you"]["outcome"] for one in (before, after)]
    assert outcomes == ["do_not_send", "send"]
    assert account.seen(f"/v1/companies/{company['id']}/practice")["reported"] == {
        "who_contacts": None,
        "within_business_days": None,
        "note_welcome": True,
        "channel": "letter",
        "reported_on": "2026-11-02",
    }


def test_of_each_field_the_newest_report_counts() -> None:
    def report(day: int, **values: object) -> Any:  # noqa: ANN401 - a row
        return PracticeReport(reported_on=datetime(2026, 11, day, tzinfo=UTC).date(), **values)

    newest_first = [
        report(20, channel="email"),
        report(10, channel="letter", note_welcome=False),
        report(5, note_welcome=True),
    ]
    together = reported_by(newest_first)
    assert together is not None
    assert (together.channel, together.note_welcome, str(together.reported_on)) == ("email", False, "2026-11-10")
    assert reported_by([report(1)]) is None
    assert reported_by([]) is None


def test_the_agency_and_who_introduced_follow_from_the_contacts(account: Account, company: Made) -> None:
    body = {"company_id": company["id"], "position": "Engineer", "country": "JP"}
    people = {"agency_contact_id": person(account), "introduced_by_contact_id": person(account, "Ken Sato")}
    application = account.made("/v1/applications", {**body, **people})
    (one,) = decided(account, interview(account, application))["recipients"]
    facts = one["decision"]["facts"]
    assert (facts["via_agency"], facts["introduced_by_person"]) == (True, True)


@pytest.mark.parametrize(
    ("status", "process"),
    [
        *((status, "open") for status in ("interested", "applied", "interviewing")),
        ("offer", "offered"),
        *((status, "closed") for status in ("accepted", "declined", "rejected", "withdrawn")),
    ],
)
def test_the_process_follows_from_the_status(account: Account, company: Made, status: str, process: str) -> None:
    body = {"company_id": company["id"], "position": "Engineer", "country": "JP", "status": status}
    application = account.made("/v1/applications", body)
    (one,) = decided(account, interview(account, application))["recipients"]
    assert one["decision"]["facts"]["process"] == process


@pytest.mark.parametrize(
    ("status", "who", "advice"), [("offer", "candidate", "accept_or_decline"), ("declined", "nobody", "close")]
)
def test_an_offer_waits_for_the_candidate_until_it_is_answered(
    account: Account, company: Made, status: str, who: str, advice: str
) -> None:
    body = {"company_id": company["id"], "position": "Engineer", "country": "JP", "status": status}
    said = {"who_contacts": "employer", "answer_by": "2026-11-27"}
    held = interview(account, account.made("/v1/applications", body), said=said)
    (one,) = decided(account, held, as_of="2026-12-10")["recipients"]
    move = one["decision"]["next_move"]
    assert (move["who"], move["who_contacts"], move["advice"], move["confidence"]) == (who, who, advice, "high")
    assert (move["answer_expected_on"], move["enquire_from"], move["enquiries_left"]) == (None, None, 0)
    assert (move["turn_since"], move["answer_basis"]) == (None, None)
    assert one["decision"]["thank_you"]["expectation"] == "uncommon"


def test_the_users_own_choice_is_shown_as_such(account: Account, application: Made) -> None:
    (one,) = decided(account, interview(account, application), choice={"thank_you": "send"})["recipients"]
    assert one["decision"]["thank_you"]["outcome"] == "send"
    assert one["decision"]["reasons"][-1]["scope"] == "choice"


def test_a_decision_stays_as_it_was_whatever_changes(account: Account, application: Made) -> None:
    part = {"contact_id": person(account, wishes_note=True), "role": "interviewer"}
    held = interview(account, application, part)
    path = f"/v1/interviews/{held['id']}/decisions"
    answer = account.ask("POST", path, json={"as_of": "2026-11-23"})
    first = answer.json()
    assert answer.headers["location"] == f"/v1/decisions/{first['id']}"
    account.changed(f"/v1/contacts/{part['contact_id']}", {"wishes_note": False})
    second = decided(account, held, as_of="2026-11-23")
    assert second["id"] != first["id"]
    assert second["recipients"] != first["recipients"]
    kept = account.get(f"/v1/decisions/{first['id']}")
    assert kept.content == answer.content
    assert kept.headers["etag"] == answer.headers["etag"]
    again = account.get(f"/v1/decisions/{first['id']}", headers={"If-None-Match": kept.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    listed = account.seen(path)["items"]
    assert [one["id"] for one in listed] == [second["id"], first["id"]]
    assert [one["id"] for one in account.seen(path, sort="created_at", limit=1)["items"]] == [first["id"]]
    assert UUID(first["id"]).version == 7


@pytest.mark.parametrize("status", ["cancelled", "no_show"])
def test_nothing_is_decided_about_an_interview_that_was_not_held(
    account: Account, application: Made, status: str
) -> None:
    held = interview(account, application, status=status)
    problem = account.refused("POST", f"/v1/interviews/{held['id']}/decisions", 409, json={})
    assert problem["code"] == "interview_not_held"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"as_of": "today"}, "#/as_of"),
        ({"choice": {"thank_you": "perhaps"}}, "#/choice/thank_you"),
        ({"country": "US"}, "#/country"),
    ],
)
def test_what_cannot_be_used_is_refused(account: Account, application: Made, body: Made, pointer: str) -> None:
    held = interview(account, application)
    problem = account.refused("POST", f"/v1/interviews/{held['id']}/decisions", 422, json=body)
    assert [wrong["pointer"] for wrong in problem["errors"]] == [pointer]


def test_decisions_of_others_are_not_to_be_found(account: Account, application: Made, stranger: Account) -> None:
    held = interview(account, application)
    decision = decided(account, held)
    for method, path in (
        ("GET", f"/v1/decisions/{decision['id']}"),
        ("GET", f"/v1/interviews/{held['id']}/decisions"),
        ("POST", f"/v1/interviews/{held['id']}/decisions"),
    ):
        given: Made = {"json": {}} if method == "POST" else {}
        assert stranger.refused(method, path, 404, **given)["code"] == "no_such_resource"
        assert account.refused(method, path.replace(held["id"], NOBODY).replace(decision["id"], NOBODY), 404, **given)


def test_decisions_go_with_their_interview(account: Account, application: Made) -> None:
    held = interview(account, application)
    decision = decided(account, held)
    account.deleted(f"/v1/interviews/{held['id']}")
    account.refused("GET", f"/v1/decisions/{decision['id']}", 404)


def test_a_person_who_is_forgotten_leaves_no_name_in_a_decision(account: Account, application: Made) -> None:
    tanaka = person(account)
    held = interview(account, application, {"contact_id": tanaka, "role": "interviewer"})
    decision = decided(account, held)
    account.deleted(f"/v1/contacts/{tanaka}")
    assert account.seen(f"/v1/decisions/{decision['id']}") == decision


def test_few_statements_are_needed(account: Account, application: Made, queries: list[str]) -> None:
    held = interview(account, application, {"contact_id": person(account), "role": "interviewer"})
    queries.clear()
    decision = decided(account, held)
    assert len(queries) <= 7
    for path in (f"/v1/decisions/{decision['id']}", f"/v1/interviews/{held['id']}/decisions"):
        queries.clear()
        account.seen(path)
        assert len(queries) <= 3
