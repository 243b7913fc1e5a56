import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import require_tool
from tests.house.repository import ROOT

OLD_PYTHON = "#!/bin/sh\nexit 1\n"
# Answers the question for its version, and fails where venv is asked for, as Debian's does without python3-venv.
PYTHON_WITHOUT_VENV = '#!/bin/sh\ncase "$2" in *venv*) exit 1 ;; esac\n'
NODE_PACKAGES = "tests/openapi/node_modules/.package-lock.json"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of what make reads before it has a Python, beside an empty `bin` folder that will be all of PATH."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "tests" / "openapi").mkdir(parents=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / "tests" / "openapi" / name, tmp_path / "tests" / "openapi")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("sh", "cat", "rm"):
        (programs / name).symlink_to(require_tool(name))
    return tmp_path


def make(clone: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(clone / "bin"), "LC_ALL": "C"}
    return subprocess.run(
        [require_tool("make", "gmake"), *arguments],
        cwd=clone,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def add_program(clone: Path, name: str, script: str) -> Path:
    program = clone / "bin" / name
    program.write_text(script, encoding="utf-8")
    program.chmod(0o755)
    return program


def sentence(result: subprocess.CompletedProcess[str]) -> str:
    """Return the only line that make itself did not write, after checking that make failed."""
    assert result.returncode != 0
    assert result.stdout == ""
    (line,) = [line for line in result.stderr.splitlines() if not line.startswith("make")]
    return line


def test_without_any_python_make_run_says_which_one_to_install(clone: Path) -> None:
    assert sentence(make(clone, "run")).startswith("Afterword needs Python 3.11 or newer and found none: install it")


def test_with_only_an_old_python_make_run_says_which_one_to_install(clone: Path) -> None:
    add_program(clone, "python3", OLD_PYTHON)
    assert sentence(make(clone, "run")).startswith("Afterword needs Python 3.11 or newer and found none: install it")


def test_an_old_python_that_was_asked_for_is_named_in_the_refusal(clone: Path) -> None:
    old = add_program(clone, "python-old", OLD_PYTHON)
    message = sentence(make(clone, "run", f"PYTHON={old}"))
    assert message == f"Afterword needs Python 3.11 or newer, and PYTHON={old} is not one that runs."


def test_a_python_without_venv_is_named_with_the_package_to_install(clone: Path) -> None:
    add_program(clone, "python3", PYTHON_WITHOUT_VENV)
    assert sentence(make(clone, "run")).startswith(
        "Afterword needs Python's venv module, which python3 lacks: install it"
    )


def test_a_refused_python_leaves_no_environment_behind(clone: Path) -> None:
    make(clone, "run")
    assert not (clone / ".venv").exists()


def test_without_node_make_goes_on_and_says_nothing(clone: Path) -> None:
    result = make(clone, NODE_PACKAGES)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_where_npm_fails_make_says_so_and_goes_on(clone: Path) -> None:
    add_program(clone, "node", "#!/bin/sh\n")
    add_program(clone, "npm", "#!/bin/sh\necho 'npm error code ENOTFOUND' >&2\nexit 1\n")
    result = make(clone, NODE_PACKAGES)
    assert result.returncode == 0
    assert result.stderr.splitlines() == [
        "npm error code ENOTFOUND",
        "npm failed, its own message is above; the tests that need its packages will be skipped.",
    ]


def test_make_alone_lists_every_target() -> None:
    result = subprocess.run(
        [require_tool("make", "gmake")],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    listed = re.findall(r"^make (\w+) +\S", result.stdout, re.MULTILINE)
    targets = re.findall(r"^\.PHONY: ([a-z]+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert listed == targets


def test_the_readme_begins_with_two_commands_that_make_knows() -> None:
    first_lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:2]
    commands = [line.split("#")[0].split() for line in first_lines]
    assert commands == [["make", "run"], ["make", "test"]]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(f"\n.PHONY: {target}\n" in makefile for _, target in commands)
