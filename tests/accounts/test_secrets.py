"""Keys, and what must not be in a log."""

import io
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from app.accounts.keys import UnusableKey, derived_key, signing_keys
from app.cli import cli
from app.settings import Settings
from tests.accounts.conftest import Person, bearer, refresh
from tests.logs import opened_log

runner = CliRunner()
GOOD = "`openssl rand -base64 48` makes a good one."


@pytest.fixture
def log() -> Iterator[io.BytesIO]:
    with opened_log() as log:
        yield log


def test_no_secret_and_no_address_is_in_the_log(client: TestClient, person: Person, log: io.BytesIO) -> None:
    tokens = person.logged_in()
    refreshed = refresh(client, tokens).json()
    person.logs_in(password="some other odd words")
    key = client.post(
        "/v1/api-keys", headers=bearer(refreshed), json={"name": "Export", "scopes": ["companies:read"]}
    ).json()
    client.get("/v1/companies", headers=bearer(key["secret"]))
    client.post("/v1/auth/revoke", data={"token": refreshed["refresh_token"]})
    lines = log.getvalue().decode()
    assert lines.count('"event":"request"') >= 6
    for secret in (
        *(person.email, person.password, "some other odd words", "testclient", key["secret"]),
        *(one[kind] for one in (tokens, refreshed) for kind in ("access_token", "refresh_token")),
    ):
        assert secret not in lines


def test_a_key_is_made_once_readable_by_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: signing_keys(settings), range(8)))
    assert len(keys) == 1
    (file,) = (tmp_path / "data").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert keys == {(file.read_text(),)}


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 64])
def test_a_key_file_that_holds_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "token.key").write_bytes(content)
    with pytest.raises(UnusableKey, match=r"token\.key"):
        signing_keys(Settings(data_dir=tmp_path))


def test_keys_for_other_purposes_are_others() -> None:
    keys = ("k" * 32,)
    assert derived_key(keys, "limits") != derived_key(keys, "other")
    assert derived_key(keys, "limits") != derived_key(("l" * 32,), "limits")


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        (
            {"AFTERWORD_ENVIRONMENT": "production"},
            f"AFTERWORD_SECRET_KEYS must name a key when AFTERWORD_ENVIRONMENT is production; {GOOD}",
        ),
        (
            {"AFTERWORD_SECRET_KEYS": "hunter2"},
            f"AFTERWORD_SECRET_KEYS: a key must have at least 32 characters; {GOOD}",
        ),
        (
            {"AFTERWORD_TRUSTED_PROXIES": "10.0.0.0/33"},
            "AFTERWORD_TRUSTED_PROXIES: '10.0.0.0/33' does not appear to be an IPv4 or IPv6 network.",
        ),
    ],
)
def test_serve_says_in_one_sentence_which_setting_is_missing(environment: dict[str, str], sentence: str) -> None:
    result = runner.invoke(cli, ["serve", "--port", "0"], env=environment)
    assert (result.exit_code, result.stdout, result.stderr.strip()) == (2, "", sentence)


@pytest.mark.usefixtures("log")  # which is as it was afterwards
@pytest.mark.parametrize("command", [["serve", "--port", "0"], ["worker"]])
def test_what_needs_the_key_says_which_file_it_cannot_use(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "token.key").write_text("short")
    result = runner.invoke(cli, command, env={"AFTERWORD_DATA_DIR": str(tmp_path)})
    assert result.exit_code == 2
    assert result.stderr.strip() == f"The key file {tmp_path}/token.key holds no key; delete it, and a new one is made."


def test_keys_are_named_with_commas_between_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERWORD_SECRET_KEYS", f"{'n' * 32}, {'o' * 32}")
    assert signing_keys(Settings()) == ("n" * 32, "o" * 32)
