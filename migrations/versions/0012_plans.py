"""Plans.

Revision: 0012
Follows: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "search_plans",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("recheck_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("alive", sa.Integer(), nullable=False),
        sa.Column("last_applied_on", sa.Date(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_search_plans_owner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("owner_id", name=op.f("pk_search_plans")),
    )
    with op.batch_alter_table("search_plans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_plans_recheck_at"), ["recheck_at"], unique=False)

    op.create_table(
        "plans",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("recheck_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("turn", sa.String(length=10), nullable=True),
        sa.Column("turn_since", sa.Date(), nullable=True),
        sa.Column("answer_expected_on", sa.Date(), nullable=True),
        sa.Column("answer_basis", sa.String(length=10), nullable=True),
        sa.Column("enquire_from", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "turn IN ('employer', 'candidate', 'either', 'portal', 'nobody')", name=op.f("ck_plans_turn")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "application_id"],
            ["applications.owner_id", "applications.id"],
            name=op.f("fk_plans_owner_id_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_plans_owner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("owner_id", "application_id", name=op.f("pk_plans")),
    )
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plans_owner_id_recheck_at"), ["owner_id", "recheck_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_plans_recheck_at"), ["recheck_at"], unique=False)

    op.create_table(
        "interview_plans",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("references_checked", sa.String(length=10), nullable=False),
        sa.Column("consent_binding", sa.String(length=20), nullable=True),
        sa.CheckConstraint(
            "references_checked IN ('rare', 'sometimes', 'usual')", name=op.f("ck_interview_plans_references_checked")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "interview_id"],
            ["interviews.owner_id", "interviews.id"],
            name=op.f("fk_interview_plans_owner_id_interview_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_interview_plans_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("owner_id", "interview_id", name=op.f("pk_interview_plans")),
    )
    op.create_table(
        "tasks",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("because", sa.String(length=30), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("interview_id", sa.Uuid(), nullable=True),
        sa.Column("participant_id", sa.Uuid(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("reference_id", sa.Uuid(), nullable=True),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_order", sa.DateTime(timezone=True), nullable=False),
        sa.Column("weight", sa.SmallInteger(), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("is_optional", sa.Boolean(), nullable=False),
        sa.Column("waits_for", sa.String(length=10), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("closed_by", sa.String(length=10), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("skip_reason", sa.Text(), nullable=True),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_brought_up", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "because IN ('always_thank_in_person', 'no_way_to_reach', 'nobody_decides', 'memory_fades', 'questions_left_open', 'no_consent_on_record', 'consent_is_old', 'consent_has_ended', 'reference_may_be_called', 'reference_rarely_called', 'reference_helped', 'note_expected', 'note_appreciated', 'note_optional', 'note_chosen', 'answer_promised', 'answer_customary', 'answer_unknown', 'answer_asked_for', 'result_is_posted', 'answer_overdue', 'asking_is_fair', 'enough_asked', 'offer_made', 'law_obliges_employer', 'search_goes_on', 'offer_accepted', 'accepted_elsewhere', 'user_wants_it')",
            name=op.f("ck_tasks_because"),
        ),
        sa.CheckConstraint("closed_by IN ('user', 'facts')", name=op.f("ck_tasks_closed_by")),
        sa.CheckConstraint(
            "kind IN ('thank_in_person', 'get_contact', 'find_decision_maker', 'reflect', 'ask_open_questions', 'ask_consent', 'brief_reference', 'thank_reference', 'send_note', 'await_answer', 'check_portal', 'ask_for_answer', 'close', 'answer_offer', 'statutory_deadline', 'keep_looking', 'say_thanks', 'withdraw', 'own')",
            name=op.f("ck_tasks_kind"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'waiting', 'snoozed', 'done', 'skipped', 'retired')", name=op.f("ck_tasks_state")
        ),
        sa.CheckConstraint("waits_for IN ('employer')", name=op.f("ck_tasks_waits_for")),
        sa.ForeignKeyConstraint(
            ["owner_id", "application_id"],
            ["applications.owner_id", "applications.id"],
            name=op.f("fk_tasks_owner_id_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "contact_id"],
            ["contacts.owner_id", "contacts.id"],
            name=op.f("fk_tasks_owner_id_contact_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "interview_id"],
            ["interviews.owner_id", "interviews.id"],
            name=op.f("fk_tasks_owner_id_interview_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "participant_id"],
            ["participants.owner_id", "participants.id"],
            name=op.f("fk_tasks_owner_id_participant_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "reference_id"],
            ["references.owner_id", "references.id"],
            name=op.f("fk_tasks_owner_id_reference_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_tasks_owner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_tasks")),
        sa.UniqueConstraint("owner_id", "key", name=op.f("uq_tasks_owner_id_key")),
    )
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_tasks_owner_id_application_id_id"), ["owner_id", "application_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_tasks_owner_id_contact_id_id"), ["owner_id", "contact_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_tasks_owner_id_due_order_weight_id"), ["owner_id", "due_order", "weight", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_tasks_owner_id_interview_id_id"), ["owner_id", "interview_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_tasks_owner_id_participant_id_id"), ["owner_id", "participant_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_tasks_owner_id_reference_id_id"), ["owner_id", "reference_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_tasks_owner_id_state_due_order_weight_id"),
            ["owner_id", "state", "due_order", "weight", "id"],
            unique=False,
        )

    op.create_table(
        "task_changes",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("because", sa.String(length=40), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id", "task_id"],
            ["tasks.owner_id", "tasks.id"],
            name=op.f("fk_task_changes_owner_id_task_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_task_changes_owner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_task_changes")),
    )
    with op.batch_alter_table("task_changes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_task_changes_owner_id_task_id_id"), ["owner_id", "task_id", "id"], unique=False
        )

    op.add_column("decisions", sa.Column("choice", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("decisions", "choice")

    with op.batch_alter_table("task_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_changes_owner_id_task_id_id"))

    op.drop_table("task_changes")
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tasks_owner_id_state_due_order_weight_id"))
        batch_op.drop_index(batch_op.f("ix_tasks_owner_id_reference_id_id"))
        batch_op.drop_index(batch_op.f("ix_tasks_owner_id_participant_id_id"))
        batch_op.drop_index(batch_op.f("ix_tasks_owner_id_interview_id_id"))
        batch_op.drop_index(batch_op.f("ix_tasks_owner_id_due_order_weight_id"))
        batch_op.drop_index(batch_op.f("ix_tasks_owner_id_contact_id_id"))
        batch_op.drop_index(batch_op.f("ix_tasks_owner_id_application_id_id"))

    op.drop_table("tasks")
    op.drop_table("interview_plans")
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plans_recheck_at"))
        batch_op.drop_index(batch_op.f("ix_plans_owner_id_recheck_at"))

    op.drop_table("plans")
    with op.batch_alter_table("search_plans", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_plans_recheck_at"))

    op.drop_table("search_plans")
