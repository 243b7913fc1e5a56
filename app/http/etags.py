"""Entity tags and conditional GET (RFC 9110 sections 8.8.3 and 13.1.2)."""

import re
from collections.abc import Sequence
from hashlib import blake2b
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request, Response

PUBLIC_FOR_FIVE_MINUTES = "public, max-age=300"
"""For what changes only with a release: clients and proxies ask again after five minutes and then get a 304."""

_ENTITY_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')


def entity_tag(*parts: str) -> str:
    """A strong entity tag over the parts: everything that the bytes of a representation depend on."""
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(part.encode("utf-8", "surrogateescape"))
        digest.update(b"\0")
    return f'"{digest.hexdigest()}"'


def matches(if_none_match: Sequence[str], tag: str) -> bool:
    """Whether the lines of an `If-None-Match` header name `tag`, by weak comparison, or name all tags with `*`."""
    value = ", ".join(if_none_match).strip()
    return value == "*" or tag.removeprefix("W/") in _ENTITY_TAG.findall(value)


def is_entity_tag(text: str) -> bool:
    """Whether a text is an entity tag, which stands in double quotes."""
    return _ENTITY_TAG.fullmatch(text) is not None


class NotModified(Exception):
    """The client has the current representation already. Answered as 304 with the same headers a 200 would have."""

    def __init__(self, headers: dict[str, str]) -> None:
        super().__init__()
        self.headers = headers


class Revalidation:
    """Gives the answer of a GET its `ETag` and `Cache-Control`, and ends the request with 304 if nothing changed.

    Call it after the resource was found (a 404 goes before a 304) and before its body is built.
    """

    def __init__(self, request: Request, response: Response) -> None:
        self._request = request
        self._response = response

    def by_version(self, version: str, *, cache_control: str = PUBLIC_FOR_FIVE_MINUTES) -> dict[str, str]:
        """Tag the answer by `version` and the address. Raises `NotModified` when the client has this version.

        The headers are returned for endpoints that build their own `Response`; other endpoints have them set already.
        """
        scope = self._request.scope
        tag = entity_tag(version, scope["path"], scope["query_string"].decode("latin-1"))
        headers = {"ETag": tag, "Cache-Control": cache_control}
        if_none_match = self._request.headers.getlist("if-none-match")
        if if_none_match and matches(if_none_match, tag):
            raise NotModified(headers)
        self._response.headers.update(headers)
        return headers


async def _revalidation(request: Request, response: Response) -> Revalidation:
    # A coroutine, because the framework runs plain functions and classes in a thread.
    return Revalidation(request, response)


Revalidate = Annotated[Revalidation, Depends(_revalidation)]

NOT_MODIFIED: dict[int | str, dict[str, Any]] = {
    HTTPStatus.NOT_MODIFIED.value: {"description": "Nothing changed since the `ETag` in `If-None-Match`."}
}
"""For the `responses` of an operation that revalidates."""


_HEADERS = {
    "ETag": {"description": "The version of this representation.", "required": True, "schema": {"type": "string"}},
    "Cache-Control": {"description": "How long it is fresh.", "required": True, "schema": {"type": "string"}},
}
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The `ETag` of what you have; where it still holds, the answer is 304 without content.",
    "schema": {"type": "string"},
}


def describe_revalidation(operation: dict[str, Any]) -> None:
    """Add the headers to the OpenAPI description of an operation that may answer 304."""
    if "304" in operation["responses"]:
        operation.setdefault("parameters", []).append(dict(_IF_NONE_MATCH))
        for status in ("200", "304"):
            operation["responses"][status].setdefault("headers", {}).update(_HEADERS)


_LOCATION = {"description": "Where it is.", "required": True, "schema": {"type": "string", "format": "uri-reference"}}


def describe_versions(operation: dict[str, Any]) -> None:
    """Add to the OpenAPI description of an operation that answers with what it made or changed where that has its tag.

    Where it is added is told by the parameter If-Match, and by 201.
    """
    made = operation["responses"].get("201")
    parameters = {parameter["name"]: parameter for parameter in operation.get("parameters", ())}
    if made:
        made.setdefault("headers", {}).update({"Location": _LOCATION, **_HEADERS})
    # Who puts something new has no version to name.
    if "428" in operation["responses"] and not made:
        # To the framework it is optional, so that without it the answer is 428 and not 422.
        parameters["If-Match"]["required"] = True
    if "If-Match" in parameters and "200" in operation["responses"]:
        operation["responses"]["200"].setdefault("headers", {}).update(_HEADERS)


async def _not_modified(_request: Request, outcome: NotModified) -> Response:
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=outcome.headers)


def install(app: FastAPI) -> None:
    """Let `app` answer `NotModified` as 304."""
    app.add_exception_handler(NotModified, _not_modified)  # type: ignore[arg-type]
