"""Texts that lists are sorted by have the same order in every locale.

Revision: 0008
Follows: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SORTED = (
    ("companies", "name_key", 400),
    ("contacts", "sort_key", 200),
    ("applications", "position_key", 200),
    ("api_keys", "name", 100),
)


def upgrade() -> None:
    """Make the change."""
    # SQLite compares bytes as it is.
    if op.get_bind().dialect.name == "postgresql":
        for table, column, length in SORTED:
            op.alter_column(table, column, type_=sa.String(length, collation="C"), existing_nullable=False)


def downgrade() -> None:
    """Take it back."""
    if op.get_bind().dialect.name == "postgresql":
        for table, column, length in SORTED:
            op.alter_column(table, column, type_=sa.String(length, collation="default"), existing_nullable=False)
