"""Every example of the README is copied from it and run."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.conftest import require_tool
from tests.house.repository import ROOT
from tests.http.running import running_server
from tests.mail.server import MailServer, running_mail_server

Answer: TypeAlias = dict[str, Any]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = re.findall(r"^```sh\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
STORY = next(block for block in SHELL if block.startswith("API="))
PLAN = next(block for block in SHELL if block.startswith("send $API/interviews/$INTERVIEW/plan"))
REFUSED = next(block for block in SHELL if block.startswith("send $API/interviews/$INTERVIEW/messages"))
NOTE = next(block for block in SHELL if block.startswith("day()"))
KEY = next(block for block in SHELL if block.startswith("KEY="))
TOLD = (STORY, PLAN, REFUSED, NOTE, KEY)
"""What is told step by step, in one shell."""
COMMANDS = [
    line for block in SHELL if block not in TOLD for line in block.replace("\\\n", " ").splitlines() if line.strip()
]
CURL = [command for command in COMMANDS if command.startswith("curl")]
AFTERWORD = [command for command in COMMANDS if command.startswith(".venv/bin/afterword")]
JSON = re.findall(r"^```json\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def mail() -> Iterator[MailServer]:
    with running_mail_server(passwords=None) as server:
        yield server


@pytest.fixture(scope="module")
def origin(mail: MailServer) -> Iterator[str]:
    with running_server({"AFTERWORD_MAIL_CA_FILE": str(mail.ca_file), "AFTERWORD_BACKGROUND": "inside"}) as origin:
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


def test_the_day_in_the_life_goes_as_the_readme_says(origin: str, mail: MailServer) -> None:
    require_tool("curl")
    shell = "echo null\n".join(TOLD).replace("http://127.0.0.1:8000", origin).replace("2525", str(mail.port))
    told: list[list[Answer]] = [[]]
    for line in map(json.loads, run(shell).splitlines()):
        if line is None:
            told.append([])
        else:
            told[-1].append(line)
    story, plan, [refused], note, [interviews] = told
    assert [one for one in (*story, *plan, *note) if "status" in one and "title" in one] == [], "a problem"
    _is_decided_as_told(story[-1])
    _is_planned_as_told(*plan)
    assert (refused["code"], refused["decision"]["thank_you"]["outcome"]) == ("note_not_advised", "do_not_send")
    _is_sent_as_told(*note, mail=mail)
    assert interviews == {"items": [], "next_cursor": None}


def _is_decided_as_told(decision: Answer) -> None:
    outcomes = [one["decision"]["thank_you"]["outcome"] for one in decision["recipients"]]
    assert outcomes == ["do_not_send", "do_not_send"]
    turn = decision["recipients"][0]["decision"]["next_move"]
    assert (turn["who"], turn["answer_expected_on"]) == ("employer", "2026-12-04")
    scopes = {reason["scope"] for reason in decision["recipients"][0]["decision"]["reasons"]}
    assert "company:reported" in scopes


def _is_planned_as_told(*answers: Answer) -> None:
    plan, tasks, snoozed, today, summary, events = answers
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


def _is_sent_as_told(*answers: Answer, mail: MailServer) -> None:
    reflection, preview, approved, mailto, tested, scheduled, sent = answers
    assert reflection["important_points"][0]["text"] in preview["text"]
    assert preview["text"].startswith("Dear Mx. Hale,")
    assert mailto["url"].startswith("mailto:robin.hale@initech.example?")
    assert (approved["state"], scheduled["state"], sent["state"]) == ("approved", "scheduled", "scheduled")
    assert tested["tested_at"]
    with mail.news:
        assert mail.news.wait_for(lambda: len(mail.received) == 2, timeout=60), "it was not delivered"
    test, delivered = mail.received
    assert test.recipients == ["kim@example.com"]
    assert delivered.recipients == ["robin.hale@initech.example"]
    assert delivered.text.strip() == preview["text"].strip()


@pytest.mark.parametrize("command", AFTERWORD)
def test_every_afterword_command_says_something(command: str) -> None:
    program = Path(sys.executable).with_name("afterword")
    assert run(command.replace(".venv/bin/afterword", str(program))).strip()


def test_there_is_no_other_kind_of_command() -> None:
    others = [command for command in COMMANDS if command not in CURL + AFTERWORD]
    assert others == ["docker compose up --build        # 127.0.0.1:8000, read-only root, no privileges"]
