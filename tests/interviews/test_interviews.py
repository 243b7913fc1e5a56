"""Interviews: added, read, changed, deleted."""

from typing import Any

import pytest

from tests.interviews.conftest import OSAKA
from tests.people import NOBODY, a_person
from tests.stored import ANY, EVENTS, Account

PATH = "/v1/interviews"
WHOLE = {
    "stage": "first",
    "format": "onsite",
    "language": "ja",
    "time_zone": "Asia/Tokyo",
    "place": "大阪市北区\nReception",
    "link": "https://video.example/rooms/4711",
    "status": "awaiting_feedback",
    "said": {
        "who_contacts": "employer",
        "answer_by": "2026-12-04",
        "no_contact": None,
        "note_welcome": True,
        "canvassing_disqualifies": None,
    },
    "thanked_in_person": True,
    "enquiries": 1,
    "last_enquiry_on": "2026-11-24",
    "notes": "Bring the portfolio.",
}


def test_an_interview_is_added_with_those_who_take_part_and_read_back(
    account: Account, application: str, people: list[str]
) -> None:
    participants = [
        {"contact_id": people[0], "role": "decision_maker", "attended": True},
        {"contact_id": people[1], "note_sent_at": "2026-11-21T09:00:00+09:00"},
    ]
    body = {**WHOLE, **OSAKA, "application_id": application, "participants": participants}
    answer = account.ask("POST", PATH, json=body)
    made = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"{PATH}/{made['id']}"
    assert made.items() >= WHOLE.items()
    assert made["application_id"] == application
    times = {name: made[name] for name in ("starts_at", "ends_at", "starts_at_local", "ends_at_local")}
    assert times == {
        "starts_at": "2026-11-20T05:00:00Z",
        "ends_at": "2026-11-20T06:30:00Z",
        "starts_at_local": "2026-11-20T14:00:00+09:00",
        "ends_at_local": "2026-11-20T15:30:00+09:00",
    }
    no_message = {"note_delivery": None, "note_scheduled_at": None}
    assert [{name: one[name] for name in one if name != "id"} for one in made["participants"]] == [
        {"contact_id": people[0], "role": "decision_maker", "attended": True, "note_sent_at": None, **no_message},
        {"contact_id": people[1], "role": None, "attended": None, "note_sent_at": "2026-11-21T00:00:00Z", **no_message},
    ]
    assert not made.keys() & {"application", "company", "contacts"}
    read = account.get(f"{PATH}/{made['id']}")
    assert read.json() == made
    assert read.headers["etag"] == answer.headers["etag"]


def test_little_is_needed(account: Account, application: str) -> None:
    body = {"application_id": application, "starts_at": "2026-11-20T14:00:00", "time_zone": "Asia/Tokyo"}
    made = account.made(PATH, body)
    assert (made["status"], made["participants"], made["ends_at"], made["ends_at_local"]) == (
        "scheduled",
        [],
        None,
        None,
    )
    assert set(made["said"].values()) == {None}


def test_a_change_leaves_what_it_does_not_name(account: Account, interview: dict[str, Any]) -> None:
    path = f"{PATH}/{interview['id']}"
    changed = account.changed(path, {"said": {"who_contacts": "candidate"}, "status": "complete"})
    assert {name for name in changed if changed[name] != interview[name]} == {"said", "status", "updated_at"}
    changed = account.changed(path, {"said": {"answer_by": "2026-12-01"}})
    assert (changed["said"]["who_contacts"], changed["said"]["answer_by"]) == ("candidate", "2026-12-01")
    changed = account.changed(path, {"said": None})
    assert set(changed["said"].values()) == {None}
    assert account.seen(path) == changed


def test_an_interview_can_be_moved_in_local_time(account: Account, interview: dict[str, Any]) -> None:
    path = f"{PATH}/{interview['id']}"
    moved = account.changed(path, {"starts_at": "2026-11-27T10:00:00", "ends_at": None})
    assert (moved["starts_at"], moved["starts_at_local"]) == ("2026-11-27T01:00:00Z", "2026-11-27T10:00:00+09:00")
    elsewhere = account.changed(path, {"time_zone": "Europe/Berlin"})
    assert (elsewhere["starts_at"], elsewhere["starts_at_local"]) == (moved["starts_at"], "2026-11-27T02:00:00+01:00")


def test_an_interview_can_be_for_another_application(account: Account, company: str, interview: dict[str, Any]) -> None:
    body = {"company_id": company, "position": "Analyst", "country": "JP"}
    other = account.made("/v1/applications", body)["id"]
    path = f"{PATH}/{interview['id']}"
    assert account.changed(path, {"application_id": other})["application_id"] == other
    problem = account.refused("PATCH", path, 422, json={"application_id": NOBODY}, headers=ANY)
    assert [error["pointer"] for error in problem["errors"]] == ["#/application_id"]


def test_a_change_needs_the_version_that_was_read(account: Account, interview: dict[str, Any]) -> None:
    path = f"{PATH}/{interview['id']}"
    tag = account.get(path).headers["etag"]
    assert account.ask("GET", path, headers={"If-None-Match": tag}).status_code == 304
    assert account.refused("PATCH", path, 428, json={"notes": "x"})["code"] == "precondition_required"
    assert account.refused("DELETE", path, 428)["code"] == "precondition_required"
    account.changed(path, {"notes": "x"}, match=tag)
    stale = account.refused("PATCH", path, 412, json={"notes": "y"}, headers={"If-Match": tag})
    assert stale["code"] == "changed_meanwhile"
    assert account.refused("DELETE", path, 412, headers={"If-Match": tag})["code"] == "changed_meanwhile"


def test_a_deleted_interview_takes_participants_and_reflection_along(
    account: Account, interview: dict[str, Any], people: list[str]
) -> None:
    path = f"{PATH}/{interview['id']}"
    participant = f"{path}/participants/{interview['participants'][0]['id']}"
    account.ask("PUT", f"{path}/reflection", json={"went_well": "All of it."})
    account.deleted(path)
    for gone in (path, f"{path}/reflection", f"{path}/participants", participant):
        assert account.refused("GET", gone, 404)["code"] == "no_such_resource"
    assert account.seen("/v1/reflections")["items"] == []
    assert a_person(account) not in people


def test_a_deleted_application_takes_its_interviews_along(
    account: Account, application: str, interview: dict[str, Any]
) -> None:
    account.deleted(f"/v1/applications/{application}")
    assert account.refused("GET", f"{PATH}/{interview['id']}", 404)["code"] == "no_such_resource"


def test_the_same_key_adds_one_interview(account: Account, application: str) -> None:
    body, key = {**OSAKA, "application_id": application}, {"Idempotency-Key": "one"}
    first, second = (account.ask("POST", PATH, json=body, headers=key) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert len(account.seen(PATH)["items"]) == 1
    other = account.refused("POST", PATH, 422, json={**body, "notes": "x"}, headers=key)
    assert other["code"] == "idempotency_key_reused"


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"application_id": NOBODY}, "#/application_id"),
        ({"application_id": None}, "#/application_id"),
        ({"participants": [{"contact_id": NOBODY}]}, "#/participants/0/contact_id"),
        ({"participants": [{"contact_id": NOBODY}, {"contact_id": NOBODY}]}, "#/participants/1"),
        ({"participants": [{"contact_id": NOBODY, "role": "boss"}]}, "#/participants/0/role"),
        ({"participants": [{"contact_id": NOBODY, "attended": "yes"}]}, "#/participants/0/attended"),
        (
            {"participants": [{"contact_id": NOBODY, "note_sent_at": "2026-11-21T09:00"}]},
            "#/participants/0/note_sent_at",
        ),
        ({"participants": [{"contact_id": NOBODY, "name": "Sato"}]}, "#/participants/0/name"),
        ({"participants": [{"contact_id": NOBODY}] * 51}, "#/participants"),
        ({"stage": "second"}, "#/stage"),
        ({"format": "dinner"}, "#/format"),
        ({"language": "Japanese language"}, "#/language"),
        ({"status": "done"}, "#/status"),
        ({"starts_at": "2026-11-20"}, "#/starts_at"),
        ({"starts_at": 1_795_000_000}, "#/starts_at"),
        ({"starts_at": "1999-11-20T14:00:00"}, "#/starts_at"),
        ({"starts_at": "2026-11-31T14:00:00"}, "#/starts_at"),
        ({"ends_at": "2026-11-20T14:00:00"}, "#/ends_at"),
        ({"ends_at": "2026-11-20T05:00:00Z"}, "#/ends_at"),
        ({"ends_at": "2026-11-27T14:00:01"}, "#/ends_at"),
        ({"time_zone": "Tokyo"}, "#/time_zone"),
        ({"time_zone": "../../etc/passwd"}, "#/time_zone"),
        ({"time_zone": None}, "#/time_zone"),
        ({"place": ""}, "#/place"),
        ({"link": "ftp://video.example"}, "#/link"),
        ({"said": {"who_contacts": "nobody"}}, "#/said/who_contacts"),
        ({"said": {"answer_by": "soon"}}, "#/said/answer_by"),
        ({"said": {"promised": True}}, "#/said/promised"),
        ({"thanked_in_person": 1}, "#/thanked_in_person"),
        ({"enquiries": 51}, "#/enquiries"),
        ({"enquiries": 0, "last_enquiry_on": "2026-11-24"}, "#/enquiries"),
        ({"notes": "bell \u0007"}, "#/notes"),
        ({"starts_at_local": "2026-11-20T14:00:00"}, "#/starts_at_local"),
        ({"version": 7}, "#/version"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_at_its_place(
    account: Account, application: str, wrong: dict[str, Any], pointer: str
) -> None:
    body = {**OSAKA, "application_id": application, **wrong}
    problem = account.refused("POST", PATH, 422, json=body)
    assert [error["pointer"] for error in problem["errors"]] == [pointer]
    assert account.seen(PATH)["items"] == []


@pytest.mark.parametrize("status", ["awaiting_feedback", "complete", "no_show"])
def test_an_interview_that_has_not_begun_is_scheduled_or_cancelled(
    account: Account, application: str, status: str
) -> None:
    body = {**OSAKA, "ends_at": None, "starts_at": "2090-01-02T10:00:00", "application_id": application}
    problem = account.refused("POST", PATH, 422, json={**body, "status": status})
    (wrong,) = problem["errors"]
    assert wrong["pointer"] == "#/status"
    assert "not begun" in wrong["detail"]
    path = f"{PATH}/{account.made(PATH, {**body, 'status': 'cancelled'})['id']}"
    account.refused("PATCH", path, 422, json={"status": status}, headers=ANY)
    account.changed(path, {"status": status, "starts_at": "2026-01-02T10:00:00"})
    later = account.refused("PATCH", path, 422, json={"starts_at": "2090-01-02T10:00:00"}, headers=ANY)
    assert [error["pointer"] for error in later["errors"]] == ["#/status"]


def test_what_is_another_users_does_not_exist(
    account: Account, stranger: Account, application: str, interview: dict[str, Any], people: list[str]
) -> None:
    path = f"{PATH}/{interview['id']}"
    participant = f"participants/{interview['participants'][0]['id']}"
    account.ask("PUT", f"{path}/reflection", json={"went_well": "All of it."})
    requests: tuple[tuple[str, str, Any], ...] = (
        ("GET", "", None),
        ("PATCH", "", {"notes": "x"}),
        ("DELETE", "", None),
        ("GET", "/participants", None),
        ("POST", "/participants", {"contact_id": people[1]}),
        ("GET", f"/{participant}", None),
        ("PATCH", f"/{participant}", {"attended": True}),
        ("DELETE", f"/{participant}", None),
        ("GET", "/reflection", None),
        ("PUT", "/reflection", {"went_well": "x"}),
        ("PATCH", "/reflection", {"went_well": "x"}),
        ("DELETE", "/reflection", None),
    )
    for method, where, body in requests:
        theirs = stranger.refused(method, path + where, 404, json=body, headers=ANY)
        nobodys = stranger.refused(method, f"{PATH}/{NOBODY}{where}", 404, json=body, headers=ANY)
        assert theirs["code"] == "no_such_resource"
        assert {**theirs, "request_id": ""} == {**nobodys, "request_id": ""}
    assert stranger.seen(PATH)["items"] == stranger.seen("/v1/reflections")["items"] == []
    assert stranger.seen(PATH, application_id=application)["items"] == []
    problem = stranger.refused("POST", PATH, 422, json={**OSAKA, "application_id": application})
    assert [error["pointer"] for error in problem["errors"]] == ["#/application_id"]
    company = stranger.made("/v1/companies", {"name": "Umbrella"})["id"]
    own = stranger.made("/v1/applications", {"company_id": company, "position": "Cook", "country": "IE"})["id"]
    body = {**OSAKA, "application_id": own, "participants": [{"contact_id": people[0]}]}
    problem = stranger.refused("POST", PATH, 422, json=body)
    assert [error["pointer"] for error in problem["errors"]] == ["#/participants/0/contact_id"]
    body["participants"] = []
    mine = f"{PATH}/{stranger.made(PATH, body)['id']}"
    problem = stranger.refused("POST", f"{mine}/participants", 422, json={"contact_id": people[0]})
    assert [error["pointer"] for error in problem["errors"]] == ["#/contact_id"]
    stranger.refused("GET", f"{mine}/{participant}", 404)


def test_every_operation_takes_few_statements(
    account: Account, application: str, people: list[str], queries: list[str]
) -> None:
    def counted(method: str, where: str, **given: Any) -> int:  # noqa: ANN401 - what the client takes
        queries.clear()
        assert account.ask(method, where, **given).status_code < 300
        return len(queries)

    body = {**OSAKA, "application_id": application, "participants": [{"contact_id": one} for one in people]}
    assert counted("POST", PATH, json=body) == 5 + EVENTS
    assert counted("POST", PATH, json=body, headers={"Idempotency-Key": "counted"}) == 8 + EVENTS
    path = f"{PATH}/{account.made(PATH, body)['id']}"
    assert counted("GET", path) == 3
    assert counted("GET", PATH) == 3
    assert counted("GET", path, params={"expand": "application,company,contacts"}) == 3
    assert counted("GET", PATH, params={"expand": "application,company,contacts"}) == 3
    assert counted("PATCH", path, json={"notes": "x"}, headers=ANY) == 4 + EVENTS
    new = {"contact_id": a_person(account)}
    assert counted("POST", f"{path}/participants", json=new) == 5 + EVENTS
    assert counted("GET", f"{path}/participants") == 3
    participant = f"{path}/participants/{account.seen(path)['participants'][0]['id']}"
    assert counted("GET", participant) == 2
    assert counted("PATCH", participant, json={"attended": True}, headers=ANY) == 4 + EVENTS
    assert counted("DELETE", participant, headers=ANY) == 4 + EVENTS
    reflection = f"{path}/reflection"
    assert counted("PUT", reflection, json={"went_well": "x"}) == 4 + EVENTS
    assert counted("PUT", reflection, json={"went_well": "y"}, headers=ANY) == 3 + EVENTS
    assert counted("PATCH", reflection, json={"mood": "good"}, headers=ANY) == 3 + EVENTS
    assert counted("GET", reflection) == 2
    assert counted("GET", "/v1/reflections", params={"query": "y", "application_id": application}) == 2
    assert counted("DELETE", reflection, headers=ANY) == 3 + EVENTS
    assert counted("DELETE", path, headers=ANY) == 4 + EVENTS
