"""Several requests of one user at once, while the plan changes and is read."""

from itertools import pairwise
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.events.models import Event, EventCounter
from app.follow_up.plan.models import Task
from tests.db.test_database import in_threads
from tests.follow_up.plan.searching import Made, Search
from tests.stored import ANY, Account

WRITERS, CHANGES = 8, 6
FINE = {200, 201, 204}
MAY_BE_TRIED_AGAIN = {409, 412, 503}


@pytest.fixture
def search(stored_app: FastAPI, account: Account) -> Search:
    """A search with two interviews, of which nothing was planned yet."""
    search = Search(stored_app, account)
    search.begin()
    return search


def numbers(search: Search) -> list[int]:
    mine = select(Event.number).where(Event.owner_id == search.account.id)
    with search.app.state.database.session() as session:
        return list(session.scalars(mine.order_by(Event.number)))


def require_counted(search: Search) -> None:
    """Numbers begin at 1, have no gap, and end where the counter is; planning has seen them all."""
    search.account.seen("/v1/today")
    found = numbers(search)
    assert found == list(range(1, len(found) + 1))
    (counter,) = search.rows(EventCounter)
    assert (counter.last_number, counter.planned_number) == (len(found), len(found))


def test_whoever_reads_first_plans_once(search: Search) -> None:
    interview = search.one("/v1/interviews", 0)["id"]
    paths = ("/v1/today", f"/v1/interviews/{interview}/plan", "/v1/tasks", "/v1/tasks?due=week")
    answers: list[Any] = in_threads(lambda which: search.account.get(paths[which % len(paths)]), 8)
    assert {answer.status_code for answer in answers} == {200}
    tasks = search.rows(Task)
    assert len({task.key for task in tasks}) == len(tasks) > 3
    with search.app.state.database.session() as session:
        events = session.execute(select(Event.type, Event.subject_id).where(Event.owner_id == search.account.id)).all()
    of_tasks = [(kind, subject) for kind, subject in events if kind.startswith(("task.", "turn."))]
    assert len(set(of_tasks)) == len(of_tasks) > 3
    require_counted(search)


def test_reading_and_writing_at_once_loses_and_repeats_nothing(search: Search) -> None:
    search.account.seen("/v1/today")
    interview = search.one("/v1/interviews", 0)["id"]
    application = search.one("/v1/applications", 1)["id"]
    notes = f"/v1/interviews/{interview}"

    def one(which: int) -> list[int]:
        codes = []
        for number in range(CHANGES):
            if which % 4 == 0:
                codes.append(search.account.get("/v1/today").status_code)
            elif which % 4 == 1:
                body: Made = {"notes": f"{which} {number}"}
                codes.append(search.account.ask("PATCH", notes, json=body, headers=ANY).status_code)
            elif which % 4 == 2:
                body = {"status": ("offer", "interviewing")[number % 2], "correction": True}
                path = f"/v1/applications/{application}/status"
                codes.append(search.account.ask("POST", path, json=body, headers=ANY).status_code)
            else:
                task = search.account.seen("/v1/tasks?limit=100")["items"][number % 3]["id"]
                body = {"state": ("snoozed", "open")[number % 2], **({} if number % 2 else {"working_days": 1})}
                codes.append(search.account.ask("POST", f"/v1/tasks/{task}/state", json=body, headers=ANY).status_code)
        return codes

    answers: list[Any] = in_threads(one, WRITERS)
    codes = {code for answer in answers for code in answer}
    assert codes <= FINE | MAY_BE_TRIED_AGAIN, codes
    tasks = search.rows(Task)
    assert len({task.key for task in tasks}) == len(tasks)
    require_counted(search)


def test_tasks_are_done_while_plans_are_made_and_nobody_waits_for_anybody_in_turn(search: Search) -> None:
    search.account.seen("/v1/today")
    open_tasks = [task["id"] for task in search.account.seen("/v1/tasks?state=open&limit=100")["items"]]
    interview = f"/v1/interviews/{search.one('/v1/interviews', 0)['id']}"

    def one(which: int) -> set[int]:
        codes = set()
        for number in range(CHANGES):
            if which % 2:
                task = open_tasks[(which + number) % len(open_tasks)]
                body: Made = {"state": "skipped", "reason": f"{number}"}
                answer = search.account.ask("POST", f"/v1/tasks/{task}/state", json=body, headers=ANY)
            else:
                body = {"said": {"answer_by": f"2026-12-{number + 10}"}, "notes": f"{which} {number}"}
                search.account.ask("PATCH", interview, json=body, headers=ANY)
                answer = search.account.get("/v1/today")
            codes.add(answer.status_code)
        return codes

    answers: list[Any] = in_threads(one, WRITERS)
    # 409: retired meanwhile.
    assert set.union(*answers) <= {200, 409}
    require_counted(search)


def test_a_reader_who_goes_on_after_the_last_number_misses_nothing(search: Search) -> None:
    before = numbers(search)[-1]

    def one(which: int) -> list[int]:
        if which == WRITERS:
            return followed(search.account, before, before + WRITERS * CHANGES)
        codes = []
        for number in range(CHANGES):
            body = {"name": f"Company {which} {number}"}
            answer = search.account.ask("POST", "/v1/companies", json=body)
            codes.append(answer.status_code)
        return codes

    *writers, read = in_threads(one, WRITERS + 1)
    assert writers == [[201] * CHANGES] * WRITERS
    assert read == list(range(before + 1, before + WRITERS * CHANGES + 1))


def followed(account: Account, after: int, until: int) -> list[int]:
    """The numbers that somebody gets who asks again and again for what comes after the last one."""
    found: list[int] = []
    for _ in range(100_000):
        if found and found[-1] >= until:
            break
        page = account.seen("/v1/events", after=found[-1] if found else after, limit=3)
        found += [one["number"] for one in page["items"]]
    assert all(one < other for one, other in pairwise(found))
    return found
