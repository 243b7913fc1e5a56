"""The errors that a client can meet, each with a stable code and a page that explains it.

No web framework here: `app.http.problems` renders these classes. A feature adds an error by subclassing with a code,
a title, an explanation and a remedy; the class is in the catalogue from then on and `/problems/{code}` has its page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar, Literal

ParameterPlace = Literal["header", "path", "query"]


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One entry of the catalogue: what a problem code means and what a client can do about it."""

    code: str
    status: int
    title: str
    explanation: str
    remedy: str


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one place of a request.

    `pointer` is a JSON Pointer into the body as a URI fragment (`#/items/0/country`, RFC 6901 section 6); for a
    parameter it is None, and `parameter` and `place` name the parameter instead. `hint` says how to mend it.
    """

    detail: str
    pointer: str | None = None
    parameter: str | None = None
    place: ParameterPlace | None = None
    hint: str | None = None


_catalogue: dict[str, ProblemKind] = {}


def problem_kinds() -> Mapping[str, ProblemKind]:
    """Every problem this process can answer with, by code. Complete once `app.main` is imported."""
    return MappingProxyType(_catalogue)


class AppError(Exception):
    """An error with a stable code, shown to the client as a problem. Raise one of its subclasses.

    `detail` says what happened this time, in words for the client: nothing secret, no trace. `errors` points at the
    places of the request, `headers` are sent with the answer. `members` are further members of the problem,
    ready for JSON: what a standard calls the error by a name of its own, or what it is about.
    """

    kind: ClassVar[ProblemKind]

    def __init_subclass__(cls, *, code: str, status: int, title: str, explanation: str, remedy: str) -> None:
        """Put the class into the catalogue. Raises `ValueError` when the code is taken."""
        super().__init_subclass__()
        if code in _catalogue:
            raise ValueError(f"two errors have the code {code!r}")
        cls.kind = _catalogue[code] = ProblemKind(code, status, title, explanation, remedy)

    def __init__(
        self,
        detail: str,
        *,
        errors: tuple[FieldError, ...] = (),
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors
        self.headers = dict(headers or {})
        self.members = dict(members or {})


class MalformedJson(
    AppError,
    code="malformed_json",
    status=400,
    title="The body is not valid JSON",
    explanation="The request body could not be read as JSON, so nothing in it was looked at. Bodies are UTF-8 without "
    "a byte order mark and follow I-JSON (RFC 7493): no name twice in one object, no unpaired surrogates. NaN, "
    "Infinity, the character U+0000 and nesting deeper than 200 levels are refused as well.",
    remedy="Go to the line and column in `detail`. Build bodies with a JSON library rather than by joining strings.",
):
    """The bytes of the body are no JSON text."""


class NotFound(
    AppError,
    code="not_found",
    status=404,
    title="Nothing is at this address",
    explanation="No resource has this path. Paths are case-sensitive and have no slash at the end.",
    remedy="Compare the path with the list at /docs or /openapi.json.",
):
    """There is no such path."""


class MethodNotAllowed(
    AppError,
    code="method_not_allowed",
    status=405,
    title="The method is not allowed here",
    explanation="The path exists but does not answer this HTTP method.",
    remedy="Use one of the methods in the `Allow` header.",
):
    """The path does not answer this method."""


class ContentTooLarge(
    AppError,
    code="content_too_large",
    status=413,
    title="The request body is too large",
    explanation="The body has more bytes than this server reads.",
    remedy="Send less in one request; split a batch into several.",
):
    """The body exceeds `Settings.max_request_bytes`."""


class UnsupportedMediaType(
    AppError,
    code="unsupported_media_type",
    status=415,
    title="The body is in a format that is not read here",
    explanation="Request bodies are JSON in UTF-8, not compressed. Those of /v1/auth/token and /v1/auth/revoke are "
    "forms, as OAuth 2 has it.",
    remedy="Send `Content-Type: application/json`, there `application/x-www-form-urlencoded`, without another charset "
    "than UTF-8, and no `Content-Encoding`.",
):
    """The body is declared to be something else than plain JSON in UTF-8."""


class Invalid(
    AppError,
    code="invalid_request",
    status=422,
    title="The request is not valid",
    explanation="The request was understood but a value in it cannot be used, is missing, or is not known. `errors` "
    "names every place: `pointer` is a JSON Pointer into the body, `parameter` and `in` name a parameter.",
    remedy="Mend each place listed in `errors`; `hint` says how where that is known.",
):
    """A value of the request cannot be used."""


class InternalError(
    AppError,
    code="internal_error",
    status=500,
    title="The server failed",
    explanation="Something went wrong inside the server. The failure is in its log under the `request_id`.",
    remedy="Try again later. If it stays, report it with the `request_id`.",
):
    """A failure that nobody foresaw."""


class NotReady(
    AppError,
    code="not_ready",
    status=503,
    title="The server is not ready",
    explanation="The server is alive but cannot answer yet: it is starting, its rules could not be loaded, or "
    "its database has not been migrated.",
    remedy="Try again after the seconds in the `Retry-After` header.",
):
    """The server cannot answer yet."""
