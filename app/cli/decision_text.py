"""A decision as text: first what to do, then why."""

import textwrap
from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo

from app.cli.options import OPTIONS
from app.rules import vocabulary as v
from app.rules.decision import Change, Decision, NextMoveAdvice, Reason, StatutoryClock, ThankYouAdvice, Value, Window
from app.rules.load import zone
from app.rules.lookup import source_lines, value_text, wrapped

Lines = Iterator[str]
DAY, TIME = "%a %d %b %Y", "%a %d %b %Y, %H:%M"
MOST_NAMED = 4
"""Publishers named in one line; all of them stand among the sources."""

MEANING: dict[v.Expectation, str] = {
    "expected": "It is expected: its absence is noticed and can count against you",
    "appreciated": "It is appreciated: common, it helps, and nobody is faulted for none",
    "optional": "No effect either way is the usual view",
    "uncommon": "It is not the custom; a short one is harmless, a pushy one is not",
    "avoid": "It is not the custom and read badly, or not allowed",
}
HEADLINE: dict[v.Outcome, str] = {
    "send": "Send a thank-you note",
    "optional": "A thank-you note is up to you",
    "do_not_send": "Send no thank-you note",
}
WAY: dict[v.Channel, str] = {
    "email": "by email",
    "letter": "by letter",
    "handwritten_card": "by handwritten card",
    "phone": "by phone",
    "chat_app": "by chat message",
    "via_recruiter": "through the recruiter or consultant",
    "portal": "through the portal",
}
CHECKED: dict[v.ReferenceCheck, str] = {"rare": "rarely", "sometimes": "sometimes", "usual": "usually"}
TURN: dict[v.Mover, str] = {
    "employer": "The next move is the employer's",
    "candidate": "The next move is yours",
    "either": "Either side may make the next move",
    "portal": "The result is posted where you look it up",
    "nobody": "Nobody owes a next move",
}
ADVICE: dict[v.Advice, str] = {
    "wait": "wait",
    "check_portal": "look at the portal",
    "ask": "ask now",
    "ask_again": "ask once more",
    "accept_or_decline": "accept or decline the offer, in writing, by the day that you were given",
    "close": "close it and move on",
}
TIME_IS: dict[v.WindowStatus, str] = {
    "not_yet": "; that time is still to come",
    "open": "",
    "passed": "; that time has passed",
    "unknown": "",
}
BASIS = {"promised": "as promised", "policy": "by the employer's practice", "customary": "by custom"}
OF_A_NOTE_SENT = frozenset(
    f"thank_you.{name}"
    for name in (
        *("channels", "recipients", "not_before_hours", "send_within_hours", "same_day", "late"),
        *("formality", "languages", "address", "content"),
    )
)
"""Fields that do not matter where no note is sent."""
OF_AN_ANSWER_AWAITED = frozenset(
    f"next_move.{name}"
    for name in (
        *("promised_within_business_days", "typical_wait_business_days"),
        *("enquire_after_business_days", "grace_business_days", "enquire_via"),
    )
)
"""Fields that do not matter once the employer has answered."""


def decision_lines(decision: Decision) -> list[str]:
    """The whole decision, in lines for a terminal."""
    mattered, unknown = _reasons(decision)
    law, consent = decision.next_move.statutory, decision.references.consent
    evidence = (mattered, decision.stops, decision.remarks, (one for one in (law, consent) if one))
    cited = {key: decision.sources[key] for part in evidence for one in part for key in one.sources}
    return [
        "Thank every interviewer in person, at the end of the interview.",
        *_thank_you(decision),
        *_next_move(decision),
        *_references(decision),
        *_section("Why", (line for reason in mattered for line in _why(reason, decision))),
        *wrapped(f"No evidence, so the harmless value: {', '.join(unknown)}." if unknown else "", 2),
        *_section("Stops", (line for stop in decision.stops for line in wrapped(f"{stop.scope}: {stop.because}", 2))),
        *_section("Also", _remarks(decision)),
        *_section("What would change it", (line for one in decision.would_change_if for line in _change(one))),
        *_section("Sources", source_lines(cited)),
        "",
        f"Rules {decision.rules_version[:19]}, decided as of {decision.as_of}. Information, not legal advice.",
    ]


def _thank_you(decision: Decision) -> Lines:
    """Whether to send a note; and if so to whom, how, when."""
    advice = decision.thank_you
    because = MEANING[advice.expectation]
    own = next((reason for reason in decision.reasons if reason.field == "thank_you.outcome"), None)
    if own:
        because = own.notes[0].removesuffix(".")
    stop = next((stop for stop in decision.stops if stop.forbids == "thank_you"), None)
    if stop and not stop.overridden_by_user:
        because = f"It is not allowed: {stop.because.removesuffix('.')}"
    yield from wrapped(f"{HEADLINE[advice.outcome]}. {because} ({_sure(advice.confidence)}).")
    if advice.outcome == "do_not_send" and advice.recipients == "consultant" and not own and not stop:
        yield from wrapped("Thank the consultant at the agency instead; write nothing to the employer.")
    if advice.outcome != "do_not_send":
        yield from _label("to", _plain(advice.recipients))
        yield from _label("how", ", or ".join(WAY[channel] for channel in advice.channels))
        yield from _label("when", _window(advice.window) if advice.window else _hours(advice))
        if advice.late:
            yield from _label("later", f"rather {_plain(advice.late)}")
        yield from _label("in", f"{', or '.join(advice.languages)}; {_plain(advice.formality)}")
        yield from _label("address", advice.address)
        yield from _label("content", advice.content)
    yield from _label("gifts", _plain(advice.gifts))


def _window(window: Window) -> str:
    """When to send, on the clock of the reader."""
    there = _zone(window.time_zone)
    best, opens, closes = (
        moment.astimezone(there) for moment in (window.suggested_at, window.opens_at, window.closes_at)
    )
    parts = [f"best {best:{TIME}}"]
    if opens != best:
        parts.append(f"not before {opens:{TIME}}")
    parts.append(f"at the latest {closes:{TIME}}")
    if window.extended:
        parts.append("on the first working day after the customary hours")
    return f"{', '.join(parts)} ({window.time_zone} time){TIME_IS[window.status]}"


def _zone(name: str) -> tzinfo | None:
    """A zone by its IANA name, or as an offset such as UTC-05:00."""
    return zone(name) or datetime.strptime(name.removeprefix("UTC"), "%z").tzinfo


def _hours(advice: ThankYouAdvice) -> str:
    """When to send, counted from an interview whose end is not known."""
    parts = []
    if advice.not_before_hours:
        parts.append(f"not before {advice.not_before_hours} hours after the interview")
    if advice.same_day:
        parts.append("on the same day")
    if advice.send_within_hours:
        parts.append(f"within {advice.send_within_hours} hours of the interview")
    return ", ".join([*parts, "on a working day"]) + " (give --ended-at for the exact time)"


def _next_move(decision: Decision) -> Lines:
    """Whose turn it is, until when, when and how to ask; the law."""
    move = decision.next_move
    since = f" since {move.turn_since:{DAY}}" if move.turn_since else ""
    yield from wrapped(f"{TURN[move.who]}{since}: {ADVICE[move.advice]} ({_sure(move.confidence)}).")
    if move.answer_expected_on and move.answer_basis:
        yield from _label("answer", f"by {move.answer_expected_on:{DAY}}, {BASIS[move.answer_basis]}")
    stop = next((stop for stop in decision.stops if stop.forbids == "enquiry"), None)
    start = _asking_starts(move)
    if stop and not _settled(move):
        yield from _label("ask", f"do not: {stop.because}")
    elif start and move.enquiries_left:
        times = "once" if move.enquiries_left == 1 else "twice at most"
        yield from _label("ask", f"{start}, {WAY[move.enquire_via]}, {times}")
    if move.feedback:
        yield from _label("feedback", move.feedback)
    if move.statutory:
        yield from _law(move.statutory)


def _settled(move: NextMoveAdvice) -> bool:
    """Whether the employer has answered, or the process is over: nothing is waited or asked for."""
    return move.who == "nobody" or move.advice == "accept_or_decline"


def _asking_starts(move: NextMoveAdvice) -> str:
    """From when on asking is fair; nothing where that is not known."""
    if move.enquire_from:
        return f"from {move.enquire_from:{DAY}} on"
    days = move.enquire_after_business_days
    return f"{days} working days after the interview" if days else ""


def _law(law: StatutoryClock) -> Lines:
    """The statutory clock with the state of its conditions."""
    if law.status == "not_met":
        state = "its conditions are not met"
    elif law.must_inform_by:
        state = f"the employer has until {law.must_inform_by:{DAY}}"
        state += "" if law.status == "met" else ", if its conditions are met"
    else:
        state = law.clock
    yield from _label("law", f"{law.jurisdiction}: {law.duty.removesuffix('.')}; {state} ({law.citation})")
    for check in law.conditions:
        yield from wrapped(f"{_plain(check.status)}: {check.condition}", 12)


def _references(decision: Decision) -> Lines:
    """Whether and how references are checked, and whose consent is needed."""
    advice = decision.references
    yield from wrapped(f"References are {CHECKED[advice.checked]} checked ({_sure(advice.confidence)}).")
    yield from _label("form", advice.form)
    if advice.consent:
        yield from _label("consent", f"{advice.consent.duty} ({advice.consent.citation})")


def _reasons(decision: Decision) -> tuple[list[Reason], list[str]]:
    """The reasons that mattered, and the fields of which nothing is known."""
    silent = OF_A_NOTE_SENT if decision.thank_you.outcome == "do_not_send" else frozenset[str]()
    if _settled(decision.next_move):
        silent |= OF_AN_ANSWER_AWAITED
    told = [reason for reason in decision.reasons if reason.field not in silent]
    return (
        [reason for reason in told if reason.confidence != "none"],
        [reason.field for reason in told if reason.confidence == "none"],
    )


def _why(reason: Reason, decision: Decision) -> Lines:
    """One reason: the value, whose it is, how sure it is, who says so, what it overrode."""
    voices = list(
        dict.fromkeys(_voice(decision.sources[key].publisher, decision.sources[key].year) for key in reason.sources)
    )
    if len(voices) > MOST_NAMED:
        voices = [*voices[:MOST_NAMED], f"{len(voices) - MOST_NAMED} more"]
    parts = [f"{reason.scope}, {_sure(reason.confidence)}", ", ".join(voices)]
    if reason.overrode:
        parts.append("over " + ", ".join(f"{weaker.scope} ({_short(weaker.value)})" for weaker in reason.overrode))
    yield from wrapped(f"{reason.field} = {_short(reason.value)}: {'; '.join(filter(None, parts))}", 2)


def _voice(publisher: str, year: int | None) -> str:
    return f"{publisher} {year}" if year else publisher


def _remarks(decision: Decision) -> Lines:
    """What else is known, but for what the stops say already."""
    told = {stop.because for stop in decision.stops}
    for remark in decision.remarks:
        if remark.text not in told:
            text = remark.text.replace("override_prohibition", OPTIONS["choice", "override_prohibition"].flag)
            yield from wrapped(f"{remark.scope}: {text}", 2)


def _change(change: Change) -> Lines:
    """A fact, as it would be typed, and what would then hold."""
    option = OPTIONS.get(tuple(change.fact.split(".")))
    typed = option.typed(change.value) if option else f"{change.fact} {change.value}"
    then = "; ".join(f"{field} {_short(value)}" for field, value in change.then.items())
    yield from wrapped(f"{typed}: {then}", 2)


def _short(value: Value) -> str:
    """A value on part of a line."""
    return textwrap.shorten(value_text(value), 60, placeholder=" …")


def _sure(confidence: v.Confidence) -> str:
    return "no evidence" if confidence == "none" else f"{confidence} confidence"


def _plain(word: str) -> str:
    return word.replace("_", " ")


def _label(name: str, text: str) -> Lines:
    """A labelled line below a headline."""
    first, *more = wrapped(text, 12) or [""]
    yield f"  {name + ':':<9} {first.strip()}"
    yield from more


def _section(title: str, lines: Iterable[str]) -> Lines:
    """Lines under a title; nothing where there are none."""
    found = list(lines)
    if found:
        yield from ("", title, *found)
