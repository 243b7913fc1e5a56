"""decide(rule_book, facts) -> Decision: pure, total for every country, always explained."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timezone, tzinfo
from hashlib import blake2b
from typing import Any, cast

from pydantic_core import to_json

from app.rules import next_move, statutes, thank_you, would_change
from app.rules import vocabulary as v
from app.rules.book import Edition, RuleBook
from app.rules.calendar import Place
from app.rules.chain import EXPECTATION, HEADLINE, INDEX, over
from app.rules.decision import (
    ConsentRule,
    Decision,
    NextMoveAdvice,
    Overridden,
    Reason,
    ReferenceAdvice,
    Remark,
    SourceNote,
    StatutoryClock,
    Stop,
    ThankYouAdvice,
)
from app.rules.facts import NO_CHOICE, NOTHING_SAID, Facts
from app.rules.load import zone
from app.rules.profile import Profile
from app.rules.resolve import Resolution, resolve

WHO = INDEX["next_move.who"]
CHECKED = INDEX["references.checked"]
GIFTS = INDEX["thank_you.gifts"]
NOTHING = Reason("", None, "world", "none", (), (), ())
"""Stands for a field that no layer has."""


def decide(book: RuleBook, facts: Facts, today: date | None = None) -> Decision:
    """The decision for `facts` under `book`.

    `today` is the day for which it is made where the facts do not say. Raises `UnknownCountry` where `facts.country`
    is no country's code, and nothing else.
    """
    as_of = facts.as_of or today
    edition = book.at(as_of)
    company = book.company(facts.company, facts.country) if facts.company else None
    place = edition.profile(facts.country, facts.subdivision, company)
    found = resolve(edition.bits, place, facts)
    winners = found.winners
    if facts.company:
        found.remarks += _of_company(book, facts, company)

    outcome, outcome_reason = _outcome(facts, found)
    there = _There(Place(book.calendar, facts.country, facts.subdivision), _zone(book, facts), facts.ended_at)
    clock = _clock(place, found, there.ended_on)
    values: list[Any] = [reason.value if reason else None for reason in winners]
    thanks = _thank_you(values, found, outcome, there)
    turn = _turn(facts, values, found.stops, there, as_of)
    if turn.since:
        passed = Reason(
            "next_move.who", turn.who, "time", "high", (), (), (f"The day for asking came on {turn.since}.",)
        )
        winners[WHO] = over(passed, winners[WHO])
    reasons = [reason for reason in winners if reason is not None]
    if outcome_reason:
        reasons.append(outcome_reason)
    own = "do_not_send" if facts.note_sent_at else (facts.choice or NO_CHOICE).thank_you
    if own:
        found.fixed += ((HEADLINE.index("thank_you.outcome"), own),)
    echo = facts.known()
    return Decision(
        decision_id=_decision_id(book, echo, as_of),
        rules_version=book.version,
        as_of=as_of,
        facts=echo,
        thank_in_person=True,
        thank_you=thanks,
        next_move=_next_move(values, winners, turn, clock),
        references=_references(values, winners, place),
        reasons=tuple(reasons),
        stops=tuple(found.stops),
        remarks=tuple(found.remarks),
        would_change_if=would_change.changes(place, found, there.ended_on),
        sources=_sources(edition, reasons, found, *(law for law in (clock, place.consent) if law)),
    )


def _of_company(book: RuleBook, facts: Facts, key: str | None) -> Iterator[Remark]:
    """What to say where a company was named of which nothing is known, or nothing here."""
    if key is None:
        yield Remark("company", f"No published practice is known of {facts.company!r}.", ())
    elif (known_in := book.data.companies[key].applies_in) and facts.country not in known_in:
        text = f"The practice known of {book.data.companies[key].name} is that in {', '.join(known_in)}, not here."
        yield Remark("company", text, ())


def local_day(book: RuleBook, facts: Facts, moment: datetime) -> date:
    """The day it is at an aware `moment` where the reader of a note is; in UTC where the zone is not known."""
    return moment.astimezone(_zone(book, facts) or UTC).date()


@dataclass(slots=True)
class _There:
    """Where and when the interview ended, as its reader's calendar and clock have it."""

    place: Place
    zone: tzinfo | None
    ended_at: datetime | None
    """Aware, if the zone or the offset is known."""
    ended_on: date | None

    def __init__(self, place: Place, zone_here: tzinfo | None, ended_at: datetime | None) -> None:
        self.place, self.zone = place, zone_here
        if ended_at is not None and ended_at.tzinfo is None:
            ended_at = ended_at.replace(tzinfo=zone_here)
        self.ended_at = ended_at
        self.ended_on = ended_at.astimezone(zone_here).date() if ended_at else None


def _outcome(facts: Facts, found: Resolution) -> tuple[v.Outcome, Reason | None]:
    """The outcome, and the reason where something other than custom decided it."""
    winners = found.winners
    stop = next((stop for stop in found.stops if stop.forbids == "thank_you"), None)
    if stop is not None:
        because = Reason(
            "thank_you.expectation", "avoid", f"stop:{stop.scope}", "high", stop.sources, (), (stop.because,)
        )
        winners[EXPECTATION] = over(because, winners[EXPECTATION])
    expectation = winners[EXPECTATION] or NOTHING
    advised = v.OUTCOME_OF[cast("v.Expectation", expectation.value)]
    choice = (facts.choice or NO_CHOICE).thank_you
    if facts.note_sent_at is not None:
        outcome: v.Outcome = "do_not_send"
        scope, text = "history", f"A note was sent on {facts.note_sent_at.date()}; nobody gets a second one."
    elif choice and (choice == "do_not_send" or stop is None or stop.overridden_by_user):
        outcome, scope, text = choice, "choice", "The user's own decision."
    else:
        return advised, None
    overrode = (Overridden(expectation.scope, advised),) if advised != outcome else ()
    return outcome, Reason("thank_you.outcome", outcome, scope, "high", (), overrode, (text,))


def _clock(place: Profile, found: Resolution, ended_on: date | None) -> StatutoryClock | None:
    """The statutory clock, unless the interview was before the law."""
    law = statutes.binding_on(place.statute, ended_on)
    return statutes.statutory_clock(law, place.conditions, found.known, ended_on) if law else None


def _thank_you(values: list[Any], found: Resolution, outcome: v.Outcome, there: _There) -> ThankYouAdvice:
    """The advice on the note, with its window where one is sent."""
    expectation, channels, recipients, not_before, within, same_day, formality, languages, address, content = values[
        :10
    ]
    prohibited = any(stop.forbids == "thank_you" for stop in found.stops)
    window = None
    if outcome != "do_not_send" and there.ended_at and there.zone and within:
        window = thank_you.window(
            there.ended_at,
            there.zone,
            there.place,
            not_before_hours=not_before or 0,
            send_within_hours=within,
            same_day=bool(same_day),
        )
    return ThankYouAdvice(
        outcome=outcome,
        prohibited=prohibited,
        expectation=expectation,
        channels=channels,
        recipients=recipients,
        window=window,
        not_before_hours=not_before,
        send_within_hours=within,
        same_day=same_day,
        languages=languages,
        formality=formality,
        address=address,
        content=content,
        gifts=values[GIFTS],
        confidence=(found.winners[EXPECTATION] or NOTHING).confidence,
    )


def _turn(facts: Facts, values: list[Any], stops: list[Stop], there: _There, as_of: date | None) -> next_move.Turn:
    """Whose turn it is."""
    who, promised_within, typical_wait, enquire_after, grace = values[WHO : WHO + 5]
    expected = next_move.Expected(
        who=who,
        promised_on=(facts.said or NOTHING_SAID).answer_by,
        promised_within=promised_within,
        typical_wait=typical_wait,
        enquire_after=enquire_after,
        grace=grace or 0,
        enquiry_forbidden=any(stop.forbids == "enquiry" for stop in stops),
        ended_on=there.ended_on,
    )
    return next_move.turn(expected, there.place, next_move.Asked(as_of, facts.enquiries or 0, facts.last_enquiry_on))


def _next_move(
    values: list[Any], winners: list[Reason | None], turn: next_move.Turn, clock: StatutoryClock | None
) -> NextMoveAdvice:
    """The advice on the next move."""
    who_contacts, promised_within, typical_wait, enquire_after, grace, enquire_via, feedback = values[WHO : WHO + 7]
    return NextMoveAdvice(
        who=turn.who,
        who_contacts=who_contacts,
        advice=turn.advice,
        turn_since=turn.since,
        answer_expected_on=turn.answer_expected_on,
        answer_basis=turn.answer_basis,
        enquire_from=turn.enquire_from,
        enquire_via=enquire_via,
        enquiries_left=turn.enquiries_left,
        enquire_after_business_days=enquire_after,
        grace_business_days=grace,
        typical_wait_business_days=typical_wait,
        promised_within_business_days=promised_within,
        feedback=feedback,
        statutory=clock,
        confidence=(winners[WHO] or NOTHING).confidence,
    )


def _references(values: list[Any], winners: list[Reason | None], place: Profile) -> ReferenceAdvice:
    """The advice on references."""
    confidence = (winners[CHECKED] or NOTHING).confidence
    return ReferenceAdvice(
        checked=values[CHECKED], form=values[CHECKED + 1], consent=place.consent, confidence=confidence
    )


def _zone(book: RuleBook, facts: Facts) -> tzinfo | None:
    """The reader's zone: as given, the country's if it has one, else the offset of `ended_at`."""
    name = facts.time_zone or book.zone(facts.country, facts.subdivision)
    if name:
        return zone(name)
    if facts.ended_at is not None and (offset := facts.ended_at.utcoffset()) is not None:
        return timezone(offset)
    return None


def _decision_id(book: RuleBook, facts: dict[str, Any], as_of: date | None) -> str:
    """The same facts, day and rules have the same id: a UUID of version 8 made from their hash."""
    seed = f"{book.version} {as_of} ".encode() + to_json(facts)
    digest = blake2b(seed, digest_size=16).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-a{digest[17:20]}-{digest[20:]}"


def _sources(
    edition: Edition, reasons: list[Reason], found: Resolution, *laws: StatutoryClock | ConsentRule
) -> dict[str, SourceNote]:
    """Every source that the decision cites, once."""
    table = edition.sources
    return {
        key: table[key] for part in (reasons, found.stops, found.remarks, laws) for one in part for key in one.sources
    }
