"""What becomes of a task, and the fact that doing it writes down."""

from dataclasses import replace
from typing import Any

import pytest

from tests.follow_up.tasks.conftest import AFTER, Osaka
from tests.people import NOBODY
from tests.stored import ANY, Account

Made = dict[str, Any]


def test_having_thanked_in_person_is_written_into_the_interview(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        done = osaka.state(osaka.task("thank_in_person"), "done")
        assert (done["state"], done["closed_by"], done["closed_at"]) == ("done", "user", "2026-12-07T07:00:00Z")
        assert osaka.seen("interviews", osaka.interview)["thanked_in_person"] is True


def test_a_note_that_was_sent_is_written_into_the_participant(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        decision = f"/v1/interviews/{osaka.interview['id']}/decisions"
        osaka.story.account.made(decision, {"choice": {"thank_you": "send"}})
        osaka.state(osaka.task("send_note"), "done")
        (participant,) = osaka.seen("interviews", osaka.interview)["participants"]
        assert participant["note_sent_at"] == "2026-12-07T07:00:00Z"
        assert osaka.task("send_note")["state"] == "done"


def test_having_asked_counts_the_enquiry_and_waits_again(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        osaka.story.change("interviews", osaka.interview, said={"answer_by": "2026-12-09"})
        assert osaka.task("await_answer")["state"] == "waiting"
    with osaka.story.at("2026-12-21T10:00:00+09:00"):
        asked = osaka.state(osaka.task("ask_for_answer"), "done")
        assert asked["facts"]["enquiry"] == 1
        interview = osaka.seen("interviews", osaka.interview)
        assert (interview["enquiries"], interview["last_enquiry_on"]) == (1, "2026-12-21")
        assert osaka.task("ask_for_answer")["state"] == "done"


def test_an_answer_that_came_completes_the_interview(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        osaka.state(osaka.task("await_answer"), "done")
        assert osaka.seen("interviews", osaka.interview)["status"] == "complete"
        turns = osaka.story.account.seen("/v1/today")["turns"]
        assert turns == []


def test_a_reference_who_was_told_has_a_briefing_and_is_thanked_at_the_end(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        path = f"/v1/references/{osaka.reference['id']}"
        made = osaka.story.account.seen("/v1/tasks", kind="brief_reference")["items"]
        if made:
            osaka.state(made[0], "done")
            (briefing,) = osaka.story.account.seen(f"{path}/briefings")["items"]
            assert (briefing["interview_id"], briefing["told_at"]) == (osaka.interview["id"], "2026-12-07T07:00:00Z")
        osaka.story.status(osaka.application, "rejected", happened_on="2026-12-07")
        osaka.state(osaka.task("thank_reference"), "done")
        (use,) = osaka.story.account.seen(f"{path}/applications")["items"]
        assert (use["thanked_on"], use["outcome_told_on"]) == ("2026-12-07", "2026-12-07")


def test_consent_that_was_given_is_written_into_the_reference(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        osaka.story.change("references", osaka.reference, consent_given_on=None)
        osaka.state(osaka.task("ask_consent"), "done")
        reference = osaka.seen("references", osaka.reference)
        assert (reference["consent_given_on"], reference["consent_status"]) == ("2026-12-07", "current")


def test_withdrawing_brings_the_application_to_its_end(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        other = osaka.story.application(osaka.story.company("Brightwater"), "US")
        osaka.story.status(other, "offer", happened_on="2026-12-04")
        osaka.story.status(other, "accepted", happened_on="2026-12-06")
        withdraw = osaka.task("withdraw")
        assert withdraw["application_id"] == osaka.application["id"]
        osaka.state(withdraw, "done")
        assert osaka.seen("applications", osaka.application)["status"] == "withdrawn"


def test_looking_a_result_up_completes_the_interview(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        osaka.story.change("interviews", osaka.interview, said={"who_contacts": "portal"})
        osaka.state(osaka.task("check_portal"), "done")
        assert osaka.seen("interviews", osaka.interview)["status"] == "complete"


def test_what_was_done_is_opened_by_taking_the_fact_back(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        task = osaka.task("thank_in_person")
        osaka.state(task, "done")
        refused = osaka.refused(task, "open", 409)
        assert (refused["code"], refused["status"]) == ("task_done_by_facts", 409)
        assert osaka.task("thank_in_person")["state"] == "done"


def test_done_twice_is_done_once(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        task = osaka.task("thank_in_person")
        once, twice = (osaka.state(task, "done") for _ in range(2))
        assert once == twice


def test_an_offer_is_answered_with_yes_or_no(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        osaka.story.status(osaka.application, "offer")
        refused = osaka.refused(osaka.task("answer_offer"), "done", 422)
        (error,) = refused["errors"]
        assert (error["pointer"], error["detail"]) == ("#/state", "An offer is answered with yes or no.")
        assert "/v1/applications/{id}/status" in error["hint"]


def test_doing_needs_the_scope_of_the_fact_and_nothing_else_does(osaka: Osaka) -> None:
    key = osaka.story.login.made("/v1/api-keys", {"name": "Tasks", "scopes": ["tasks:read", "tasks:write"]})
    program = replace(osaka.story.account, token=key["secret"])
    with osaka.story.at(AFTER):
        path = f"/v1/tasks/{osaka.task('thank_in_person')['id']}/state"
        refused = program.refused("POST", path, 403, json={"state": "done"}, headers=ANY)
        assert refused["detail"] == "This needs the scope interviews:write."
        assert osaka.seen("interviews", osaka.interview)["thanked_in_person"] is None
        assert program.ask("POST", path, json={"state": "skipped", "reason": "No."}, headers=ANY).status_code == 200


def test_what_was_done_is_to_do_again_when_its_fact_is_taken_back(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        osaka.state(osaka.task("thank_in_person"), "done")
        osaka.state(osaka.task("await_answer"), "done")
        osaka.story.change("interviews", osaka.interview, thanked_in_person=None, status="awaiting_feedback")
        thank, wait = osaka.task("thank_in_person"), osaka.task("await_answer")
        assert [(task["state"], task["closed_by"]) for task in (thank, wait)] == [("open", None), ("waiting", None)]


def test_what_was_done_without_a_fact_stays_done(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        osaka.state(osaka.task("find_decision_maker"), "done")
        osaka.story.change("interviews", osaka.interview, notes="Moved.", starts_at="2026-12-07T13:00:00")
        assert osaka.task("find_decision_maker")["state"] == "done"


def test_what_waits_waits_again_when_skipping_it_is_taken_back(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        task = osaka.task("await_answer")
        skipped = osaka.state(task, "skipped", reason="I do not want it any more.")
        assert (skipped["state"], skipped["skip_reason"]) == ("skipped", "I do not want it any more.")
        assert osaka.state(task, "open")["state"] == "waiting"


def test_what_was_skipped_stays_so_whatever_is_written_down(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        osaka.state(osaka.task("reflect"), "skipped", reason="No.")
        osaka.story.reflect(osaka.interview, draft=True)
        osaka.story.change("interviews", osaka.interview, notes="Moved.", starts_at="2026-12-07T13:00:00")
    with osaka.story.at("2026-12-08T10:00:00+09:00"):
        assert osaka.task("reflect")["state"] == "skipped"


@pytest.mark.parametrize(
    ("place", "now", "days", "until"),
    [
        # The Emperor's birthday is a Tuesday.
        (("JP", "Asia/Tokyo"), "2027-02-22T12:00:00+09:00", 1, "2027-02-24T00:00:00Z"),
        (("DE", "Europe/Berlin"), "2027-02-22T12:00:00+01:00", 1, "2027-02-23T08:00:00Z"),
        # Good Friday, Easter Monday.
        (("DE", "Europe/Berlin"), "2027-03-25T12:00:00+01:00", 2, "2027-03-31T07:00:00Z"),
        (("JP", "Asia/Tokyo"), "2027-03-25T12:00:00+09:00", 2, "2027-03-29T00:00:00Z"),
    ],
)
def test_working_days_are_those_of_the_country_of_the_job(
    osaka: Osaka, place: tuple[str, str], now: str, days: int, until: str
) -> None:
    country, zone = place
    with osaka.story.at(now):
        application = osaka.story.application(osaka.company, country)
        times = {"starts_at": now[:10] + "T09:00:00", "ends_at": now[:10] + "T10:00:00", "time_zone": zone}
        body = {"application_id": application["id"], **times}
        interview = osaka.story.account.made("/v1/interviews", body)
        task = osaka.task("reflect", interview_id=interview["id"])
        assert osaka.state(task, "snoozed", working_days=days)["snoozed_until"] == until


def test_a_task_that_is_put_off_until_a_moment_comes_back_then(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        put_off = osaka.state(osaka.task("reflect"), "snoozed", until="2026-12-07T20:00:00+09:00")
        assert (put_off["state"], put_off["snoozed_until"]) == ("snoozed", "2026-12-07T11:00:00Z")
        osaka.story.change("interviews", osaka.interview, notes="Something else.")
        assert osaka.task("reflect")["state"] == "snoozed"
    with osaka.story.at("2026-12-07T20:00:00+09:00"):
        back = osaka.task("reflect")
        assert (back["state"], back["snoozed_until"]) == ("open", None)
        (*_, change) = osaka.story.account.seen(f"/v1/tasks/{back['id']}/changes")["items"]
        assert change["because"] == "time"


def test_a_retired_task_is_left_alone(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        task = osaka.task("await_answer")
        osaka.story.status(osaka.application, "rejected", happened_on="2026-12-07")
        assert osaka.task("await_answer")["state"] == "retired"
        for sent in ({"state": "done"}, {"state": "open"}, {"state": "skipped", "reason": "x"}):
            path = f"/v1/tasks/{task['id']}/state"
            problem = osaka.story.account.refused("POST", path, 409, json=sent, headers=ANY)
            assert problem["code"] == "task_retired"
            assert "2026-12-07T07:00:00Z" in problem["detail"]


def test_a_refusal_says_how_to_mend_it(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        path = f"/v1/tasks/{osaka.task('reflect')['id']}/state"
        for sent in ({"state": "skipped"}, {"state": "snoozed"}, {"state": "done", "reason": "x"}):
            problem = osaka.story.account.refused("POST", path, 422, json=sent, headers=ANY)
            assert problem["errors"][0]["hint"]


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        ({}, "#/state"),
        ({"state": "retired"}, "#/state"),
        ({"state": "waiting"}, "#/state"),
        ({"state": "skipped"}, "#/state"),
        ({"state": "skipped", "reason": ""}, "#/reason"),
        ({"state": "done", "reason": "x"}, "#/reason"),
        ({"state": "snoozed"}, "#/state"),
        ({"state": "snoozed", "until": "2026-12-09T09:00:00Z", "working_days": 1}, "#/until"),
        ({"state": "snoozed", "until": "2026-12-07T07:00:00Z"}, "#/until"),
        ({"state": "snoozed", "until": "2026-12-09T09:00:00"}, "#/until"),
        ({"state": "snoozed", "working_days": 0}, "#/working_days"),
        ({"state": "snoozed", "working_days": 61}, "#/working_days"),
        ({"state": "snoozed", "working_days": "1"}, "#/working_days"),
        ({"state": "open", "until": "2026-12-09T09:00:00Z"}, "#/until"),
        ({"state": "done", "note": "x"}, "#/note"),
    ],
)
def test_what_cannot_become_of_a_task_is_refused_where_it_stands(osaka: Osaka, sent: Made, pointer: str) -> None:
    with osaka.story.at(AFTER):
        path = f"/v1/tasks/{osaka.task('reflect')['id']}/state"
        problem = osaka.story.account.refused("POST", path, 422, json=sent, headers=ANY)
        assert [error["pointer"] for error in problem["errors"]] == [pointer]
        assert all(error["detail"] for error in problem["errors"])
        assert osaka.task("reflect")["state"] == "open"


def test_nobody_is_thanked_before_the_interview_and_the_refusal_says_what_to_do(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        times = ("2026-12-09T14:00:00", "2026-12-09T15:00:00", "Asia/Tokyo")
        interview = osaka.story.interview(osaka.application, *times)
        task = osaka.task("thank_in_person", interview_id=interview["id"])
        path = f"/v1/tasks/{task['id']}/state"
        problem = osaka.story.account.refused("POST", path, 422, json={"state": "done"}, headers=ANY)
        assert [error["pointer"] for error in problem["errors"]] == ["#/state"]
        assert "has not begun" in problem["errors"][0]["detail"]
        assert osaka.task("thank_in_person", interview_id=interview["id"])["state"] == "open"


def test_the_version_is_needed_and_has_to_be_the_current_one(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        account, task = osaka.story.account, osaka.task("reflect")
        path = f"/v1/tasks/{task['id']}/state"
        assert account.refused("POST", path, 428, json={"state": "done"})["code"] == "precondition_required"
        tag = account.get(f"/v1/tasks/{task['id']}").headers["etag"]
        answer = account.ask("POST", path, json={"state": "done"}, headers={"If-Match": tag})
        assert answer.status_code == 200
        assert answer.headers["etag"] == account.get(f"/v1/tasks/{task['id']}").headers["etag"] != tag
        account.refused("POST", path, 412, json={"state": "open"}, headers={"If-Match": tag})


def test_a_request_that_is_sent_again_asks_once(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        osaka.story.change("interviews", osaka.interview, said={"answer_by": "2026-12-09"})
    with osaka.story.at("2026-12-21T10:00:00+09:00"):
        path = f"/v1/tasks/{osaka.task('ask_for_answer')['id']}/state"
        headers = {**ANY, "Idempotency-Key": "asked"}
        first, second = (
            osaka.story.account.ask("POST", path, json={"state": "done"}, headers=headers) for _ in range(2)
        )
        assert (first.status_code, second.status_code) == (200, 200)
        assert second.headers["idempotency-replayed"] == "true"
        assert second.json() == first.json()
        assert osaka.seen("interviews", osaka.interview)["enquiries"] == 1
        other = osaka.story.account.refused("POST", path, 422, json={"state": "open"}, headers=headers)
        assert other["code"] == "idempotency_key_reused"


def test_several_at_once_have_each_its_own_result(osaka: Osaka, stranger: Account) -> None:
    theirs = stranger.made("/v1/tasks", {"title": "Somebody else's"})
    with osaka.story.at(AFTER):
        account = osaka.story.account
        reflect, thank = osaka.task("reflect"), osaka.task("thank_in_person")
        waiting = osaka.task("await_answer")
        osaka.story.change("interviews", osaka.interview, status="complete")
        assert osaka.task("await_answer")["state"] == "retired"
        ids = [reflect["id"], theirs["id"], waiting["id"], NOBODY, thank["id"]]
        answer = account.ask("POST", "/v1/tasks/state", json={"task_ids": ids, "state": "done"})
        assert answer.status_code == 200, answer.text
        results = answer.json()["results"]
        assert [one["task_id"] for one in results] == ids
        codes = [one["problem"] and (one["problem"]["status"], one["problem"]["code"]) for one in results]
        missing = (404, "no_such_resource")
        assert codes == [None, missing, (409, "task_retired"), missing, None]
        assert [one["task"] and one["task"]["state"] for one in results] == ["done", None, None, None, "done"]
        assert osaka.seen("interviews", osaka.interview)["thanked_in_person"] is True


def test_one_that_fails_halfway_leaves_no_trace(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        times = ("2026-12-09T14:00:00", "2026-12-09T15:00:00", "Asia/Tokyo")
        interview = osaka.story.interview(osaka.application, *times)
        early = osaka.task("thank_in_person", interview_id=interview["id"])
        reflect = osaka.task("reflect")
        before = osaka.story.account.seen("/v1/events", sort="-number", limit=1)["items"][0]["number"]
        body = {"task_ids": [early["id"], reflect["id"]], "state": "done"}
        results = osaka.story.account.ask("POST", "/v1/tasks/state", json=body).json()["results"]
        assert [one["problem"] is None for one in results] == [False, True]
        events = osaka.story.account.seen("/v1/events", after=before)["items"]
        assert [(one["type"], one["subject_id"]) for one in events] == [("task.done", reflect["id"])]


@pytest.mark.parametrize(
    ("ids", "pointer"),
    [([], "#/task_ids"), ([NOBODY, NOBODY], "#/task_ids"), (["x"], "#/task_ids/0"), ([NOBODY] * 101, "#/task_ids")],
)
def test_a_list_that_is_none_is_refused(account: Account, ids: list[str], pointer: str) -> None:
    problem = account.refused("POST", "/v1/tasks/state", 422, json={"task_ids": ids, "state": "done"})
    assert [error["pointer"] for error in problem["errors"]] == [pointer]


def test_what_changed_and_why_is_listed(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        task = osaka.task("await_answer")
        osaka.story.change("interviews", osaka.interview, said={"answer_by": "2026-12-18"})
        osaka.state(osaka.task("await_answer"), "skipped", reason="No.")
        path = f"/v1/tasks/{task['id']}/changes"
        first, second = osaka.story.account.seen(path)["items"]
        assert first["because"] == "interview.changed"
        after = {one["field"]: one["after"] for one in first["fields"]}
        assert (after["because"], after["due_at"]) == ("answer_promised", "2026-12-18T15:00:00Z")
        assert second["because"] == "user"
        assert {"field": "state", "before": "waiting", "after": "skipped"} in second["fields"]
        assert osaka.story.account.seen(path, sort="-changed_at", limit=1)["items"] == [second]


def test_nobody_sees_or_changes_the_tasks_of_others(osaka: Osaka, stranger: Account) -> None:
    with osaka.story.at(AFTER):
        path = f"/v1/tasks/{osaka.task('reflect')['id']}"
        osaka_only: tuple[tuple[str, str, Made], ...] = (
            ("GET", path, {}),
            ("GET", f"{path}/changes", {}),
            ("PATCH", path, {"json": {"title": "x"}, "headers": ANY}),
            ("DELETE", path, {"headers": ANY}),
            ("POST", f"{path}/state", {"json": {"state": "done"}, "headers": ANY}),
        )
    for method, where, given in osaka_only:
        problem = stranger.refused(method, where, 404, **given)
        missing = stranger.refused(method, where.replace(path, f"/v1/tasks/{NOBODY}"), 404, **given)
        assert {**problem, "request_id": None} == {**missing, "request_id": None}
    assert stranger.seen("/v1/tasks")["items"] == []
