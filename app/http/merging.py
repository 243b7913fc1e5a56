"""Taking one resource into another: which one it is, and what is too much for one."""

from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import Select

from app.db.database import Row, Writing
from app.errors import FieldError, Invalid
from app.http.problems import invalid_request
from app.http.references import none_of_yours


def taken_in(session: Writing, statement: Select[Row], other_id: UUID, *, into: UUID, what: str) -> Row:
    """The row that is to be taken into another one; `statement` finds it by its `id`, and `what` names such a resource.

    Raises `Invalid` where it is none of the caller's, or the other one itself.
    """
    pointer = f"#/{what}_id"
    if other_id == into:
        wrong = FieldError(f"A {what} cannot be merged with itself.", pointer, hint="Name the other one.")
        raise invalid_request((wrong,), 1)
    row = session.find(statement, id=other_id)
    if row is None:
        raise invalid_request((none_of_yours(what, pointer),), 1)
    return row


def too_much(error: ValidationError, what: str, *, part: str | None = None) -> Invalid:
    """The error for two that together say more than one can; `error` tells of the members.

    `part` names the resources that are merged with them, where it is those that are too much.
    """
    members = ", ".join(sorted({str(one["loc"][0]) for one in error.errors(include_url=False, include_input=False)}))
    wrong = FieldError(
        f"Together the two have more than one {part or what} can: {members}.",
        f"#/{what}_id",
        hint="Take something out of one of them first.",
    )
    return invalid_request((wrong,), 1)
