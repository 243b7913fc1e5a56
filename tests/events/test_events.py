"""What has happened, as clients read it."""

from typing import Any, get_args

import pytest
from fastapi import FastAPI
from sqlalchemy import delete

from app.events.models import Event
from app.events.vocabulary import EventType
from tests.people import a_person
from tests.stored import ANY, Account

PATH = "/v1/events"
UNSAID = "Rumpelstilzchen"
WRITTEN: dict[str, Any] = {
    "company": {"name": UNSAID, "notes": UNSAID},
    "contact": {
        "name": {"given_name": UNSAID, "family_name": UNSAID},
        "emails": [{"address": f"{UNSAID}@example.com"}],
        "phones": [{"number": "+49 30 1234567"}],
        "job_title": UNSAID,
        "department": UNSAID,
        "tags": [UNSAID],
        "notes": UNSAID,
    },
    "application": {"position": UNSAID, "country": "DE", "notes": UNSAID, "posting_url": f"https://{UNSAID}.example"},
    "interview": {
        "starts_at": "2026-11-20T14:00:00",
        "ends_at": "2026-11-20T15:00:00",
        "time_zone": "Europe/Berlin",
        "place": UNSAID,
        "link": f"https://{UNSAID}.example",
        "notes": UNSAID,
    },
    "reflection": {
        "learned_about_company": UNSAID,
        "learned_about_position": UNSAID,
        "important_points": [{"text": UNSAID}],
        "open_questions": [{"question": UNSAID, "answer": UNSAID}],
        "questions_asked": [{"question": UNSAID, "answer": UNSAID}],
        "went_well": UNSAID,
        "to_improve": UNSAID,
    },
    "reference": {"consent_given_on": "2026-11-01", "consent_for": UNSAID, "notes": UNSAID},
    "status": {"status": "interviewing", "note": UNSAID},
    "task": {"title": UNSAID, "notes": UNSAID},
}


def named(account: Account, *kinds: str) -> None:
    """Add some companies, so that something has happened."""
    for kind in kinds:
        account.made("/v1/companies", {"name": kind})


def numbers(account: Account, **params: object) -> list[int]:
    return [event["number"] for event in account.seen(PATH, **params)["items"]]


def test_events_are_numbered_in_the_order_in_which_they_happened(account: Account) -> None:
    assert account.seen(PATH) == {"items": [], "next_cursor": None}
    named(account, "A", "B", "C")
    assert numbers(account) == [1, 2, 3]
    assert numbers(account, sort="-number") == [3, 2, 1]
    assert numbers(account, after=1) == [2, 3]
    assert numbers(account, after=3) == []
    assert numbers(account, after=99) == []
    first = account.seen(PATH, limit=1)["items"][0]
    companies = account.seen("/v1/companies", sort="created_at")["items"]
    assert (first["type"], first["subject_id"], first["data"]) == ("company.created", companies[0]["id"], {})


def test_every_page_follows_the_one_before(account: Account) -> None:
    named(account, *"ABCDE")
    for sort, after, expected in (("number", 1, [2, 3, 4, 5]), ("-number", 0, [5, 4, 3, 2, 1])):
        seen: list[int] = []
        cursor: dict[str, str] = {}
        while True:
            page = account.seen(PATH, sort=sort, after=after, limit=2, **cursor)
            seen += [event["number"] for event in page["items"]]
            if page["next_cursor"] is None:
                break
            cursor = {"cursor": page["next_cursor"]}
        assert seen == expected


def test_only_those_of_some_types(account: Account) -> None:
    named(account, "A")
    account.deleted(f"/v1/contacts/{a_person(account)}")
    assert numbers(account, type="contact.created,contact.deleted") == [2, 3]
    assert numbers(account, type="contact.deleted", after=2) == [3]
    assert numbers(account, type="task.done") == []


@pytest.mark.parametrize(
    ("params", "name", "hint"),
    [
        ({"type": "contact.delete"}, "type", "contact.deleted"),
        ({"type": "contact.created,"}, "type", "commas"),
        ({"after": -1}, "after", ""),
        ({"after": "x"}, "after", ""),
        ({"sort": "occurred_at"}, "sort", ""),
        ({"limit": 0}, "limit", ""),
        ({"cursor": "x"}, "cursor", ""),
    ],
)
def test_what_cannot_be_asked_for_is_refused(account: Account, params: dict[str, Any], name: str, hint: str) -> None:
    problem = account.refused("GET", PATH, 422, params=params)
    assert [error["parameter"] for error in problem["errors"]] == [name]
    assert hint in problem["errors"][0].get("hint", "")


def test_whoever_was_away_for_too_long_is_told(account: Account, stored_app: FastAPI) -> None:
    named(account, *"ABCD")
    with stored_app.state.database.session() as session:
        session.execute(delete(Event).where(Event.owner_id == account.id, Event.number <= 2))
    problem = account.refused("GET", PATH, 410, params={"after": 1})
    assert problem["code"] == "events_expired"
    assert "number 3" in problem["detail"]
    assert numbers(account, after=2) == [3, 4]
    assert numbers(account) == [3, 4]
    with stored_app.state.database.session() as session:
        session.execute(delete(Event).where(Event.owner_id == account.id))
    assert "number 5" in account.refused("GET", PATH, 410, params={"after": 3})["detail"]
    assert numbers(account, after=4) == []


def test_what_happens_to_others_is_theirs(account: Account, stranger: Account) -> None:
    named(account, "A", "B")
    named(stranger, "C")
    assert numbers(stranger) == [1]


def test_what_was_refused_has_not_happened(account: Account) -> None:
    account.refused("POST", "/v1/companies", 422, json={"name": ""})
    account.refused("POST", "/v1/contacts", 422, json={})
    assert numbers(account) == []


def test_a_request_that_is_sent_again_happens_once(account: Account) -> None:
    for _ in range(2):
        account.made("/v1/companies", {"name": "A"}, headers={"Idempotency-Key": "one"})
    assert numbers(account) == [1]


def test_no_event_names_anybody_or_repeats_what_was_written(account: Account) -> None:
    ids = _write_everything(account)
    account.seen("/v1/today")
    account.made("/v1/contacts", {"name": {"given_name": UNSAID}})
    for path in ("tasks", "applications", "contacts", "companies"):
        account.ask("DELETE", f"/v1/{path}/{ids[path]}", headers=ANY)
    events = account.seen(PATH, limit=100)["items"]
    happened = {event["type"] for event in events}
    assert len(happened) >= 18, happened
    assert happened <= set(get_args(EventType))
    for event in events:
        assert UNSAID.lower() not in str(event).lower(), event
        assert "1234567" not in str(event)
        assert all(isinstance(value, str | int | bool | None) for value in event["data"].values())


def _write_everything(account: Account) -> dict[str, str]:
    """Write a secret into every text there is, and change, decide and merge: ids by kind."""
    company = account.made("/v1/companies", WRITTEN["company"])["id"]
    contact, twin = (account.made("/v1/contacts", WRITTEN["contact"])["id"] for _ in range(2))
    body = {**WRITTEN["application"], "company_id": company, "introduced_by_contact_id": contact}
    application = account.made("/v1/applications", body)["id"]
    people = [{"contact_id": contact, "role": "interviewer"}]
    body = {**WRITTEN["interview"], "application_id": application, "participants": people}
    interview = account.made("/v1/interviews", body)["id"]
    answer = account.ask("PUT", f"/v1/interviews/{interview}/reflection", json=WRITTEN["reflection"])
    assert answer.is_success, answer.text
    reference = account.made("/v1/references", {**WRITTEN["reference"], "contact_id": twin})["id"]
    account.made(f"/v1/references/{reference}/applications", {"application_id": application})
    account.made(f"/v1/references/{reference}/briefings", {"interview_id": interview})
    answer = account.ask("POST", f"/v1/applications/{application}/status", json=WRITTEN["status"], headers=ANY)
    assert answer.is_success, answer.text
    account.made(f"/v1/interviews/{interview}/decisions", {})
    task = account.made("/v1/tasks", {**WRITTEN["task"], "interview_id": interview, "contact_id": contact})["id"]
    account.changed(f"/v1/tasks/{task}", {"title": f"{UNSAID}, again"})
    skipped = {"state": "skipped", "reason": UNSAID}
    assert account.ask("POST", f"/v1/tasks/{task}/state", json=skipped, headers=ANY).is_success
    for kind, one in (("companies", company), ("interviews", interview), ("applications", application)):
        account.changed(f"/v1/{kind}/{one}", {"notes": f"{UNSAID}, again"})
    answer = account.ask("POST", f"/v1/contacts/{contact}/merge", json={"contact_id": twin}, headers=ANY)
    assert answer.is_success, answer.text
    return {"companies": company, "contacts": contact, "applications": application, "tasks": task}
