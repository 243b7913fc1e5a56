"""Letterheads.

Revision: 0019
Follows: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("users", sa.Column("letterhead", sa.JSON(), server_default="[]", nullable=False))
    with op.batch_alter_table("users") as users:
        users.alter_column("letterhead", server_default=None)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("users") as users:
        users.drop_column("letterhead")
