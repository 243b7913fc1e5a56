import subprocess
import sys
from importlib.metadata import version
from typing import NoReturn

import pytest
from fastapi import FastAPI
from typer.testing import CliRunner

from app.cli import cli
from app.http import server
from app.rules import commands, load
from app.settings import Settings

runner = CliRunner()


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """The settings that `afterword serve` handed to the server, which is not started."""
    handed_over: list[Settings] = []

    def note(_app: FastAPI, settings: Settings) -> None:
        handed_over.append(settings)

    monkeypatch.setattr(server, "serve", note)
    return handed_over


def test_serve_listens_on_loopback_unless_told_otherwise(served: list[Settings]) -> None:
    assert runner.invoke(cli, ["serve"]).exit_code == 0
    assert [(settings.host, settings.port) for settings in served] == [("127.0.0.1", 8000)]


def test_serve_listens_where_the_environment_tells_it_to(
    served: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERWORD_PORT", "8090")
    assert runner.invoke(cli, ["serve"]).exit_code == 0
    assert [settings.port for settings in served] == [8090]


def test_an_option_of_serve_goes_before_the_environment(
    served: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERWORD_PORT", "8090")
    assert runner.invoke(cli, ["serve", "--host", "0.0.0.0", "--port", "8080"]).exit_code == 0  # noqa: S104
    assert [(settings.host, settings.port) for settings in served] == [("0.0.0.0", 8080)]  # noqa: S104


def test_serve_names_the_environment_variable_that_it_cannot_use(
    served: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERWORD_MAX_REQUEST_BYTES", "plenty")
    result = runner.invoke(cli, ["serve"])
    assert result.exit_code == 2
    assert "AFTERWORD_MAX_REQUEST_BYTES" in result.stderr
    assert served == []


def test_serve_says_which_rule_data_it_cannot_use(served: list[Settings], monkeypatch: pytest.MonkeyPatch) -> None:
    def read() -> NoReturn:
        raise load.DataError("countries/JP.yaml", "code", "is not the file's name 'JP'", "Make the two equal")

    monkeypatch.setattr(load, "read", read)
    result = runner.invoke(cli, ["serve"])
    assert result.exit_code == 1
    assert result.stderr == (
        "The rule data cannot be used. countries/JP.yaml: code: is not the file's name 'JP'. Make the two equal\n"
    )
    assert served == []


def test_a_port_that_cannot_exist_is_refused_before_anything_starts(served: list[Settings]) -> None:
    assert runner.invoke(cli, ["serve", "--port", "65536"]).exit_code == 2
    assert served == []


def test_the_version_is_the_installed_packages() -> None:
    result = runner.invoke(cli, ["--version"])
    assert result.output.strip() == f"afterword {version('afterword')}"


@pytest.mark.parametrize("command", [["decide", "--country", "JP"], ["serve"], ["worker"]])
def test_rule_data_that_cannot_be_used_is_said_in_one_sentence(
    command: list[str], monkeypatch: pytest.MonkeyPatch, served: list[Settings]
) -> None:
    def fail() -> NoReturn:
        raise load.DataError("world.yaml", "", "is missing", "Add it")

    monkeypatch.setattr(load, "read", fail)
    result = runner.invoke(cli, command)
    assert result.exit_code == 1
    assert result.stderr == "The rule data cannot be used. world.yaml: (file): is missing. Add it\n"
    assert served == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["decide", "--secter", "law"], "No such option: --secter (Possible options: --sector, --stage)."),
        (["decide", "--country"], "Option '--country' requires an argument."),
        (["rules", "shw"], "No such command 'shw'. Did you mean 'show'?"),
        (["rules", "show"], "Missing argument 'CODE'."),
        (["--nonsense"], "No such option: --nonsense."),
    ],
)
def test_a_mistyped_command_is_refused_in_a_sentence_too(arguments: list[str], sentence: str) -> None:
    result = runner.invoke(cli, arguments)
    assert (result.exit_code, result.stdout, result.stderr.strip()) == (2, "", sentence)


@pytest.mark.parametrize("arguments", [[], ["--help"], ["rules"], ["decide", "--help"]])
def test_help_is_all_that_is_shown_to_who_asks_for_it_or_for_nothing(arguments: list[str]) -> None:
    result = runner.invoke(cli, arguments)
    assert result.output.strip().startswith("Usage: ")
    assert not result.output.strip().endswith(".\n.")


# ---- rules


def test_the_commands_over_the_rules_are_described_where_they_are_defined() -> None:
    for name, command in (("check", commands.check), ("stale", commands.stale), ("schema", commands.write_schema)):
        shown = " ".join(runner.invoke(cli, ["rules", name, "--help"], env={"COLUMNS": "200"}).stdout.split())
        assert str(command.__doc__) in shown


@pytest.mark.parametrize(
    ("arguments", "begins"),
    [
        (["check"], f"{len(load.data_files())} files, nothing wrong."),
        (["show", "JP"], "JP  Japan"),
        (["show", "zapier", "--as-of", "2026-11-23"], "company:zapier  Zapier"),
        (["coverage"], "level      countries"),
        (["coverage", "--json"], "{"),
        (["stale", "--as-of", "2026-11-23"], "0 of "),
    ],
)
def test_rules_has_the_commands_of_the_module(arguments: list[str], begins: str) -> None:
    result = runner.invoke(cli, ["rules", *arguments])
    assert result.exit_code == 0
    assert result.stdout.startswith(begins)
    if "--as-of" in arguments:
        module = subprocess.run([sys.executable, "-m", "app.rules", *arguments], check=True, capture_output=True)
        assert module.stdout.decode() == result.stdout


@pytest.mark.parametrize(("command", "name"), [("fix", "fix"), ("schema", "write_schema"), ("check", "check")])
def test_what_writes_files_prints_its_report_and_ends_with_its_status(
    command: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, name, lambda: commands.Report(("world.yaml: mended", "1 thing mended."), 1))
    result = runner.invoke(cli, ["rules", command])
    assert result.exit_code == 1
    assert result.stdout == "world.yaml: mended\n1 thing mended.\n"


def test_what_the_rules_do_not_know_goes_to_standard_error() -> None:
    result = runner.invoke(cli, ["rules", "show", "Atlantis"])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "The rules have nothing called 'Atlantis'." in result.stderr


def test_deciding_loads_no_web_framework() -> None:
    program = "import sys, app.cli; print(sorted({'fastapi', 'starlette', 'uvicorn'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert run.stdout == "[]\n"


@pytest.mark.parametrize("command", ["serve", "worker", "migrate"])
def test_a_folder_that_cannot_be_made_is_named(
    command: str, monkeypatch: pytest.MonkeyPatch, served: list[Settings]
) -> None:
    monkeypatch.setenv("AFTERWORD_DATA_DIR", "/proc/nowhere")
    result = runner.invoke(cli, [command])
    assert result.exit_code == 2
    assert result.stderr.startswith("AFTERWORD_DATA_DIR: /proc/nowhere")
    assert served == []
