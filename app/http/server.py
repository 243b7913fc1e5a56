"""Runs the application in uvicorn, and stops it without breaking off an answer."""

import errno
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from app.http.logs import configure_logging
from app.settings import Settings

_KEEP_ALIVE_SECONDS = 10
_MOST_HEADER_BYTES = 64 * 1024
_BACKLOG = 2048
_LAST_PORT = 65535
_NO_SUCH_ADDRESS_HERE = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}
_log = logging.getLogger(__name__)


class CannotListen(Exception):
    """Why the address cannot be listened on, as a sentence."""


class _Server(uvicorn.Server):
    """A server that says where it listens, which uvicorn leaves to whoever made the sockets."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start the application, then listen."""
        await super().startup(sockets)
        for listening in sockets or []:
            host, port = listening.getsockname()[:2]
            _log.info("Uvicorn running on %s", f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}")


def serve(app: ASGIApp, settings: Settings) -> None:
    """Answer requests until SIGTERM or SIGINT; then finish those in flight and return.

    Logs go to standard output. Raises `CannotListen`, before anything is started, where the address is taken or is
    none of this machine. Ends the process with status 3 when the application does not start.
    """
    sockets = _listen(settings.host, settings.port)
    configure_logging(settings.log_level)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        # Limits count by the client's address; only proxies that the operator names are believed about it.
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
        ws="none",
        lifespan="on",
        backlog=_BACKLOG,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=settings.shutdown_seconds,
        h11_max_incomplete_event_size=_MOST_HEADER_BYTES,
    )
    # After its graceful shutdown uvicorn raises the signal once more, for the handler that was there before: this one.
    for handled in (signal.SIGTERM, signal.SIGINT):
        signal.signal(handled, _exit)
    _Server(config).run(sockets)


def _listen(host: str, port: int) -> list[socket.socket]:
    """A listening socket for each address of `host`. Raises `CannotListen`."""
    with ExitStack() as opened:
        try:
            sockets = [opened.enter_context(made) for made in _sockets(host, port)]
        except OSError as error:
            raise CannotListen(_sentence(host, port, error)) from error
        opened.pop_all()
    return sockets


def _sockets(host: str, port: int) -> Iterator[socket.socket]:
    """The same, one after the other. Raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    addresses = list(dict.fromkeys((family, address) for family, _, _, _, address in found))
    made = 0
    for left, (family, address) in zip(range(len(addresses) - 1, -1, -1), addresses, strict=True):
        try:
            yield socket.create_server(address, family=family, backlog=_BACKLOG)
            made += 1
        except OSError as error:
            # `localhost` has an address of IPv6 also on machines that have no IPv6.
            if error.errno not in _NO_SUCH_ADDRESS_HERE or not (left or made):
                raise


def _sentence(host: str, port: int, error: OSError) -> str:
    """Why nothing can listen there, and what to do where that is plain."""
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < _LAST_PORT else port - 1
        return f"Port {port} is in use; try --port {other}, or make run PORT={other}."
    why = error.strerror if isinstance(error, socket.gaierror) else os.strerror(error.errno or 0)
    return f"Nothing can listen on port {port} of {host}: {why}."


def _exit(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)
