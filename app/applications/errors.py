"""Errors of this feature."""

from app.applications.statuses import NEXT, Status
from app.errors import AppError, FieldError


class TransitionNotAllowed(
    AppError,
    code="transition_not_allowed",
    status=409,
    title="The status cannot become this one",
    explanation="An application goes from `interested` over `applied`, `interviewing` and `offer` to `accepted`, "
    "`declined`, `rejected` or `withdrawn`. It can leave out steps, but not go back. Nothing was changed.",
    remedy="Use a status that `hint` names. To put a mistake right, or where a process that had ended goes on after "
    "all, send `correction: true` with it, which allows every other status.",
):
    """A status that cannot follow the present one."""

    def __init__(self, status: Status, wanted: Status) -> None:
        named = ", ".join(NEXT[status])
        hint = f"Possible now: {named}." if named else "It has ended; send correction: true to open it again."
        detail = f"The application is {status!r} and cannot become {wanted!r}."
        if status == wanted:
            detail = f"The application is {status!r} already."
        super().__init__(detail, errors=(FieldError(detail, "#/status", hint=hint),))
