"""Schemathesis against the running server, with the settings of schemathesis.toml."""

import os
import subprocess
import sys
from pathlib import Path

from tests.house.repository import ROOT
from tests.http.running import running_server

MOST_EXAMPLES, MOST_SECONDS = 25, 240
PHASES = "examples,coverage,fuzzing,stateful"


def test_schemathesis_finds_nothing() -> None:
    program = Path(sys.executable).with_name("schemathesis")
    with running_server() as origin:
        run = subprocess.run(
            [
                *(program, "run", f"{origin}/openapi.json"),
                *("--checks", "all", "--phases", PHASES, "--max-examples", str(MOST_EXAMPLES)),
                *("--generation-deterministic", "--no-color"),
            ],
            cwd=ROOT,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=MOST_SECONDS,
        )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "No issues found" in run.stdout
    assert "21 selected / 21 total" in run.stdout
