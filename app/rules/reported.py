"""What is reported of a company's practice, as a layer of the chain.

It comes above everything published of the company, its practice in this country or track included, and below all that
was arranged or said for this interview. One report without a source is of low confidence, and neither forbids anything
nor lifts what is forbidden.
"""

from collections.abc import Iterator
from datetime import date

from app.rules import vocabulary as v
from app.rules.chain import INDEX, RANKS, STEP, Layer, headline_pairs
from app.rules.decision import Reason, Value
from app.rules.facts import Reported
from app.rules.freshness import REVIEW_MONTHS, fresh_until

KEY = "reported"
"""In the place of a company's key."""
SCOPE = f"company:{KEY}"
ORDER = (RANKS["company"] + 1) * STEP - 1
"""The last place of the company's kind."""

_EXPECTATION: dict[bool, tuple[v.Expectation, str]] = {
    True: ("appreciated", "A report that notes are welcome makes one appreciated, not expected."),
    False: (
        *("uncommon", "A report that notes are unwelcome makes one uncommon; told so in this interview, avoid it."),
    ),
}


def reported_layer(reported: Reported, as_of: date | None) -> Layer:
    """The layer of a report, for a decision made for a day."""
    when = tuple(_when(reported.reported_on, as_of))
    reasons = tuple(
        (INDEX[path], Reason(path, value, SCOPE, "low", (), (), (*when, *notes)))
        for path, value, notes in _values(reported)
    )
    return Layer(
        order=ORDER,
        scope=SCOPE,
        need=0,
        reasons=reasons,
        remarks=(),
        stops=(),
        headline=headline_pairs(reasons),
        forbids_note=False,
    )


def _values(reported: Reported) -> Iterator[tuple[str, Value, tuple[str, ...]]]:
    """Field of the decision, its value, and what is to be said about it."""
    if reported.note_welcome is not None:
        expectation, note = _EXPECTATION[reported.note_welcome]
        yield "thank_you.expectation", expectation, (note,)
    if reported.channel is not None:
        yield "thank_you.channels", (reported.channel,), ()
        yield "next_move.enquire_via", reported.channel, ()
    if reported.who_contacts is not None:
        yield "next_move.who", reported.who_contacts, ()
    if reported.within_business_days is not None:
        yield "next_move.promised_within_business_days", reported.within_business_days, ()


def _when(reported_on: date | None, as_of: date | None) -> Iterator[str]:
    """When it was reported, and whether that is long ago."""
    if reported_on is None:
        yield "Reported by the user."
        return
    yield f"Reported by the user on {reported_on}."
    if as_of is not None and as_of > fresh_until(reported_on):
        yield f"That is more than {REVIEW_MONTHS} months ago; the practice may have changed."
