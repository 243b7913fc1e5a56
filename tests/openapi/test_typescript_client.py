"""@hey-api/openapi-ts writes a TypeScript client from the document; it compiles under `strict`, and it works."""

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import require_tool
from tests.openapi.conftest import FOLDER, node_program, output_of

# Everything that the generator writes when all is well, line by line.
QUIET = re.compile(
    r"@hey-api/openapi-ts v[\d.]+"
    r"|\[Job 1\] ⏳ Generating from 1 input:"
    r"|\[Job 1\]   \[1\] \S+/openapi\.json"
    r"|\[Job 1\] ✅ Done! Your output is in \S+"
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a program that uses the API, and all it needs but the client."""
    folder = tmp_path_factory.mktemp("typescript")
    for name in ("package.json", "tsconfig.json", "preview_decision.ts"):
        shutil.copy(FOLDER / name, folder)
    return folder


@pytest.fixture(scope="module")
def generator_output(document: Path, project: Path) -> str:
    """What the generator says while it writes the client into the project."""
    openapi_ts = node_program("openapi-ts")
    arguments = ("--input", document, "--output", "afterword", "--client", "@hey-api/client-fetch", "--no-log-file")
    return output_of(openapi_ts, *arguments, folder=project)


def test_the_client_is_generated_without_a_warning(generator_output: str) -> None:
    lines = [line for line in generator_output.splitlines() if line]
    assert [line for line in lines if not QUIET.fullmatch(line)] == []
    assert "Done!" in lines[-1]


@pytest.mark.usefixtures("generator_output")
def test_a_program_that_uses_the_client_compiles_strictly_and_gets_its_decision(project: Path, origin: str) -> None:
    assert output_of(node_program("tsc"), "--project", ".", folder=project) == ""
    node = Path(require_tool("node"))
    assert output_of(node, "compiled/preview_decision.js", origin, folder=project).splitlines() == [
        "do_not_send: thank_you.expectation is uncommon",
        "invalid_request: #/track",
    ]
