"""A client that asks as fast as a server answers: a process of its own with several kept-alive connections.

`python -m benchmarks.client CORE` reads one JSON order a line from standard input and answers each with one JSON line;
CORE is the processor that it may use, or `any`.
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import cycle
from selectors import EVENT_READ, DefaultSelector
from time import perf_counter, process_time
from typing import Any

CONNECTIONS = 8
_BLOCK = 256 * 1024
_SECONDS_WITHOUT_ANSWER = 20.0


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent, but for the host."""

    method: str
    path: str
    body: str = ""
    """JSON; empty for none."""
    headers: Mapping[str, str] = field(default_factory=dict)

    def written(self, host: str) -> bytes:
        """The request as it goes over the wire."""
        body = self.body.encode()
        headers = {"Host": host, **self.headers}
        if body:
            headers |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
        lines = [f"{self.method} {self.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass(frozen=True, slots=True)
class Order:
    """What the client is to ask."""

    host: str
    port: int
    requests: Sequence[Request]
    """Asked one after the other, over and over."""
    seconds: float
    """For how long requests are begun."""
    most: int = sys.maxsize
    """How many requests are begun at most."""
    status: int = 200
    """The only status that an answer may have."""
    connections: int = CONNECTIONS


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it."""

    answers: int
    seconds: float
    body_bytes: int
    busy: float
    """The share of the time that the client itself needed the processor; near 1 it was the client that was slow."""
    p95: float
    """Seconds that 95 of 100 answers took at most."""


class Client:
    """A running client process."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def ask(self, order: Order) -> Outcome:
        """Carry out an order. Raises `RuntimeError` if the client failed, for instance at an answer of another kind."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("The client has no pipes.")
        self._process.stdin.write(json.dumps(asdict(order)) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("The client failed; its own words are above.")
        return Outcome(**json.loads(line))


@contextmanager
def running_client(core: int | None) -> Iterator[Client]:
    """Run a client; end it on leaving."""
    command = [sys.executable, "-m", "benchmarks.client", "any" if core is None else str(core)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Client(process)
        finally:
            process.terminate()


class _Connection:
    """One kept-alive connection with one request in flight."""

    def __init__(self, order: Order) -> None:
        self.socket = socket.create_connection((order.host, order.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._status = f"http/1.1 {order.status} ".encode()
        self._block = bytearray(_BLOCK)
        self._head = bytearray()
        self._left = -1

    def send(self, request: bytes) -> None:
        """Send a request; what fits into the kernel's buffer goes at once."""
        self._left = -1
        self.sent = perf_counter()
        self.socket.sendall(request)

    def receive(self) -> int:
        """Take what has come; the length of the body once it is whole, else -1.

        Raises `RuntimeError` at an answer of another status than is wanted.
        """
        came = self.socket.recv_into(self._block)
        if not came:
            raise RuntimeError("The server closed a connection.")
        if self._left < 0:
            self._head += self._block[:came] if self._head or came < _BLOCK else self._block
            end = self._head.find(b"\r\n\r\n")
            if end < 0:
                return -1
            head = bytes(self._head[:end]).lower()
            if not head.startswith(self._status):
                raise RuntimeError(f"The server answered {bytes(self._head[:2000])!r}.")
            at = head.index(b"content-length:") + 15
            self._length = int(head[at:].split(b"\r\n", 1)[0])
            self._left = self._length - (len(self._head) - end - 4)
            self._head.clear()
        else:
            self._left -= came
        return self._length if self._left == 0 else -1


def carry_out(order: Order) -> Outcome:
    """Ask until the time is over or all is asked, then wait for the last answers."""
    requests = cycle([request.written(f"{order.host}:{order.port}") for request in order.requests])
    times: list[float] = []
    total = asked = 0
    with DefaultSelector() as selector:
        began, busy = perf_counter(), process_time()
        for _ in range(min(order.connections, order.most)):
            connection = _Connection(order)
            selector.register(connection.socket, EVENT_READ, connection)
            connection.send(next(requests))
            asked += 1
        until = began + order.seconds
        while selector.get_map():
            events = selector.select(_SECONDS_WITHOUT_ANSWER)
            if not events:
                raise RuntimeError("The server does not answer.")
            for key, _ in events:
                length = key.data.receive()
                if length < 0:
                    continue
                now = perf_counter()
                times.append(now - key.data.sent)
                total += length
                if asked < order.most and now < until:
                    key.data.send(next(requests))
                    asked += 1
                else:
                    selector.unregister(key.fileobj)
                    key.data.socket.close()
        seconds = perf_counter() - began
        busy = (process_time() - busy) / seconds
    times.sort()
    return Outcome(len(times), seconds, total, busy, times[len(times) * 95 // 100])


def _order(members: dict[str, Any]) -> Order:
    return Order(**{**members, "requests": [Request(**request) for request in members["requests"]]})


if __name__ == "__main__":
    if sys.argv[1] != "any":
        os.sched_setaffinity(0, {int(sys.argv[1])})
    for line in sys.stdin:
        sys.stdout.write(json.dumps(asdict(carry_out(_order(json.loads(line))))) + "\n")
        sys.stdout.flush()
