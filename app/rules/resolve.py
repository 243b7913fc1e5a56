"""Resolution: which layers hold for the facts, and which of them wins each field."""

from bisect import insort
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Any

from app.rules.chain import HEADLINE, INDEX, RANKS, Layer, Pairs, over
from app.rules.decision import Reason, Remark, Stop
from app.rules.facts import ANYBODY, NO_CHOICE, NOTHING_SAID, Facts
from app.rules.profile import Profile
from app.rules.reported import reported_layer

CHANNELS, LANGUAGES = INDEX["thank_you.channels"], INDEX["thank_you.languages"]
WAIT, ASKING = INDEX["next_move.typical_wait_business_days"], INDEX["next_move.enquire_after_business_days"]


@dataclass(slots=True)
class Resolution:
    """What the layers say, before dates and the user's own decision are looked at."""

    known: dict[str, Any]
    """Fact path to value or None, for every fact that conditions may name."""
    mask: int
    """The known facts as bits."""
    matched: list[Layer]
    """The layers that hold beside those of the place, weakest first."""
    winners: list[Reason | None]
    """The winning reason of each field, by field number."""
    stops: list[Stop]
    remarks: list[Remark]
    fixed: Pairs
    """Watched values that no layer overrides."""
    stops_lifted: bool
    """The user has overridden prohibitions."""


def resolve(bits: dict[tuple[str, object], int], place: Profile, facts: Facts, as_of: date | None) -> Resolution:
    """Merge the layers that hold for `facts` on a day over the base of a place, field by field."""
    known = _by_path(facts)
    mask = 0
    for item in known.items():
        if item[1] is not None:
            mask |= bits.get(item, 0)
    matched = place.matched(mask)
    if facts.reported is not None:
        insort(matched, reported_layer(facts.reported, as_of), key=attrgetter("order"))
    winners, remarks = place.base.copy(), list(place.remarks)
    stops = list(place.stops)
    for layer in matched:
        for number, reason in layer.reasons:
            winners[number] = over(reason, winners[number])
        stops += layer.stops
        remarks += layer.remarks
    wait = winners[WAIT]
    if wait is not None:
        _no_asking_before(wait, winners)
    if facts.language:
        _interview_language_first(facts.language, winners)
    choice = facts.choice or NO_CHOICE
    lifted = choice.override_prohibition is True and choice.thank_you == "send"
    if lifted:
        stops = [replace(stop, overridden_by_user=stop.forbids == "thank_you") for stop in stops]
    return Resolution(known, mask, matched, winners, stops, remarks, _recipient_channels(facts, winners), lifted)


def _by_path(facts: Facts) -> dict[str, Any]:
    """Fact path to value, for every fact that conditions may name."""
    said, recipient = facts.said or NOTHING_SAID, facts.recipient or ANYBODY
    return {
        "subdivision": facts.subdivision,
        "sector": facts.sector,
        "format": facts.format,
        "stage": facts.stage,
        "ownership": facts.ownership,
        "size": facts.size,
        "track": facts.track,
        "via_agency": facts.via_agency,
        "introduced_by_person": facts.introduced_by_person,
        "sent_by_employment_service": facts.sent_by_employment_service,
        "process": facts.process,
        "headcount": facts.headcount,
        "publicly_advertised": facts.publicly_advertised,
        "language": facts.language and facts.language.partition("-")[0],
        "said.who_contacts": said.who_contacts,
        "said.answer_by": said.answer_by and "given",
        "said.no_contact": said.no_contact,
        "said.note_welcome": said.note_welcome,
        "said.canvassing_disqualifies": said.canvassing_disqualifies,
        "recipient.role": recipient.role,
        "recipient.wishes_note": recipient.wishes_note,
        "recipient.known_personally": recipient.known_personally,
    }


def _no_asking_before(wait: Reason, winners: list[Reason | None]) -> None:
    """Raise the day for asking to the end of a usual wait that a stronger layer knows: sooner would be early."""
    asking, longest = winners[ASKING], wait.value[-1]  # type: ignore[index]
    if asking is None or wait.scope == asking.scope or asking.value >= longest:  # type: ignore[operator]
        return
    if _rank(wait.scope) > _rank(asking.scope):
        note = "The usual wait here is longer than the day for asking elsewhere."
        later = Reason(asking.field, longest, wait.scope, "low", wait.sources, (), (note,))
        winners[ASKING] = over(later, asking)


def _interview_language_first(spoken: str, winners: list[Reason | None]) -> None:
    """Put the language of the interview before the customary ones; a variety of it that is customary counts as it."""
    customary = winners[LANGUAGES]
    known: tuple[str, ...] = customary.value if customary else ()  # type: ignore[assignment]
    primary = spoken.partition("-")[0]
    own = next((tag for tag in known if tag.partition("-")[0] == primary), spoken)
    languages = (own, *(tag for tag in known if tag != own))
    if languages != known:
        said = Reason(
            "thank_you.languages", languages, "said", "high", (), (), ("The language of the interview first.",)
        )
        winners[LANGUAGES] = over(said, customary)


def _rank(scope: str) -> int:
    """The strength of a scope's kind of layer."""
    return RANKS[scope.partition(":")[0]]


def _recipient_channels(facts: Facts, winners: list[Reason | None]) -> Pairs:
    """The ways the recipient offered come before every rule about channels."""
    if facts.recipient is None or not facts.recipient.channels:
        return ()
    offered = tuple(facts.recipient.channels)
    said = Reason("thank_you.channels", offered, "recipient", "high", (), (), ("The recipient offered these ways.",))
    winners[CHANNELS] = over(said, winners[CHANNELS])
    return ((HEADLINE.index("thank_you.channels"), offered),)
