"""With which program users have logged in.

Revision: 0009
Follows: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("login_sessions", sa.Column("user_agent", sa.String(length=200), nullable=True))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("login_sessions", "user_agent")
