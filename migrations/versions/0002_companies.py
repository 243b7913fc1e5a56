"""Companies.

Revision: 0002
Follows: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "companies",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=400), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("sector", sa.String(length=40), nullable=True),
        sa.Column("ownership", sa.String(length=10), nullable=True),
        sa.Column("size", sa.String(length=10), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ownership IN ('domestic', 'foreign')", name=op.f("ck_companies_ownership")),
        sa.CheckConstraint(
            "sector IN ('academia', 'aviation', 'canada_federal', 'childcare', 'consulting', 'eu_institutions', 'finance', 'healthcare', 'healthcare_public', 'hospitality', 'international_organisation', 'investment_banking', 'law', 'logistics', 'manufacturing', 'media', 'medical_residency', 'nonprofit', 'outsourcing', 'police', 'public', 'retail', 'sales', 'seafaring', 'teaching', 'tech_startup', 'technology', 'us_federal')",
            name=op.f("ck_companies_sector"),
        ),
        sa.CheckConstraint("size IN ('small', 'large')", name=op.f("ck_companies_size")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_companies_owner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_companies")),
    )
    with op.batch_alter_table("companies", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_companies_owner_id_name_key_id"), ["owner_id", "name_key", "id"], unique=False
        )

    op.create_table(
        "company_domains",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("domain", sa.String(length=253), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id", "company_id"],
            ["companies.owner_id", "companies.id"],
            name=op.f("fk_company_domains_owner_id_company_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("owner_id", "company_id", "domain", name=op.f("pk_company_domains")),
    )
    with op.batch_alter_table("company_domains", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_company_domains_owner_id_domain"), ["owner_id", "domain"], unique=False)

    op.create_table(
        "practice_reports",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("who_contacts", sa.String(length=20), nullable=True),
        sa.Column("within_business_days", sa.Integer(), nullable=True),
        sa.Column("note_welcome", sa.Boolean(), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("told_by", sa.String(length=200), nullable=True),
        sa.Column("link", sa.String(length=2000), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "channel IN ('email', 'letter', 'handwritten_card', 'phone', 'chat_app', 'via_recruiter', 'portal')",
            name=op.f("ck_practice_reports_channel"),
        ),
        sa.CheckConstraint(
            "who_contacts IN ('employer', 'candidate', 'portal')", name=op.f("ck_practice_reports_who_contacts")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "company_id"],
            ["companies.owner_id", "companies.id"],
            name=op.f("fk_practice_reports_owner_id_company_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_practice_reports_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_practice_reports")),
    )
    with op.batch_alter_table("practice_reports", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_practice_reports_owner_id_company_id_id"), ["owner_id", "company_id", "id"], unique=False
        )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("practice_reports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_practice_reports_owner_id_company_id_id"))

    op.drop_table("practice_reports")
    with op.batch_alter_table("company_domains", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_company_domains_owner_id_domain"))

    op.drop_table("company_domains")
    with op.batch_alter_table("companies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_companies_owner_id_name_key_id"))

    op.drop_table("companies")
