"""decide(rule_book, facts) -> Decision: pure, total for every country, always explained."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timezone, tzinfo
from hashlib import blake2b
from typing import Any, cast

from pydantic_core import to_json

from app.rules import advice, next_move, statutes, would_change
from app.rules import vocabulary as v
from app.rules.book import Edition, RuleBook
from app.rules.calendar import Place
from app.rules.chain import EXPECTATION, HEADLINE, INDEX, over
from app.rules.decision import (
    ConsentRule,
    Decision,
    Overridden,
    Reason,
    Remark,
    SourceNote,
    StatutoryClock,
)
from app.rules.facts import NO_CHOICE, Facts
from app.rules.load import zone
from app.rules.profile import Profile
from app.rules.resolve import Resolution, resolve

WHO = INDEX["next_move.who"]
PROMISE = INDEX["next_move.promised_within_business_days"]
ASKING = INDEX["next_move.enquire_after_business_days"]
OUTCOME = HEADLINE.index("thank_you.outcome")


def decide(book: RuleBook, facts: Facts, today: date | None = None) -> Decision:
    """The decision for `facts` under `book`.

    `today` is the day for which it is made where the facts do not say. Raises `UnknownCountry` where `facts.country`
    is no country's code, and nothing else.
    """
    as_of = facts.as_of or today
    edition = book.at(as_of)
    company = book.company(facts.company, facts.country) if facts.company else None
    place = edition.profile(facts.country, facts.subdivision, company)
    found = resolve(edition.bits, place, facts, as_of)
    found.remarks += _remarks(book, edition, facts, company)
    forbidden = {stop.forbids for stop in found.stops}
    outcome, own_reason = _outcome(facts, found)
    setting = _setting(book, facts, as_of)
    clock = _clock(place, found, setting.ended_on)

    values: dict[str, Any] = {reason.field: reason.value for reason in found.winners if reason}
    turn = advice.turn(facts, values, setting, forbidden="enquiry" in forbidden)
    if turn.since:
        found.winners[WHO] = over(_since(turn, found), found.winners[WHO])
    reasons = [reason for reason in found.winners if reason]
    sure = {reason.field: reason.confidence for reason in reasons}
    if own_reason:
        reasons.append(own_reason)
    echo = facts.known()
    return Decision(
        decision_id=_decision_id(book, echo, as_of),
        rules_version=book.version,
        as_of=as_of,
        facts=echo,
        thank_in_person=True,
        thank_you=advice.on_the_note(values, sure, setting, outcome, prohibited="thank_you" in forbidden),
        next_move=advice.on_the_next_move(values, sure, turn, clock),
        references=advice.on_references(values, sure, place.consent),
        reasons=tuple(reasons),
        stops=tuple(found.stops),
        remarks=tuple(found.remarks),
        would_change_if=would_change.changes(place, found, setting.ended_on),
        sources=_sources(edition, reasons, found, *(law for law in (clock, place.consent) if law)),
    )


def local_day(book: RuleBook, facts: Facts, moment: datetime) -> date:
    """The day it is at an aware `moment` where the reader of a note is; in UTC where the zone is not known."""
    return moment.astimezone(_zone(book, facts) or UTC).date()


def _setting(book: RuleBook, facts: Facts, as_of: date | None) -> advice.Setting:
    """Where and when the interview ended."""
    here, ended_at = _zone(book, facts), facts.ended_at
    if ended_at is not None and ended_at.tzinfo is None:
        ended_at = ended_at.replace(tzinfo=here)
    return advice.Setting(Place(book.calendar, facts.country, facts.subdivision), here, ended_at, as_of)


def _zone(book: RuleBook, facts: Facts) -> tzinfo | None:
    """The reader's zone: as given, the country's if it has one, else the offset of `ended_at`."""
    name = facts.time_zone or book.zone(facts.country, facts.subdivision)
    if name:
        return zone(name)
    if facts.ended_at is not None and (offset := facts.ended_at.utcoffset()) is not None:
        return timezone(offset)
    return None


def _remarks(book: RuleBook, edition: Edition, facts: Facts, company: str | None) -> Iterator[Remark]:
    """What to say where something was named of which nothing is known, or a choice was not followed."""
    if facts.subdivision and not edition.matters(facts.country, facts.subdivision):
        text = f"Nothing of its own is known of {facts.subdivision}; this is what holds in {facts.country}."
        yield Remark("subdivision", text, ())
    if facts.company and company is None:
        yield Remark("company", f"No published practice is known of {facts.company!r}.", ())
    elif company and (known_in := book.data.companies[company].applies_in) and facts.country not in known_in:
        text = f"The practice known of {book.data.companies[company].name} is that in {', '.join(known_in)}, not here."
        yield Remark("company", text, ())


def _outcome(facts: Facts, found: Resolution) -> tuple[v.Outcome, Reason | None]:
    """The outcome, and the reason where something other than custom decided it."""
    winners = found.winners
    stop = next((stop for stop in found.stops if stop.forbids == "thank_you"), None)
    if stop is not None:
        scope, texts = f"stop:{stop.scope}", (stop.because,)
        stopped = Reason("thank_you.expectation", "avoid", scope, stop.confidence, stop.sources, (), texts)
        winners[EXPECTATION] = over(stopped, winners[EXPECTATION])
    expectation = cast("Reason", winners[EXPECTATION])
    advised = v.OUTCOME_OF[cast("v.Expectation", expectation.value)]
    choice = (facts.choice or NO_CHOICE).thank_you
    if facts.note_sent_at is not None:
        outcome: v.Outcome = "do_not_send"
        scope, text = "history", f"A note was sent on {facts.note_sent_at.date()}; nobody gets a second one."
    elif choice:
        outcome, scope, text = choice, "choice", "The user's own decision."
    else:
        return advised, None
    # What the user decided holds once a stop is gone, too: `would_change_if` has to know it.
    found.fixed += ((OUTCOME, outcome),)
    if outcome == "send" and stop is not None and not stop.overridden_by_user:
        text = "The choice to send was not followed: a stop forbids it, and override_prohibition was not given."
        found.remarks.append(Remark("choice", text, ()))
        return advised, None
    overrode = (Overridden(expectation.scope, advised),) if advised != outcome else ()
    return outcome, Reason("thank_you.outcome", outcome, scope, "high", (), overrode, (text,))


def _since(turn: next_move.Turn, found: Resolution) -> Reason:
    """Why the turn is the candidate's: a day has come, and is as sure as what it rests on."""
    text = f"The day for asking came on {turn.since}."
    rests_on = found.winners[PROMISE if turn.asking_basis == "policy" else ASKING]
    if turn.asking_basis == "promised" or rests_on is None:
        return Reason("next_move.who", turn.who, "time", "high", (), (), (text, "A day was named in this interview."))
    return Reason("next_move.who", turn.who, "time", rests_on.confidence, rests_on.sources, (), (text,))


def _clock(place: Profile, found: Resolution, ended_on: date | None) -> StatutoryClock | None:
    """The statutory clock, where its duty is owed."""
    law = statutes.owed(place.statute, ended_on, found.known["process"])
    return statutes.statutory_clock(law, place.conditions, found.known, ended_on) if law else None


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
