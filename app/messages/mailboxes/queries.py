"""Reading mailboxes."""

from typing import Any, Literal
from uuid import UUID

from sqlalchemy import bindparam

from app.db.database import Reading, owned
from app.http.pages import Page, Wanted, both_ways, rows_of
from app.http.resources import NoSuchResource
from app.messages.mailboxes import schemas
from app.messages.mailboxes.models import Mailbox

MailboxSort = Literal["created_at", "-created_at"]
SORTS = both_ways(created_at=(Mailbox.id,))
_MAILBOXES = owned(Mailbox)
_MAILBOX = _MAILBOXES.where(Mailbox.id == bindparam("id"))


def mailbox(reading: Reading, mailbox_id: UUID) -> schemas.Mailbox:
    """A mailbox. Raises `NoSuchResource`."""
    row = reading.execute(_MAILBOX, id=mailbox_id).first()
    if row is None:
        raise no_mailbox()
    return shown(row)


def mailboxes(reading: Reading, wanted: Wanted) -> Page[schemas.Mailbox]:
    """A page of mailboxes. Raises `Invalid` for a cursor that is not of this list."""
    rows, next_cursor = rows_of(reading, _MAILBOXES, SORTS, wanted)
    return Page(list(map(shown, rows)), next_cursor)


def shown(row: Any) -> schemas.Mailbox:  # noqa: ANN401 - a mailbox, or a row with its columns
    """A mailbox as clients get it."""
    stored = {name: getattr(row, name) for name in schemas.Mailbox.model_fields if name != "has_password"}
    return schemas.Mailbox.model_validate({**stored, "has_password": row.password_encrypted is not None})


def no_mailbox() -> NoSuchResource:
    """The error for an id that no mailbox of the caller's has."""
    return NoSuchResource("No mailbox of yours has this id.")
