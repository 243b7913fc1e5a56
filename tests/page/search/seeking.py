"""A server whose clock stands still, and somebody who searches for a job with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from httpx2 import Client

from tests.http.running import running_server

NOW = "2026-11-24T10:00:00+00:00"
"""A Tuesday, 11 o'clock in Berlin."""
PASSWORD = "correct horse battery"  # noqa: S105 - of accounts that live as long as a test
SERVE = f"""
from datetime import datetime
from app.cli import cli
from app.http import clock

with clock.stopped_at(datetime.fromisoformat({NOW!r})):
    cli(["serve", "--port", "0"])
"""
Made = dict[str, Any]
_numbers = count(1)


@contextmanager
def stopped_server(folder: str) -> Iterator[str]:
    """Run a server for which it is always `NOW`, with its data in a folder; gives its origin."""
    quotas = {"AFTERWORD_ATTEMPTS_PER_CLIENT": "1000/900"}
    with running_server({"AFTERWORD_DATA_DIR": folder, **quotas}, SERVE) as origin:
        yield origin


class Seeker:
    """Somebody in Berlin with an account, who writes down everything through the API."""

    def __init__(self, client: Client) -> None:
        self.email = f"kim.{next(_numbers)}@example.com"
        self._client = client
        account = {"email": self.email, "password": PASSWORD, "time_zone": "Europe/Berlin"}
        assert client.post("/v1/auth/register", json=account).status_code == 202
        form = {"grant_type": "password", "username": self.email, "password": PASSWORD}
        self._token = client.post("/v1/auth/token", data=form).json()["access_token"]

    def ask(self, method: str, path: str, body: object = None) -> Made:
        """Send something, and what came of it."""
        headers = {"Authorization": f"Bearer {self._token}", "If-Match": "*"}
        answer = self._client.request(method, path, json=body, headers=headers)
        assert answer.status_code < 300, answer.text
        found: Made = answer.json()
        return found

    def application(self, company: str, country: str, **more: object) -> str:
        """An application that has led to an interview: its id."""
        made = self.ask("POST", "/v1/companies", {"name": company})
        body = {"company_id": made["id"], "position": "Engineer", "country": country, "status": "interviewing"}
        return str(self.ask("POST", "/v1/applications", {**body, **more})["id"])

    def interview(self, application: str, starts: str, ends: str, zone: str, *people: str, **more: object) -> str:
        """An interview in local time with some people: its id."""
        participants = []
        for person in people:
            given, _, family = person.partition(" ")
            names = {"given_name": given, "family_name": family}
            emails = [{"address": f"{given.lower()}@example.com"}]
            contact = self.ask("POST", "/v1/contacts", {"name": names, "emails": emails})
            participants.append({"contact_id": contact["id"], "role": "interviewer"})
        times = {"starts_at": starts, "ends_at": ends, "time_zone": zone}
        body = {"application_id": application, **times, "participants": participants, **more}
        return str(self.ask("POST", "/v1/interviews", body)["id"])

    def in_tokyo(self) -> str:
        """An interview in Tokyo on Friday."""
        where = self.application("Sakura Works", "JP")
        return self.interview(where, "2026-11-20T14:00", "2026-11-20T15:00", "Asia/Tokyo", "Aiko Tanaka")

    def in_new_york(self) -> str:
        """An interview in New York yesterday: a note is due by 21 o'clock in Berlin."""
        where = self.application("Harbor Analytics", "US", subdivision="US-NY")
        return self.interview(where, "2026-11-23T14:00", "2026-11-23T15:00", "America/New_York", "Dana Reyes")

    def with_a_promise(self) -> str:
        """An interview in Berlin after which an answer was promised by last Thursday."""
        where = self.application("Nordlicht", "DE")
        said = {"answer_by": "2026-11-19"}
        return self.interview(where, "2026-11-09T10:00", "2026-11-09T11:00", "Europe/Berlin", said=said)
