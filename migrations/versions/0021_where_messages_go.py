"""Where messages go.

Revision: 0021
Follows: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("messages", sa.Column("to_address", sa.String(length=254), nullable=True))


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("messages") as messages:
        messages.drop_column("to_address")
