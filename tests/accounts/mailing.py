"""Mails of the system as they arrive at a real server: jobs are taken from the queue's own tables and done here."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import text
from starlette.testclient import TestClient

from app.accounts.keys import signing_keys
from app.accounts.mail_tokens import MailTokens
from app.accounts.mail_transport import Transport, transport
from app.accounts.system_mail import SEND_SYSTEM_MAIL, SystemMails
from tests.background.running import table
from tests.mail.server import PASSWORD, USERNAME, MailServer, Received, running_mail_server

TOKEN = re.compile(r"af[vp]_[0-9a-f]{42}_[A-Za-z0-9_-]{22}")


@dataclass
class Enqueued:
    """A job that waits."""

    id: str
    delay: timedelta
    arguments: dict[str, Any]


@dataclass
class Post:
    """Takes mails from an application to a mail server."""

    app: FastAPI
    server: MailServer
    seen: set[str] = field(default_factory=set)

    def jobs(self) -> list[Enqueued]:
        """Jobs that were enqueued since it was asked last."""
        engine = self.app.state.database.engine
        status, given = (table(engine, name) for name in ("workflow_status", "workflow_input"))
        columns = "s.workflow_uuid, s.created_at, s.delay_until_epoch_ms, i.inputs"
        rows = f"{status} s JOIN {given} i ON i.workflow_uuid = s.workflow_uuid WHERE s.name = '{SEND_SYSTEM_MAIL}'"
        with engine.connect() as connection:
            found = connection.execute(text(f"SELECT {columns} FROM {rows} ORDER BY s.created_at")).all()  # noqa: S608 - constants
        new = [row for row in found if row[0] not in self.seen]
        self.seen |= {row[0] for row in new}
        return [
            Enqueued(one, timedelta(milliseconds=(until or created) - created), json.loads(inputs)["namedArgs"])
            for one, created, until, inputs in new
        ]

    def does(self, job: Enqueued, way: Transport | None = None) -> None:
        """Do a job."""
        host = {
            "mail_host": "localhost",
            "mail_port": self.server.port,
            "mail_security": self.server.security,
            "mail_username": USERNAME,
            "mail_password": PASSWORD,
            "mail_from": "afterword@example.com",
            "mail_ca_file": self.server.ca_file,
        }
        before = self.app.state.settings
        settings = type(before).model_validate(before.model_dump() | host)
        state = self.app.state
        tokens = MailTokens(signing_keys(settings))
        SystemMails(settings, state.database, tokens, way or transport(settings), state.jobs).send(**job.arguments)

    def delivered(self) -> list[Received]:
        """Do what was enqueued; the mails that arrive."""
        before = len(self.server.received)
        for job in self.jobs():
            self.does(job)
        return self.server.received[before:]

    def token(self) -> str:
        """The token in the one mail that was enqueued."""
        (mail,) = self.delivered()
        return token_in(mail)


def token_in(mail: Received) -> str:
    """The one token that a mail brings."""
    (token,) = TOKEN.findall(mail.text)
    return str(token)


@contextmanager
def running_post(client: TestClient) -> Iterator[Post]:
    """A post whose server is new; what was enqueued before is nobody's."""
    app: Any = client.app
    app.state.jobs.prepare()
    with running_mail_server() as server:
        post = Post(app, server)
        post.jobs()
        yield post


def verifies(client: TestClient, token: str) -> Response:
    """Give a token that confirms."""
    return client.post("/v1/auth/verify-email", json={"token": token})


def forgets(client: TestClient, email: str) -> Response:
    """Ask for a mail to choose a new password with."""
    return client.post("/v1/auth/password-reset", json={"email": email})
