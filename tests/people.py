"""People for tests of what refers to contacts."""

from tests.stored import Account

NOBODY = "01932b6e-0000-7000-8000-000000000000"
"""An id that nothing has."""


def a_person(account: Account, name: str = "Aiko Tanaka") -> str:
    """The id of a new contact of the user's."""
    return str(account.made("/v1/contacts", {"name": {"given_name": name}})["id"])
