"""Contacts, written straight into the database: for tests of what refers to them."""

from typing import Any

from app.contacts.models import Contact
from app.db.database import Database
from app.http import clock
from tests.stored import Account

NOBODY = "01932b6e-0000-7000-8000-000000000000"
"""An id that nothing has."""


def a_person(account: Account, name: str = "Aiko Tanaka") -> str:
    """The id of a new contact of the user's."""
    app: Any = account.client.app
    database: Database = app.state.database
    now = clock.now()
    contact = Contact(
        owner_id=account.id,
        name={"family_name": name},
        display_name=name,
        sort_key=name.casefold(),
        search_text=name.casefold(),
        reachable=False,
        created_at=now,
        updated_at=now,
        **{part: [] for part in ("other_names", "emails", "phones", "addresses", "profiles")},
        **{part: [] for part in ("languages", "channels", "tags")},
    )
    with database.session() as session:
        session.add(contact)
        session.flush()
    return str(contact.id)
