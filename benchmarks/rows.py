"""Rows in numbers: the interviews of one user, each with three participants, written past the application."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, TypeAlias
from uuid import UUID, uuid4

from sqlalchemy import Engine

from app.follow_up.plan.models import Task

PARTICIPANTS = 3
"""Of each interview."""
CONTACTS = 60
_AT_ONCE = 10_000
_COMPANY, _CONTACT, _APPLICATION, _INTERVIEW, _PARTICIPANT = range(5)
FIRST = datetime(2024, 1, 1, 9, tzinfo=UTC)
"""When the first interview begins, unless another time is given."""
_MADE = "2026-11-02 09:00:00.000000"
_PLACE = "Umeda 1-1-1, Kita-ku, Osaka, reception on the 9th floor"
_NOTES = "Two engineers and the head of the platform team; bring the drawing of the pipeline. "
_OWN = "owner_id, id, created_at, updated_at, version"
_COMPANIES = f"{_OWN}, name, name_key, search_text"
_CONTACTS = (
    f"{_OWN}, name, other_names, display_name, sort_key, search_text, emails, phones, addresses, profiles, languages, "
    "channels, tags, reachable"
)
_APPLICATIONS = f"{_OWN}, company_id, position, position_key, search_text, country, status"
_INTERVIEWS = (
    f"{_OWN}, application_id, stage, format, language, starts_at, ends_at, time_zone, place, status, "
    "said_who_contacts, said_answer_by, thanked_in_person, notes, search_text"
)
_PARTICIPANTS = f"{_OWN}, interview_id, contact_id, role, attended"

_UNCHECKED = {"postgresql": "SET session_replication_role = replica", "sqlite": "PRAGMA foreign_keys = OFF"}
"""What lets rows refer to nothing."""

Row: TypeAlias = tuple[str | int | bool | None, ...]


def interview_id(number: int) -> UUID:
    """The id of an interview that `fill` has made; a greater number began later."""
    return UUID(_id(_INTERVIEW, number))


def application_id(number: int) -> UUID:
    """The id of an application that `fill` has made."""
    return UUID(_id(_APPLICATION, number))


def contact_id(number: int) -> UUID:
    """The id of a contact that `fill` has made, of a number below `CONTACTS`."""
    return UUID(_id(_CONTACT, number))


def participants_of(number: int) -> list[UUID]:
    """The contacts who take part in an interview that `fill` has made."""
    return [contact_id((number + place) % CONTACTS) for place in range(PARTICIPANTS)]


def starts_at(number: int, first: datetime = FIRST) -> datetime:
    """When an interview begins: one every minute."""
    return first + timedelta(minutes=number)


def fill(engine: Engine, owner: UUID, number: int, of_an_application: int = 4, first: datetime = FIRST) -> None:
    """Write so many interviews of a user who has none, and all that they need."""
    write_down(engine, owner, number, of_an_application, first)
    settle(engine)


def write_down(engine: Engine, owner: UUID, number: int, of_an_application: int, first: datetime) -> None:
    """The same, and let the database find out by itself: for many users."""
    write = _copy if engine.dialect.name == "postgresql" else _insert
    applications = -(-number // of_an_application)
    write(engine, "companies", _COMPANIES, iter([_company()]), owner)
    write(engine, "contacts", _CONTACTS, map(_contact, range(CONTACTS)), owner)
    write(engine, "applications", _APPLICATIONS, map(_application, range(applications)), owner)
    interviews = (_interview(one, one // of_an_application, starts_at(one, first)) for one in range(number))
    write(engine, "interviews", _INTERVIEWS, interviews, owner)
    write(engine, "participants", _PARTICIPANTS, map(_participant, range(number * PARTICIPANTS)), owner)


def settle(engine: Engine) -> None:
    """Do what autovacuum does within a minute on PostgreSQL."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("SET statement_timeout = 0")
            connection.exec_driver_sql("VACUUM ANALYZE")


def copy_tasks(engine: Engine, owner: UUID, others: int) -> None:
    """Let so many other users have the same tasks as a user has. They have nothing else, not even an account."""
    columns = [column.name for column in Task.__table__.columns if column.name != "owner_id"]
    listed = ", ".join(columns)
    given = "%s" if engine.dialect.name == "postgresql" else "?"
    statement = f"INSERT INTO tasks (owner_id, {listed}) SELECT {given}, {listed} FROM tasks WHERE owner_id = {given}"  # noqa: S608 - names of ours
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute(_UNCHECKED[engine.dialect.name])
        for _ in range(others):
            driver.execute(statement, (uuid4().hex, owner.hex))


def _id(kind: int, number: int) -> str:
    """A UUID of version 7 as hexadecimal digits."""
    return f"{0x019700000000 + number:012x}7{kind:03x}8{number:015x}"


def _own(kind: int, number: int) -> Row:
    return _id(kind, number), _MADE, _MADE, 1


def _company() -> Row:
    return (*_own(_COMPANY, 0), "Initech GmbH", "initech", "initech")


def _contact(number: int) -> Row:
    name = f'{{"text": "Contact {number}"}}'
    shown = f"Contact {number}"
    return (*_own(_CONTACT, number), name, "[]", shown, shown, shown, *("[]",) * 7, False)


def _application(number: int) -> Row:
    return (*_own(_APPLICATION, number), _id(_COMPANY, 0), "Data engineer", "data engineer", "", "JP", "interviewing")


def _interview(number: int, application_number: int, begins: datetime) -> Row:
    application = _id(_APPLICATION, application_number)
    ends = begins + timedelta(minutes=90)
    when = (f"{begins:%Y-%m-%d %H:%M:%S}.000000", f"{ends:%Y-%m-%d %H:%M:%S}.000000", "Asia/Tokyo")
    own = _own(_INTERVIEW, number)
    said = ("employer", "2026-12-04", True)
    return (*own, application, "first", "onsite", "ja", *when, _PLACE, "scheduled", *said, _NOTES, _PLACE + _NOTES)


def _participant(number: int) -> Row:
    interview, place = divmod(number, PARTICIPANTS)
    contact = _id(_CONTACT, (interview + place) % CONTACTS)
    return (*_own(_PARTICIPANT, number), _id(_INTERVIEW, interview), contact, "interviewer", True)


def _copy(engine: Engine, table: str, columns: str, rows: Iterator[Row], owner: UUID) -> None:
    with engine.begin() as connection:
        driver: Any = connection.connection.driver_connection
        # What refers to what is right; looking it up row by row would take most of the time.
        driver.execute("SET LOCAL session_replication_role = replica")
        driver.execute("SET LOCAL statement_timeout = 0")
        with driver.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for some in _in_blocks(rows):
                lines = ("\t".join("\\N" if one is None else str(one) for one in row) for row in some)
                copy.write("".join(f"{owner.hex}\t{line}\n" for line in lines))


def _insert(engine: Engine, table: str, columns: str, rows: Iterator[Row], owner: UUID) -> None:
    places = ", ".join("?" * len(columns.split(",")))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        driver.execute("BEGIN")
        statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 - names of ours
        driver.executemany(statement, ((owner.hex, *row) for row in rows))
        driver.execute("COMMIT")
        driver.execute("PRAGMA foreign_keys = ON")


def _in_blocks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while block := list(islice(rows, _AT_ONCE)):
        yield block
