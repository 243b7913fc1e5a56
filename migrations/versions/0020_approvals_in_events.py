"""Approvals are counted in events.

Revision: 0020
Follows: 0019
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.drop_index(op.f("ix_messages_owner_id_approved_at_id"), "messages")


def downgrade() -> None:
    """Take it back."""
    op.create_index(op.f("ix_messages_owner_id_approved_at_id"), "messages", ["owner_id", "approved_at", "id"])
