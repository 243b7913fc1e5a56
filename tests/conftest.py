"""What every test may ask for."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

# Whatever a test starts keeps its data here and not in the checkout; set before anything reads the settings.
os.environ["AFTERWORD_DATA_DIR"] = tempfile.mkdtemp(prefix="afterword-tests-")
# Plans are brought up to date where a test reads them, and by what it starts for that.
os.environ["AFTERWORD_BACKGROUND"] = "elsewhere"
pytest_plugins = ("tests.stored",)


RULES = Path(__file__).parent / "rules"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Measure coverage, which is that of the rules, with the tests of the rules: all others are a third faster so."""
    for item in items:
        if RULES not in item.path.parents:
            item.add_marker(pytest.mark.no_cover)


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays to the end: the modules, and thousands of tests."""
    gc.collect()
    gc.freeze()


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: at any moment some test waits for a process or a browser."""
    return (os.cpu_count() or 1) + 1


def missing(reason: str) -> NoReturn:
    """Skip the running test because this machine lacks something; fail it where CI=true, which must lack nothing."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def require_tool(*names: str) -> str:
    """Return the path of the first program of these names that is on PATH; see `missing` for when there is none."""
    for name in names:
        if path := shutil.which(name):
            return path
    missing(f"{' or '.join(names)} is not installed")


@pytest.fixture(autouse=True, scope="session")
def _data_folder() -> Iterator[None]:
    yield
    shutil.rmtree(Path(os.environ["AFTERWORD_DATA_DIR"]), ignore_errors=True)
