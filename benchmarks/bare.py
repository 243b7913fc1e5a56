"""The measure of the figures on stored data: Starlette and orjson straight on a driver.

The same rows and the same members, and nothing else: no authentication, no validation, no ORM, no problem documents, no
log line. On PostgreSQL the driver is asyncpg, with a pool; on SQLite the one of the standard library, on the event loop
itself, where nothing waits for a thread.
"""

import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
import orjson
from sqlalchemy import make_url
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from uuid_utils.compat import uuid7

from app.http import server
from app.settings import Settings

_OWN = ("id", "created_at", "updated_at", "version")
_PLAIN = (
    "application_id",
    "stage",
    "format",
    "language",
    "starts_at",
    "ends_at",
    "time_zone",
    "place",
    "link",
    "status",
)
_LATER = ("thanked_in_person", "enquiries", "last_enquiry_on", "notes")
_SAID = ("who_contacts", "answer_by", "no_contact", "note_welcome", "canvassing_disqualifies")
_STORED = (*_OWN, *_PLAIN, *_LATER, *(f"said_{name}" for name in _SAID))
_OF_THE_NOTE = ("note_sent_at", "note_delivery", "note_scheduled_at")
_TAKING_PART = ("interview_id", "id", "contact_id", "role", "attended", *_OF_THE_NOTE)
_INTERVIEWS = f"SELECT {', '.join(_STORED)} FROM interviews WHERE owner_id = "  # noqa: S608 - names of ours
_PARTICIPANTS = f"SELECT {', '.join(_TAKING_PART)} FROM participants WHERE owner_id = "  # noqa: S608 - the same
_WRITTEN = ("owner_id", *_STORED, "search_text")
_WRITTEN_PARTICIPANT = ("owner_id", "created_at", "updated_at", "version", *_TAKING_PART)

Rows = Sequence[Any]
"""What has its members by name."""


def _insert(table: str, columns: Sequence[str], place: Callable[[int], str]) -> str:
    places = ", ".join(place(number) for number in range(1, len(columns) + 1))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - names of ours


class Driver(Protocol):
    """What the three operations need of a database."""

    async def one(self, interview_id: UUID) -> tuple[Rows, Rows]:
        """An interview and its participants."""
        ...

    async def some(self, limit: int) -> tuple[Rows, Rows]:
        """The latest interviews and their participants."""
        ...

    async def add(self, interview: Sequence[Any], participants: Sequence[Sequence[Any]]) -> None:
        """Write an interview and its participants in one transaction."""
        ...

    async def close(self) -> None:
        """Close all connections."""
        ...


class Asyncpg:
    """PostgreSQL."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]", owner: UUID) -> None:
        self._pool, self._owner = pool, owner

    @classmethod
    async def opened(cls, url: str, owner: UUID) -> "Asyncpg":
        """Connect."""
        address = make_url(url)
        given: Any = address.query.get("host", address.host)
        pool = await asyncpg.create_pool(
            host=given, port=address.port, user=address.username, database=address.database, min_size=8, max_size=8
        )
        return cls(pool, owner)

    async def one(self, interview_id: UUID) -> tuple[Rows, Rows]:
        """See `Driver`."""
        async with self._pool.acquire() as connection:
            interviews = await connection.fetch(_INTERVIEWS + "$1 AND id = $2", self._owner, interview_id)
            wanted = _PARTICIPANTS + "$1 AND interview_id = $2 ORDER BY id"
            return interviews, await connection.fetch(wanted, self._owner, interview_id)

    async def some(self, limit: int) -> tuple[Rows, Rows]:
        """See `Driver`."""
        async with self._pool.acquire() as connection:
            wanted = _INTERVIEWS + "$1 ORDER BY starts_at DESC, id DESC LIMIT $2"
            interviews = await connection.fetch(wanted, self._owner, limit)
            ids = [row["id"] for row in interviews]
            wanted = _PARTICIPANTS + "$1 AND interview_id = ANY($2) ORDER BY id"
            return interviews, await connection.fetch(wanted, self._owner, ids)

    async def add(self, interview: Sequence[Any], participants: Sequence[Sequence[Any]]) -> None:
        """See `Driver`."""
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(_insert("interviews", _WRITTEN, "${}".format), self._owner, *interview)
            statement = _insert("participants", _WRITTEN_PARTICIPANT, "${}".format)
            await connection.executemany(statement, [(self._owner, *one) for one in participants])

    async def close(self) -> None:
        """See `Driver`."""
        await self._pool.close()


class Sqlite:
    """SQLite, as durable as ours."""

    def __init__(self, url: str, owner: UUID) -> None:
        self._connection = sqlite3.connect(str(make_url(url).database), isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._owner = owner.hex

    async def one(self, interview_id: UUID) -> tuple[Rows, Rows]:
        """See `Driver`."""
        which = (self._owner, interview_id.hex)
        interviews = self._rows(_INTERVIEWS + "? AND id = ?", which)
        return interviews, self._rows(_PARTICIPANTS + "? AND interview_id = ? ORDER BY id", which)

    async def some(self, limit: int) -> tuple[Rows, Rows]:
        """See `Driver`."""
        interviews = self._rows(_INTERVIEWS + "? ORDER BY starts_at DESC, id DESC LIMIT ?", (self._owner, limit))
        ids = [row["id"].hex for row in interviews]
        places = ", ".join("?" * len(ids))
        return interviews, self._rows(
            f"{_PARTICIPANTS}? AND interview_id IN ({places}) ORDER BY id", (self._owner, *ids)
        )

    async def add(self, interview: Sequence[Any], participants: Sequence[Sequence[Any]]) -> None:
        """See `Driver`."""
        cursor = self._connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute(_insert("interviews", _WRITTEN, lambda _: "?"), [self._owner, *map(_kept, interview)])
        statement = _insert("participants", _WRITTEN_PARTICIPANT, lambda _: "?")
        cursor.executemany(statement, [(self._owner, *map(_kept, one)) for one in participants])
        cursor.execute("COMMIT")

    async def close(self) -> None:
        """See `Driver`."""
        self._connection.close()

    def _rows(self, statement: str, values: Sequence[Any]) -> list[dict[str, Any]]:
        return [
            {name: _READERS.get(name, _as_it_is)(row[name]) for name in row.keys()}  # noqa: SIM118 - a row has no `in`
            for row in self._connection.execute(statement, values)
        ]


def _as_it_is(value: Any) -> Any:  # noqa: ANN401 - what SQLite has
    return value


def _instant(text: str | None) -> datetime | None:
    return text and datetime.fromisoformat(text).replace(tzinfo=UTC)  # type: ignore[return-value]


def _truth(number: int | None) -> bool | None:
    return None if number is None else bool(number)


_READERS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("id", "application_id", "interview_id", "contact_id"), UUID),
    **dict.fromkeys(
        ("created_at", "updated_at", "starts_at", "ends_at", "note_sent_at", "note_scheduled_at"), _instant
    ),
    **dict.fromkeys(("attended", "thanked_in_person", *(f"said_{name}" for name in _SAID[2:])), _truth),
}


def _kept(value: Any) -> Any:  # noqa: ANN401 - what a column takes
    """A value as SQLite keeps it."""
    if isinstance(value, UUID):
        return value.hex
    return f"{value:%Y-%m-%d %H:%M:%S.%f}" if isinstance(value, datetime) else value


def _shown(interview: Mapping[str, Any], participants: Rows) -> dict[str, Any]:
    zone, ends = ZoneInfo(interview["time_zone"]), interview["ends_at"]
    return {
        **{name: interview[name] for name in _OWN[:3]},
        **{name: interview[name] for name in _PLAIN},
        "starts_at_local": interview["starts_at"].astimezone(zone),
        "ends_at_local": ends and ends.astimezone(zone),
        "said": {name: interview[f"said_{name}"] for name in _SAID},
        **{name: interview[name] for name in _LATER},
        "participants": [{name: one[name] for name in _TAKING_PART[1:]} for one in participants],
    }


def _answer(value: Any, status: int = 200) -> Response:  # noqa: ANN401 - what orjson takes
    # Only for the UUIDs of asyncpg, which are a class of its own.
    body = orjson.dumps(value, default=str, option=orjson.OPT_UTC_Z)
    return Response(body, status, media_type="application/json")


async def _get(request: Request) -> Response:
    (interview,), participants = await request.app.state.driver.one(UUID(request.path_params["interview_id"]))
    return _answer(_shown(interview, participants))


async def _list(request: Request) -> Response:
    interviews, participants = await request.app.state.driver.some(int(request.query_params["limit"]))
    grouped: dict[UUID, list[Any]] = {row["id"]: [] for row in interviews}
    for one in participants:
        grouped[one["interview_id"]].append(one)
    return _answer({"items": [_shown(row, grouped[row["id"]]) for row in interviews], "next_cursor": None})


async def _post(request: Request) -> Response:
    sent = orjson.loads(await request.body())
    now = datetime.now(UTC)
    zone = ZoneInfo(sent["time_zone"])
    said = sent.get("said", {})
    interview = {
        **{name: sent.get(name) for name in (*_PLAIN, *_LATER)},
        **{f"said_{name}": said.get(name) for name in _SAID},
        "id": uuid7(),
        "created_at": now,
        "updated_at": now,
        "version": 1,
        "application_id": UUID(sent["application_id"]),
        "starts_at": datetime.fromisoformat(sent["starts_at"]).replace(tzinfo=zone).astimezone(UTC),
        "ends_at": datetime.fromisoformat(sent["ends_at"]).replace(tzinfo=zone).astimezone(UTC),
        "status": "scheduled",
        "said_answer_by": datetime.fromisoformat(said["answer_by"]).date(),
        "search_text": f"{sent['place']} {sent['notes']}".casefold(),
    }
    own = {"created_at": now, "updated_at": now, "version": 1, "interview_id": interview["id"]}
    own |= dict.fromkeys(_OF_THE_NOTE)
    participants = [
        {**own, "id": uuid7(), "contact_id": UUID(one["contact_id"]), "role": one["role"], "attended": None}
        for one in sent["participants"]
    ]
    await request.app.state.driver.add(
        [interview[name] for name in _WRITTEN[1:]],
        [[one[name] for name in _WRITTEN_PARTICIPANT[1:]] for one in participants],
    )
    return _answer(_shown(interview, participants), 201)


def create_app(url: str, owner: UUID) -> Starlette:
    """An application with the three operations on one user's rows."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.driver = Sqlite(url, owner) if url.startswith("sqlite") else await Asyncpg.opened(url, owner)
        yield
        await app.state.driver.close()

    routes = [
        Route("/v1/interviews", _list),
        Route("/v1/interviews", _post, methods=["POST"]),
        Route("/v1/interviews/{interview_id}", _get),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


if __name__ == "__main__":
    server.serve(create_app(sys.argv[1], UUID(sys.argv[2])), Settings(port=0))
