from importlib.metadata import version

import pytest
from fastapi import FastAPI
from typer.testing import CliRunner

from app.cli import cli
from app.http import server
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


def test_a_port_that_cannot_exist_is_refused_before_anything_starts(served: list[Settings]) -> None:
    assert runner.invoke(cli, ["serve", "--port", "65536"]).exit_code == 2
    assert served == []


def test_the_version_is_the_installed_packages() -> None:
    result = runner.invoke(cli, ["--version"])
    assert result.output.strip() == f"afterword {version('afterword')}"
