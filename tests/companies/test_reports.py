from datetime import timedelta
from typing import Any

import pytest

from app.http import clock
from tests.stored import ANY, Account

REPORT = {
    "who_contacts": "employer",
    "within_business_days": 10,
    "note_welcome": True,
    "channel": "email",
    "reported_on": "2026-11-20",
    "told_by": "the recruiter",
    "link": "https://initech.example/after-the-interview",
    "notes": "Said on the phone.",
}


@pytest.fixture
def path(account: Account) -> str:
    made = account.made("/v1/companies", {"name": "Initech"})
    return f"/v1/companies/{made['id']}/reports"


def test_a_report_lives_changes_and_goes(account: Account, path: str) -> None:
    made = account.made(path, REPORT)
    assert {name: made[name] for name in REPORT} == REPORT
    changed = account.changed(f"{path}/{made['id']}", {"within_business_days": 5, "told_by": None})
    assert (changed["within_business_days"], changed["told_by"]) == (5, None)
    assert account.seen(f"{path}/{made['id']}") == changed
    account.deleted(f"{path}/{made['id']}")
    account.refused("GET", f"{path}/{made['id']}", 404)


def test_reports_are_listed_newest_first_or_last(account: Account, path: str) -> None:
    made = [account.made(path, {"reported_on": f"2026-11-0{day}", "note_welcome": True})["id"] for day in range(1, 4)]
    assert [one["id"] for one in account.seen(path)["items"]] == made[::-1]
    page = account.seen(path, sort="created_at", limit=2)
    assert [one["id"] for one in page["items"]] == made[:2]
    rest = account.seen(path, sort="created_at", limit=2, cursor=page["next_cursor"])
    assert [one["id"] for one in rest["items"]] == made[2:]


def test_a_report_belongs_to_its_company(account: Account, path: str) -> None:
    made = account.made(path, REPORT)
    other = account.made("/v1/companies", {"name": "Initrode"})
    account.refused("GET", f"/v1/companies/{other['id']}/reports/{made['id']}", 404)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"reported_on": None}, "#/reported_on"),
        ({"reported_on": "2026-13-01"}, "#/reported_on"),
        ({"reported_on": "yesterday"}, "#/reported_on"),
        ({"within_business_days": -1}, "#/within_business_days"),
        ({"within_business_days": True}, "#/within_business_days"),
        ({"note_welcome": "yes"}, "#/note_welcome"),
        ({"channel": "pigeon"}, "#/channel"),
        ({"link": "initech"}, "#/link"),
    ],
)
def test_what_cannot_be_used_is_refused(account: Account, path: str, change: dict[str, Any], pointer: str) -> None:
    problem = account.refused("POST", path, 422, json={**REPORT, **change})
    assert [wrong["pointer"] for wrong in problem["errors"]] == [pointer]


@pytest.mark.parametrize("days", [0, 1])
def test_a_report_is_of_a_day_that_has_begun_somewhere(account: Account, path: str, days: int) -> None:
    day = str(clock.now().date() + timedelta(days=days))
    assert account.made(path, {**REPORT, "reported_on": day})["reported_on"] == day


def test_a_report_of_a_day_to_come_is_refused(account: Account, path: str) -> None:
    later = {"reported_on": str(clock.now().date() + timedelta(days=3))}
    made = account.made(path, REPORT)
    for method, where, body in (("POST", path, {**REPORT, **later}), ("PATCH", f"{path}/{made['id']}", later)):
        (wrong,) = account.refused(method, where, 422, json=body, headers=ANY)["errors"]
        assert wrong == {
            "detail": f"This is about what has happened, and {later['reported_on']} lies in the future.",
            "pointer": "#/reported_on",
            "hint": "Correct it, or leave it out until it has happened.",
        }


def test_a_report_that_says_nothing_is_refused(account: Account, path: str) -> None:
    empty = {"reported_on": "2026-11-20", "told_by": "the recruiter", "link": "https://initech.example/"}
    (wrong,) = account.refused("POST", path, 422, json=empty)["errors"]
    assert (wrong["pointer"], wrong["detail"]) == ("#", "A report says something about the company.")
    assert wrong["hint"] == "Give at least one of: who_contacts, within_business_days, note_welcome, channel, notes."
    made = account.made(path, {**empty, "note_welcome": False})
    account.refused("PATCH", f"{path}/{made['id']}", 422, json={"note_welcome": None}, headers=ANY)


def test_few_statements_are_needed(account: Account, path: str, queries: list[str]) -> None:
    made = account.made(path, REPORT)
    assert len(queries) <= 5
    for address in (f"{path}/{made['id']}", path):
        queries.clear()
        account.seen(address)
        assert len(queries) <= 3
