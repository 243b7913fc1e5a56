"""Strategies for facts: any that are valid, over every country and the whole vocabulary."""

from datetime import date, datetime, time, timedelta, timezone
from typing import Any, get_args

from hypothesis import strategies as st

from app.rules import load
from app.rules import vocabulary as v
from app.rules.checks import check_variations
from app.rules.facts import Facts
from app.working_days import WorkingDays
from tests.rules.small_book import Content, SmallBook, entry, variation
from tests.rules.whole_book import whole_book

COUNTRIES = sorted(whole_book().data.regions.countries)
WITH_PRACTICE = sorted(whole_book().data.countries)
SUBDIVISIONS = sorted(
    {
        *(
            code
            for file in whole_book().data.countries.values()
            for own in file.subdivisions.values()
            for code in own.codes
        ),
        *(law.jurisdiction for law in whole_book().data.statutes.values() if "-" in law.jurisdiction),
        *("DE-BY", "US-NY", "CA-AB", "IN-KL", "ES-CT", "GB-SCT", "AU-VIC", "BR-SP", "KE-30"),
    }
)
NAMES_OF_COMPANIES = sorted(
    {name for key, file in whole_book().data.companies.items() for name in (key, file.name, *file.domains)}
)

yes_or_no: st.SearchStrategy[bool] = st.booleans()
days = st.dates(date(2023, 1, 1), date(2032, 12, 31))
rare_days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
offsets = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
moments = st.builds(
    lambda day, minute, offset: datetime.combine(day, time(minute // 60, minute % 60), offset),
    days | st.dates(date(2000, 1, 3), date(2099, 12, 28)),
    st.integers(0, 24 * 60 - 1),
    offsets,
)

said = {
    "who_contacts": st.sampled_from(get_args(v.WhoContacts)),
    "answer_by": days,
    "no_contact": yes_or_no,
    "note_welcome": yes_or_no,
    "canvassing_disqualifies": yes_or_no,
}
reported = {
    "who_contacts": st.sampled_from(get_args(v.WhoContacts)),
    "within_business_days": st.integers(0, 30) | st.integers(0, 250),
    "note_welcome": yes_or_no,
    "channel": st.sampled_from(get_args(v.Channel)),
    "reported_on": days,
}
recipient = {
    "role": st.sampled_from(get_args(v.Role)),
    "wishes_note": yes_or_no,
    "known_personally": yes_or_no,
    "channels": st.lists(st.sampled_from(get_args(v.Channel)), max_size=3, unique=True),
}
choice = {"thank_you": st.sampled_from(get_args(v.ThankYouChoice)), "override_prohibition": yes_or_no}

closed_set = {
    "sector": st.sampled_from(v.SECTORS),
    "ownership": st.sampled_from(get_args(v.Ownership)),
    "size": st.sampled_from(get_args(v.Size)),
    "track": st.sampled_from(get_args(v.Track)),
    "via_agency": yes_or_no,
    "introduced_by_person": yes_or_no,
    "sent_by_employment_service": yes_or_no,
    "format": st.sampled_from(v.FORMATS),
    "stage": st.sampled_from(get_args(v.Stage)),
    "process": st.sampled_from(get_args(v.Process)),
    "publicly_advertised": yes_or_no,
}
free = {
    "time_zone": st.sampled_from(sorted(load.zone_names())),
    "ended_at": moments,
    "company": st.sampled_from(NAMES_OF_COMPANIES) | st.text("abcÄ .-", min_size=1, max_size=9).filter(str.strip),
    "language": st.sampled_from(["en", "en-GB", "ja", "fr-CA", "zh-Hant-TW", "cy"]),
    "note_sent_at": moments,
    "enquiries": st.integers(0, 4),
    "last_enquiry_on": days,
    "headcount": st.integers(0, 40) | st.integers(0, 10_000_000),
}
MOST = 8
"""No more single facts are known at a time: with all of them, most rules would leave each other nothing to say."""


@st.composite
def raw_facts(draw: st.DrawFn, *, country: str | None = None) -> dict[str, Any]:
    """Valid facts as a client would send them."""
    place = country or draw(st.sampled_from(WITH_PRACTICE) | st.sampled_from(COUNTRIES))
    facts: dict[str, Any] = {"country": place}
    own = [code for code in SUBDIVISIONS if code.startswith(place)]
    if draw(yes_or_no):
        facts["subdivision"] = draw(st.sampled_from([f"{place}-ZZ", *own]))
    single: dict[str, st.SearchStrategy[Any]] = {**closed_set, **free}
    names: list[str] = draw(st.lists(st.sampled_from(sorted(single)), max_size=MOST, unique=True))
    for name in names:
        facts[name] = draw(single[name])
    groups: dict[str, dict[str, st.SearchStrategy[Any]]] = {
        "said": said,
        "reported": reported,
        "recipient": recipient,
        "choice": choice,
    }
    for name, group in groups.items():
        if draw(yes_or_no):
            facts[name] = draw(st.fixed_dictionaries({}, optional=group))
    if draw(yes_or_no):
        facts["as_of"] = draw(days | rare_days)
    if "last_enquiry_on" in facts and facts.get("enquiries") == 0:
        del facts["enquiries"]
    return Facts.model_validate(facts).model_dump(mode="json", exclude_none=True)


def facts(*, country: str | None = None) -> st.SearchStrategy[Facts]:
    """Valid facts."""
    return raw_facts(country=country).map(Facts.model_validate)


def working_day(country: str, subdivision: str | None, day: date) -> bool:
    """Whether people work there on a day."""
    return day not in WorkingDays().days_off(country, subdivision, day.year)


conditions = st.fixed_dictionaries(
    {},
    optional={
        "size": st.sampled_from(["small", "large"]),
        "track": st.sampled_from(["executive", "internal"]),
        "sector": st.sampled_from(["public", "police"]),
        "via_agency": yes_or_no,
        "process": st.sampled_from(["open", "offered", "closed"]),
        "said.note_welcome": yes_or_no,
        "recipient.wishes_note": yes_or_no,
    },
)
note_entries = st.builds(
    lambda values, forbids: {**values, **({"expectation": "avoid", "prohibits": True} if forbids else {})},
    st.fixed_dictionaries(
        {},
        optional={
            "expectation": st.sampled_from(["expected", "optional", "uncommon"]),
            "channels": st.sampled_from([["letter"], ["phone"]]),
        },
    ),
    st.sampled_from([False, False, False, True]),
)
rules = st.tuples(conditions.filter(bool), note_entries.filter(bool), st.sampled_from(["employer", "candidate", None]))


def topics(note: Content, who: str | None) -> Content:
    """Topics without evidence, which only the engine is to read."""
    return {"thank_you_note": [entry(**note)], "next_move": [entry(who=who)] if who else []}


@st.composite
def small_books(draw: st.DrawFn) -> SmallBook:
    """Books with a few rules of every kind, any of which may hold together; none contradicts another of its kind."""
    small = SmallBook().put("sectors/police", key="police", title="Police", description="Of police.", parent="public")
    for folder, name in (("sectors", "public"), ("formats", "panel"), ("companies", "example")):
        _, note, who = draw(rules)
        variations = settled(draw(st.lists(rules, max_size=3)))
        described = {"name": name} if folder == "companies" else {"title": f"Of {name}", "description": "It is so."}
        small.put(f"{folder}/{name}", key=name, variations=variations, **described, **topics(note, who))
    by_demands = sorted(draw(st.lists(rules, max_size=5)), key=lambda rule: len(rule[0]))
    for number, (when, note, who) in enumerate(by_demands):
        layer = draw(st.sampled_from(["said", "recipient", "format", "agency"]))
        small.situation(
            f"situation-{number}", when, layer, over=[f"situation-{n}" for n in range(number)], **topics(note, who)
        )
    south = {"codes": ["DE-BY"], "because": "It is so.", **topics(*draw(rules)[1:])}
    return small.country(
        "DE",
        variations=settled(draw(st.lists(rules, max_size=6))),
        subdivisions={"south": south} if draw(yes_or_no) else {},
    )


def settled(drawn: list[tuple[Content, Content, str | None]]) -> list[Content]:
    """Variations from what was drawn, without those that contradict an earlier one."""
    found: list[Content] = []
    for number, (when, note, who) in enumerate(drawn):
        one = variation(f"variation-{number}", when, **topics(note, who))
        if not any(check_variations(SmallBook().country("DE", variations=[*found, one]).in_memory())):
            found.append(one)
    return found
