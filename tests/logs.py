"""The log of the process, as a command opens it, for the time of a test."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from app.http.logs import configure_logging, request_log


@contextmanager
def opened_log() -> Iterator[io.BytesIO]:
    """Everything that is logged; afterwards the log is as it was."""
    output = io.BytesIO()
    handlers, level, before = logging.root.handlers[:], logging.root.level, structlog.get_config()
    configure_logging("debug", output)
    try:
        yield output
    finally:
        logging.captureWarnings(capture=False)
        logging.root.handlers[:] = handlers
        logging.root.setLevel(level)
        structlog.configure(**before)
        request_log.close()
