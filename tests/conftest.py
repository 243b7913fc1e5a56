"""What every test may ask for."""

import os
import shutil
from typing import NoReturn

import pytest


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
