"""How far an application has come: what can follow what, and what is kept of it."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from app.applications.statuses import ENDED, NEXT, OPEN, STATUSES, Status
from app.http import clock
from tests.stored import ANY, Account

PATH = "/v1/applications"


def moved(account: Account, path: str, status: str, **more: object) -> dict[str, Any]:
    """Give an application a status."""
    answer = account.ask("POST", f"{path}/status", json={"status": status, **more}, headers=ANY)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.fixture
def path(account: Account, company: str) -> str:
    """The address of an application that is only of interest."""
    made = account.made(PATH, {"company_id": company, "position": "Data engineer", "country": "JP"})
    return f"{PATH}/{made['id']}"


def test_an_application_goes_its_way_and_its_history_is_kept(account: Account, path: str) -> None:
    moved(account, path, "applied", happened_on="2026-10-30")
    moved(account, path, "interviewing", note="Ms Tanaka called.")
    moved(account, path, "offer", happened_on="2026-11-20")
    last = moved(account, path, "accepted", happened_on="2026-11-24")
    assert (last["status"], last["next_statuses"]) == ("accepted", [])
    assert (last["applied_on"], last["decided_on"]) == ("2026-10-30", "2026-11-24")
    assert account.seen(path) == last
    steps = account.seen(f"{path}/history")["items"]
    assert [step["status"] for step in steps] == ["interested", "applied", "interviewing", "offer", "accepted"]
    assert [step["happened_on"] for step in steps] == [None, "2026-10-30", None, "2026-11-20", "2026-11-24"]
    assert [step["note"] for step in steps] == [None, None, "Ms Tanaka called.", None, None]
    assert not any(step["correction"] for step in steps)
    assert all(step["changed_at"].endswith("Z") for step in steps)


def test_the_day_for_answering_an_offer_is_kept_whatever_the_status(account: Account, path: str) -> None:
    assert account.seen(path)["offer_answer_by"] is None
    assert account.changed(path, {"offer_answer_by": "2027-01-08"})["status"] == "interested"
    for status in ("interviewing", "offer", "declined"):
        assert moved(account, path, status)["offer_answer_by"] == "2027-01-08"
    assert account.seen(path)["offer_answer_by"] == "2027-01-08"
    assert account.changed(path, {"offer_answer_by": None})["offer_answer_by"] is None


def test_the_history_comes_in_pages_and_in_both_orders(account: Account, path: str) -> None:
    moved(account, path, "applied")
    moved(account, path, "withdrawn")
    first = account.seen(f"{path}/history", sort="-changed_at", limit=2)
    rest = account.seen(f"{path}/history", sort="-changed_at", limit=2, cursor=first["next_cursor"])
    statuses = [step["status"] for step in first["items"] + rest["items"]]
    assert statuses == ["withdrawn", "applied", "interested"]
    assert rest["next_cursor"] is None


@pytest.mark.parametrize(
    ("status", "days", "happened_on"),
    [
        ("applied", {"applied_on": "2026-10-30"}, "2026-10-30"),
        ("rejected", {"decided_on": "2026-11-02"}, "2026-11-02"),
        ("offer", {"applied_on": "2026-10-30"}, None),
    ],
)
def test_an_application_can_be_added_further_on(
    account: Account, company: str, status: str, days: dict[str, str], happened_on: str | None
) -> None:
    made = account.made(PATH, {"company_id": company, "position": "Cook", "country": "IE", "status": status, **days})
    (step,) = account.seen(f"{PATH}/{made['id']}/history")["items"]
    assert (step["status"], step["happened_on"]) == (status, happened_on)


def test_every_status_leads_to_an_end() -> None:
    assert set(OPEN) | set(ENDED) == set(STATUSES)
    assert ENDED == ("accepted", "declined", "rejected", "withdrawn")
    assert all("withdrawn" in NEXT[status] for status in OPEN)


def test_only_what_follows_is_allowed(account: Account, company: str) -> None:
    base = {"company_id": company, "position": "Cook", "country": "IE"}
    applications = {status: account.made(PATH, {**base, "status": status})["id"] for status in STATUSES}
    pairs: list[tuple[Status, Status]] = [(one, other) for one, other in product(STATUSES, STATUSES)]
    for before, after in pairs:
        if after in NEXT[before]:
            continue
        where = f"{PATH}/{applications[before]}"
        problem = account.refused("POST", f"{where}/status", 409, json={"status": after}, headers=ANY)
        assert problem["code"] == "transition_not_allowed"
        (wrong,) = problem["errors"]
        assert wrong["pointer"] == "#/status"
        assert all(status in wrong["hint"] for status in NEXT[before] or ("correction",))
    for before, after in pairs:
        if after in NEXT[before]:
            where = f"{PATH}/{account.made(PATH, {**base, 'status': before})['id']}"
            assert moved(account, where, after)["status"] == after


def test_a_mistaken_end_can_be_put_right(account: Account, path: str) -> None:
    moved(account, path, "rejected", happened_on="2026-11-20")
    account.refused("POST", f"{path}/status", 409, json={"status": "interviewing"}, headers=ANY)
    opened = moved(account, path, "interviewing", correction=True, note="It was another company.")
    assert (opened["status"], opened["decided_on"]) == ("interviewing", None)
    steps = account.seen(f"{path}/history")["items"]
    assert [step["correction"] for step in steps] == [False, False, True]


def test_a_correction_to_what_it_is_already_is_none(account: Account, path: str) -> None:
    body = {"status": "interested", "correction": True}
    problem = account.refused("POST", f"{path}/status", 409, json=body, headers=ANY)
    assert problem["detail"] == "The application is 'interested' already."


def test_it_does_not_end_before_it_began(account: Account, path: str) -> None:
    moved(account, path, "applied", happened_on="2026-11-10")
    body = {"status": "rejected", "happened_on": "2026-11-09"}
    problem = account.refused("POST", f"{path}/status", 422, json=body, headers=ANY)
    assert [error["pointer"] for error in problem["errors"]] == ["#/happened_on"]
    assert account.seen(path)["status"] == "applied"


def test_no_step_happened_on_a_day_to_come(account: Account, path: str) -> None:
    body = {"status": "applied", "happened_on": str(clock.now().date() + timedelta(days=3))}
    (wrong,) = account.refused("POST", f"{path}/status", 422, json=body, headers=ANY)["errors"]
    assert (wrong["pointer"], "lies in the future" in wrong["detail"]) == ("#/happened_on", True)
    assert account.seen(path)["status"] == "interested"


@pytest.mark.parametrize("day", ["applied_on", "decided_on"])
def test_nobody_has_applied_or_ended_on_a_day_to_come(account: Account, path: str, day: str) -> None:
    later = {day: str(clock.now().date() + timedelta(days=3))}
    (wrong,) = account.refused("PATCH", path, 422, json=later, headers=ANY)["errors"]
    assert (wrong["pointer"], "lies in the future" in wrong["detail"]) == (f"#/{day}", True)


def test_days_that_are_known_stay(account: Account, path: str) -> None:
    account.changed(path, {"applied_on": "2026-10-01"})
    assert moved(account, path, "applied", happened_on="2026-10-30")["applied_on"] == "2026-10-01"


def test_the_status_is_no_member_of_a_patch(account: Account, path: str) -> None:
    problem = account.refused("PATCH", path, 422, json={"status": "applied"}, headers=ANY)
    assert problem["errors"] == [
        {
            "detail": "This is not known here.",
            "pointer": "#/status",
            "hint": "POST /v1/applications/{application_id}/status changes it.",
        }
    ]


def test_a_step_needs_the_version_that_was_read_and_happens_once(account: Account, path: str) -> None:
    body = {"status": "applied"}
    assert account.refused("POST", f"{path}/status", 428, json=body)["code"] == "precondition_required"
    tag = account.get(path).headers["etag"]
    headers = {"If-Match": tag, "Idempotency-Key": "applied"}
    first, second = (account.ask("POST", f"{path}/status", json=body, headers=headers) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert second.json() == first.json()
    body = {"status": "withdrawn"}
    stale = account.refused("POST", f"{path}/status", 412, json=body, headers={"If-Match": tag})
    assert stale["code"] == "changed_meanwhile"
    assert len(account.seen(f"{path}/history")["items"]) == 2
