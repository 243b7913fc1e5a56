"""Schemathesis against the running server, with the settings of schemathesis.toml, on both databases."""

import os
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import httpx2

from app.accounts.sample import logged_in
from app.accounts.tokens import AccessTokens
from app.background.engine import migrate as migrate_background
from app.db import migrations
from app.db.database import Database
from app.http.caller import SCOPES
from tests.house.repository import ROOT
from tests.http.running import running_server
from tests.stored import new_database_url

MOST_EXAMPLES, MOST_SECONDS = {"sqlite": 3, "postgresql": 2}, 600
SECONDS_TO_WRITE = 60
PHASES = {"sqlite": "examples,coverage,fuzzing,stateful", "postgresql": "examples,fuzzing,stateful"}
"""Coverage goes through the schemas, and takes the longest; which database is behind makes no difference to them."""
ENDS_THE_LOGIN = ("delete_me", "delete_session", "revoke_token")
"""Operations after which every other would only be refused; tests/accounts has them."""
KEY = "a key that only this test signs with"


def test_schemathesis_finds_nothing(backend: str, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("schemathesis")
    url = new_database_url(backend, tmp_path)
    with closing(Database(url, connections=1)) as database:
        migrations.upgrade(database.engine)
        migrate_background(url)
        _, token = logged_in(database, AccessTokens([KEY]), SCOPES)
    limits = {f"AFTERWORD_ATTEMPTS_PER_{whom}": "1000000/60" for whom in ("CLIENT", "ACCOUNT", "ACCOUNT_AND_CLIENT")}
    # Made-up hosts are not to be looked for.
    limits["AFTERWORD_MAILBOX_TESTS"] = "1/1000000"
    with running_server({"AFTERWORD_DATABASE_URL": url, "AFTERWORD_SECRET_KEYS": KEY, **limits}) as origin:
        # It is written when it is first asked for, which may take longer than schemathesis waits.
        assert httpx2.get(f"{origin}/openapi.json", timeout=SECONDS_TO_WRITE).status_code == 200
        run = subprocess.run(
            [
                *(program, "run", f"{origin}/openapi.json"),
                *("--checks", "all", "--phases", PHASES[backend], "--max-examples", str(MOST_EXAMPLES[backend])),
                *("--header", f"Authorization: Bearer {token}"),
                *(word for name in ENDS_THE_LOGIN for word in ("--exclude-operation-id", name)),
                *("--generation-deterministic", "--no-color"),
            ],
            cwd=ROOT,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=MOST_SECONDS,
        )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Failures:" not in run.stdout
    selected = re.search(r"Selected: (\d+)/(\d+)", run.stdout)
    assert selected is not None
    assert int(selected[2]) - int(selected[1]) == len(ENDS_THE_LOGIN)
