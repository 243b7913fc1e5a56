"""Every problem that the API can answer with is provoked by some test."""

import pytest

from app.errors import problem_kinds
from app.main import create_app
from tests.house.repository import ROOT

assert create_app.__module__ == "app.main"
"""Once this module is imported, the catalogue of problems is complete."""
TESTS = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in (ROOT / "tests").rglob("test_*.py")
    if path.name != "test_problem_codes.py"
}


@pytest.mark.parametrize("code", sorted(problem_kinds()))
def test_a_test_names_the_code(code: str) -> None:
    assert [path for path, content in TESTS.items() if f'"{code}"' in content]
