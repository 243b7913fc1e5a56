"""What SQLite is told of the size of tables, so that it chooses the index that a statement was written for.

Without statistics it takes ten rows for all that a user has, and to spare itself the sorting of three participants it
reads through thousands. Measured ones would be right on the day of measuring, and plans would change between one start
and the next; so the same are assumed everywhere. https://sqlite.org/lang_analyze.html names this way.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

_OF_ALL_USERS = 1_000_000
_OF_A_USER = 10_000
_OF_A_KIND = 10
"""Rows that have a value of another column in common, within those of a user."""


def assume(connection: Connection) -> None:
    """Write the statistics of every index, for connections that are opened from now on."""
    # Of the smallest table there is: it makes the table of statistics, which nothing else may.
    connection.exec_driver_sql("ANALYZE alembic_version")
    connection.exec_driver_sql("DELETE FROM sqlite_stat1")
    for statistics in _statistics(connection):
        connection.exec_driver_sql("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)", statistics)


def _statistics(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Table, index, and as text the rows of the table and those that have the first columns in common."""
    indexes = "SELECT tbl_name, name FROM sqlite_schema WHERE type = 'index' ORDER BY tbl_name, name"
    for table, index in connection.exec_driver_sql(indexes).all():
        columns = connection.exec_driver_sql("SELECT name FROM pragma_index_info(?)", (index,)).scalars().all()
        unique = 'SELECT "unique" FROM pragma_index_list(?) WHERE name = ?'
        is_unique = bool(connection.exec_driver_sql(unique, (table, index)).scalar())
        rows = (
            _rows(columns[: number + 1], is_whole_key=is_unique and number == len(columns) - 1)
            for number in range(len(columns))
        )
        yield table, index, " ".join(map(str, (_OF_ALL_USERS, *rows)))


def _rows(columns: Sequence[str], *, is_whole_key: bool) -> int:
    """How many rows have these columns in common."""
    if is_whole_key or "id" in columns:
        return 1
    return _OF_A_USER if columns == ["owner_id"] else _OF_A_KIND
