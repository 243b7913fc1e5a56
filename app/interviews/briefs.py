"""What an interview leads to, read with it: columns of other tables, under names that no column of its own has."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement

from app.http.resources import Shown


class InBrief:
    """The columns that a row needs besides, so that something it leads to can be shown in brief."""

    def __init__(self, shown: type[Shown], table: Any) -> None:  # noqa: ANN401 - a mapped class, or an alias of one
        self._names = {member: f"{shown.__name__}_{member}" for member in shown.model_fields}
        self.columns: tuple[ColumnElement[Any], ...] = tuple(
            getattr(table, member).label(name) for member, name in self._names.items()
        )

    def of(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The members of what is shown, out of a row that was read with the columns."""
        return {member: row[name] for member, name in self._names.items()}
