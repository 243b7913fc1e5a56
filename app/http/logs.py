"""The log: one JSON object per line on standard output, from this application and from the server it runs in."""

import logging
import sys
from datetime import UTC, datetime
from typing import Any, BinaryIO

import structlog
from pydantic_core import to_json

from app.settings import LogLevel

_STAMP = structlog.processors.TimeStamper(fmt="iso", utc=True, key="ts")


def _json_bytes(event: object, **_: Any) -> bytes:  # noqa: ANN401 - the renderer passes options of the json module
    return to_json(event, fallback=repr, inf_nan_mode="strings")


def _json_text(event: object, **options: Any) -> str:  # noqa: ANN401 - as above
    return _json_bytes(event, **options).decode()


class RequestLog:
    """Writes the line of each request. Silent until `configure_logging` opens it.

    structlog's chain would take three times as long for a line whose members are always the same.
    """

    def __init__(self) -> None:
        self._lines: structlog.BytesLogger | None = None

    def open(self, output: BinaryIO, *, severity: int) -> None:
        """Write to `output` from now on, unless only what is more severe than INFO is wanted."""
        self._lines = structlog.BytesLogger(output) if severity <= logging.INFO else None

    def close(self) -> None:
        """Write no more."""
        self._lines = None

    def write(self, members: dict[str, object]) -> None:
        """Write one line with these members, the time and the level."""
        if self._lines is not None:
            # The time that a line is written is the one fact about it that nobody can pass in.
            line = {"ts": datetime.now(UTC), "level": "info", "event": "request", **members}  # noqa: TID251
            self._lines.msg(to_json(line))


request_log = RequestLog()
"""The one of this process: like the handlers of the standard library, there is one log per process."""


def configure_logging(level: LogLevel, output: BinaryIO | None = None) -> None:
    """Send every log record of the process to `output` (default: standard output), as JSON lines.

    A line is written at once and in the calling thread: lines stay in order and none is lost when the process dies.
    """
    output = sys.stdout.buffer if output is None else output
    severity = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            _STAMP,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(serializer=_json_bytes),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(severity),
        logger_factory=structlog.BytesLoggerFactory(output),
        cache_logger_on_first_use=True,
    )
    request_log.open(output, severity=severity)
    handler = logging.StreamHandler(_TextOnBytes(output))
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name, _STAMP],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(serializer=_json_text),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=severity, force=True)
    logging.captureWarnings(capture=True)


class _TextOnBytes:
    """Lets the standard library's handler write its text to the stream that structlog writes bytes to."""

    def __init__(self, output: BinaryIO) -> None:
        self._output = output

    def write(self, text: str) -> None:
        self._output.write(text.encode())

    def flush(self) -> None:
        self._output.flush()
