"""The shape of the rule data: one Pydantic model per YAML file and per entry.

These models are the only definition of the format: the strict loader validates with them and `schema.json` is
generated from them. An absent field means "inherited"; the loader refuses null, so unknown has one spelling.
"""

from datetime import date
from typing import Annotated, ClassVar, Literal, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from app.rules import vocabulary as v

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
COUNTRY = r"^[A-Z]{2}$"
SUBDIVISION = r"^[A-Z]{2}-[A-Z0-9]{1,3}$"
REGION = r"^[0-9]{3}$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"
PRIMARY_LANGUAGE = r"^[a-z]{2,3}$"
URL = r"^https?://\S+$"
DOMAIN = r"^[a-z0-9-]+(\.[a-z0-9-]+)+$"
JURISDICTION = r"^(EU|[A-Z]{2}(-[A-Z0-9]{1,3})?)$"

Item = TypeVar("Item")


def _distinct(items: list[Item]) -> list[Item]:
    """A list in which nothing stands twice."""
    for number, item in enumerate(items):
        if item in items[:number]:
            raise PydanticCustomError("repeated", "{item} stands twice", {"item": repr(item)})
    return items


def _shortest_first(waits: list[int]) -> list[int]:
    """The shortest and the longest wait, in this order."""
    if waits[0] > waits[1]:
        message = "the shortest wait, {shortest}, is longer than the longest, {longest}"
        raise PydanticCustomError("not_ordered", message, {"shortest": waits[0], "longest": waits[1]})
    return waits


Distinct = Annotated[list[Item], AfterValidator(_distinct), Field(json_schema_extra={"uniqueItems": True})]
Text = Annotated[str, StringConstraints(min_length=2, max_length=1500)]
"""Prose in our own words, in English, NFC."""
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=60)]
CountryCode = Annotated[str, StringConstraints(pattern=COUNTRY)]
SubdivisionCode = Annotated[str, StringConstraints(pattern=SUBDIVISION)]
RegionCode = Annotated[str, StringConstraints(pattern=REGION)]
LanguageTag = Annotated[str, StringConstraints(pattern=LANGUAGE)]
BusinessDays = Annotated[int, Field(ge=0, le=250)]
Hours = Annotated[int, Field(ge=0, le=336)]
Year = Annotated[int, Field(ge=1950, le=2100)]
Waits = Annotated[list[BusinessDays], Field(min_length=2, max_length=2), AfterValidator(_shortest_first)]


class Record(BaseModel):
    """Base of everything in the data: strict, frozen, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Citation(Record):
    """Where a statement can be looked up."""

    url: Annotated[str, StringConstraints(pattern=URL, max_length=600)]
    publisher: Text
    kind: v.SourceKind
    locale: LanguageTag | None = None
    year: Year | None = None
    """Year of publication, where the page shows one."""
    origin: Slug | None = None
    """Sources that repeat one text carry the same origin and count as one voice."""


class Source(Citation):
    """A citation with what it says and which values of this file it speaks about."""

    weight: v.Weight
    stance: v.Stance
    supports: Annotated[Distinct[str], Field(min_length=1)]
    """Paths such as `thank_you_note.expectation`, or `variations.<id>` for a variation's remark."""
    says: Text


class Entry(Record):
    """What is known of one topic from a day on. Complete in itself; absent fields are inherited."""

    topic: ClassVar[str]
    since: date | None = None
    """The evidence speaks from this day on; absent where no source is dated."""
    reviewed_on: date
    """Last day on which somebody checked that it still holds."""
    confidence: v.Confidence
    less_sure: dict[str, v.Confidence] = {}
    """Fields of this entry that are less certain than the entry."""
    sources: list[Slug]
    notes: Text | None = None

    def values(self) -> dict[str, object]:
        """The decision fields this entry sets, by name."""
        return {name: getattr(self, name) for name in type(self).fields() if getattr(self, name) is not None}

    @classmethod
    def fields(cls) -> tuple[str, ...]:
        """Names of the decision fields of this topic, in the order of the model."""
        return tuple(name for name in cls.model_fields if name not in Entry.model_fields and name != "prohibits")


class ThankYouNote(Entry):
    """Whether, how and to whom a written thank-you is sent."""

    topic: ClassVar[str] = "thank_you_note"
    expectation: v.Expectation | None = None
    channels: Annotated[Distinct[v.Channel], Field(min_length=1)] | None = None
    """Best first."""
    recipients: v.Recipients | None = None
    not_before_hours: Hours | None = None
    """A note sooner than this looks hasty."""
    send_within_hours: Annotated[int, Field(ge=1, le=336)] | None = None
    same_day: bool | None = None
    """A note is best sent on the local day of the interview."""
    late: v.LateNote | None = None
    """What to do once that time has passed; absent where nobody warns of a late note."""
    formality: v.Formality | None = None
    languages: Annotated[Distinct[LanguageTag], Field(min_length=1)] | None = None
    """Best first."""
    address: Text | None = None
    content: Text | None = None
    prohibits: Literal[True] | None = None
    """A stop: a written thank-you to the interviewers is not allowed."""


class NextMove(Entry):
    """Who announces the result, when, and when the candidate may ask."""

    topic: ClassVar[str] = "next_move"
    who: v.Mover | None = None
    promised_within_business_days: BusinessDays | None = None
    """The employer's own promise of an answer, counted from the interview."""
    typical_wait_business_days: Waits | None = None
    """Observed or customary shortest and longest wait."""
    enquire_after_business_days: BusinessDays | None = None
    grace_business_days: BusinessDays | None = None
    """How long to wait after a promised date has passed."""
    enquire_via: v.Channel | None = None
    feedback: Text | None = None
    """What the employer tells candidates about how they did."""
    prohibits: Literal[True] | None = None
    """A stop: asking for the result is not allowed."""


class References(Entry):
    """Whether and how references are checked."""

    topic: ClassVar[str] = "references"
    checked: v.ReferenceCheck | None = None
    form: Text | None = None


class Gifts(Entry):
    """Whether a gift to an interviewer is acceptable."""

    topic: ClassVar[str] = "gifts"
    to_interviewer: v.GiftPractice | None = None


class Topics(Record):
    """The four topics; each a list of complete entries, newest first."""

    thank_you_note: list[ThankYouNote] = []
    next_move: list[NextMove] = []
    references: list[References] = []
    gifts: list[Gifts] = []


class When(Record):
    """Conditions on facts, all of which must hold. An unknown fact never holds."""

    track: v.Track | None = None
    ownership: v.Ownership | None = None
    size: v.Size | None = None
    sector: v.Sector | None = None
    format: v.Format | None = None
    stage: v.Stage | None = None
    language: Annotated[str, StringConstraints(pattern=PRIMARY_LANGUAGE)] | None = None
    """Primary language subtag of the interview."""
    via_agency: bool | None = None
    introduced_by_person: bool | None = None
    sent_by_employment_service: bool | None = None
    process: v.Process | None = None
    publicly_advertised: bool | None = None
    said_who_contacts: Annotated[v.WhoContacts | None, Field(alias="said.who_contacts")] = None
    said_answer_by: Annotated[Literal["given"] | None, Field(alias="said.answer_by")] = None
    said_no_contact: Annotated[bool | None, Field(alias="said.no_contact")] = None
    said_note_welcome: Annotated[bool | None, Field(alias="said.note_welcome")] = None
    said_canvassing_disqualifies: Annotated[bool | None, Field(alias="said.canvassing_disqualifies")] = None
    recipient_role: Annotated[v.Role | None, Field(alias="recipient.role")] = None
    recipient_wishes_note: Annotated[bool | None, Field(alias="recipient.wishes_note")] = None
    recipient_known_personally: Annotated[bool | None, Field(alias="recipient.known_personally")] = None

    def conditions(self) -> dict[str, object]:
        """Fact path to required value, in the order of the vocabulary."""
        demanded = self.model_fields_set
        return {path: getattr(self, name) for name, path in _FACT_PATHS.items() if name in demanded}


_FACT_PATHS = {name: field.alias or name for name, field in When.model_fields.items()}
"""Field of `When` to the path of its fact."""


class Variation(Topics):
    """What is different in a file's practice while its conditions hold."""

    id: Slug
    when: When
    because: Text
    """One line in our own words; shown as a remark whenever the variation applies."""
    sources: list[Slug] = []
    """Evidence of the remark itself; each source supports `variations.<id>`."""


class SubdivisionPractice(Topics):
    """What is different in some subdivisions of a country."""

    codes: Annotated[Distinct[SubdivisionCode], Field(min_length=1)]
    because: Text
    time_zone: str | None = None


class DataFile(Topics):
    """What all practice files share: topics, variations, sources, notes."""

    variations: list[Variation] = []
    sources: dict[Slug, Source] = {}
    notes: Text | None = None
    """The conflict seen and how it was settled; what is still unknown."""


class World(DataFile):
    """world.yaml: a harmless value for every field, labelled "no evidence"."""


class RegionPractice(DataFile):
    """regions/NNN.yaml: a UN M49 region with a cited general statement, or where its members agree."""

    folder: ClassVar[str] = "regions"
    named_by: ClassVar[str] = "code"
    code: RegionCode
    derived_from: Distinct[CountryCode] = []
    """Members whose own entries agree on every value here; checked."""


class Country(DataFile):
    """countries/XX.yaml."""

    folder: ClassVar[str] = "countries"
    named_by: ClassVar[str] = "code"
    code: CountryCode
    region: RegionCode
    subdivisions: dict[Slug, SubdivisionPractice] = {}


class SectorPractice(DataFile):
    """sectors/<key>.yaml: practice of a sector, world-wide unless `applies_in` says where its sources speak."""

    folder: ClassVar[str] = "sectors"
    named_by: ClassVar[str] = "key"
    key: v.Sector
    title: Text
    description: Text
    parent: v.Sector | None = None
    """The wider sector whose practice applies first."""
    applies_in: Distinct[CountryCode] = []


class FormatPractice(DataFile):
    """formats/<key>.yaml: practice that goes with a format of interview."""

    folder: ClassVar[str] = "formats"
    named_by: ClassVar[str] = "key"
    key: v.Format
    title: Text
    description: Text
    applies_in: Distinct[CountryCode] = []


class Situation(DataFile):
    """situations/<key>.yaml: practice that goes with what was said, wished or arranged, in any country."""

    folder: ClassVar[str] = "situations"
    named_by: ClassVar[str] = "key"
    key: Slug
    title: Text
    description: Text
    layer: v.Layer
    when: When
    applies_in: Distinct[CountryCode] = []
    over: Distinct[Slug] = []
    """Situations of the same layer that this one beats where both hold; what demands more beats without saying so."""
    fact_is_evidence: bool = False
    """The fact itself is the evidence (it was said in this interview), so no source is needed."""

    def beats(self, other: "Situation") -> bool:
        """Whether this one wins over another of its layer: it says so, or it demands all of the other and more."""
        mine, theirs = self.when.conditions().items(), other.when.conditions().items()
        return self.layer == other.layer and (other.key in self.over or theirs < mine)


class Company(DataFile):
    """companies/<key>.yaml: published or reported practice of one company or institution."""

    folder: ClassVar[str] = "companies"
    named_by: ClassVar[str] = "key"
    key: Slug
    name: Text
    aliases: Distinct[Text] = []
    domains: Distinct[Annotated[str, StringConstraints(pattern=DOMAIN)]] = []
    sectors: Distinct[v.Sector] = []
    applies_in: Distinct[CountryCode] = []
    when: When = When()


class Clock(Record):
    """The time limit of a duty."""

    days: Annotated[int, Field(ge=0, le=1000)] | None = None
    months: Annotated[int, Field(ge=1, le=120)] | None = None
    unit: v.ClockUnit
    starts: v.ClockStart
    starts_text: Text
    also: Text | None = None


class StatuteConditions(Record):
    """Conditions a decision can check against facts."""

    headcount_at_least: Annotated[int, Field(ge=1)] | None = None
    publicly_advertised: bool | None = None
    formats_excluded: Distinct[v.Format] = []
    sectors_excluded: Distinct[v.Sector] = []
    sent_by_employment_service: bool | None = None


class Statute(Record):
    """statutes/<id>.yaml: a legal duty or code that bears on what happens after an interview. Not legal advice."""

    folder: ClassVar[str] = "statutes"
    named_by: ClassVar[str] = "id"
    id: Slug
    jurisdiction: Annotated[str, StringConstraints(pattern=JURISDICTION)]
    topic: v.StatuteTopic
    binding: v.Binding
    toward_candidate: bool
    """The duty is owed to the candidate (not, say, to an authority)."""
    duty: Text
    citation: Text
    """The instrument as the sources name it."""
    clock: Clock | None = None
    conditions: StatuteConditions = StatuteConditions()
    conditions_text: Distinct[Text] = []
    in_force_since: date | None = None
    in_force_text: Text | None = None
    """As the sources give it, where that is not a plain day or not known."""
    effect: Text | None = None
    says: Text
    confidence: v.Confidence
    reviewed_on: date
    sources: Annotated[dict[Slug, Citation], Field(min_length=1)]
    notes: Text | None = None

    @property
    def shown_in_next_move(self) -> bool:
        """Whether the duty is a binding one toward the candidate with a clock."""
        return self.binding == "law" and self.toward_candidate and self.topic in v.CLOCK_TOPICS


class RegionName(Record):
    """A UN M49 region and the wider region it belongs to."""

    name: Text
    parent: RegionCode | None = None


class CountryPlace(Record):
    """Where a country belongs, for every ISO 3166-1 country, with or without a file of its own."""

    name: Text
    region: RegionCode
    iso: bool = True
    """False for a code in use that ISO 3166-1 does not assign (XK)."""
    m49: RegionCode | None = None
    """The country's own M49 number, where the UN list has one."""
    primary_zone: str | None = None
    """IANA zone to assume where a country has several and one holds nearly everybody."""
    notes: Text | None = None


class Regions(Record):
    """regions.yaml: UN M49 for all countries."""

    regions: dict[RegionCode, RegionName]
    countries: dict[CountryCode, CountryPlace]
    notes: Text


FileInFolder = RegionPractice | Country | SectorPractice | FormatPractice | Situation | Company | Statute
"""Files of which a folder holds many; `folder` is its name, `named_by` the key that equals the file's name."""
FOLDERS: tuple[type[FileInFolder], ...] = get_args(FileInFolder)
PracticeFile = World | RegionPractice | Country | SectorPractice | FormatPractice | Situation | Company
TOPICS: tuple[type[Entry], ...] = (ThankYouNote, NextMove, References, Gifts)
