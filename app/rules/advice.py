"""The parts of a decision, made from the values that won."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from app.rules import next_move, thank_you
from app.rules import vocabulary as v
from app.rules.calendar import Place
from app.rules.decision import ConsentRule, NextMoveAdvice, ReferenceAdvice, StatutoryClock, ThankYouAdvice, Window
from app.rules.facts import NOTHING_SAID, Facts

Values = Mapping[str, Any]
"""Field of the decision to its value, for every field that some layer has."""
Sureness = Mapping[str, v.Confidence]
"""Field of the decision to how sure its value is."""


@dataclass(slots=True)
class Setting:
    """Where and when the interview ended, as its reader's calendar and clock have it, and the day of the decision."""

    place: Place
    zone: tzinfo | None
    ended_at: datetime | None
    """Aware."""
    as_of: date | None

    @property
    def ended_on(self) -> date | None:
        """Local day on which the interview ended."""
        return self.ended_at.astimezone(self.zone).date() if self.ended_at and self.zone else None


def on_the_note(
    values: Values, sure: Sureness, setting: Setting, outcome: v.Outcome, *, prohibited: bool
) -> ThankYouAdvice:
    """Whether and how to send a written thank-you."""
    return ThankYouAdvice(
        outcome=outcome,
        prohibited=prohibited,
        expectation=values["thank_you.expectation"],
        channels=values["thank_you.channels"],
        recipients=values["thank_you.recipients"],
        window=None if outcome == "do_not_send" else _window(values, setting),
        not_before_hours=values.get("thank_you.not_before_hours"),
        send_within_hours=values.get("thank_you.send_within_hours"),
        same_day=values.get("thank_you.same_day"),
        late=values.get("thank_you.late"),
        languages=values["thank_you.languages"],
        formality=values["thank_you.formality"],
        address=values["thank_you.address"],
        content=values["thank_you.content"],
        gifts=values["thank_you.gifts"],
        confidence=sure["thank_you.expectation"],
    )


def _window(values: Values, setting: Setting) -> Window | None:
    """When to send; None where it is not known when the interview ended."""
    if setting.ended_at is None or setting.zone is None:
        return None
    return thank_you.window(
        setting.ended_at,
        setting.zone,
        setting.place,
        not_before_hours=values.get("thank_you.not_before_hours", 0),
        send_within_hours=values["thank_you.send_within_hours"],
        same_day=values.get("thank_you.same_day", False),
        as_of=setting.as_of,
    )


def turn(facts: Facts, values: Values, setting: Setting, *, forbidden: bool) -> next_move.Turn:
    """Whose turn it is; `forbidden` where a stop forbids asking. A day of an enquiry implies that there was one."""
    expected = next_move.Expected(
        who=values["next_move.who"],
        promised_on=(facts.said or NOTHING_SAID).answer_by,
        promised_within=values.get("next_move.promised_within_business_days"),
        typical_wait=values.get("next_move.typical_wait_business_days"),
        enquire_after=values["next_move.enquire_after_business_days"],
        grace=values["next_move.grace_business_days"],
        enquiry_forbidden=forbidden,
        offered=facts.process == "offered",
        ended_on=setting.ended_on,
    )
    enquiries = next_move.times_asked(facts.enquiries, facts.last_enquiry_on)
    return next_move.turn(expected, setting.place, next_move.Asked(setting.as_of, enquiries, facts.last_enquiry_on))


def on_the_next_move(
    values: Values, sure: Sureness, found: next_move.Turn, clock: StatutoryClock | None
) -> NextMoveAdvice:
    """Who owes the next move, and when and how the candidate may ask."""
    return NextMoveAdvice(
        who=found.who,
        who_contacts=values["next_move.who"],
        advice=found.advice,
        turn_since=found.since,
        answer_expected_on=found.answer_expected_on,
        answer_basis=found.answer_basis,
        enquire_from=found.enquire_from,
        enquire_via=values["next_move.enquire_via"],
        enquiries_left=found.enquiries_left,
        enquire_after_business_days=values["next_move.enquire_after_business_days"],
        grace_business_days=values["next_move.grace_business_days"],
        typical_wait_business_days=values.get("next_move.typical_wait_business_days"),
        promised_within_business_days=values.get("next_move.promised_within_business_days"),
        feedback=values.get("next_move.feedback"),
        statutory=clock,
        confidence=sure["next_move.who"],
    )


def on_references(values: Values, sure: Sureness, consent: ConsentRule | None) -> ReferenceAdvice:
    """Whether and how references are checked."""
    return ReferenceAdvice(
        checked=values["references.checked"],
        form=values["references.form"],
        consent=consent,
        confidence=sure["references.checked"],
    )
