"""Lists: opaque keyset cursors, the same shape everywhere."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import parse_qsl, urlencode

from fastapi import Query, Request

from app.errors import FieldError, Invalid

DEFAULT_LIMIT, MOST = 25, 100
Item = TypeVar("Item")

Limit = Annotated[int, Query(ge=1, le=MOST, description="How many items a page has at most.")]
Cursor = Annotated[
    str | None,
    Query(max_length=200, description="Where to go on: `next_cursor` of the page before. Opaque; do not build it."),
]

_LINK = {
    "description": 'The address of the next page with `rel="next"` (RFC 8288); absent on the last.',
    "schema": {"type": "string"},
}


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list."""

    items: Sequence[Item]
    next_cursor: str | None
    """Give it as `cursor` for the page after this one; null on the last."""


def page_of(items: Sequence[Item], key: Callable[[Item], str], limit: int, cursor: str | None) -> Page[Item]:
    """The page of `items`, sorted by `key`, that follows `cursor`. Raises `Invalid` for a cursor that is not ours."""
    after = _opened(cursor) if cursor is not None else None
    rest = sorted((item for item in items if after is None or key(item) > after), key=key)
    more = len(rest) > limit
    return Page(rest[:limit], _sealed(key(rest[limit - 1])) if more else None)


def link_to_next(request: Request, page: Page[Item]) -> dict[str, str]:
    """The `Link` header that leads to the next page (RFC 8288); empty on the last."""
    if page.next_cursor is None:
        return {}
    query = dict(parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True))
    address = request.app.state.settings.public_root + request.scope["path"]
    return {"Link": f'<{address}?{urlencode(query | {"cursor": page.next_cursor})}>; rel="next"'}


def describe_pages(operation: dict[str, Any]) -> None:
    """Add the way to the next page to the OpenAPI description of an operation that answers with pages."""
    if any(parameter["name"] == "cursor" for parameter in operation.get("parameters", ())):
        described = operation["responses"]["200"]
        described.setdefault("headers", {})["Link"] = _LINK
        described.setdefault("links", {})["NextPage"] = {
            "operationId": operation["operationId"],
            "parameters": {"cursor": "$response.body#/next_cursor"},
            "description": "The next page, unless `next_cursor` is null.",
        }


def _sealed(key: str) -> str:
    return urlsafe_b64encode(json.dumps([key]).encode()).decode().rstrip("=")


def _opened(cursor: str) -> str:
    try:
        (key,) = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(key, str):
            raise TypeError  # noqa: TRY301 - one way out for all that is not a cursor
    except (ValueError, TypeError) as error:
        wrong = FieldError(
            detail="This is no cursor of this list.",
            parameter="cursor",
            place="query",
            hint="Give the next_cursor of the page before as it stands, or none for the first page.",
        )
        raise Invalid("The cursor is not one that this server gave.", errors=(wrong,)) from error
    return key
