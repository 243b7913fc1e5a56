import re
import stat
import zipfile
from pathlib import Path

import pytest
from hatchling.build import build_wheel

from tests.house.repository import ROOT, tracked_files

# Not after a letter: an address on the web may have such a path.
HOME_PATH = re.compile(r"(?<![\w.%-])/(?:root|home/[\w.-]+|Users/[\w.-]+)/|\b[A-Z]:\\Users\\")


def test_no_tracked_text_file_names_somebodys_home_directory() -> None:
    found: list[str] = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in HOME_PATH.finditer(text)]
    assert found == []


def test_the_wheel_holds_every_tracked_file_of_the_application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tracked = {path.relative_to(ROOT).as_posix() for path in tracked_files()}
    monkeypatch.chdir(ROOT)
    with zipfile.ZipFile(tmp_path / build_wheel(str(tmp_path))) as wheel:
        names = set(wheel.namelist())
    assert {name for name in tracked if name.startswith("app/")} <= names
    assert {f"app/{name}" for name in tracked if name.startswith("migrations/")} <= names
    assert not {name for name in names if name.startswith("tests/")}


def test_no_python_file_has_grown_past_four_hundred_lines_by_much() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in tracked_files()
        if path.suffix == ".py" and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 450
    }
    assert long == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty_words = {"utils", "helpers", "core", "common", "misc"}
    assert [
        path for path in tracked_files() if path.suffix == ".py" and empty_words & set(path.with_suffix("").parts)
    ] == []


def test_continuous_integration_runs_the_checks_that_everybody_runs() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & stat.S_IXUSR
    lines = script.read_text(encoding="utf-8").splitlines()
    assert "set -euo pipefail" in lines
    assert "export CI=true" in lines
    assert lines[-1] == "make check"


def test_every_decision_record_is_numbered_once_and_listed_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    records = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert [name[:4] for name in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\((\d{4}-[a-z0-9-]+\.md)\)", index) == records


def test_the_changelog_tells_code_and_rule_data_apart_in_every_release() -> None:
    releases = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert releases
    for release in releases:
        assert re.findall(r"^### (.+)$", release, re.MULTILINE) == ["Code", "Rule data"], release.splitlines()[0]
