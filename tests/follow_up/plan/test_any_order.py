"""Whatever happens in whatever order, the plan is the one that the same facts give when they are written down at once."""

import os

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.follow_up.plan.searching import HAPPENINGS, Happening, Search, a_user, outcome
from app.follow_up.plan.models import Task

SMALL = st.integers(0, 6)
SEQUENCES = st.lists(st.builds(Happening, st.sampled_from(sorted(HAPPENINGS)), SMALL, SMALL), max_size=14)
few = settings(
    max_examples=int(os.environ.get("N", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@few
@given(SEQUENCES)
def test_the_same_facts_lead_to_the_same_plan(
    stored_app: FastAPI, stored_client: TestClient, happenings: list[Happening]
) -> None:
    search = Search(stored_app, a_user(stored_client))
    search.begin()
    for one in happenings:
        search.happen(one)
    other, ids = search.copied_by(a_user(stored_client))
    left, turns, own = outcome(search, ids)
    expected, expected_turns, _ = outcome(other, {})
    assert left == {key: task for key, task in expected.items() if key not in own}
    assert turns == expected_turns
    assert {key for key, state in own.items() if state == "snoozed"} <= expected.keys()
    states = {row.key: row.state for row in search.rows(Task)}
    assert {key: states.get(key, state) for key, state in search.settled.items()} == search.settled
