"""Errors of this feature."""

from app.errors import AppError, FieldError
from app.interviews.schemas import MOST_PARTICIPANTS


class AlreadyParticipant(
    AppError,
    code="already_a_participant",
    status=409,
    title="This contact takes part already",
    explanation="A contact takes part in an interview once. Nothing was changed.",
    remedy="Change the participant that there is: the interview names it among its `participants`.",
):
    """A second participant with the same contact."""

    def __init__(self) -> None:
        detail = "This contact takes part in the interview already."
        super().__init__(detail, errors=(FieldError(detail, "#/contact_id", hint="Name another contact."),))


class TooManyParticipants(
    AppError,
    code="too_many_participants",
    status=409,
    title="The interview has as many participants as it can have",
    explanation=f"An interview has at most {MOST_PARTICIPANTS} participants. Nothing was changed.",
    remedy="Delete one of them first.",
):
    """One participant more than an interview can have."""
