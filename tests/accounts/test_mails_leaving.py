"""How mails of the system leave: by a server, later by the same, or into files."""

import logging
import stat
from email import policy
from email.parser import BytesParser
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from app.accounts.mail_transport import Outbox, transport
from app.accounts.models import User
from app.accounts.system_mail import RETRIED_AFTER
from app.background.engine import migrate as migrate_background
from app.db import migrations
from app.main import create_app
from app.settings import Settings
from tests.accounts.conftest import PASSWORD, Clock, Person, account_of, bearer, register
from tests.accounts.mailing import TOKEN, Post, forgets, running_post, token_in, verifies
from tests.background.running import running
from tests.mail.server import PASSWORD as MAIL_PASSWORD
from tests.mail.server import USERNAME, running_mail_server
from tests.rules.whole_book import whole_book
from tests.stored import new_database_url


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_token_stands_on_one_line_of_its_own_however_the_mail_is_encoded(
    client: TestClient, post: Post, tmp_path: Path, language: str
) -> None:
    email = f"{uuid4().hex}@example.com"
    register(client, email=email, language=language)
    forgets(client, email)
    confirm, reset = post.jobs()
    outbox = Outbox(tmp_path)
    for job, prefix in ((confirm, b"afv_"), (reset, b"afp_")):
        post.does(job)
        post.does(job, outbox)
        kept = max(tmp_path.iterdir(), key=lambda file: file.stat().st_mtime_ns).read_bytes()
        for raw in (post.server.received[-1].content, kept):
            (line,) = (one for one in raw.splitlines() if one.startswith(prefix))
            assert TOKEN.fullmatch(line.decode())
            assert max(map(len, raw.splitlines())) <= 78
            assert (b"Transfer-Encoding: 7bit" in raw) == (language == "en")


def test_a_mail_that_the_server_does_not_take_now_is_tried_again_until_it_is_given_up(
    newcomer: Person, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    post.server.answers["RCPT"] = f"451 4.7.1 {newcomer.email} is greylisted"
    delays = []
    while jobs := post.jobs():
        (job,) = jobs
        delays.append(job.delay)
        post.does(job)
    seconds = [delay.total_seconds() for delay in delays]
    assert seconds == pytest.approx([0, *(one.total_seconds() for one in RETRIED_AFTER)], abs=5)
    assert post.server.received == []
    assert caplog.messages[-1].endswith("was not sent: Refused while recipient (451)")
    assert len([line for line in caplog.messages if "is sent later" in line]) == len(RETRIED_AFTER)
    assert newcomer.email not in caplog.text


def test_a_mail_that_is_tried_again_brings_a_token_that_is_good(
    client: TestClient, newcomer: Person, post: Post, passing: Clock
) -> None:
    post.server.answers["CONNECT"] = "421 4.3.2 Back soon"
    assert post.delivered() == []
    passing.passes(days=2)
    del post.server.answers["CONNECT"]
    assert verifies(client, post.token()).status_code == 204
    assert account_of(newcomer)["email_verified_at"] == "2026-11-25T10:00:00Z"


def test_a_mail_that_the_server_refuses_for_good_is_given_up_at_once(
    newcomer: Person, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.server.answers["RCPT"] = f"550 5.1.1 No such user {newcomer.email}"
    assert post.delivered() == []
    assert post.jobs() == []
    assert "was not sent: Refused while recipient (550)" in caplog.text
    assert newcomer.email not in caplog.text


def test_in_development_without_a_server_mails_are_files_that_the_log_names(
    client: TestClient, newcomer: Person, post: Post, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    outbox = transport(Settings(data_dir=tmp_path / "data"))
    assert isinstance(outbox, Outbox)
    assert caplog.messages[-1] == f"mails of the system are not sent but kept in {tmp_path}/data/outbox"
    (job,) = post.jobs()
    post.does(job, outbox)
    (file,) = (tmp_path / "data" / "outbox").iterdir()
    assert caplog.messages[-1] == f"a mail is in {file}"
    assert newcomer.email not in caplog.text
    assert (stat.S_IMODE(file.stat().st_mode), stat.S_IMODE(file.parent.stat().st_mode)) == (0o600, 0o700)
    message = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
    assert message["To"] == newcomer.email
    (token,) = TOKEN.findall(message.get_content())
    assert verifies(client, token).status_code == 204


def test_in_production_without_a_server_accounts_work_and_what_needs_mail_says_so(
    backend: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    url = new_database_url(backend, tmp_path)
    settings = Settings.model_validate(
        {"database_url": url, "environment": "production", "secret_keys": ["k" * 32], "data_dir": tmp_path}
    )
    assert transport(settings) is None
    assert caplog.messages[-1] == "mails of the system are not sent: AFTERWORD_MAIL_HOST names no server"
    app = create_app(settings, whole_book())
    migrations.upgrade(app.state.database.engine)
    migrate_background(url)
    with TestClient(app) as client:
        kim = Person(client, "kim@example.com")
        # Mails are not counted where none is sent.
        assert [register(client, email=kim.email).status_code for _ in range(6)] == [202] * 6
        headers = bearer(kim.logged_in())
        for answer in (client.post("/v1/me/email-verification", headers=headers), forgets(client, kim.email)):
            assert (answer.status_code, answer.json()["code"]) == (503, "mail_not_set_up")
        change = {"email": "lee@example.com", "password": PASSWORD}
        answer = client.post("/v1/me/email", headers=headers, json=change)
        assert (answer.status_code, "mail" in answer.headers["ratelimit"]) == (200, False)
        app.state.jobs.prepare()
        with running_post(client) as post:
            assert post.seen == set()


def test_a_worker_sends_what_the_server_enqueued(backend: str, tmp_path: Path) -> None:
    url = new_database_url(backend, tmp_path)
    settings = Settings(database_url=url, data_dir=tmp_path)
    app = create_app(settings, whole_book())
    migrations.upgrade(app.state.database.engine)
    migrate_background(url)
    with TestClient(app) as client, running_mail_server() as server:
        assert register(client, email="kim@example.com").status_code == 202
        environment = {
            "AFTERWORD_DATA_DIR": str(tmp_path),
            "AFTERWORD_MAIL_HOST": "localhost",
            "AFTERWORD_MAIL_PORT": str(server.port),
            "AFTERWORD_MAIL_USERNAME": USERNAME,
            "AFTERWORD_MAIL_PASSWORD": MAIL_PASSWORD,
            "AFTERWORD_MAIL_FROM": "afterword@example.com",
            "AFTERWORD_MAIL_CA_FILE": str(server.ca_file),
        }
        with running(url, **environment):
            (mail,) = server.wait_for(1)
        assert verifies(client, token_in(mail)).status_code == 204
        with app.state.database.session() as session:
            assert session.scalar(select(User.email_verified_at)) is not None
