"""The day by which an offer must be answered.

Revision: 0007
Follows: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("applications", sa.Column("offer_answer_by", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take it back."""
    # No batch: it would make the table anew, and dropping the old one deletes what hangs on its rows.
    op.drop_column("applications", "offer_answer_by")
