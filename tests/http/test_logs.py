import io
import json
import logging
import warnings
from collections.abc import Iterator

import pytest
import structlog

from app.http.logs import configure_logging, request_log


@pytest.fixture
def output() -> Iterator[io.BytesIO]:
    root = logging.getLogger()
    handlers, level, configured = root.handlers[:], root.level, structlog.get_config()
    yield io.BytesIO()
    structlog.configure(**configured)
    request_log.close()
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)


def test_both_kinds_of_loggers_write_the_same_json_lines(output: io.BytesIO) -> None:
    configure_logging("info", output)
    structlog.get_logger().info("ours", city="Zürich", place=object)
    logging.getLogger("uvicorn.error").warning("%s", "theirs")
    ours, theirs = map(json.loads, output.getvalue().splitlines())
    assert (ours["event"], ours["level"], ours["city"]) == ("ours", "info", "Zürich")
    assert (theirs["event"], theirs["level"], theirs["logger"]) == ("theirs", "warning", "uvicorn.error")
    assert ours["ts"].endswith("Z")
    assert theirs["ts"].endswith("Z")


def test_what_is_less_severe_than_the_level_is_not_written(output: io.BytesIO) -> None:
    configure_logging("error", output)
    structlog.get_logger().warning("ours")
    request_log.write({"route": "/healthz"})
    logging.getLogger("uvicorn.error").warning("theirs")
    assert output.getvalue() == b""


def test_a_failure_is_one_line_with_its_trace(output: io.BytesIO) -> None:
    configure_logging("info", output)
    try:
        json.loads("broken")
    except json.JSONDecodeError:
        structlog.get_logger().exception("failed")
        logging.getLogger("uvicorn.error").exception("failed")
    lines = output.getvalue().splitlines()
    assert len(lines) == 2
    assert all("JSONDecodeError: Expecting value" in json.loads(line)["exception"] for line in lines)


def test_a_warning_of_a_library_goes_to_the_log(output: io.BytesIO) -> None:
    configure_logging("info", output)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn("old", DeprecationWarning, stacklevel=1)
    assert b"DeprecationWarning: old" in output.getvalue()
