"""What messages told, and when they were handed over.

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
UPDATE messages SET outcome = (
    SELECT CASE a.status WHEN 'accepted' THEN 'accepted' ELSE 'ended' END
    FROM interviews i JOIN applications a ON a.owner_id = i.owner_id AND a.id = i.application_id
    WHERE i.owner_id = messages.owner_id AND i.id = messages.interview_id
)
WHERE purpose = 'reference_thanks' AND slot IS NOT NULL AND slot NOT LIKE '%open'
"""


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("messages") as messages:
        messages.add_column(sa.Column("outcome", sa.String(length=10), nullable=True))
        messages.add_column(sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True))
        messages.create_check_constraint(op.f("ck_messages_outcome"), "outcome IN ('accepted', 'ended')")
    op.execute(TOLD)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("messages") as messages:
        messages.drop_constraint(op.f("ck_messages_outcome"), type_="check")
        messages.drop_column("handed_over_at")
        messages.drop_column("outcome")
