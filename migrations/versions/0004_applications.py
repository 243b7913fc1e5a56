"""Applications.

Revision: 0004
Follows: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "applications",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.String(length=200), nullable=False),
        sa.Column("position_key", sa.String(length=200), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("subdivision", sa.String(length=6), nullable=True),
        sa.Column("track", sa.String(length=20), nullable=True),
        sa.Column("via_agency", sa.Boolean(), nullable=True),
        sa.Column("agency_contact_id", sa.Uuid(), nullable=True),
        sa.Column("introduced_by_person", sa.Boolean(), nullable=True),
        sa.Column("introduced_by_contact_id", sa.Uuid(), nullable=True),
        sa.Column("sent_by_employment_service", sa.Boolean(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("deadline_on", sa.Date(), nullable=True),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("posting_url", sa.String(length=2000), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("publicly_advertised", sa.Boolean(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('interested', 'applied', 'interviewing', 'offer', 'accepted', 'declined', 'rejected', 'withdrawn')",
            name=op.f("ck_applications_status"),
        ),
        sa.CheckConstraint(
            "track IN ('new_graduate', 'experienced', 'executive', 'academic', 'internal')",
            name=op.f("ck_applications_track"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "agency_contact_id"],
            ["contacts.owner_id", "contacts.id"],
            name=op.f("fk_applications_owner_id_agency_contact_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "company_id"],
            ["companies.owner_id", "companies.id"],
            name=op.f("fk_applications_owner_id_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "introduced_by_contact_id"],
            ["contacts.owner_id", "contacts.id"],
            name=op.f("fk_applications_owner_id_introduced_by_contact_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_applications_owner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_applications")),
    )
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_applications_owner_id_agency_contact_id_id"),
            ["owner_id", "agency_contact_id", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_applications_owner_id_company_id_id"), ["owner_id", "company_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_applications_owner_id_introduced_by_contact_id_id"),
            ["owner_id", "introduced_by_contact_id", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_applications_owner_id_position_key_id"), ["owner_id", "position_key", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_applications_owner_id_updated_at_id"), ["owner_id", "updated_at", "id"], unique=False
        )

    op.create_table(
        "application_status_changes",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("correction", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "status IN ('interested', 'applied', 'interviewing', 'offer', 'accepted', 'declined', 'rejected', 'withdrawn')",
            name=op.f("ck_application_status_changes_status"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "application_id"],
            ["applications.owner_id", "applications.id"],
            name=op.f("fk_application_status_changes_owner_id_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_application_status_changes_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_application_status_changes")),
    )
    with op.batch_alter_table("application_status_changes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_application_status_changes_owner_id_application_id_id"),
            ["owner_id", "application_id", "id"],
            unique=False,
        )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("application_status_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_status_changes_owner_id_application_id_id"))

    op.drop_table("application_status_changes")
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_applications_owner_id_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_applications_owner_id_position_key_id"))
        batch_op.drop_index(batch_op.f("ix_applications_owner_id_introduced_by_contact_id_id"))
        batch_op.drop_index(batch_op.f("ix_applications_owner_id_company_id_id"))
        batch_op.drop_index(batch_op.f("ix_applications_owner_id_agency_contact_id_id"))

    op.drop_table("applications")
