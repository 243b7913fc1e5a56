"""The client of `smtplib`, kept to addresses that were looked at, to a time, and to replies of a bounded length."""

import smtplib
import socket
import ssl
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import Any

from app.mail import hosts

_MOST_BYTES = 64 * 1024
"""Of all replies in one span of time; a server says some hundred in a session."""
_LONGEST_LINE = 4096
"""Of a reply; RFC 5321 allows 512."""
_OWN_NAME = "[127.0.0.1]"
"""What a client without a name of its own says it is (RFC 5321 section 4.1.4); the machine's would tell of it."""


class Connection(smtplib.SMTP):
    """A connection to a server. `until` is when it must have said what it is asked, by `time.monotonic()`."""

    def __init__(self, host: str, port: int, *, seconds: float, tls: ssl.SSLContext | None, private: bool) -> None:
        """Connect, within so many seconds, and read the greeting. `tls` is for what speaks TLS from the beginning."""
        self._tls = tls
        self._private = private
        self.allow(seconds)
        super().__init__(host, port, _OWN_NAME, seconds)

    def allow(self, seconds: float) -> None:
        """Begin a span of time, and of bytes."""
        self.until = monotonic() + seconds
        self.bytes_left = _MOST_BYTES

    def time_left(self) -> float:
        """In seconds. Raises `TimeoutError` when it is over."""
        left = self.until - monotonic()
        if left <= 0:
            raise TimeoutError("the time is over")
        return left

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002 - smtplib's
        connected = self._connected(hosts.addresses(host, port, private=self._private), port)
        if self._tls is None:
            return connected
        connected.settimeout(self.time_left())
        return self._tls.wrap_socket(connected, server_hostname=host)

    def _connected(self, addresses: list[str], port: int) -> socket.socket:
        *first, last = addresses
        for number, address in enumerate(first):
            try:
                return socket.create_connection((address, port), self.time_left() / (len(addresses) - number))
            except OSError:
                continue
        return socket.create_connection((last, port), self.time_left())

    def getreply(self) -> tuple[int, bytes]:
        """The code and the words of the next reply, whole, within what is left of time and bytes."""
        if self.file is None:
            self.file = _Replies(self)
        return super().getreply()

    def received(self) -> bytes:
        """What comes next; nothing at the end. Raises `OSError` when the time is over or it is too much."""
        if self.sock is None:
            return b""
        self.sock.settimeout(self.time_left())
        part = self.sock.recv(_LONGEST_LINE)
        self.bytes_left -= len(part)
        if self.bytes_left < 0:
            raise OSError("the replies are too long")
        return part

    def send(self, s: Any) -> None:  # noqa: ANN401 - a text or bytes
        """Send within the time that is left."""
        if self.sock is not None:
            self.sock.settimeout(self.time_left())
        super().send(s)


class _Replies:
    """What a server says; stands where `smtplib` has a file, which would wait for each byte anew."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read = b""

    def readline(self, _most: int) -> bytes:
        """The next line; nothing where it was cut off, since half a reply is none. Raises `OSError`."""
        while b"\n" not in self._read:
            part = self._connection.received()
            if not part:
                return b""
            self._read += part
        line, end, self._read = self._read.partition(b"\n")
        if len(line) > _LONGEST_LINE:
            # Before smtplib finds out, which would make a reply of it: 500.
            raise OSError("a line of the reply is too long")
        return line + end

    def close(self) -> None:
        """Nothing is open but the socket."""


class UnreadableAuthorities(OSError):
    """A file that should hold certificates of authorities, and does not."""


def verifying(ca_file: Path | None) -> ssl.SSLContext:
    """What verifies a server's certificate and name: with the system's authorities, and with those of a file.

    Raises `UnreadableAuthorities`.
    """
    if ca_file is None:
        return _context(None, 0)
    try:
        return _context(ca_file, ca_file.stat().st_mtime_ns)
    except OSError as error:
        raise UnreadableAuthorities(f"{ca_file} holds no certificates that can be read") from error


@lru_cache(8)
def _context(ca_file: Path | None, changed_at: int) -> ssl.SSLContext:  # noqa: ARG001 - a file that changed is read again
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file:
        context.load_verify_locations(ca_file)
    return context
