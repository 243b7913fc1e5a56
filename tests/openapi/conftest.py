"""The OpenAPI document as a file, a live server, and the programs that work from the document."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.conftest import missing, require_tool
from tests.http.running import running_server
from tests.rules.whole_book import whole_book

FOLDER = Path(__file__).parent
_COLOURS = re.compile(r"\x1b\[\d+m")


@pytest.fixture(scope="session")
def origin() -> Iterator[str]:
    with running_server() as origin:
        yield origin


@pytest.fixture(scope="session")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The document as a server gives it that nobody has configured."""
    return write_document(Settings(), tmp_path_factory.mktemp("document"))


def write_document(settings: Settings, folder: Path) -> Path:
    """Write what such a server has at /openapi.json into a folder."""
    path = folder / "openapi.json"
    with TestClient(create_app(settings, whole_book())) as client:
        path.write_bytes(client.get("/openapi.json").content)
    return path


def node_program(name: str) -> Path:
    """Return a program of the packages that package.json names; see `missing` for when they are not installed."""
    require_tool("node")
    program = FOLDER / "node_modules" / ".bin" / name
    if not program.exists():
        missing("tests/openapi/node_modules is not installed: `make test` tries to, and says why it could not")
    return program


def python_client_generator() -> Path:
    """Return the program of requirements/client-generator.txt; see `missing` for when it is not installed."""
    program = Path(sys.prefix) / "client-generator" / "bin" / "openapi-python-client"
    if not program.exists():
        missing("requirements/client-generator.txt is not installed: `make install` does it")
    return program


def output_of(program: Path, *arguments: str | Path, folder: Path) -> str:
    """Run a program in a folder, with its neighbours on PATH; gives all that it wrote, without colours."""
    done = subprocess.run(
        [program, *arguments],
        cwd=folder,
        env={**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    output = _COLOURS.sub("", done.stdout)
    assert done.returncode == 0, output
    return output
