"""Errors of this feature."""

from uuid import UUID

from app.errors import AppError, FieldError
from app.references.schemas import MOST_APPLICATIONS


class AlreadyReference(
    AppError,
    code="already_a_reference",
    status=409,
    title="This contact is a reference already",
    explanation="A contact is a reference once. Nothing was changed.",
    remedy="Change the reference that there is: /v1/references?contact_id=… finds it.",
):
    """A second reference with the same contact."""

    def __init__(self) -> None:
        detail = "This contact is a reference already."
        super().__init__(detail, errors=(FieldError(detail, "#/contact_id", hint="Name another contact."),))


class AlreadyNamed(
    AppError,
    code="already_named",
    status=409,
    title="The reference is named in this application already",
    explanation="A reference is named in an application once. Nothing was changed.",
    remedy="Change what there is: the list at this address has it.",
):
    """The same application a second time."""

    def __init__(self) -> None:
        detail = "The reference is named in this application already."
        super().__init__(detail, errors=(FieldError(detail, "#/application_id", hint="Name another application."),))


class TooManyApplications(
    AppError,
    code="too_many_applications",
    status=409,
    title="The reference is named in as many applications as it can be",
    explanation=f"A reference is named in at most {MOST_APPLICATIONS} applications. Nothing was changed.",
    remedy="Delete one of those that have ended first.",
):
    """One application more than a reference can be named in."""


class NotNamed(
    AppError,
    code="not_named",
    status=409,
    title="The reference is not named in the application of this interview",
    explanation="References are told about interviews for applications in which they are named. Nothing was changed.",
    remedy="Name the reference in the application first, at /v1/references/{reference_id}/applications.",
):
    """An interview that is none of the reference's business."""

    def __init__(self, reference_id: UUID, application_id: UUID) -> None:
        detail = "The reference is not named in the application that this interview is for."
        hint = f"POST the application_id {application_id} to /v1/references/{reference_id}/applications first."
        super().__init__(detail, errors=(FieldError(detail, "#/interview_id", hint=hint),))


class AlreadyTold(
    AppError,
    code="already_told",
    status=409,
    title="The reference was told about this interview already",
    explanation="That a reference was told about an interview is written down once. Nothing was changed.",
    remedy="To put the moment right, delete the briefing that there is and add another one.",
):
    """A second briefing about the same interview."""

    def __init__(self) -> None:
        detail = "The reference was told about this interview already."
        super().__init__(detail, errors=(FieldError(detail, "#/interview_id", hint="Name another interview."),))
