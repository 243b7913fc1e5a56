"""Lists of tasks, today's queue, and how many statements they take."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.follow_up.tasks.conftest import AFTER, Osaka
from tests.people import NOBODY
from tests.stored import Account

Made = dict[str, Any]
PATH = "/v1/tasks"


@pytest.fixture
def own(account: Account) -> Callable[..., list[str]]:
    """Asks for the titles of the user's own tasks, of which there are some."""
    for number in range(4):
        account.made(PATH, {"title": f"Later {number}", "due_at": f"2026-12-{20 + number // 2}T12:00:00Z"})
    account.made(PATH, {"title": "Some day"})
    account.made(PATH, {"title": "First", "due_at": "2026-12-01T12:00:00Z"})

    def asked(**params: object) -> list[str]:
        return [task["title"] for task in account.seen(PATH, kind="own", **params)["items"]]

    return asked


def kinds(osaka: Osaka, **params: object) -> set[str]:
    return {task["kind"] for task in osaka.story.account.seen(PATH, limit=100, **params)["items"]}


def test_the_most_urgent_come_first_and_what_has_no_day_last(own: Callable[..., list[str]]) -> None:
    assert own() == ["First", "Later 0", "Later 1", "Later 2", "Later 3", "Some day"]
    made = ["Later 0", "Later 1", "Later 2", "Later 3", "Some day", "First"]
    assert own(sort="created_at") == made
    assert own(sort="-created_at") == made[::-1]


@pytest.mark.parametrize("sort", ["urgency", "created_at", "-created_at"])
def test_every_page_follows_the_one_before_until_the_last(
    account: Account, own: Callable[..., list[str]], sort: str
) -> None:
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        answer = account.get(PATH, params={"kind": "own", "sort": sort, "limit": 2, **cursor})
        page = answer.json()
        seen += [task["title"] for task in page["items"]]
        if page["next_cursor"] is None:
            assert "link" not in answer.headers
            break
        assert answer.headers["link"].endswith('>; rel="next"')
        cursor = {"cursor": page["next_cursor"]}
    assert seen == own(sort=sort)
    problem = account.refused("GET", PATH, 422, params={"cursor": "x"})
    assert [error["parameter"] for error in problem["errors"]] == ["cursor"]


@pytest.mark.parametrize(
    ("params", "name"),
    [
        ({"due": "soon"}, "due"),
        ({"kind": "reflect,nothing"}, "kind"),
        ({"step": "rest"}, "step"),
        ({"state": "closed"}, "state"),
        ({"application_id": "x"}, "application_id"),
        ({"interview_id": "x"}, "interview_id"),
        ({"company_id": "x"}, "company_id"),
        ({"sort": "title"}, "sort"),
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
    ],
)
def test_a_filter_that_is_none_is_refused(account: Account, params: dict[str, Any], name: str) -> None:
    problem = account.refused("GET", PATH, 422, params=params)
    assert [error["parameter"] for error in problem["errors"]] == [name]


def test_tasks_are_found_by_what_they_are_about(osaka: Osaka, stranger: Account) -> None:
    with osaka.story.at(AFTER):
        other = osaka.story.company("Brightwater")
        elsewhere = osaka.story.application(other, "US")
        times = ("2026-12-04T14:00:00", "2026-12-04T15:00:00", "America/New_York")
        interview = osaka.story.interview(elsewhere, *times)
        mine = {"reflect", "thank_in_person", "await_answer"}
        for name, made in (("interview_id", interview), ("application_id", elsewhere), ("company_id", other)):
            found = osaka.story.account.seen(PATH, limit=100, **{name: made["id"]})["items"]
            assert {task["kind"] for task in found} >= mine
            assert {task["application_id"] for task in found} == {elsewhere["id"]}
            assert {task["company_id"] for task in found} == {other["id"]}
            assert osaka.story.account.seen(PATH, **{name: NOBODY})["items"] == []
    assert stranger.seen(PATH, company_id=other["id"])["items"] == []


def test_tasks_are_found_by_kind_step_and_state(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        assert kinds(osaka, kind="reflect,await_answer") == {"reflect", "await_answer"}
        assert kinds(osaka, step="get_contact_information") == {"get_contact", "find_decision_maker"}
        assert kinds(osaka, state="waiting") == {"await_answer"}
        osaka.state(osaka.task("reflect"), "done")
        osaka.state(osaka.task("get_contact"), "skipped", reason="No.")
        osaka.state(osaka.task("find_decision_maker"), "snoozed", working_days=2)
        assert kinds(osaka, state="done,skipped") >= {"reflect", "get_contact"}
        assert kinds(osaka, state="snoozed") == {"find_decision_maker"}
        assert kinds(osaka, step="reflect", state="open") == set()


def test_what_is_due_is_due_by_the_users_own_clocks(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        assert "get_contact" in kinds(osaka, due="today")
        assert "get_contact" not in kinds(osaka, due="overdue")
        assert "await_answer" not in kinds(osaka, due="today") | kinds(osaka, due="week")
        assert "keep_looking" not in kinds(osaka, due="week")
        titles = {"In a week": "2026-12-13T23:00:00Z", "Later": "2026-12-14T00:00:01Z"}
        for title, due_at in titles.items():
            osaka.story.account.made(PATH, {"title": title, "due_at": due_at})
        due = osaka.story.account.seen(PATH, due="week", kind="own")["items"]
        assert [task["title"] for task in due] == ["In a week"]
    with osaka.story.at("2026-12-08T10:00:00+09:00"):
        late = osaka.task("get_contact", due="overdue")
        assert late["is_overdue"] is True
        assert (late["due_at_local"], late["due_at_home"]) == ("2026-12-08T00:00:00+09:00", "2026-12-07T15:00:00Z")


def test_today_shows_the_queue_and_whose_turn_it_is(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        osaka.story.change("interviews", osaka.interview, said={"answer_by": "2026-12-09"})
        today = osaka.story.account.seen("/v1/today")
        assert today["day"] == "2026-12-07"
        due = osaka.story.account.seen(PATH, due="today")["items"]
        assert today["now"] == due
        assert (today["has_more"], today["broken_promises"]) == (False, [])
        (turn,) = today["turns"]
        assert (turn["who"], turn["answer_expected_on"], turn["answer_basis"]) == ("employer", "2026-12-09", "promised")
        assert (turn["position"], turn["company_name"]) == ("Engineer", "Aozora Seiki")
        assert (today["search"]["alive"], today["search"]["last_applied_on"]) == (1, "2026-11-02")
    with osaka.story.at("2026-12-11T10:00:00+09:00"):
        (broken,) = osaka.story.account.seen("/v1/today")["broken_promises"]
        assert broken["application_id"] == osaka.application["id"]
        times = ("2026-12-14T14:00:00", "2026-12-14T15:00:00", "Asia/Tokyo")
        coming = osaka.story.interview(osaka.application, *times)
        found = osaka.story.account.seen("/v1/today")["search"]["next_interview"]
        assert (found["id"], found["time_zone"]) == (coming["id"], "Asia/Tokyo")


def test_today_says_that_there_is_more(account: Account) -> None:
    for number in range(11):
        account.made(PATH, {"title": f"{number}", "due_at": "2026-11-01T12:00:00Z"})
    for params, number, has_more in (({}, 10, True), ({"limit": 11}, 11, False), ({"limit": 1}, 1, True)):
        today = account.seen("/v1/today", **params)
        assert (len(today["now"]), today["has_more"]) == (number, has_more)
    problem = account.refused("GET", "/v1/today", 422, params={"limit": 0})
    assert [error["parameter"] for error in problem["errors"]] == ["limit"]


def test_a_promise_that_was_broken_is_shown_wherever_it_stands(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        for day in ("2026-12-08", "2026-12-09", "2026-12-31"):
            application = osaka.story.application(osaka.company, "JP", position=day)
            times = ("2026-12-07T10:00:00", "2026-12-07T11:00:00", "Asia/Tokyo")
            osaka.story.interview(application, *times, said={"answer_by": day})
    with osaka.story.at("2026-12-10T10:00:00+09:00"):
        for limit, broken in (
            (1, ["2026-12-08"]),
            (2, ["2026-12-08", "2026-12-09"]),
            (9, ["2026-12-08", "2026-12-09"]),
        ):
            today = osaka.story.account.seen("/v1/today", limit=limit)
            assert [turn["position"] for turn in today["broken_promises"]] == broken
            assert len(today["turns"]) == min(limit, 4)


def test_few_statements_are_needed_where_nothing_is_to_be_planned(account: Account, queries: list[str]) -> None:
    company = account.made("/v1/companies", {"name": "Initech"})["id"]
    body = {"company_id": company, "position": "Engineer", "country": "DE"}
    application = account.made("/v1/applications", body)["id"]
    times = {"starts_at": "2026-11-20T14:00:00", "ends_at": "2026-11-20T15:00:00", "time_zone": "Europe/Berlin"}
    interview = account.made("/v1/interviews", {"application_id": application, **times})["id"]
    task = account.made(PATH, {"title": "Bring it"})["id"]
    most = {
        f"/v1/interviews/{interview}/plan": 5,  # the caller, what is new, the interview, its tasks, the search
        "/v1/today": 5,  # the caller, what is new, what is due, whose turn it is, the search
        PATH: 3,
        f"{PATH}?due=today&company_id={company}": 3,
        f"{PATH}/{task}": 3,
        f"{PATH}/{task}/changes": 4,
        "/v1/events": 2,
        "/v1/events?after=1": 3,
        "/v1/summary": 3,
    }
    account.seen("/v1/today")
    for path, number in most.items():
        queries.clear()
        account.seen(path)
        assert len(queries) == number, (path, queries)


def test_the_plan_says_how_far_each_step_is(osaka: Osaka) -> None:
    with osaka.story.at(AFTER):
        plan = osaka.story.plan(osaka.interview)
        assert plan["is_over"] is True
        assert osaka.story.steps(osaka.interview) | {"notify_references": ""} == {
            "thank_in_person": "due",
            "get_contact_information": "due",
            "reflect": "due",
            "notify_references": "",
            "follow_up": "waiting",
            "keep_looking": "due",
        }
        osaka.state(osaka.task("reflect"), "skipped", reason="No.")
        assert osaka.story.steps(osaka.interview)["reflect"] == "done"
        recipients = plan["follow_up"]["recipients"]
        assert [one["contact_id"] for one in recipients] == [osaka.boss["id"]]
        assert {reason["field"].partition(".")[0] for reason in recipients[0]["reasons"]} == {"thank_you"}
        osaka.story.change("interviews", osaka.interview, status="cancelled")
        cancelled = osaka.story.plan(osaka.interview)
        assert (cancelled["is_over"], cancelled["follow_up"]) == (False, None)


def test_the_plan_of_others_is_theirs(osaka: Osaka, stranger: Account) -> None:
    path = f"/v1/interviews/{osaka.interview['id']}/plan"
    problem = stranger.refused("GET", path, 404)
    missing = stranger.refused("GET", f"/v1/interviews/{NOBODY}/plan", 404)
    assert {**problem, "request_id": None} == {**missing, "request_id": None}
