"""Every example of the README is copied from it and run."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import require_tool
from tests.house.repository import ROOT
from tests.http.running import running_server

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = re.findall(r"^```sh\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
STORY = next(block for block in SHELL if block.startswith("API="))
PLAN = next(block for block in SHELL if block.startswith("send $API/interviews/$INTERVIEW/plan"))
KEY = next(block for block in SHELL if block.startswith("KEY="))
COMMANDS = [
    line
    for block in SHELL
    if block not in {STORY, PLAN, KEY}
    for line in block.replace("\\\n", " ").splitlines()
    if line.strip()
]
CURL = [command for command in COMMANDS if command.startswith("curl")]
AFTERWORD = [command for command in COMMANDS if command.startswith(".venv/bin/afterword")]
JSON = re.findall(r"^```json\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with running_server() as origin:
        yield origin


def run(command: str) -> str:
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, cwd=ROOT, timeout=60, check=True)
    return done.stdout


@pytest.mark.parametrize("command", CURL)
def test_every_curl_command_gets_an_answer(origin: str, command: str) -> None:
    require_tool("curl")
    answer = json.loads(run(command.replace("http://127.0.0.1:8000", origin)))
    assert answer.get("status", 200) == (422 if """'{"country": "Japan"}'""" in command else 200)


def test_the_first_question_is_answered_as_the_readme_says(origin: str) -> None:
    require_tool("curl")
    decision = json.loads(run(CURL[0].replace("http://127.0.0.1:8000", origin)))
    assert decision["thank_you"]["outcome"] == "do_not_send"
    reason, change = map(json.loads, JSON)
    [found] = [one for one in decision["reasons"] if one["field"] == reason["field"]]
    assert found["sources"][:2] == reason["sources"][:2]
    assert {**found, "sources": []} == {**reason, "sources": []}
    assert change in decision["would_change_if"]


def test_the_day_in_the_life_goes_as_the_readme_says(origin: str) -> None:
    require_tool("curl")
    told = [
        json.loads(line) for line in run((STORY + PLAN + KEY).replace("http://127.0.0.1:8000", origin)).splitlines()
    ]
    assert [one for one in told if "status" in one and "title" in one] == [], "a problem"
    *_, decision, plan, tasks, snoozed, today, summary, events, interviews = told
    assert interviews == {"items": [], "next_cursor": None}
    outcomes = [one["decision"]["thank_you"]["outcome"] for one in decision["recipients"]]
    assert outcomes == ["do_not_send", "do_not_send"]
    turn = decision["recipients"][0]["decision"]["next_move"]
    assert (turn["who"], turn["answer_expected_on"]) == ("employer", "2026-12-04")
    scopes = {reason["scope"] for reason in decision["recipients"][0]["decision"]["reasons"]}
    assert "company:reported" in scopes
    assert [step["state"] for step in plan["steps"] if step["step"] == "reflect"] == ["done"]
    outcomes = [one["thank_you"]["outcome"] for one in plan["follow_up"]["recipients"]]
    assert outcomes == ["do_not_send", "do_not_send"]
    kinds = {task["kind"] for task in tasks["items"]}
    assert "get_contact" in kinds
    assert kinds & {"await_answer", "ask_for_answer"}, "it depends on the day"
    assert "send_note" not in kinds
    assert (snoozed["state"], snoozed["title"]) == ("snoozed", "Bring the certificates")
    assert [turn["company_name"] for turn in today["turns"]] == ["株式会社アンブレラ"]
    assert summary["funnel"]["interviews"] == 1
    assert [event["type"] for event in events["items"]] == ["interview.created", "reflection.saved", "turn.changed"]


@pytest.mark.parametrize("command", AFTERWORD)
def test_every_afterword_command_says_something(command: str) -> None:
    program = Path(sys.executable).with_name("afterword")
    assert run(command.replace(".venv/bin/afterword", str(program))).strip()


def test_there_is_no_other_kind_of_command() -> None:
    others = [command for command in COMMANDS if command not in CURL + AFTERWORD]
    assert others == ["docker compose up --build        # 127.0.0.1:8000, read-only root, no privileges"]
