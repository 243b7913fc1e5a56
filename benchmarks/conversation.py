"""A client that looks at each answer before it asks again: one of many in a process."""

import json
from asyncio import StreamReader, StreamWriter, open_connection
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from benchmarks.client import Request
from benchmarks.servers import Server


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    """By their names in small letters."""
    body: bytes
    seconds: float
    """From the first byte sent to the last received."""

    def json(self) -> dict[str, Any]:
        """The body."""
        return dict(json.loads(self.body))


class Conversation:
    """One kept-alive connection."""

    def __init__(self, reader: StreamReader, writer: StreamWriter, host: str) -> None:
        self._reader, self._writer, self._host = reader, writer, host

    async def ask(self, request: Request) -> Answer:
        """The answer to a request. Raises `OSError` or `EOFError` where the server is gone."""
        began = perf_counter()
        self._writer.write(request.written(self._host))
        await self._writer.drain()
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.rstrip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = await self._reader.readexactly(int(headers.get("content-length", "0")))
        return Answer(int(first.split()[1]), headers, body, perf_counter() - began)


@asynccontextmanager
async def conversation(server: Server) -> AsyncIterator[Conversation]:
    """Connect; hang up on leaving. Raises `OSError` where nothing listens."""
    reader, writer = await open_connection(server.host, server.port)
    try:
        yield Conversation(reader, writer, f"{server.host}:{server.port}")
    finally:
        writer.close()
