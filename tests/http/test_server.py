"""A real server on loopback: what it says, and how it stops."""

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from app.rules import load
from tests.http.running import running_process, running_server

ECHO_SERVER = """
from fastapi import Request
from app.http.server import serve
from app.main import create_app
from app.settings import Settings

settings = Settings(port=0)
app = create_app(settings)

@app.post("/echo")
async def echo(request: Request) -> str:
    return (await request.body()).decode()

serve(app, settings)
"""
SECONDS_TO_WAIT = 60


def address(origin: str) -> tuple[str, int]:
    parts = urlsplit(origin)
    assert parts.hostname is not None
    assert parts.port is not None
    return parts.hostname, parts.port


def wait_until_refused(server: tuple[str, int]) -> None:
    deadline = time.monotonic() + SECONDS_TO_WAIT
    while time.monotonic() < deadline:
        try:
            socket.create_connection(server, timeout=1).close()
        except ConnectionRefusedError:
            return
        except (ConnectionResetError, TimeoutError):
            continue  # caught in the backlog while the listening socket was being closed, or in one that was full
    pytest.fail("the server still accepts connections")


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT])
def test_a_request_in_flight_is_finished_before_the_server_ends(signal_number: signal.Signals) -> None:
    with running_process(ECHO_SERVER) as (process, origin):
        server = address(origin)
        with socket.create_connection(server, timeout=SECONDS_TO_WAIT) as connection:
            connection.sendall(
                b"POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n"
            )
            # The server asks for the body once the endpoint reads it: from here on the request is in flight.
            assert connection.recv(1000).startswith(b"HTTP/1.1 100 ")
            process.send_signal(signal_number)
            wait_until_refused(server)
            connection.sendall(b"last words!")
            answer = b""
            while part := connection.recv(1000):
                answer += part
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert answer.endswith(b'"last words!"')
        assert process.wait(SECONDS_TO_WAIT) == 0


def test_the_log_is_json_lines_about_server_and_requests() -> None:
    with running_process() as (process, origin):
        httpx2.get(f"{origin}/healthz?secret=1", timeout=SECONDS_TO_WAIT)
        process.terminate()
        log, _ = process.communicate(timeout=SECONDS_TO_WAIT)
    lines = [json.loads(line) for line in log.splitlines()]
    assert all({"ts", "level", "event"} <= line.keys() for line in lines)
    (request,) = (line for line in lines if line["event"] == "request")
    assert request["route"] == "/healthz"
    assert b"secret" not in log


def test_the_server_does_not_advertise_what_it_is_made_of() -> None:
    with running_server() as origin:
        assert "server" not in httpx2.get(f"{origin}/healthz", timeout=SECONDS_TO_WAIT).headers


def test_a_large_body_is_refused_before_it_is_sent() -> None:
    with running_server() as origin, socket.create_connection(address(origin), timeout=SECONDS_TO_WAIT) as connection:
        connection.sendall(
            b"POST /v1/any HTTP/1.1\r\nHost: test\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n"
        )
        assert connection.recv(1000).startswith(b"HTTP/1.1 413 ")


def ended_serve(*arguments: str) -> subprocess.CompletedProcess[str]:
    """`afterword serve`, which is expected to end by itself."""
    program = f"from app.cli import cli; cli(['serve', *{arguments!r}])"
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, text=True, timeout=SECONDS_TO_WAIT
    )


def test_a_port_that_is_taken_ends_the_server_with_one_sentence_and_a_status() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = ended_serve("--port", str(port))
    other = port + 1 if port < 65535 else port - 1
    assert (ended.returncode, ended.stdout) == (3, "")
    assert ended.stderr == f"Port {port} is in use; try --port {other}, or make run PORT={other}.\n"


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_an_address_of_no_interface_here_ends_the_server_with_one_sentence(host: str) -> None:
    ended = ended_serve("--host", host, "--port", "0")
    assert (ended.returncode, ended.stdout) == (3, "")
    (sentence,) = ended.stderr.splitlines()
    assert sentence.startswith(f"Nothing can listen on port 0 of {host}: ")


def test_a_name_of_this_machine_is_listened_on_at_all_its_addresses() -> None:
    program = "from app.cli import cli; cli(['serve', '--host', 'localhost', '--port', '0'])"
    with running_process(program) as (_, origin):
        assert httpx2.get(f"{origin}/healthz", timeout=SECONDS_TO_WAIT).status_code == 200


BROKEN_DATA = """
from pathlib import Path
from app.cli import cli
from app.rules import load

load.read.__defaults__ = (Path({folder!r}),)
cli(["serve", "--port", "0"])
"""


def test_rule_data_that_cannot_be_used_stops_the_start_with_one_sentence(tmp_path: Path) -> None:
    shutil.copytree(load.DATA, tmp_path, dirs_exist_ok=True)
    (tmp_path / "countries" / "JP.yaml").write_text('code: ["JP"', encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-c", BROKEN_DATA.format(folder=str(tmp_path))],
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS_TO_WAIT,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    (sentence,) = ended.stderr.splitlines()
    assert sentence.startswith("The rule data cannot be used. countries/JP.yaml: line ")


def test_a_server_is_ready_once_it_listens() -> None:
    with running_server() as origin:
        assert httpx2.get(f"{origin}/readyz", timeout=SECONDS_TO_WAIT).json()["rules_version"].startswith("sha256:")
