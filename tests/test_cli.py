from importlib.metadata import version

import pytest
import uvicorn
from typer.testing import CliRunner

from app.cli import cli

runner = CliRunner()


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What `afterword serve` handed to the server, which is not started."""
    handed_over: dict[str, object] = {}

    def run(application: str, **options: object) -> None:
        handed_over.update(options, application=application)

    monkeypatch.setattr(uvicorn, "run", run)
    return handed_over


def test_serve_listens_on_loopback_unless_told_otherwise(served: dict[str, object]) -> None:
    assert runner.invoke(cli, ["serve"]).exit_code == 0
    assert (served["host"], served["port"]) == ("127.0.0.1", 8000)


def test_serve_listens_where_it_is_told_to(served: dict[str, object]) -> None:
    assert runner.invoke(cli, ["serve", "--host", "0.0.0.0", "--port", "8080"]).exit_code == 0  # noqa: S104
    assert (served["host"], served["port"]) == ("0.0.0.0", 8080)  # noqa: S104


def test_serve_gives_requests_in_flight_time_to_finish(served: dict[str, object]) -> None:
    runner.invoke(cli, ["serve"])
    assert served["timeout_graceful_shutdown"] == 30


def test_a_port_that_cannot_exist_is_refused_before_anything_starts(served: dict[str, object]) -> None:
    assert runner.invoke(cli, ["serve", "--port", "65536"]).exit_code == 2
    assert served == {}


def test_the_version_is_the_installed_packages() -> None:
    result = runner.invoke(cli, ["--version"])
    assert result.output.strip() == f"afterword {version('afterword')}"
