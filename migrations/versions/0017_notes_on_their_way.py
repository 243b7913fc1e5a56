"""Notes on their way.

Revision: 0017
Follows: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

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
    "delivery_unknown",
    "delivery_failed",
    "user_wants_it",
)
"""Words of tasks before this one."""
THEIR_NOTE = (
    "FROM messages WHERE messages.owner_id = participants.owner_id "
    "AND messages.interview_id = participants.interview_id AND messages.contact_id = participants.contact_id "
    "AND messages.purpose = 'thank_you'"
)


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.add_column(sa.Column("note_delivery", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("note_scheduled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_participants_note_delivery"), "note_delivery IN ('scheduled', 'unknown')"
        )
    for states, columns in (
        ("('unknown')", "note_delivery = 'unknown'"),
        (
            "('scheduled', 'sending')",
            f"note_delivery = 'scheduled', note_scheduled_at = (SELECT max(messages.send_at) {THEIR_NOTE})",
        ),
    ):
        op.execute(
            f"UPDATE participants SET {columns} "  # noqa: S608 - constants
            f"WHERE EXISTS (SELECT 1 {THEIR_NOTE} AND messages.state IN {states})"
        )
    _allow((*BECAUSE, "note_scheduled"), ("employer", "message"))


def downgrade() -> None:
    """Take it back."""
    op.execute("DELETE FROM tasks WHERE waits_for = 'message' OR because = 'note_scheduled'")
    _allow(BECAUSE, ("employer",))
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_participants_note_delivery"), type_="check")
        batch_op.drop_column("note_scheduled_at")
        batch_op.drop_column("note_delivery")


def _allow(because: tuple[str, ...], waits_for: tuple[str, ...]) -> None:
    """Hold tasks to these words."""
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        for column, words in (("because", because), ("waits_for", waits_for)):
            listed = ", ".join(f"'{word}'" for word in words)
            batch_op.drop_constraint(op.f(f"ck_tasks_{column}"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_tasks_{column}"), f"{column} IN ({listed})")
