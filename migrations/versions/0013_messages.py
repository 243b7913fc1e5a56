"""Messages.

Revision: 0013
Follows: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KINDS = (
    "thank_in_person",
    "get_contact",
    "find_decision_maker",
    "reflect",
    "ask_open_questions",
    "ask_consent",
    "brief_reference",
    "thank_reference",
    "send_note",
    "await_answer",
    "check_portal",
    "ask_for_answer",
    "close",
    "answer_offer",
    "statutory_deadline",
    "keep_looking",
    "say_thanks",
    "withdraw",
)
BECAUSE = (
    "always_thank_in_person",
    "no_way_to_reach",
    "nobody_decides",
    "memory_fades",
    "questions_left_open",
    "no_consent_on_record",
    "consent_is_old",
    "consent_has_ended",
    "reference_may_be_called",
    "reference_rarely_called",
    "reference_helped",
    "note_expected",
    "note_appreciated",
    "note_optional",
    "note_chosen",
    "answer_promised",
    "answer_customary",
    "answer_unknown",
    "answer_asked_for",
    "result_is_posted",
    "answer_overdue",
    "asking_is_fair",
    "enough_asked",
    "offer_made",
    "law_obliges_employer",
    "search_goes_on",
    "offer_accepted",
    "accepted_elsewhere",
)
"""Words of tasks before this one, without the last of each, which are `own` and `user_wants_it`."""


def upgrade() -> None:
    """Make the change."""
    _allow((*KINDS, "check_message", "own"), (*BECAUSE, "delivery_unknown", "user_wants_it"))
    op.create_table(
        "messages",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("reference_id", sa.Uuid(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("override_reason", sa.Text(), nullable=True),
        sa.Column("override_prohibition", sa.Boolean(), nullable=False),
        sa.Column("mailbox_id", sa.Uuid(), nullable=True),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=15), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=255), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_version", sa.SmallInteger(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_via", sa.String(length=10), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("slot", sa.String(length=120), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "channel IN ('email', 'letter', 'handwritten_card', 'phone', 'chat_app', 'via_recruiter', 'portal')",
            name=op.f("ck_messages_channel"),
        ),
        sa.CheckConstraint("phase IN ('connecting', 'handing_over')", name=op.f("ck_messages_phase")),
        sa.CheckConstraint(
            "purpose IN ('thank_you', 'status_enquiry', 'reference_request', 'reference_briefing', 'reference_thanks', 'introducer_thanks', 'withdrawal')",
            name=op.f("ck_messages_purpose"),
        ),
        sa.CheckConstraint("sent_via IN ('mailbox', 'by_hand')", name=op.f("ck_messages_sent_via")),
        sa.CheckConstraint(
            "state IN ('draft', 'approved', 'scheduled', 'sending', 'sent', 'failed', 'unknown')",
            name=op.f("ck_messages_state"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "contact_id"],
            ["contacts.owner_id", "contacts.id"],
            name=op.f("fk_messages_owner_id_contact_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "decision_id"],
            ["decisions.owner_id", "decisions.id"],
            name=op.f("fk_messages_owner_id_decision_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "interview_id"],
            ["interviews.owner_id", "interviews.id"],
            name=op.f("fk_messages_owner_id_interview_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "reference_id"],
            ["references.owner_id", "references.id"],
            name=op.f("fk_messages_owner_id_reference_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_messages_owner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_messages")),
        sa.UniqueConstraint("owner_id", "slot", name=op.f("uq_messages_owner_id_slot")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_messages_owner_id_approved_at_id"), ["owner_id", "approved_at", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_messages_owner_id_contact_id_id"), ["owner_id", "contact_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_messages_owner_id_decision_id_id"), ["owner_id", "decision_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_messages_owner_id_interview_id_id"), ["owner_id", "interview_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_messages_owner_id_mailbox_id_id"), ["owner_id", "mailbox_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_messages_owner_id_reference_id_id"), ["owner_id", "reference_id", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_messages_owner_id_state_id"), ["owner_id", "state", "id"], unique=False)

    op.create_table(
        "message_versions",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_by", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("made_by IN ('template', 'user')", name=op.f("ck_message_versions_made_by")),
        sa.ForeignKeyConstraint(
            ["owner_id", "message_id"],
            ["messages.owner_id", "messages.id"],
            name=op.f("fk_message_versions_owner_id_message_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_message_versions_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_message_versions")),
        sa.UniqueConstraint(
            "owner_id", "message_id", "number", name=op.f("uq_message_versions_owner_id_message_id_number")
        ),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("message_versions")
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_messages_owner_id_state_id"))
        batch_op.drop_index(batch_op.f("ix_messages_owner_id_reference_id_id"))
        batch_op.drop_index(batch_op.f("ix_messages_owner_id_mailbox_id_id"))
        batch_op.drop_index(batch_op.f("ix_messages_owner_id_interview_id_id"))
        batch_op.drop_index(batch_op.f("ix_messages_owner_id_decision_id_id"))
        batch_op.drop_index(batch_op.f("ix_messages_owner_id_contact_id_id"))
        batch_op.drop_index(batch_op.f("ix_messages_owner_id_approved_at_id"))

    op.drop_table("messages")
    op.execute("DELETE FROM tasks WHERE kind = 'check_message'")
    _allow((*KINDS, "own"), (*BECAUSE, "user_wants_it"))


def _allow(kinds: tuple[str, ...], because: tuple[str, ...]) -> None:
    """Hold tasks to these words."""
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        for column, words in (("kind", kinds), ("because", because)):
            listed = ", ".join(f"'{word}'" for word in words)
            batch_op.drop_constraint(op.f(f"ck_tasks_{column}"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_tasks_{column}"), f"{column} IN ({listed})")
