"""The route class of every JSON operation: it reads bodies strictly and knows all parameters of its operation."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import nullcontext
from email.message import Message
from inspect import iscoroutinefunction
from typing import Any, ClassVar
from urllib.parse import parse_qsl

import jiter
from fastapi import Request, Response, params
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute

from app.errors import FieldError, MalformedJson, UnsupportedMediaType
from app.http.caller import authenticate
from app.http.problems import invalid_request
from app.http.validation import MOST_ERRORS, hint_for_unknown

_MOST_MESSAGE = 200
_FREE = nullcontext()
_UTF_8 = ("utf-8", "utf8")


class ReadRequest(Request, ABC):
    """A request whose body was parsed before the framework asks for it."""

    @abstractmethod
    async def parse(self) -> None:
        """Read and parse the body, if there is one. Raises `AppError`."""


class JsonRequest(ReadRequest):
    """One with a JSON body."""

    _parsed: object = None

    async def parse(self) -> None:
        """Read and parse the body, if there is one. Raises `UnsupportedMediaType` and `MalformedJson`."""
        body = await self.body()
        if body:
            _require_json(self.headers.get("content-type", ""), self.headers.get("content-encoding", "identity"))
            self._parsed = parse_json(body)

    async def json(self) -> Any:  # noqa: ANN401 - the signature of the framework
        """What was parsed."""
        return self._parsed


def parse_json(body: bytes) -> object:
    """The value that `body` holds as I-JSON (RFC 7493). Raises `MalformedJson` with line and column."""
    try:
        value = jiter.from_json(body, allow_inf_nan=False, catch_duplicate_keys=True)
    except ValueError as error:
        raise MalformedJson(_sentence(str(error))) from error
    # PostgreSQL cannot store U+0000, and no text of a person has it. The search of the bytes is the cheap first sieve.
    if b"\\u0000" in body and _has_nul(value):
        raise MalformedJson("A string has the character U+0000, which is not accepted.")
    return value


def _sentence(message: str) -> str:
    message = message[:1].upper() + message[1:]
    return (message if len(message) <= _MOST_MESSAGE else "…" + message[-_MOST_MESSAGE:]) + "."


def _has_nul(value: object) -> bool:
    if isinstance(value, dict):
        return any("\0" in name or _has_nul(inner) for name, inner in value.items())
    if isinstance(value, list):
        return any(map(_has_nul, value))
    return isinstance(value, str) and "\0" in value


def _require_json(content_type: str, content_encoding: str) -> None:
    if content_type != "application/json":
        media_type = content_type.partition(";")[0].strip().lower()
        kind, _, subtype = media_type.partition("/")
        if kind != "application" or not _is_json(subtype):
            sent = f"is declared as {media_type[:100]!r}" if media_type else "has no Content-Type"
            raise UnsupportedMediaType(f"The body {sent}.", headers={"Accept": "application/json"})
        charset = _charset(content_type)
        if charset not in _UTF_8:
            raise UnsupportedMediaType(
                f"The body is declared to be written in {charset[:100]!r}.", headers={"Accept": "application/json"}
            )
    if content_encoding.strip().lower() != "identity":
        raise UnsupportedMediaType(
            f"The body is declared to be encoded as {content_encoding[:100]!r}.",
            headers={"Accept-Encoding": "identity"},
        )


def _is_json(subtype: str) -> bool:
    """Whether it is JSON that says what a thing is, which JSON Patch (RFC 6902) does not."""
    return subtype == "json" or (subtype.endswith("+json") and subtype != "json-patch+json")


def _charset(content_type: str) -> str:
    """The charset that a Content-Type names; JSON is UTF-8 (RFC 8259 section 8.1) unless it is told otherwise."""
    header = Message()
    header["Content-Type"] = content_type
    return str(header.get_param("charset", "utf-8")).lower()


class JsonRoute(APIRoute):
    """A route that refuses what the framework would overlook.

    Callers without credentials (401) or without the operation's scopes (403); query parameters that the operation does
    not have (422); bodies in another media type or encoding (415) or that are no I-JSON (400); more requests than may
    wait for a thread (503).
    `request_class` reads the body; one for another media type has a `parse` of its own.
    Its operationId is the name of its function, which generated clients take for their methods.
    Use it as `APIRouter(prefix="/v1/…", route_class=JsonRoute)`: routes are served as they are, so that `route.path`
    is the whole template.
    """

    request_class: ClassVar[type[ReadRequest]] = JsonRequest

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:  # noqa: ANN401 - the framework's
        super().__init__(path, endpoint, **{**options, "operation_id": endpoint.__name__})

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The framework's handler with the checks before it."""
        handle = super().get_route_handler()
        has_body = self.body_field is not None
        known = tuple(
            field.alias for field in get_flat_params(self.dependant) if isinstance(field.field_info, params.Query)
        )

        scopes = [scope for one in self.dependant.dependencies for scope in one.own_oauth_scopes or ()]
        needs_thread = not iscoroutinefunction(self.endpoint)

        async def strict(request: Request) -> Response:
            if scopes:
                authenticate(request, scopes)
            if request.scope["query_string"]:
                _require_known(request.scope["query_string"], known)
            if has_body:
                request = read = self.request_class(request.scope, request.receive, request._send)  # noqa: SLF001
                await read.parse()
            with request.app.state.admission if needs_thread else _FREE:
                return await handle(request)

        return strict


def _require_known(query_string: bytes, known: tuple[str, ...]) -> None:
    sent = Counter(name for name, _ in parse_qsl(query_string.decode("latin-1"), keep_blank_values=True))
    errors = tuple(_parameter_error(name, known) for name, times in sent.items() if name not in known or times > 1)
    if errors:
        raise invalid_request(errors[:MOST_ERRORS], len(errors))


def _parameter_error(name: str, known: tuple[str, ...]) -> FieldError:
    if name in known:
        return FieldError(
            detail="This is given more than once.", parameter=name, place="query", hint="Keep one of them."
        )
    hint = hint_for_unknown(name, known) or "This operation has no query parameters."
    return FieldError(detail="This is not known here.", parameter=name, place="query", hint=hint)
