"""Applications: added, read, changed, deleted."""

from typing import Any

import pytest

from tests.people import NOBODY, a_person
from tests.stored import ANY, EVENTS, Account

PATH = "/v1/applications"
WHOLE = {
    "position": "Data engineer",
    "country": "JP",
    "subdivision": "JP-27",
    "track": "experienced",
    "via_agency": False,
    "introduced_by_person": None,
    "sent_by_employment_service": False,
    "deadline_on": "2026-11-30",
    "applied_on": "2026-10-30",
    "offer_answer_by": "2026-12-04",
    "decided_on": None,
    "posting_url": "https://www.initech.example/jobs/4711",
    "headcount": 1200,
    "publicly_advertised": True,
    "notes": "Anew.\nFrom scratch.",
}


def test_an_application_is_added_and_read_back(account: Account, company: str) -> None:
    answer = account.ask("POST", PATH, json={**WHOLE, "company_id": company, "status": "applied"})
    made = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"{PATH}/{made['id']}"
    assert made.items() >= WHOLE.items()
    assert (made["company_id"], made["status"]) == (company, "applied")
    read = account.get(f"{PATH}/{made['id']}")
    assert read.json() == made
    assert read.headers["etag"] == answer.headers["etag"]


def test_little_is_needed(account: Account, company: str) -> None:
    made = account.made(PATH, {"company_id": company, "position": "Cook", "country": "IE"})
    assert made["status"] == "interested"
    assert made["next_statuses"] == ["applied", "interviewing", "rejected", "withdrawn"]
    assert [made[name] for name in ("track", "via_agency", "applied_on", "notes", "posting_url")] == [None] * 5


def test_whoever_is_named_makes_the_statement_true(account: Account, company: str) -> None:
    consultant, friend = a_person(account), a_person(account, "Ben")
    made = account.made(
        PATH,
        {
            **_least(company),
            "agency_contact_id": consultant,
            "introduced_by_contact_id": friend,
        },
    )
    assert (made["via_agency"], made["introduced_by_person"]) == (True, True)
    assert (made["agency_contact_id"], made["introduced_by_contact_id"]) == (consultant, friend)
    path = f"{PATH}/{made['id']}"
    problem = account.refused("PATCH", path, 422, json={"via_agency": False}, headers=ANY)
    assert problem["errors"] == [
        {
            "detail": "via_agency is false, but agency_contact_id names somebody; correct one of the two.",
            "pointer": "#/via_agency",
        }
    ]
    changed = account.changed(path, {"agency_contact_id": None, "via_agency": False})
    assert (changed["via_agency"], changed["agency_contact_id"]) == (False, None)


def test_a_change_leaves_what_it_does_not_name(account: Account, company: str) -> None:
    made = account.made(PATH, {**WHOLE, "company_id": company})
    changed = account.changed(f"{PATH}/{made['id']}", {"notes": None, "position": "Data scientist"})
    different = {name for name in made if made[name] != changed[name]}
    assert different == {"notes", "position", "updated_at"}
    assert account.seen(f"{PATH}/{made['id']}") == changed


def test_a_change_needs_the_version_that_was_read(account: Account, company: str) -> None:
    path = f"{PATH}/{account.made(PATH, _least(company))['id']}"
    tag = account.get(path).headers["etag"]
    assert account.ask("GET", path, headers={"If-None-Match": tag}).status_code == 304
    assert account.refused("PATCH", path, 428, json={"notes": "x"})["code"] == "precondition_required"
    assert account.refused("DELETE", path, 428)["code"] == "precondition_required"
    account.changed(path, {"notes": "x"}, match=tag)
    stale = account.refused("PATCH", path, 412, json={"notes": "y"}, headers={"If-Match": tag})
    assert stale["code"] == "changed_meanwhile"
    assert account.refused("DELETE", path, 412, headers={"If-Match": tag})["code"] == "changed_meanwhile"
    assert account.get(path).headers["etag"] != tag


def test_a_deleted_application_is_gone_with_its_history(account: Account, company: str) -> None:
    path = f"{PATH}/{account.made(PATH, _least(company))['id']}"
    account.deleted(path)
    for method, where in (("GET", path), ("GET", f"{path}/history"), ("DELETE", path)):
        assert account.refused(method, where, 404, headers=ANY)["code"] == "no_such_resource"


def test_a_company_is_kept_while_there_are_applications(account: Account, company: str) -> None:
    application = account.made(PATH, _least(company))
    problem = account.refused("DELETE", f"/v1/companies/{company}", 409, headers=ANY)
    assert problem["code"] == "in_use"
    assert "1 applications" in problem["detail"]
    account.deleted(f"{PATH}/{application['id']}")
    account.deleted(f"/v1/companies/{company}")


def test_merging_companies_takes_the_applications_along(account: Account, company: str) -> None:
    other = account.made("/v1/companies", {"name": "Initech"})["id"]
    application = account.made(PATH, _least(other))
    answer = account.ask("POST", f"/v1/companies/{company}/merge", json={"company_id": other}, headers=ANY)
    assert answer.status_code == 200
    assert account.seen(f"{PATH}/{application['id']}")["company_id"] == company


def test_the_same_key_adds_one_application(account: Account, company: str) -> None:
    body, key = _least(company), {"Idempotency-Key": "one"}
    first, second = (account.ask("POST", PATH, json=body, headers=key) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert second.headers["idempotency-replayed"] == "true"
    assert len(account.seen(PATH)["items"]) == 1


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"company_id": NOBODY}, "#/company_id"),
        ({"company_id": "initech"}, "#/company_id"),
        ({"agency_contact_id": NOBODY}, "#/agency_contact_id"),
        ({"introduced_by_contact_id": NOBODY}, "#/introduced_by_contact_id"),
        ({"introduced_by_person": False, "introduced_by_contact_id": NOBODY}, "#/introduced_by_person"),
        ({"position": "two\nlines"}, "#/position"),
        ({"position": " "}, "#/position"),
        ({"position": "x" * 201}, "#/position"),
        ({"notes": "bell \u0007"}, "#/notes"),
        ({"country": "Japan"}, "#/country"),
        ({"country": "JA"}, "#/country"),
        ({"subdivision": "US-NY"}, "#/subdivision"),
        ({"subdivision": "Osaka"}, "#/subdivision"),
        ({"subdivision": "JP-48"}, "#/subdivision"),
        ({"track": "expert"}, "#/track"),
        ({"status": "hired"}, "#/status"),
        ({"via_agency": "yes"}, "#/via_agency"),
        ({"headcount": "1200"}, "#/headcount"),
        ({"headcount": -1}, "#/headcount"),
        ({"applied_on": "30.10.2026"}, "#/applied_on"),
        ({"offer_answer_by": "Friday"}, "#/offer_answer_by"),
        ({"offer_answer_by": "2026-12-04T12:00:00Z"}, "#/offer_answer_by"),
        ({"applied_on": "2026-11-02", "decided_on": "2026-11-01"}, "#/decided_on"),
        ({"posting_url": "initech.example/jobs"}, "#/posting_url"),
        ({"posting_url": "javascript:alert(1)"}, "#/posting_url"),
        ({"title": "Data engineer"}, "#/title"),
        ({"owner_id": NOBODY}, "#/owner_id"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_at_its_place(
    account: Account, company: str, wrong: dict[str, Any], pointer: str
) -> None:
    problem = account.refused("POST", PATH, 422, json={**_least(company), **wrong})
    assert [error["pointer"] for error in problem["errors"]] == [pointer]
    assert account.seen(PATH)["items"] == []


def test_what_is_another_users_does_not_exist(account: Account, stranger: Account, company: str) -> None:
    path = f"{PATH}/{account.made(PATH, _least(company))['id']}"
    requests: tuple[tuple[str, str, Any], ...] = (
        ("GET", path, None),
        ("PATCH", path, {"notes": "x"}),
        ("POST", f"{path}/status", {"status": "applied"}),
        ("GET", f"{path}/history", None),
        ("DELETE", path, None),
    )
    for method, where, body in requests:
        theirs = stranger.refused(method, where, 404, json=body, headers=ANY)
        nobodys = stranger.refused(method, where.replace(path, f"{PATH}/{NOBODY}"), 404, json=body, headers=ANY)
        assert {**theirs, "request_id": ""} == {**nobodys, "request_id": ""}
    assert stranger.seen(PATH)["items"] == []
    assert stranger.seen(PATH, company_id=company)["items"] == []
    mine = stranger.made("/v1/companies", {"name": "Umbrella"})["id"]
    for body, pointer in (
        (_least(company), "#/company_id"),
        ({**_least(mine), "agency_contact_id": a_person(account)}, "#/agency_contact_id"),
    ):
        problem = stranger.refused("POST", PATH, 422, json=body)
        assert [error["pointer"] for error in problem["errors"]] == [pointer]
    own = stranger.made(PATH, _least(mine))
    problem = stranger.refused("PATCH", f"{PATH}/{own['id']}", 422, json={"company_id": company}, headers=ANY)
    assert [error["pointer"] for error in problem["errors"]] == ["#/company_id"]


def test_every_operation_takes_few_statements(account: Account, company: str, queries: list[str]) -> None:
    body = {**_least(company), "agency_contact_id": a_person(account)}
    path = f"{PATH}/{account.made(PATH, body)['id']}"

    def counted(method: str, where: str, **given: Any) -> int:  # noqa: ANN401 - what the client takes
        queries.clear()
        assert account.ask(method, where, **given).status_code < 300
        return len(queries)

    assert counted("POST", PATH, json=body) == 5 + EVENTS
    assert counted("POST", PATH, json=body, headers={"Idempotency-Key": "counted"}) == 8 + EVENTS
    assert counted("GET", path) == 2
    assert counted("GET", PATH) == 2
    assert counted("GET", f"{path}/history") == 3
    assert counted("PATCH", path, json={"notes": "x"}, headers=ANY) == 3 + EVENTS
    assert counted("POST", f"{path}/status", json={"status": "applied"}, headers=ANY) == 4 + EVENTS
    assert counted("DELETE", path, headers=ANY) == 4 + EVENTS


def _least(company: str) -> dict[str, Any]:
    return {"company_id": company, "position": "Data engineer", "country": "JP"}
