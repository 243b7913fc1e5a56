"""Schemas of plans and tasks that the OpenAPI document names."""

from app.follow_up.plan import vocabulary as words
from app.http.openapi import NamedSchema

NAMED: tuple[NamedSchema, ...] = (
    NamedSchema.of_words(
        "Step",
        words.Step,
        "The five things to do after an interview, what comes before them, and what the user has added (`own`).",
    ),
    NamedSchema.of_words(
        "TaskKind",
        words.Kind,
        "What is to be done. `await_answer` and `check_portal` wait for somebody else; `close`: stop asking and "
        "move on; `own`: added by the user.",
    ),
    NamedSchema.of_words(
        "TaskState",
        words.State,
        "`waiting`: somebody else owes the next move. `snoozed`: put off. `done` and `skipped`: by the user, or `done` "
        "by the facts. `retired`: nothing calls for it any more.",
    ),
    NamedSchema.of_words(
        "TaskStateWanted",
        words.NewState,
        "What becomes of a task. `done` also writes down the fact behind it; `open` takes back what the user has said.",
    ),
    NamedSchema.of_words(
        "TaskClosedBy", words.ClosedBy, "`facts`: what was written down elsewhere closed it, and can open it again."
    ),
    NamedSchema.of_words(
        "TaskWaitsFor",
        words.WaitsFor,
        "Who makes the next move. `message`: one that is scheduled, or of which the user finds out whether it arrived.",
    ),
    NamedSchema.of_words(
        "TaskDue", words.Due, "`today`: also what is overdue; `week`: within seven days, today among them."
    ),
    NamedSchema.of_words("TaskReason", words.Because, "Why there is a task; `why` says it as a sentence."),
    NamedSchema.of_words(
        "StepState",
        words.StepState,
        "How far a step is. `later`: it comes after the interview. `not_needed`: nothing calls for it.",
    ),
)
