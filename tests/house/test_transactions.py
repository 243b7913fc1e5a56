"""Transactions begin and end in endpoints only."""

import ast
from pathlib import Path

import pytest

from tests.house.repository import ROOT

ENDS = {"commit", "rollback", "begin", "begin_nested"}
FEATURES = (
    "accounts",
    "applications",
    "companies",
    "contacts",
    "events",
    "follow_up",
    "interviews",
    "messages",
    "references",
)


def calls(path: Path) -> set[str]:
    """The names of all methods that a module calls."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }


@pytest.mark.parametrize("feature", FEATURES)
def test_no_feature_commits_or_rolls_back(feature: str) -> None:
    modules = list((ROOT / "app" / feature).glob("*.py"))
    assert modules
    assert {path.name: found for path in modules if (found := calls(path) & ENDS)} == {}


@pytest.mark.parametrize("feature", FEATURES)
def test_only_routers_open_transactions(feature: str) -> None:
    modules = [path for path in (ROOT / "app" / feature).glob("*.py") if not path.name.endswith("router.py")]
    # Makes the account of the examples before anybody asks; these send when nobody asks.
    allowed = {"sample.py", "delivery.py", "system_mail.py"}
    opened = {path.name for path in modules if calls(path) & {"reading", "writing", "session"}} - allowed
    assert opened == set()


def test_a_call_is_seen(tmp_path: Path) -> None:
    module = tmp_path / "service.py"
    module.write_text("def create(session):\n    session.commit()\n", encoding="utf-8")
    assert calls(module) & ENDS == {"commit"}
