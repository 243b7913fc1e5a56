"""Ids in bodies: they must be those of the caller's own resources; and what must not go with a resource."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Select, bindparam

from app.db.base import Owned
from app.db.database import OWNER, Writing, owned
from app.db.references import under_way
from app.errors import FieldError
from app.http.problems import invalid_request
from app.http.resources import InUse


def which_exist(table: type[Owned]) -> Select[UUID]:
    """The statement that `require_own` needs for a table; made once, for a module."""
    wanted = table.id.in_(bindparam("ids", expanding=True))
    statement = owned(table).with_only_columns(table.id).where(wanted).order_by(table.id)
    # The lock that a foreign key takes anyway: nobody deletes the rows between this look and the insert.
    return statement.with_for_update(read=True, key_share=True)


def none_of_yours(what: str, pointer: str) -> FieldError:
    """The error for an id that is none of the caller's; `what` names such a resource."""
    return FieldError(f"No {what} of yours has this id.", pointer, hint="Give the id of one that you have.")


def require_own(session: Writing, existing: Select[UUID], wanted: Mapping[str, UUID | None], what: str) -> None:
    """Make sure that ids are those of rows that the caller has, and keeps until the transaction ends.

    `existing` comes of `which_exist`. `wanted` has the ids by their JSON Pointers, None where the reference is missing;
    `what` names one such resource. One statement, or none where nothing is wanted. Raises `Invalid` that names every
    id which is none.
    """
    ids = {one for one in wanted.values() if one is not None}
    if not ids:
        return
    # Of the connection, because ids need no identity map.
    found = set(session.connection().scalars(existing, {OWNER: session.owner_id, "ids": list(ids)}))
    errors = tuple(
        none_of_yours(what, pointer) for pointer, one in wanted.items() if one is not None and one not in found
    )
    if errors:
        raise invalid_request(errors, len(errors))


def require_none_under_way(session: Writing, table: str, row_id: UUID) -> None:
    """Make sure that nothing which is about to happen is deleted with a row. Raises `InUse`."""
    if needed := under_way(session, table, row_id):
        kinds = ", ".join(f"{number} {name}" for name, number in needed.items())
        raise InUse(f"This would be deleted with it while it is scheduled or being sent: {kinds}. Cancel them first.")
