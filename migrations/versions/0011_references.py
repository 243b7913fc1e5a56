"""References.

Revision: 0011
Follows: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "references",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("relationship", sa.String(length=10), nullable=True),
        sa.Column("consent_given_on", sa.Date(), nullable=True),
        sa.Column("consent_for", sa.Text(), nullable=True),
        sa.Column("consent_until", sa.Date(), nullable=True),
        sa.Column("unavailable", sa.JSON(), nullable=False),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "relationship IN ('manager', 'colleague', 'report', 'client', 'teacher', 'mentor', 'other')",
            name=op.f("ck_references_relationship"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "contact_id"],
            ["contacts.owner_id", "contacts.id"],
            name=op.f("fk_references_owner_id_contact_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_references_owner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_references")),
        sa.UniqueConstraint("owner_id", "contact_id", name=op.f("uq_references_owner_id_contact_id")),
    )
    op.create_table(
        "reference_uses",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("outcome_told_on", sa.Date(), nullable=True),
        sa.Column("thanked_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id", "application_id"],
            ["applications.owner_id", "applications.id"],
            name=op.f("fk_reference_uses_owner_id_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "reference_id"],
            ["references.owner_id", "references.id"],
            name=op.f("fk_reference_uses_owner_id_reference_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_reference_uses_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_reference_uses")),
        sa.UniqueConstraint(
            "owner_id",
            "reference_id",
            "application_id",
            name=op.f("uq_reference_uses_owner_id_reference_id_application_id"),
        ),
    )
    with op.batch_alter_table("reference_uses", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reference_uses_owner_id_application_id_id"),
            ["owner_id", "application_id", "id"],
            unique=False,
        )

    op.create_table(
        "reference_briefings",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference_id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id", "interview_id"],
            ["interviews.owner_id", "interviews.id"],
            name=op.f("fk_reference_briefings_owner_id_interview_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "reference_id"],
            ["references.owner_id", "references.id"],
            name=op.f("fk_reference_briefings_owner_id_reference_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_reference_briefings_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_reference_briefings")),
        sa.UniqueConstraint(
            "owner_id",
            "reference_id",
            "interview_id",
            name=op.f("uq_reference_briefings_owner_id_reference_id_interview_id"),
        ),
    )
    with op.batch_alter_table("reference_briefings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reference_briefings_owner_id_interview_id_id"),
            ["owner_id", "interview_id", "id"],
            unique=False,
        )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("reference_briefings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reference_briefings_owner_id_interview_id_id"))

    op.drop_table("reference_briefings")
    with op.batch_alter_table("reference_uses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reference_uses_owner_id_application_id_id"))

    op.drop_table("reference_uses")
    op.drop_table("references")
