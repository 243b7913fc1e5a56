"""Runs the application in uvicorn, and stops it without breaking off an answer."""

import signal
import sys
from types import FrameType

import uvicorn
from fastapi import FastAPI

from app.http.logs import configure_logging
from app.settings import Settings

_KEEP_ALIVE_SECONDS = 10
_MOST_HEADER_BYTES = 64 * 1024


def serve(app: FastAPI, settings: Settings) -> None:
    """Answer requests until SIGTERM or SIGINT; then finish those in flight and return.

    Logs go to standard output. Ends the process with status 3 when the address cannot be bound or the application
    does not start.
    """
    configure_logging(settings.log_level)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        # Nothing here depends on the client's address or scheme, so no proxy is believed.
        proxy_headers=False,
        ws="none",
        lifespan="on",
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=settings.shutdown_seconds,
        h11_max_incomplete_event_size=_MOST_HEADER_BYTES,
    )
    # After its graceful shutdown uvicorn raises the signal once more, for the handler that was there before: this one.
    for handled in (signal.SIGTERM, signal.SIGINT):
        signal.signal(handled, _exit)
    uvicorn.Server(config).run()


def _exit(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)
