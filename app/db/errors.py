"""What can go wrong with the database, as clients see it."""

from app.errors import AppError

SECONDS_TO_RETRY = "1"


class Busy(
    AppError,
    code="busy",
    status=503,
    title="The server is busy",
    explanation="More requests wait than the server lets wait, or another change held what this one needed for too "
    "long. Nothing was changed.",
    remedy="Send the request again after the seconds in `Retry-After`; a POST with an `Idempotency-Key`.",
):
    """Too many requests, or a lock that was not given in time."""


class DatabaseUnavailable(
    AppError,
    code="database_unavailable",
    status=503,
    title="The database does not answer",
    explanation="The server is alive, but its database cannot be reached or has not been migrated. Whether a change "
    "that was being made is kept is not known.",
    remedy="Look at /readyz, which says what is wrong. Send the request again after the seconds in `Retry-After`; a "
    "POST with an `Idempotency-Key`.",
):
    """The database cannot be reached, or is not what this program expects."""


class ChangedMeanwhile(
    AppError,
    code="changed_meanwhile",
    status=412,
    title="It has changed since you read it",
    explanation="The `If-Match` header names a version that is no longer the current one: somebody, perhaps the same "
    "user on another device, has changed or deleted it since.",
    remedy="Read it again, apply the change to what you get, and send it with the new `ETag`.",
):
    """A change that started from an older version."""
