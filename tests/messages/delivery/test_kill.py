"""Workers that are killed with -9 while they send: nobody gets a message twice, in whichever phase it was."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.background.engine import migrate
from app.db import migrations
from app.db.database import Database
from app.main import create_app
from app.settings import Settings
from tests.background.running import Running, running, wait_until
from tests.mail.server import HANG, MailServer, Step, running_mail_server
from tests.messages.delivery.outbox import KEY, Outbox, new_outbox
from tests.rules.whole_book import whole_book
from tests.stored import new_account, new_database_url

PHASES: tuple[Step, ...] = ("CONNECT", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "CONTENT")


@pytest.fixture
def app(backend: str, tmp_path: Path) -> Iterator[FastAPI]:
    """An application on a database that nobody else uses."""
    url = new_database_url(backend, tmp_path)
    app = create_app(Settings(database_url=url), whole_book())
    migrations.upgrade(app.state.database.engine)
    migrate(url)
    yield app
    app.state.database.close()


@pytest.fixture
def servers() -> Iterator[dict[Step, MailServer]]:
    """For each phase a server that comes as far as that."""
    with ExitStack() as stack:
        found = {phase: stack.enter_context(running_mail_server()) for phase in PHASES}
        for phase, server in found.items():
            server.answers[phase] = HANG
        yield found


@contextmanager
def worker(app: FastAPI, ca_file: Path) -> Iterator[Running]:
    """A process that sends messages, and is soon taken for dead when it is."""
    variables = {
        "AFTERWORD_HEARTBEAT_SECONDS": "0.2",
        "AFTERWORD_MAIL_CA_FILE": str(ca_file),
        "AFTERWORD_MAIL_PRIVATE_HOSTS": "true",
        "AFTERWORD_SECRET_KEYS": KEY,
    }
    with running(app.state.settings.database, **variables) as process:
        yield process


def reached(servers: dict[Step, MailServer]) -> bool:
    """Whether every server hangs where it is to hang."""
    content = servers["CONTENT"].received
    return bool(content) and all(
        server.sessions and (phase in {"CONNECT", "CONTENT"} or phase in server.commands)
        for phase, server in servers.items()
    )


def states(outbox: Outbox, messages: dict[Step, UUID]) -> dict[Step, str]:
    """How far each message has come."""
    return {phase: outbox.seen(message_id).state for phase, message_id in messages.items()}


def test_what_a_killed_worker_was_sending_arrives_once_or_is_unknown(
    app: FastAPI, servers: dict[Step, MailServer]
) -> None:
    database: Database = app.state.database
    ca_file = servers["CONTENT"].ca_file
    with TestClient(app) as client:
        outbox = new_outbox(new_account(client), database, ca_file)
        messages = {
            phase: outbox.scheduled(outbox.mailbox(server), outbox.contact(f"{phase.lower()}@example.com"))
            for phase, server in servers.items()
        }
        with worker(app, ca_file) as doomed:
            for message_id in messages.values():
                outbox.enqueue(message_id)
            wait_until(lambda: reached(servers))
            assert set(states(outbox, messages).values()) == {"sending"}
            with worker(app, ca_file) as another:
                another.wait_until_it_works()
                doomed.process.kill()
                doomed.process.wait()
                for server in servers.values():
                    server.answers.clear()
                ended = {phase: "unknown" if phase == "CONTENT" else "sent" for phase in PHASES}
                wait_until(lambda: states(outbox, messages) == ended)
                assert another.end() == 0
        assert {phase: len(server.received) for phase, server in servers.items()} == dict.fromkeys(PHASES, 1)
        assert outbox.tasks() == {str(messages["CONTENT"]): "open"}


def test_two_workers_send_each_message_once(app: FastAPI) -> None:
    with running_mail_server() as server, TestClient(app) as client:
        outbox = new_outbox(new_account(client), app.state.database, server.ca_file)
        mailbox_id = outbox.mailbox(server)
        addresses = {f"reader{number}@example.com" for number in range(30)}
        messages = {address: outbox.scheduled(mailbox_id, outbox.contact(address)) for address in sorted(addresses)}
        with worker(app, server.ca_file) as one, worker(app, server.ca_file) as other:
            for message_id in messages.values():
                outbox.enqueue(message_id)
            wait_until(lambda: {outbox.seen(message_id).state for message_id in messages.values()} == {"sent"})
            assert one.end() == other.end() == 0
        assert sorted(address for mail in server.received for address in mail.recipients) == sorted(addresses)
