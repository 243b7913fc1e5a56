"""Tasks that a user has added."""

from typing import Any

import pytest

from tests.follow_up.tasks.conftest import AFTER, Osaka
from tests.people import NOBODY, a_person
from tests.stored import ANY, Account

PATH = "/v1/tasks"
SUIT: dict[str, Any] = {
    "title": "  Buy a su\u0308it ",
    "notes": "Dark blue.\r\nNot black.",
    "due_at": "2026-12-09T09:00:00+09:00",
}


def test_a_task_is_added_read_changed_and_deleted(account: Account) -> None:
    contact = a_person(account)
    answer = account.ask("POST", PATH, json={**SUIT, "contact_id": contact})
    made = answer.json()
    assert answer.status_code == 201, answer.text
    address = f"{PATH}/{made['id']}"
    assert answer.headers["location"] == address
    assert (made["title"], made["notes"]) == ("Buy a s\u00fcit", "Dark blue.\nNot black.")
    assert (made["kind"], made["step"], made["state"], made["because"]) == ("own", "own", "open", "user_wants_it")
    assert (made["due_at"], made["contact_id"], made["is_optional"]) == ("2026-12-09T00:00:00Z", contact, False)
    read = account.get(address)
    assert (read.json(), read.headers["etag"]) == (made, answer.headers["etag"])
    assert account.get(address, headers={"If-None-Match": read.headers["etag"]}).status_code == 304
    changed = account.changed(address, {"notes": None, "title": "Buy shoes"})
    assert (changed["title"], changed["notes"], changed["due_at"]) == ("Buy shoes", None, made["due_at"])
    account.refused("PATCH", address, 412, json={"title": "x"}, headers={"If-Match": read.headers["etag"]})
    account.refused("PATCH", address, 428, json={"title": "x"})
    account.refused("DELETE", address, 428)
    account.deleted(address, account.get(address).headers["etag"])
    account.refused("GET", address, 404)
    told = [event["type"] for event in account.seen("/v1/events", type="task.added,task.changed,task.deleted")["items"]]
    assert told == ["task.added", "task.changed", "task.deleted"]


def test_a_change_that_changes_nothing_tells_nothing(account: Account) -> None:
    made = account.ask("POST", PATH, json=SUIT)
    address = f"{PATH}/{made.json()['id']}"
    answer = account.ask("PATCH", address, json={"title": "Buy a s\u00fcit"}, headers=ANY)
    assert answer.headers["etag"] == made.headers["etag"]
    assert account.seen("/v1/events", type="task.changed")["items"] == []


def test_the_same_request_sent_again_adds_one(account: Account) -> None:
    headers = {"Idempotency-Key": "one"}
    first, second = (account.ask("POST", PATH, json=SUIT, headers=headers) for _ in range(2))
    assert first.json() == second.json()
    assert second.headers["idempotency-replayed"] == "true"
    assert len(account.seen(PATH)["items"]) == 1


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        ({"title": None}, "#/title"),
        ({"title": ""}, "#/title"),
        ({"title": "x" * 201}, "#/title"),
        ({"title": "two\nlines"}, "#/title"),
        ({"title": "bell\x07"}, "#/title"),
        ({"notes": "x" * 5001}, "#/notes"),
        ({"due_at": "2026-12-09"}, "#/due_at"),
        ({"due_at": "2026-12-09T09:00:00"}, "#/due_at"),
        ({"due_at": 1}, "#/due_at"),
        ({"application_id": NOBODY}, "#/application_id"),
        ({"interview_id": NOBODY}, "#/interview_id"),
        ({"contact_id": NOBODY}, "#/contact_id"),
        ({"contact_id": "x"}, "#/contact_id"),
        ({"state": "done"}, "#/state"),
        ({"kind": "reflect"}, "#/kind"),
    ],
)
def test_what_is_no_task_is_refused_where_it_stands(account: Account, sent: dict[str, Any], pointer: str) -> None:
    address = f"{PATH}/{account.made(PATH, SUIT)['id']}"
    for method, where, headers in (("POST", PATH, {}), ("PATCH", address, ANY)):
        problem = account.refused(method, where, 422, json={**SUIT, **sent}, headers=headers)
        assert [error["pointer"] for error in problem["errors"]] == [pointer]
        assert problem["errors"][0]["detail"]
    assert len(account.seen(PATH)["items"]) == 1


def test_things_of_others_are_none_of_the_users(osaka: Osaka, stranger: Account) -> None:
    for name, made in (
        ("application_id", osaka.application),
        ("interview_id", osaka.interview),
        ("contact_id", osaka.boss),
    ):
        problem = stranger.refused("POST", PATH, 422, json={"title": "x", name: made["id"]})
        assert [(error["pointer"], bool(error["hint"])) for error in problem["errors"]] == [(f"#/{name}", True)]


def test_a_task_that_follows_from_facts_is_neither_changed_nor_deleted(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        path = f"{PATH}/{osaka.task('reflect')['id']}"
        for method, given in (("PATCH", {"json": {"title": "x"}}), ("DELETE", {})):
            problem = osaka.story.account.refused(method, path, 409, headers=ANY, **given)
            assert problem["code"] == "not_your_own_task"
            assert "reflect" in problem["detail"]


def test_a_task_about_somebody_outlives_them(account: Account) -> None:
    contact = a_person(account)
    made = account.made(PATH, {**SUIT, "contact_id": contact})
    account.deleted(f"/v1/contacts/{contact}")
    assert account.seen(f"{PATH}/{made['id']}")["contact_id"] is None


def test_a_task_goes_with_the_interview_that_it_belongs_to(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        body = {"title": "Bring it", "interview_id": osaka.interview["id"]}
        made = osaka.story.account.made(PATH, body)
        plan = osaka.story.plan(osaka.interview)
        assert [task["id"] for task in plan["own_tasks"]] == [made["id"]]
        osaka.story.account.deleted(f"/v1/interviews/{osaka.interview['id']}")
        osaka.story.account.refused("GET", f"{PATH}/{made['id']}", 404)


def test_own_tasks_of_others_stay_theirs(account: Account, stranger: Account) -> None:
    path = f"{PATH}/{account.made(PATH, SUIT)['id']}"
    for method, given in (
        ("GET", {}),
        ("PATCH", {"json": {"title": "x"}, "headers": ANY}),
        ("DELETE", {"headers": ANY}),
    ):
        stranger.refused(method, path, 404, **given)
    assert account.seen(path)["title"] == "Buy a s\u00fcit"


def test_a_task_of_an_interview_belongs_to_its_application_and_its_place(osaka: Osaka) -> None:
    account, interview = osaka.story.account, osaka.interview
    with osaka.story.at(AFTER):
        task = account.made("/v1/tasks", {"title": "Bring the certificates", "interview_id": interview["id"]})
        assert (task["application_id"], task["company_id"]) == (osaka.application["id"], osaka.company["id"])
        assert task["time_zone"] == "Asia/Tokyo"
        # Tuesday and Wednesday: December 9 and 10 are no holidays there.
        assert osaka.state(task, "snoozed", working_days=2)["snoozed_until"] == "2026-12-09T00:00:00Z"
        other = osaka.story.application(osaka.company, "JP")
        body = {"title": "x", "interview_id": interview["id"], "application_id": other["id"]}
        refused = account.refused("POST", "/v1/tasks", 422, json=body)
        assert [(one["pointer"], one["detail"]) for one in refused["errors"]] == [
            ("#/application_id", "The interview is for another application.")
        ]
        freed = account.changed(f"/v1/tasks/{task['id']}", {"interview_id": None, "application_id": None})
        assert (freed["application_id"], freed["interview_id"], freed["time_zone"]) == (None, None, "UTC")


def test_what_belongs_nowhere_is_put_off_over_the_weekend(osaka: Osaka) -> None:
    with osaka.story.at("2026-12-11T10:00:00+00:00"):
        task = osaka.story.account.made("/v1/tasks", {"title": "Buy a suit"})
        assert osaka.state(task, "snoozed", working_days=1)["snoozed_until"] == "2026-12-14T09:00:00Z"
