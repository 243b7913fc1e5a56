"""What the plan of an interview shows of the decisions about it, kept so that reading it decides nothing anew."""

from pydantic import TypeAdapter

from app.follow_up.plan import schemas
from app.follow_up.plan.situation import Meeting

_FOLLOW_UP = TypeAdapter(schemas.FollowUp)
_OF_NOTE, _OF_REST = "thank_you.", ("next_move.", "references.")


def follow_up_of(meeting: Meeting) -> bytes:
    """What is decided about an interview that is over, as JSON."""
    first = meeting.decided[0].decision
    return _FOLLOW_UP.dump_json(
        schemas.FollowUp(
            rules_version=first.rules_version,
            recipients=[
                schemas.RecipientPlan(
                    participant_id=one.participant_id,
                    contact_id=one.contact_id,
                    role=one.role,
                    note_sent_at=one.note_sent_at,
                    thank_you=one.decision.thank_you,
                    reasons=tuple(reason for reason in one.decision.reasons if reason.field.startswith(_OF_NOTE)),
                    stops=one.decision.stops,
                )
                for one in meeting.decided
            ],
            next_move=first.next_move,
            references=first.references,
            reasons=tuple(reason for reason in first.reasons if reason.field.startswith(_OF_REST)),
            sources={key: note for one in meeting.decided for key, note in one.decision.sources.items()},
        ),
    )
