"""What refers to a row: found in the tables themselves, so that a feature need not know those above it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from app.db.base import SHOWN_THERE, Base
from app.db.database import Writing


@runtime_checkable
class TakesIn(Protocol):
    """A row that says itself how it becomes one with another: filling its gaps would not do."""

    def take_in(self, other: Any) -> None:  # noqa: ANN401 - another row of the same table
        """Have what `other` has, too. Raises `AppError` where that is more than one can have."""
        ...


@runtime_checkable
class UnderWay(Protocol):
    """A row that at times is about to do something, and then does not go silently with another one."""

    @classmethod
    def is_under_way(cls) -> ColumnElement[bool]:
        """The condition that it is."""
        ...


def repoint(session: Writing, table: str, old: UUID, new: UUID, now: datetime) -> None:
    """Let every row of the caller's that refers to row `old` of `table` refer to `new` instead.

    A row that would then be the same as one of `new`, where the table says that no two may be, is deleted after its
    values have filled what the other one lacks, or after the other one has taken it in, where its class says how;
    whatever refers to it refers to the other one. Every resource that is changed by it, or shows a row that is, gets a
    new version.
    """
    for referring, column in _references(table, {"CASCADE", "RESTRICT"}):
        _change_what_shows(session, referring, column, old, now)
        for others in _unique_with(referring, column):
            mapped = _class_of(referring)
            if any(_references(referring.name, {"CASCADE", "RESTRICT"})) or issubclass(mapped, TakesIn):
                _unite(session, mapped, column, others, old, new, now)
            if any(gap.nullable for gap in referring.c) and not issubclass(mapped, TakesIn):
                session.execute(_filled(session, referring, column, others, old, new, now))
            session.execute(_repeated(session, referring, column, others, old, new))
        session.execute(_changed(session, referring, column, old, new, now))


def detach(session: Writing, table: str, row_id: UUID, now: datetime) -> dict[str, int]:
    """Clear the references to a row that may be missing; how many rows of which tables must have it nevertheless.

    Every resource that is changed by it gets a new version, and so does every one that shows what is deleted with it.
    """
    for referring, column in _references(table, {"CASCADE", "RESTRICT"}):
        _change_what_shows(session, referring, column, row_id, now)
    needed: dict[str, int] = {}
    for referring, column in _references(table, {"RESTRICT"}):
        if referring.c[column].nullable:
            session.execute(_changed(session, referring, column, row_id, None, now))
        elif number := session.scalar(
            select(func.count()).select_from(referring).where(*_refers(session, referring, column, row_id))
        ):
            needed[referring.name] = number
    return needed


def under_way(session: Writing, table: str, row_id: UUID) -> dict[str, int]:
    """How many rows of which tables are under way that would be deleted with row `row_id` of `table`.

    Nothing that would be deleted gets under way meanwhile, until the commit.
    """
    found: dict[str, int] = {}
    for goes in Base.metadata.sorted_tables:
        mapped = _class_of(goes)
        if issubclass(mapped, UnderWay) and (conditions := list(_goes_with(session, goes, table, row_id))):
            rows = select(goes.c.id, mapped.is_under_way()).where(goes.c.owner_id == session.owner_id, or_(*conditions))
            if number := sum(is_so for _, is_so in session.execute(rows.with_for_update())):
                found[goes.name] = number
    return found


def _goes_with(session: Writing, goes: Table, table: str, row_id: UUID) -> Iterator[ColumnElement[bool]]:
    """The conditions under each of which rows of `goes` go with a row of `table`, or with what that deletes."""
    for key in goes.foreign_key_constraints:
        column, parent = goes.c[key.column_keys[-1]], key.referred_table
        if key.ondelete != "CASCADE" or "owner_id" not in parent.c:
            continue
        if parent.name == table:
            yield column == row_id
        elif conditions := list(_goes_with(session, parent, table, row_id)):
            yield column.in_(select(parent.c.id).where(parent.c.owner_id == session.owner_id, or_(*conditions)))


def _references(table: str, on_delete: set[str]) -> Iterator[tuple[Table, str]]:
    """Each table and column that refer to rows of `table` by owner and id."""
    for referring in Base.metadata.sorted_tables:
        for key in referring.foreign_key_constraints:
            if key.referred_table.name == table and key.ondelete in on_delete:
                yield referring, key.column_keys[-1]


def _change_what_shows(session: Writing, referring: Table, column: str, row_id: UUID, now: datetime) -> None:
    """Give a new version to every resource that shows rows of `referring` which refer to a row, but not to that row.

    Before those rows change, because others lock the two in this order, and because afterwards they may be gone.
    """
    for key in referring.foreign_key_constraints:
        if key.info.get(SHOWN_THERE):
            shows = key.referred_table
            if key.column_keys[-1] == column:
                continue  # it is what goes
            shown = select(referring.c[key.column_keys[-1]]).where(*_refers(session, referring, column, row_id))
            mine = (shows.c.owner_id == session.owner_id, shows.c.id.in_(shown))
            session.execute(update(shows).where(*mine).values(_new_version(shows, now)))


def _unique_with(table: Table, column: str) -> Iterator[list[str]]:
    """For each set of columns in which no two rows may be the same and which has `column`: the other ones."""
    constraints = [one.columns for one in table.constraints if isinstance(one, PrimaryKeyConstraint | UniqueConstraint)]
    for columns in (*constraints, *(index.columns for index in table.indexes if index.unique)):
        names = columns.keys()
        if column in names:
            yield [name for name in names if name != column]


def _class_of(table: Table) -> type[Any]:
    """The class whose rows a table has."""
    return next(mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is table)


def _unite(  # noqa: PLR0913, PLR0917 - as below
    session: Writing, mapped: type[Any], column: str, others: Sequence[str], old: UUID, new: UUID, now: datetime
) -> None:
    """Let what refers to rows that would be the same as one that refers to `new` refer to that one.

    A row of a class that says how takes the other one in.
    """
    kept, left = aliased(mapped), aliased(mapped)
    same = (kept.owner_id == left.owner_id, *(getattr(kept, one) == getattr(left, one) for one in others))
    pairs = (
        select(kept, left)
        .join(left, and_(*same))
        .where(kept.owner_id == session.owner_id, getattr(kept, column) == new, getattr(left, column) == old)
        # Nothing can begin to refer to them meanwhile.
        .with_for_update()
    )
    for stays, goes in session.execute(pairs).all():
        repoint(session, mapped.__tablename__, goes.id, stays.id, now)
        if issubclass(mapped, TakesIn):
            stays.take_in(goes)
            session.touch(stays, now)


def _filled(  # noqa: PLR0913, PLR0917 - as below
    session: Writing, table: Table, column: str, others: Sequence[str], old: UUID, new: UUID, now: datetime
) -> Any:  # noqa: ANN401 - an UPDATE of any table
    """The UPDATE that fills what rows that refer to `new` lack from the ones that would be the same."""
    left = table.alias()
    same = (
        left.c.owner_id == session.owner_id,
        left.c[column] == old,
        *(left.c[one] == table.c[one] for one in others),
    )
    values: dict[str, Any] = {
        gap.name: func.coalesce(gap, select(left.c[gap.name]).where(*same).scalar_subquery())
        for gap in table.c
        if gap.nullable
    }
    values |= _new_version(table, now)
    return update(table).where(*_refers(session, table, column, new), exists().where(*same)).values(values)


def _repeated(session: Writing, table: Table, column: str, others: Sequence[str], old: UUID, new: UUID) -> Any:  # noqa: ANN401, PLR0913, PLR0917 - a DELETE from any table
    """The DELETE of the rows that refer to `old` and are the same as one that refers to `new`."""
    kept = table.alias()
    same = [kept.c[name] == table.c[name] for name in others]
    is_there = exists().where(kept.c.owner_id == session.owner_id, kept.c[column] == new, *same)
    return delete(table).where(*_refers(session, table, column, old), is_there)


def _changed(session: Writing, table: Table, column: str, old: UUID, new: UUID | None, now: datetime) -> Any:  # noqa: ANN401, PLR0913, PLR0917 - an UPDATE of any table
    """The UPDATE of the references, which is a change of each resource that has one."""
    values = {column: new, **_new_version(table, now)}
    return update(table).where(*_refers(session, table, column, old)).values(values)


def _new_version(table: Table, now: datetime) -> dict[str, Any]:
    """What counts a change of rows; nothing where they are no resources."""
    return {"version": table.c.version + 1, "updated_at": now} if "version" in table.c else {}


def _refers(session: Writing, table: Table, column: str, row_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return table.c.owner_id == session.owner_id, table.c[column] == row_id
