"""Whatever happens, in whatever order: the plan is the one that the same facts give when they are written down at once.

Save for what the user has said of tasks: what was skipped, or done without a fact, stays so; so does what was put off.
"""

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.follow_up.plan.models import Task
from tests.follow_up.plan.copying import copied, outcome
from tests.follow_up.plan.searching import HAPPENINGS, Happening, Search, a_user

EXAMPLES = {"sqlite": 15, "postgresql": 4}
SMALL = st.integers(0, 6)
SEQUENCES = st.lists(st.builds(Happening, st.sampled_from(sorted(HAPPENINGS)), SMALL, SMALL), max_size=14)


def require_same_plan(app: FastAPI, client: TestClient, happenings: list[Happening]) -> None:
    """Let things happen, and let another user write down at once what has come of them."""
    search = Search(app, a_user(client))
    search.begin()
    for one in happenings:
        search.happen(one)
    other, ids = copied(search, a_user(client))
    left, turns, own = outcome(search, ids)
    expected, expected_turns, _ = outcome(other, {})
    assert left == {key: task for key, task in expected.items() if key not in own}
    assert turns == expected_turns
    assert {key for key, state in own.items() if state == "snoozed"} <= expected.keys()
    states = {row.key: row.state for row in search.rows(Task)}
    assert {key: states.get(key, state) for key, state in search.settled.items()} == search.settled


def test_the_same_facts_lead_to_the_same_plan(stored_app: FastAPI, stored_client: TestClient, backend: str) -> None:
    few = settings(max_examples=EXAMPLES[backend], deadline=None, suppress_health_check=[HealthCheck.too_slow])

    @few
    @given(SEQUENCES)
    def holds(happenings: list[Happening]) -> None:
        require_same_plan(stored_app, stored_client, happenings)

    holds()


@pytest.mark.parametrize(
    "happenings",
    [
        pytest.param(["brief 0 0", "read", "wait 0 0", "move_home 0 1"], id="the user lives elsewhere"),
        pytest.param(["read", "delete_application"], id="an application is deleted"),
        pytest.param(["read", "accept 0 1"], id="an offer is accepted"),
        pytest.param(["read", "accept 0 1", "read", "accept 0 0"], id="and was not"),
        pytest.param(["read", "accept 0 1", "read", "change_application 0 2"], id="on another day"),
        pytest.param(["read", "accept 0 1", "read", "delete_application"], id="accepted, deleted"),
        pytest.param(["read", "act 1 1", "change_interview 0 1", "read", "name_reference 0 1"], id="moved, not needed"),
        pytest.param(["act 0 0", "move_interview 1 6", "act 0 3"], id="opened again after a move"),
        pytest.param(["act 0 1", "act 1 1", "act 2 1", "merge_contacts 0 0", "read"], id="two contacts are one"),
        pytest.param(
            ["act 0 1", "act 1 1", "act 2 1", "delete_interview", "add_interview 0 1"], id="interview deleted"
        ),
        pytest.param(["read", "act 0 0", "read", "change_interview 0 2", "read"], id="done, and the fact changes"),
        pytest.param(["accept 0 1", "change_application 0 3", "act 0 1", "delete_contact 0 0"], id="contact deleted"),
        pytest.param(["reflect 0 1", "add_interview 1 3", "merge_companies", "read", "wait 0 1"], id="questions"),
    ],
)
def test_what_once_led_to_another_plan(stored_app: FastAPI, stored_client: TestClient, happenings: list[str]) -> None:
    named = [(*one.split(), "0", "0")[:3] for one in happenings]
    require_same_plan(stored_app, stored_client, [Happening(what, int(which), int(how)) for what, which, how in named])
