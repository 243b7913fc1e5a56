"""Lists: opaque keyset cursors, the same shape everywhere."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from fastapi import Query, Request
from sqlalchemy import ColumnElement, Select, SmallInteger, literal, tuple_

from app.db.database import Reading
from app.errors import FieldError, Invalid

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
DEFAULT_LIMIT, MOST = 25, 100
_SMALLEST, _LARGEST = 2**15 - 1, 2**63 - 1
"""What small integers and large ones hold at most."""
Item = TypeVar("Item")

Limit = Annotated[int, Query(ge=1, le=MOST, description="How many items a page has at most.")]
Cursor = Annotated[
    str | None,
    Query(max_length=1000, description="Where to go on: `next_cursor` of the page before. Opaque; do not build it."),
]

_LINK = {
    "description": 'The address of the next page with `rel="next"` (RFC 8288); absent on the last.',
    "schema": {"type": "string"},
}


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of rows: by columns that an index of the owner's rows begins with, the id last."""

    columns: tuple[Any, ...]
    descending: bool = False


def both_ways(**orders: tuple[Any, ...]) -> Mapping[str, Sort]:
    """Orders by their names, each also the other way round with `-` before its name."""
    return {
        f"{sign}{name}": Sort(columns, descending=bool(sign)) for name, columns in orders.items() for sign in ("", "-")
    }


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page of a list is wanted, and in which order."""

    sort: str
    limit: int
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list."""

    items: Sequence[Item]
    next_cursor: str | None
    """Give it as `cursor` for the page after this one; null on the last."""


def page_of(items: Sequence[Item], key: Callable[[Item], str], limit: int, cursor: str | None) -> Page[Item]:
    """The page of `items`, sorted by `key`, that follows `cursor`. Raises `Invalid` for a cursor that is not ours."""
    after = _opened(cursor, "", 1)[0] if cursor is not None else None
    rest = sorted((item for item in items if after is None or key(item) > after), key=key)
    more = len(rest) > limit
    return Page(rest[:limit], _sealed("", key(rest[limit - 1])) if more else None)


def rows_of(
    reading: Reading, statement: Select[*tuple[Any, ...]], sorts: Mapping[str, Sort], wanted: Wanted, **values: object
) -> tuple[Sequence[Any], str | None]:
    """A page of rows in the order that is wanted, and the cursor of the page after it; `values` as `Reading.execute`.

    The database goes straight to the row after the cursor: the last page costs what the first does. Raises `Invalid`
    for a cursor that is not of this list in this order.
    """
    sort = sorts[wanted.sort]
    name = f"{sort.columns[-1].class_.__tablename__} {wanted.sort}"
    if wanted.cursor is not None:
        statement = statement.where(_after(sort, _opened(wanted.cursor, name, len(sort.columns))))
    order = [column.desc() if sort.descending else column for column in sort.columns]
    rows = reading.execute(statement.order_by(*order).limit(wanted.limit + 1), **values).all()
    if len(rows) <= wanted.limit:
        return rows, None
    rows = rows[: wanted.limit]
    return rows, _sealed(name, *(_text(getattr(rows[-1], column.key)) for column in sort.columns))


def _after(sort: Sort, texts: Sequence[str]) -> ColumnElement[bool]:
    """The condition that a row comes after the one that a cursor names."""
    values = list(_values(sort, texts))
    # One column needs no row value, and a database's planner knows more to do with it.
    left = sort.columns[0] if len(values) == 1 else tuple_(*sort.columns)
    right = values[0] if len(values) == 1 else tuple_(*values)
    return left < right if sort.descending else left > right


def _values(sort: Sort, texts: Sequence[str]) -> Iterator[ColumnElement[Any]]:
    parsers: dict[type, Callable[[str], Any]] = {UUID: UUID, datetime: _instant, int: int}
    for column, text in zip(sort.columns, texts, strict=True):
        try:
            value = parsers.get(column.type.python_type, str)(text)
        except (ValueError, OverflowError) as error:
            raise _no_cursor() from error
        # Any other number is none that a column holds, and databases fail with it.
        if isinstance(value, int) and not 0 <= value <= (
            _SMALLEST if isinstance(column.type, SmallInteger) else _LARGEST
        ):
            raise _no_cursor()
        yield literal(value, column.type)


def _instant(text: str) -> datetime:
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return value.astimezone(UTC)


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


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


def _sealed(*parts: str) -> str:
    return urlsafe_b64encode(json.dumps(parts, ensure_ascii=False).encode()).decode().rstrip("=")


def _opened(cursor: str, sort: str, number: int) -> list[str]:
    """What `_sealed` was given after the name of the list and its order."""
    try:
        name, *parts = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError) as error:
        raise _no_cursor() from error
    # Of what a database cannot store nothing was ever sealed: U+0000, and halves of surrogate pairs.
    texts = [part for part in parts if isinstance(part, str) and not _UNSTORABLE.search(part)]
    if name != sort or not len(texts) == len(parts) == number:
        raise _no_cursor()
    return texts


def _no_cursor() -> Invalid:
    wrong = FieldError(
        detail="This is no cursor of this list.",
        parameter="cursor",
        place="query",
        hint="Give the next_cursor of the page before as it stands, with the same sort, or none for the first page.",
    )
    return Invalid("The cursor is not one that this server gave.", errors=(wrong,))
