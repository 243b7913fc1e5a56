"""Renders every error as `application/problem+json` (RFC 9457), and documents them in OpenAPI."""

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Literal

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import Scope

from app.errors import (
    AppError,
    ContentTooLarge,
    FieldError,
    InternalError,
    Invalid,
    MalformedJson,
    MethodNotAllowed,
    NotFound,
    UnsupportedMediaType,
)
from app.http.answers import is_missing
from app.http.validation import MOST_ERRORS, field_errors

MEDIA_TYPE = "application/problem+json"
REQUEST_ID = "afterword.request_id"
"""Key of the request id in the ASGI scope."""
EXAMPLE_ID = "4f1c2a9be07d4d0c8f6b1e5a93d27c10"
"""The request id of every example."""

BODY_PROBLEMS = (MalformedJson, ContentTooLarge, UnsupportedMediaType)
"""What every operation with a JSON body can answer."""

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class ProblemPlace(BaseModel):
    """One place of the request that has to be mended."""

    model_config = ConfigDict(extra="forbid", serialize_by_alias=True)

    detail: str = Field(description="What is wrong there.")
    pointer: str | None = Field(
        default=None,
        exclude_if=is_missing,
        description="JSON Pointer into the body, as a URI fragment (RFC 6901 section 6). Absent for parameters.",
        examples=["#/country", "#/items/0/country"],
    )
    parameter: str | None = Field(
        default=None, exclude_if=is_missing, description="Name of the parameter. Absent for places in the body."
    )
    place: Literal["header", "path", "query"] | None = Field(
        default=None,
        exclude_if=is_missing,
        alias="in",
        description="Where the parameter is. Absent for places in the body.",
    )
    hint: str | None = Field(default=None, exclude_if=is_missing, description="How to mend it, where that is known.")


class Problem(BaseModel):
    """An error, as RFC 9457 writes it. Every error of this API has this shape."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(description="A page that explains the problem.", json_schema_extra={"format": "uri-reference"})
    title: str = Field(description="The problem in a few words; the same each time.")
    status: int = Field(ge=400, le=599, description="The HTTP status.")
    detail: str = Field(description="What happened this time.")
    code: str = Field(description="Stable name of the problem, for programs.")
    errors: list[ProblemPlace] = Field(description="Places of the request to mend, if that is where the problem is.")
    request_id: str = Field(description="The id of this request, also in the `X-Request-Id` header and in the log.")
    error: str | None = Field(
        default=None,
        exclude_if=is_missing,
        description="Where OAuth 2 tokens are given out and revoked: what RFC 6749 section 5.2 calls the problem.",
        examples=["invalid_grant"],
    )
    error_description: str | None = Field(
        default=None, exclude_if=is_missing, description="There as well: the same as `detail`."
    )
    decision: dict[str, Any] | None = Field(
        default=None,
        exclude_if=is_missing,
        description="Where a message is advised against: the decision, as /v1/decisions/preview gives it.",
    )


def problem_content(error: AppError, *, request_id: str, public_root: str) -> dict[str, Any]:
    """The members of the problem for an error, ready for JSON. `public_root` stands before the path of `type`."""
    kind = error.kind
    return {
        "type": f"{public_root}/problems/{kind.code}",
        "title": kind.title,
        "status": kind.status,
        "detail": error.detail,
        "code": kind.code,
        "errors": [_place(place) for place in error.errors],
        "request_id": request_id,
        **error.members,
    }


def problem_of(request: Request, error: AppError) -> Problem:
    """The problem for an error in one part of an answer that is good as a whole."""
    root = request.app.state.settings.public_root
    return Problem.model_validate(problem_content(error, request_id=request.scope[REQUEST_ID], public_root=root))


def _place(error: FieldError) -> dict[str, str]:
    members = {
        "detail": error.detail,
        "pointer": error.pointer,
        "parameter": error.parameter,
        "in": error.place,
        "hint": error.hint,
    }
    return {name: value for name, value in members.items() if value is not None}


def problem_response(scope: Scope, error: AppError) -> Response:
    """The answer for an error. `scope` is the ASGI scope of the request."""
    content = problem_content(error, request_id=scope[REQUEST_ID], public_root=scope["app"].state.settings.public_root)
    # json.dumps escapes everything outside ASCII: a name from the request that no encoding can write stays harmless.
    return Response(
        json.dumps(content),
        status_code=error.kind.status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **error.headers},
    )


def invalid_request(errors: tuple[FieldError, ...], found: int) -> Invalid:
    """The error for a request in which `found` places are wrong, of which `errors` are listed."""
    detail = "One place of the request is wrong." if found == 1 else f"{found} places of the request are wrong."
    if found > MOST_ERRORS:
        detail += f" The first {MOST_ERRORS} are listed."
    return Invalid(detail, errors=errors)


async def _app_error(request: Request, error: AppError) -> Response:
    return problem_response(request.scope, error)


async def _validation_error(request: Request, error: RequestValidationError) -> Response:
    return problem_response(request.scope, not_valid(error, request.scope.get("route")))


def not_valid(error: RequestValidationError, route: object) -> Invalid:
    """The error for a request that the framework found not to be what the operation of `route` takes."""
    found = error.errors()
    body = route.body_field if isinstance(route, APIRoute) else None
    model = body.field_info.annotation if body else None
    return invalid_request(field_errors(found, error.body, model), len(found))


async def _http_exception(request: Request, error: HTTPException) -> Response:
    """Errors of the framework itself. A status that it is not known to use is a failure of ours."""
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return _method_not_allowed(request)
    if error.status_code == HTTPStatus.NOT_FOUND:
        return problem_response(request.scope, NotFound("Nothing is at this path."))
    if error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return problem_response(request.scope, content_too_large(request.app.state.settings.max_request_bytes))
    raise error


def content_too_large(max_bytes: int) -> ContentTooLarge:
    """The error for a body of more than `max_bytes` bytes."""
    return ContentTooLarge(f"The body has more than {max_bytes} bytes.")


def _method_not_allowed(request: Request) -> Response:
    allow = ", ".join(_allowed_methods(request))
    if request.method == "OPTIONS":
        return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Allow": allow})
    error = MethodNotAllowed(f"This path answers {allow}.", headers={"Allow": allow})
    return problem_response(request.scope, error)


def _allowed_methods(request: Request) -> Iterator[str]:
    """The methods that a path answers; the framework would name only those of the first route that has the path."""
    for method in _METHODS:
        for route in request.app.router.routes:
            scope = {name: value for name, value in request.scope.items() if name != "fastapi"} | {"method": method}
            if route.matches(scope)[0] == Match.FULL:
                yield from (method, "HEAD") if method == "GET" else (method,)
                break
    yield "OPTIONS"


def install(app: FastAPI) -> None:
    """Let `app` answer every error as a problem. What no handler knows is answered by the request middleware."""
    app.add_exception_handler(AppError, _app_error)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, _validation_error)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, _http_exception)  # type: ignore[arg-type]


def responses(*errors: type[AppError], invalid: type[AppError] = Invalid) -> dict[int | str, dict[str, Any]]:
    """The `responses` of an operation that can answer with these errors.

    Two come with them: `invalid`, since every operation refuses query parameters that it does not know, and
    `internal_error`.

    Example: `@router.post("/preview", responses=responses(*BODY_PROBLEMS, NotReady))`.
    """
    always: tuple[type[AppError], ...] = (invalid, InternalError)
    kinds = {error.kind for error in always + errors}
    documented: dict[int | str, dict[str, Any]] = {}
    for kind in sorted(kinds, key=lambda kind: (kind.status, kind.code)):
        response = documented.setdefault(
            kind.status,
            {
                "description": "",
                "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": {}}},
            },
        )
        response["description"] = f"{response['description']} {kind.title} (`{kind.code}`).".lstrip()
        response["content"][MEDIA_TYPE]["examples"][kind.code] = {
            "summary": kind.title,
            "value": {
                "type": f"/problems/{kind.code}",
                "title": kind.title,
                "status": kind.status,
                "detail": kind.explanation,
                "code": kind.code,
                "errors": [],
                "request_id": EXAMPLE_ID,
            },
        }
    return documented


def problem_schemas() -> Mapping[str, Any]:
    """The OpenAPI components that `responses` refers to."""
    schema = Problem.model_json_schema(by_alias=True, ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "Problem": schema}
