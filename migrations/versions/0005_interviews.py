"""Interviews.

Revision: 0005
Follows: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "interviews",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=True),
        sa.Column("format", sa.String(length=40), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("link", sa.String(length=2000), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("said_who_contacts", sa.String(length=20), nullable=True),
        sa.Column("said_answer_by", sa.Date(), nullable=True),
        sa.Column("said_no_contact", sa.Boolean(), nullable=True),
        sa.Column("said_note_welcome", sa.Boolean(), nullable=True),
        sa.Column("said_canvassing_disqualifies", sa.Boolean(), nullable=True),
        sa.Column("thanked_in_person", sa.Boolean(), nullable=True),
        sa.Column("enquiries", sa.Integer(), nullable=True),
        sa.Column("last_enquiry_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "format IN ('assessment_centre', 'campus', 'informal', 'law_callback', 'law_screening', 'one_way_video', 'onsite', 'open_recruitment', 'panel', 'phone_screen', 'structured', 'text_chat', 'video')",
            name=op.f("ck_interviews_format"),
        ),
        sa.CheckConstraint(
            "said_who_contacts IN ('employer', 'candidate', 'portal')", name=op.f("ck_interviews_said_who_contacts")
        ),
        sa.CheckConstraint("stage IN ('screening', 'first', 'further', 'final')", name=op.f("ck_interviews_stage")),
        sa.CheckConstraint(
            "status IN ('scheduled', 'awaiting_feedback', 'complete', 'cancelled', 'no_show')",
            name=op.f("ck_interviews_status"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "application_id"],
            ["applications.owner_id", "applications.id"],
            name=op.f("fk_interviews_owner_id_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_interviews_owner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_interviews")),
    )
    with op.batch_alter_table("interviews", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interviews_owner_id_application_id_id"), ["owner_id", "application_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_interviews_owner_id_starts_at_id"), ["owner_id", "starts_at", "id"], unique=False
        )

    op.create_table(
        "participants",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=True),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.Column("note_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "role IN ('interviewer', 'decision_maker', 'recruiter', 'coordinator', 'panel_chair', 'agency_consultant', 'observer')",
            name=op.f("ck_participants_role"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "contact_id"],
            ["contacts.owner_id", "contacts.id"],
            name=op.f("fk_participants_owner_id_contact_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "interview_id"],
            ["interviews.owner_id", "interviews.id"],
            name=op.f("fk_participants_owner_id_interview_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_participants_owner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_participants")),
        sa.UniqueConstraint(
            "owner_id", "interview_id", "contact_id", name=op.f("uq_participants_owner_id_interview_id_contact_id")
        ),
    )
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_participants_owner_id_contact_id_id"), ["owner_id", "contact_id", "id"], unique=False
        )

    op.create_table(
        "reflections",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("learned_about_company", sa.Text(), nullable=True),
        sa.Column("learned_about_position", sa.Text(), nullable=True),
        sa.Column("important_points", sa.JSON(), nullable=False),
        sa.Column("open_questions", sa.JSON(), nullable=False),
        sa.Column("questions_asked", sa.JSON(), nullable=False),
        sa.Column("went_well", sa.Text(), nullable=True),
        sa.Column("to_improve", sa.Text(), nullable=True),
        sa.Column("mood", sa.String(length=10), nullable=True),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "mood IN ('very_good', 'good', 'mixed', 'bad', 'very_bad')", name=op.f("ck_reflections_mood")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "interview_id"],
            ["interviews.owner_id", "interviews.id"],
            name=op.f("fk_reflections_owner_id_interview_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_reflections_owner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_reflections")),
        sa.UniqueConstraint("owner_id", "interview_id", name=op.f("uq_reflections_owner_id_interview_id")),
    )
    with op.batch_alter_table("reflections", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reflections_owner_id_updated_at_id"), ["owner_id", "updated_at", "id"], unique=False
        )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("reflections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reflections_owner_id_updated_at_id"))

    op.drop_table("reflections")
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participants_owner_id_contact_id_id"))

    op.drop_table("participants")
    with op.batch_alter_table("interviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interviews_owner_id_starts_at_id"))
        batch_op.drop_index(batch_op.f("ix_interviews_owner_id_application_id_id"))

    op.drop_table("interviews")
