"""Which messages tell a reference how an application has ended.

Revision: 0018
Follows: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TOLD = """
UPDATE messages SET tells_outcome = true
WHERE purpose = 'reference_thanks' AND slot IS NOT NULL AND slot NOT LIKE '%open'
"""


def upgrade() -> None:
    """Make the change."""
    op.add_column("messages", sa.Column("tells_outcome", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(TOLD)
    with op.batch_alter_table("messages") as messages:
        messages.alter_column("tells_outcome", server_default=None)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("messages") as messages:
        messages.drop_column("tells_outcome")
