"""Failed messages.

Revision: 0016
Follows: 0015
"""

from alembic import op

revision = "0016"
down_revision = "0015"
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
)
"""Words of tasks before this one, without the last, which is `user_wants_it`."""


def upgrade() -> None:
    """Make the change."""
    _allow((*BECAUSE, "delivery_failed", "user_wants_it"))


def downgrade() -> None:
    """Take it back."""
    op.execute("DELETE FROM tasks WHERE because = 'delivery_failed'")
    _allow((*BECAUSE, "user_wants_it"))


def _allow(because: tuple[str, ...]) -> None:
    """Hold tasks to these words."""
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        listed = ", ".join(f"'{word}'" for word in because)
        batch_op.drop_constraint(op.f("ck_tasks_because"), type_="check")
        batch_op.create_check_constraint(op.f("ck_tasks_because"), f"because IN ({listed})")
