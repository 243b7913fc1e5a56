"""The base of all tables, and what every row of a user's has."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from app.db.types import Identifier, UtcDateTime, new_id

NAMING_CONVENTION = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
"""Constraints have the same names on every database, so that migrations can drop them."""


class Base(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        UUID: Identifier,
        list[str]: JSON,
        list[dict[str, Any]]: JSON,
        dict[str, Any]: JSON,
    }


class Owned:
    """A row of a user's.

    The key is (owner, id): whoever looks for a row has to say whose it is, foreign keys between a user's rows carry the
    owner and so can lead to no other user's, and all rows of one user lie together.
    """

    @declared_attr
    @classmethod
    def owner_id(cls) -> Mapped[UUID]:
        """The user. Deleting the user deletes the row."""
        return mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, sort_order=-2)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-1)


class Versioned:
    """A resource: it knows when it changed, and how often.

    `version` is counted by the mapper and checked by every UPDATE and DELETE: of two changes that started from the same
    version the second fails with `StaleDataError`, on either database.
    """

    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int]

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """Let the mapper count and check versions."""
        return {"version_id_col": cls.version}


SHOWN_THERE = "shown_there"
"""What `belongs_to` notes of a foreign key in its `info`."""


def belongs_to(
    column: str, table: str, *, on_delete: str = "CASCADE", is_shown_there: bool = False
) -> ForeignKeyConstraint:
    """The foreign key from `column` to a row of the same owner's in `table`.

    `on_delete` is CASCADE or RESTRICT. SET NULL would take the owner too: references that may be missing are RESTRICT,
    and the service that deletes what they lead to clears them. What `is_shown_there` is shown as a part of the resource
    that the key leads to, so that whoever changes it gives that resource a new version too.
    """
    return ForeignKeyConstraint(
        ["owner_id", column],
        [f"{table}.owner_id", f"{table}.id"],
        ondelete=on_delete,
        info={SHOWN_THERE: is_shown_there},
    )
