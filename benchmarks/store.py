"""A database for measurements: migrated, filled with the interviews of one user, who is logged in."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryDirectory
from uuid import UUID

from app.accounts.sample import logged_in
from app.accounts.tokens import AccessTokens
from app.db import migrations
from app.db.database import Database
from app.http.caller import SCOPES
from benchmarks import postgresql, rows
from benchmarks.client import Request

INTERVIEWS = "/v1/interviews"
READ, LIST, CREATE = "read one with its participants", "list 50", "create with participants"
STATUS = {READ: 200, LIST: 200, CREATE: 201}
SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
LISTED = 50
_READ_DIFFERENT = 1000


@dataclass(frozen=True, slots=True)
class Store:
    """A database and the user whose rows are in it."""

    url: str
    folder: Path
    """For what a server keeps beside the database."""
    key: str
    """What signs the tokens."""
    owner: UUID
    token: str
    number: int
    """How many interviews it was filled with."""

    @property
    def settings(self) -> dict[str, str]:
        """Environment variables for a server on this database."""
        return {
            "AFTERWORD_DATABASE_URL": self.url,
            "AFTERWORD_DATA_DIR": str(self.folder),
            "AFTERWORD_SECRET_KEYS": self.key,
        }

    @property
    def headers(self) -> Mapping[str, str]:
        """What the user sends with each request."""
        return {"Authorization": f"Bearer {self.token}"}

    def requests(self) -> dict[str, list[Request]]:
        """The requests of each operation that is measured."""
        step = max(1, self.number // _READ_DIFFERENT)
        read = [f"{INTERVIEWS}/{rows.interview_id(number)}" for number in range(0, self.number, step)]
        return {
            READ: [Request("GET", path, headers=self.headers) for path in read],
            LIST: [Request("GET", f"{INTERVIEWS}?limit={LISTED}", headers=self.headers)],
            CREATE: [Request("POST", INTERVIEWS, json.dumps(new_interview()), self.headers)],
        }


def new_interview() -> dict[str, object]:
    """What is sent for another interview."""
    participants = [
        {"contact_id": str(rows.contact_id(one)), "role": "interviewer"} for one in range(rows.PARTICIPANTS)
    ]
    return {
        "application_id": str(rows.application_id(0)),
        "stage": "further",
        "format": "onsite",
        "language": "ja",
        "starts_at": "2027-01-20T14:00:00",
        "ends_at": "2027-01-20T15:30:00",
        "time_zone": "Asia/Tokyo",
        "place": "Umeda 1-1-1, Kita-ku, Osaka, reception on the 9th floor",
        "said": {"who_contacts": "employer", "answer_by": "2027-02-04"},
        "notes": "Two engineers and the head of the platform team; bring the drawing of the pipeline.",
        "participants": participants,
    }


def kinds() -> tuple[str, ...]:
    """The kinds of databases that this machine has."""
    return (SQLITE, POSTGRESQL) if postgresql.is_here() else (SQLITE,)


@contextmanager
def new_url(kind: str) -> Iterator[tuple[str, Path]]:
    """The URL of a new database of a kind, and a folder; both are gone after leaving."""
    with TemporaryDirectory(prefix="afterword-benchmark-") as name:
        folder = Path(name)
        if kind == SQLITE:
            yield f"sqlite:///{folder / 'afterword.db'}", folder
        else:
            with postgresql.shared().database() as url:
                yield url, folder


@contextmanager
def filled(kind: str, number: int, of_an_application: int = 4, first: datetime = rows.FIRST) -> Iterator[Store]:
    """A new database of a kind with so many interviews."""
    with new_url(kind) as (url, folder):
        yield fill(url, folder, number, of_an_application, first)


def fill(url: str, folder: Path, number: int, of_an_application: int = 4, first: datetime = rows.FIRST) -> Store:
    """Migrate a new database and write the interviews of a new user into it."""
    database = Database(url, connections=1)
    key = token_urlsafe(32)
    migrations.upgrade(database.engine)
    owner, token = logged_in(database, AccessTokens([key]), SCOPES)
    rows.fill(database.engine, owner, number, of_an_application, first)
    database.close()
    return Store(url, folder, key, owner, token, number)
