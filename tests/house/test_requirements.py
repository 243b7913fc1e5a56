import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.repository import ROOT

LOCK_FILES = sorted((ROOT / "requirements").glob("*.txt"))
NODE = ROOT / "tests" / "openapi"
NPM_MANIFEST = json.loads((NODE / "package.json").read_text(encoding="utf-8"))
NPM_LOCK = json.loads((NODE / "package-lock.json").read_text(encoding="utf-8"))
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(name: str) -> list[Requirement]:
    """Return the pinned requirements of requirements/NAME.txt, without their hashes."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return [Requirement(line.removesuffix("\\")) for line in text.splitlines() if re.match(r"\w", line)]


def group(name: str) -> list[Requirement]:
    """Return the direct requirements of a dependency group of pyproject.toml, its included groups too."""
    requirements: list[Requirement] = []
    for entry in PYPROJECT["dependency-groups"][name]:
        requirements += [Requirement(entry)] if isinstance(entry, str) else group(entry["include-group"])
    return requirements


def assert_all_locked(wanted: list[Requirement], lock_file: str) -> None:
    pins = {canonicalize_name(pin.name): pin for pin in locked(lock_file)}
    for requirement in wanted:
        pin = pins.get(canonicalize_name(requirement.name))
        assert pin is not None, f"{requirement.name} is not in requirements/{lock_file}.txt: run make lock"
        version = str(pin.specifier).removeprefix("==")
        assert requirement.specifier.contains(version), f"{requirement} is locked at {version}: run make lock"


def test_there_is_a_lock_file_for_running_and_for_each_group_of_what_else_is_needed() -> None:
    assert [path.stem for path in LOCK_FILES] == sorted(["runtime", *PYPROJECT["dependency-groups"]])


@pytest.mark.parametrize("path", LOCK_FILES, ids=lambda path: path.stem)
def test_every_locked_requirement_is_pinned_and_carries_hashes(path: Path) -> None:
    entries = re.split(r"\n(?=\w)", "\n" + path.read_text(encoding="utf-8"))[1:]
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9-]+(\[[a-z0-9,-]+\])?==\S+( ; .+)? \\\n", entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry


@pytest.mark.parametrize("path", LOCK_FILES, ids=lambda path: path.stem)
def test_no_lock_file_names_an_index_an_address_or_a_folder(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"--(?:extra-)?index|--find-links|://|file:| @ |\.whl", text)


def test_every_runtime_dependency_is_locked_at_a_version_that_pyproject_allows() -> None:
    assert_all_locked([Requirement(text) for text in PYPROJECT["project"]["dependencies"]], "runtime")


def test_every_development_dependency_is_locked_at_a_version_that_pyproject_allows() -> None:
    assert_all_locked(group("dev"), "dev")


def test_the_client_generator_is_locked_at_a_version_that_pyproject_allows() -> None:
    assert_all_locked(group("client-generator"), "client-generator")


def test_the_build_backend_is_locked_at_a_version_that_pyproject_allows() -> None:
    assert PYPROJECT["build-system"]["requires"] == PYPROJECT["dependency-groups"]["build"]
    assert_all_locked(group("build"), "build")


def test_development_uses_exactly_the_versions_that_run_in_production() -> None:
    development = {str(pin) for pin in locked("dev")}
    assert {str(pin) for pin in locked("runtime")} <= development


def test_every_package_of_the_npm_lock_carries_a_hash() -> None:
    packages = dict(NPM_LOCK["packages"])
    assert packages.pop("")["devDependencies"] == NPM_MANIFEST["devDependencies"], "run make lock"
    assert {f"node_modules/{name}" for name in NPM_MANIFEST["devDependencies"]} <= packages.keys()
    assert [name for name, entry in packages.items() if not entry["integrity"].startswith("sha512-")] == []


def test_the_npm_lock_names_no_registry_and_no_other_address() -> None:
    text = json.dumps(NPM_LOCK)
    assert "://" not in text
    assert not re.search(r'"(?:resolved|funding)"', text)


def test_npm_is_told_to_write_no_registry_into_its_lock_and_to_run_no_script_of_a_package() -> None:
    settings = (NODE / ".npmrc").read_text(encoding="utf-8").splitlines()
    assert {"omit-lockfile-registry-resolved=true", "ignore-scripts=true"} <= set(settings)
    assert not [line for line in settings if "registry=http" in line or "_auth" in line]
