"""Contacts.

Revision: 0003
Follows: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "contacts",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("other_names", sa.JSON(), nullable=False),
        sa.Column("display_name", sa.String(length=320), nullable=False),
        sa.Column("sort_key", sa.String(length=200), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("pronouns", sa.String(length=50), nullable=True),
        sa.Column("job_title", sa.String(length=200), nullable=True),
        sa.Column("department", sa.String(length=200), nullable=True),
        sa.Column("company_id", sa.Uuid(), nullable=True),
        sa.Column("emails", sa.JSON(), nullable=False),
        sa.Column("phones", sa.JSON(), nullable=False),
        sa.Column("addresses", sa.JSON(), nullable=False),
        sa.Column("profiles", sa.JSON(), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=True),
        sa.Column("wishes_note", sa.Boolean(), nullable=True),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("known_personally", sa.Boolean(), nullable=True),
        sa.Column("source", sa.String(length=20), nullable=True),
        sa.Column("noted_on", sa.Date(), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "source IN ('business_card', 'email_signature', 'said', 'website', 'profile', 'import', 'other')",
            name=op.f("ck_contacts_source"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "company_id"],
            ["companies.owner_id", "companies.id"],
            name=op.f("fk_contacts_owner_id_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_contacts_owner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_contacts")),
    )
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contacts_owner_id_company_id_id"), ["owner_id", "company_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_contacts_owner_id_sort_key_id"), ["owner_id", "sort_key", "id"], unique=False
        )

    op.create_table(
        "contact_keys",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=320), nullable=False),
        sa.CheckConstraint("kind IN ('name', 'email', 'phone', 'language', 'tag')", name=op.f("ck_contact_keys_kind")),
        sa.ForeignKeyConstraint(
            ["owner_id", "contact_id"],
            ["contacts.owner_id", "contacts.id"],
            name=op.f("fk_contact_keys_owner_id_contact_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("owner_id", "contact_id", "kind", "key", name=op.f("pk_contact_keys")),
    )
    with op.batch_alter_table("contact_keys", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contact_keys_owner_id_kind_key"), ["owner_id", "kind", "key"], unique=False
        )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("contact_keys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_keys_owner_id_kind_key"))

    op.drop_table("contact_keys")
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contacts_owner_id_sort_key_id"))
        batch_op.drop_index(batch_op.f("ix_contacts_owner_id_company_id_id"))

    op.drop_table("contacts")
