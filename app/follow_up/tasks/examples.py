"""Examples in the documentation: requests, and requests that are refused. A test executes every one of them."""

from collections.abc import Mapping, Sequence

from app.http.examples import ExampleRequest, Examples, Made

_INTERVIEW = Made("create_interview", "osaka")
_TASK = {"task_id": Made("create_task", "certificates")}
_ANY_VERSION = {"If-Match": "*"}

EXAMPLES: Examples = {
    "get_plan": {"interview": ExampleRequest("After an interview in Osaka", path={"interview_id": _INTERVIEW})},
    "get_today": {"today": ExampleRequest("The queue of the day", query={"limit": 10})},
    "get_summary": {"summary": ExampleRequest("The search so far")},
    "create_task": {
        "certificates": ExampleRequest(
            "Something to bring along",
            headers={"Idempotency-Key": "0b1d7c1e-bring-certificates"},
            body={
                "title": "Bring the certificates",
                "notes": "They asked for the originals.",
                "due_at": "2026-12-01T09:00:00+09:00",
                "interview_id": _INTERVIEW,
            },
        ),
        "suit": ExampleRequest("Something without a day", body={"title": "Buy a suit"}, answer_shown=False),
    },
    "list_tasks": {
        "due": ExampleRequest(
            "What is due within a week",
            query={
                "due": "week",
                "kind": "reflect,get_contact,own",
                "step": "own",
                "state": "open",
                "interview_id": _INTERVIEW,
                "sort": "urgency",
                "limit": 25,
            },
        )
    },
    "get_task": {"certificates": ExampleRequest("A task", path=_TASK)},
    "change_task": {
        "notes": ExampleRequest(
            "Other notes", path=_TASK, headers=_ANY_VERSION, body={"notes": "Copies are good enough."}
        )
    },
    "change_task_state": {
        "snoozed": ExampleRequest(
            "Put off for two working days",
            path=_TASK,
            headers={**_ANY_VERSION, "Idempotency-Key": "5f0f9c7a-snooze"},
            body={"state": "snoozed", "working_days": 2},
        ),
        "open": ExampleRequest(
            "Open again", path=_TASK, headers=_ANY_VERSION, body={"state": "open"}, answer_shown=False
        ),
    },
    "change_task_states": {
        "done": ExampleRequest(
            "Two at once",
            headers={"Idempotency-Key": "c1d7f0aa-two-at-once"},
            body={
                "task_ids": [Made("create_task", "certificates"), Made("create_task", "suit")],
                "state": "skipped",
                "reason": "They have both.",
            },
        )
    },
    "list_task_changes": {
        "newest": ExampleRequest(
            "What changed, the newest first", path=_TASK, query={"sort": "-changed_at", "limit": 25}
        )
    },
    "delete_task": {
        "suit": ExampleRequest(
            "One that is not needed", path={"task_id": Made("create_task", "suit")}, headers=_ANY_VERSION
        )
    },
}
REFUSALS: Mapping[str, Sequence[ExampleRequest]] = {
    "change_task_state": [
        ExampleRequest("Skipped without a reason", path=_TASK, headers=_ANY_VERSION, body={"state": "skipped"})
    ],
}
