"""/v1/rules: the rules themselves, for people and programs that want to look them up. No account needed."""

from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BeforeValidator, StringConstraints, TypeAdapter

from app.errors import FieldError
from app.follow_up import rules_views as views
from app.follow_up.errors import UnknownRule, country_error, unknown_key
from app.follow_up.rules_schemas import (
    CompanyDetail,
    CompanySummary,
    CountrySummary,
    PracticeDetail,
    RulesSummary,
    StatuteDetail,
)
from app.http import clock
from app.http.answers import answer
from app.http.countries import form_only
from app.http.etags import NOT_MODIFIED, Revalidate
from app.http.pages import DEFAULT_LIMIT, Cursor, Limit, Page, link_to_next, page_of
from app.http.problems import invalid_request, responses
from app.http.routes import JsonRoute
from app.rules import vocabulary as v
from app.rules.book import Edition, RuleBook
from app.rules.coverage import CoverageReport, Level, coverage_report
from app.rules.form import Form
from app.rules.overview import CountryOverview, country_overview

router = APIRouter(prefix="/v1/rules", tags=["rules"], route_class=JsonRoute)
_LIST = {**NOT_MODIFIED, **responses()}
_ONE = {**NOT_MODIFIED, **responses(UnknownRule)}

Listed = TypeVar("Listed")
CountryCode = Annotated[str, Path(max_length=100, description="ISO 3166-1 alpha-2.")]
Key = Annotated[str, Path(max_length=100, description="Key, as the list gives it.")]
Region = Annotated[
    Annotated[str, Form("^[0-9]{3}$", "This is no code of a region", "Write three digits of UN M49: 150 for Europe.")]
    | None,
    Query(description="UN M49, e.g. 150 for Europe."),
]
Search = Annotated[str | None, Query(min_length=1, max_length=100)]

_SUMMARY, _COVERAGE = TypeAdapter(RulesSummary), TypeAdapter(CoverageReport)
_COUNTRY, _COMPANY = TypeAdapter(CountryOverview), TypeAdapter(CompanyDetail)
_COUNTRIES, _COMPANIES = TypeAdapter(Page[CountrySummary]), TypeAdapter(Page[CompanySummary])
_PRACTICE, _STATUTE = TypeAdapter(PracticeDetail), TypeAdapter(StatuteDetail)
_PRACTICES, _STATUTES = TypeAdapter(Page[PracticeDetail]), TypeAdapter(Page[StatuteDetail])


def _book(request: Request) -> tuple[RuleBook, Edition]:
    """The book and its edition of today."""
    book: RuleBook = request.app.state.rule_book
    return book, book.at(clock.now().date())


def _version(book: RuleBook, edition: Edition) -> str:
    """Everything that an answer here depends on besides its address."""
    return f"{book.version} {edition.since}"


@router.get(
    "",
    summary="What the rules hold",
    response_description="What the rules hold.",
    response_model=RulesSummary,
    responses=_LIST,
)
def get_rules(request: Request, revalidate: Revalidate) -> Response:
    """The version of the rules, how many countries, companies and sources they know, and the order of their layers."""
    book, edition = _book(request)
    headers = revalidate.by_version(_version(book, edition))
    return answer(_SUMMARY, views.summary(book, edition), headers)


@router.get(
    "/countries",
    summary="List countries",
    response_description="A page of countries.",
    response_model=Page[CountrySummary],
    responses=_LIST,
)
def list_countries(
    request: Request,
    revalidate: Revalidate,
    region: Region = None,
    coverage: Annotated[Level | None, Query(description="How much is known.")] = None,
    outcome: Annotated[v.Outcome | None, Query(description="What holds when nothing else is known.")] = None,
    query: Annotated[
        Search, Query(description="A code, part of the English name, or the name in another language.")
    ] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Every country of ISO 3166-1 (and XK), sorted by code, with what holds there when only the country is known."""
    book, edition = _book(request)
    _require_region(book, region)
    headers = revalidate.by_version(_version(book, edition))
    found = views.countries(book, edition)
    if query:
        found = views.matching_countries(found, query)
    if region:
        found = [country for country in found if region in country.regions]
    if coverage:
        found = [country for country in found if country.coverage == coverage]
    if outcome:
        found = [country for country in found if country.outcome == outcome]
    return _page(request, _COUNTRIES, page_of(found, lambda country: country.code, limit, cursor), headers)


@router.get(
    "/countries/{code}",
    summary="Look up a country",
    response_description="The country.",
    response_model=CountryOverview,
    responses=_ONE,
)
def get_country(request: Request, revalidate: Revalidate, code: CountryCode) -> Response:
    """The value of every field with its reason, the variations and subdivisions, and every source."""
    book, edition = _book(request)
    if code not in book.data.regions.countries:
        wrong = country_error(book, code, parameter="code", place="path")
        raise UnknownRule("No country has this code.", errors=(wrong,))
    headers = revalidate.by_version(_version(book, edition))
    return answer(_COUNTRY, country_overview(book, code, edition.since), headers)


@router.get(
    "/companies",
    summary="Search companies",
    response_description="A page of companies.",
    response_model=Page[CompanySummary],
    responses=_LIST,
)
def list_known_companies(
    request: Request,
    revalidate: Revalidate,
    query: Annotated[Search, Query(description="Part of a name, or a domain such as zapier.com.")] = None,
    country: Annotated[
        Annotated[str, StringConstraints(pattern="^[A-Z]{2}$"), BeforeValidator(form_only)] | None,
        Query(description="Only those whose practice applies there."),
    ] = None,
    sector: Annotated[v.Sector | None, Query(description="Only those of a sector.")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Companies and institutions with published or reported practice, sorted by key."""
    book, edition = _book(request)
    _require_country(book, country, "country")
    headers = revalidate.by_version(_version(book, edition))
    found = views.companies(book)
    if query:
        found = list(filter(views.company_matches(query), found))
    if country:
        found = [company for company in found if country in (company.applies_in or (country,))]
    if sector:
        found = [company for company in found if sector in company.sectors]
    return _page(request, _COMPANIES, page_of(found, lambda company: company.key, limit, cursor), headers)


@router.get(
    "/companies/{key}",
    summary="Look up a company",
    response_description="The company.",
    response_model=CompanyDetail,
    responses=_ONE,
)
def get_known_company(request: Request, revalidate: Revalidate, key: Key) -> Response:
    """What a company or institution says or does after interviews, with every source."""
    book, edition = _book(request)
    if key not in book.data.companies:
        raise unknown_key("company", key, book.data.companies, "search with /v1/rules/companies?query=…")
    headers = revalidate.by_version(_version(book, edition))
    return answer(_COMPANY, views.company_detail(book, edition, key), headers)


@router.get(
    "/sectors",
    summary="List sectors",
    response_description="A page of sectors.",
    response_model=Page[PracticeDetail],
    responses=_LIST,
)
def list_sectors(
    request: Request, revalidate: Revalidate, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Response:
    """The sectors that facts may name, with their practice and its evidence, sorted by key."""
    return _practices(request, revalidate, "sectors", limit, cursor)


@router.get(
    "/sectors/{key}",
    summary="Look up a sector",
    response_description="The sector.",
    response_model=PracticeDetail,
    responses=_ONE,
)
def get_sector(request: Request, revalidate: Revalidate, key: Key) -> Response:
    """What is the practice in a sector, with every source."""
    return _practice(request, revalidate, "sectors", key)


@router.get(
    "/formats",
    summary="List formats of interviews",
    response_description="A page of formats.",
    response_model=Page[PracticeDetail],
    responses=_LIST,
)
def list_formats(
    request: Request, revalidate: Revalidate, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Response:
    """The formats that facts may name, with their practice and its evidence, sorted by key."""
    return _practices(request, revalidate, "formats", limit, cursor)


@router.get(
    "/formats/{key}",
    summary="Look up a format of interviews",
    response_description="The format of interviews.",
    response_model=PracticeDetail,
    responses=_ONE,
)
def get_format(request: Request, revalidate: Revalidate, key: Key) -> Response:
    """What follows from a format of interviews, with every source."""
    return _practice(request, revalidate, "formats", key)


@router.get(
    "/situations",
    summary="List situations",
    response_description="A page of situations.",
    response_model=Page[PracticeDetail],
    responses=_LIST,
)
def list_situations(
    request: Request, revalidate: Revalidate, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Response:
    """What was said, wished or arranged, and what follows from it in any country, sorted by key."""
    return _practices(request, revalidate, "situations", limit, cursor)


@router.get(
    "/situations/{key}",
    summary="Look up a situation",
    response_description="The situation.",
    response_model=PracticeDetail,
    responses=_ONE,
)
def get_situation(request: Request, revalidate: Revalidate, key: Key) -> Response:
    """What follows from a situation in any country, with every source."""
    return _practice(request, revalidate, "situations", key)


@router.get(
    "/statutes",
    summary="List statutes",
    response_description="A page of statutes.",
    response_model=Page[StatuteDetail],
    responses=_LIST,
)
def list_statutes(
    request: Request,
    revalidate: Revalidate,
    jurisdiction: Annotated[
        Annotated[
            str,
            Form(
                "^(EU|[A-Z]{2}(-[A-Z0-9]{1,3})?)$",
                "This is no jurisdiction",
                "Write EU, a country such as CA, or a subdivision such as CA-ON.",
            ),
        ]
        | None,
        Query(
            description="EU, a country or a subdivision; a country includes its subdivisions.",
        ),
    ] = None,
    topic: Annotated[v.StatuteTopic | None, Query(description="What it is about.")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Legal duties and codes that bear on what happens after an interview, sorted by id. Not legal advice."""
    book, edition = _book(request)
    if jurisdiction != "EU":
        _require_country(book, jurisdiction and jurisdiction.partition("-")[0], "jurisdiction")
    headers = revalidate.by_version(_version(book, edition))
    found = views.statutes_of(book, edition)
    if jurisdiction:
        found = [law for law in found if f"{law.jurisdiction}-".startswith(f"{jurisdiction}-")]
    if topic:
        found = [law for law in found if law.topic == topic]
    return _page(request, _STATUTES, page_of(found, lambda law: law.id, limit, cursor), headers)


@router.get(
    "/statutes/{key}",
    summary="Look up a statute",
    response_description="The statute.",
    response_model=StatuteDetail,
    responses=_ONE,
)
def get_statute(request: Request, revalidate: Revalidate, key: Key) -> Response:
    """A duty with its conditions, its clock and every source. `key` is its `id`. Not legal advice."""
    book, edition = _book(request)
    if key not in book.data.statutes:
        raise unknown_key("statute", key, book.data.statutes, "/v1/rules/statutes lists them")
    headers = revalidate.by_version(_version(book, edition))
    return answer(_STATUTE, views.statute_detail(edition, book.data.statutes[key]), headers)


@router.get(
    "/coverage",
    summary="How much is known",
    response_description="The coverage.",
    response_model=CoverageReport,
    responses=_LIST,
)
def get_coverage(request: Request, revalidate: Revalidate, region: Region = None) -> Response:
    """Per country none, basic, moderate or full; per field whether the value is real, inherited or missing.

    With `region`, of the countries there.
    """
    book, edition = _book(request)
    _require_region(book, region)
    headers = revalidate.by_version(_version(book, edition))
    return answer(_COVERAGE, coverage_report(book, edition, region), headers)


def _require_region(book: RuleBook, region: str | None) -> None:
    """Refuse a region that does not exist."""
    if region and region not in book.data.regions.regions:
        wrong = FieldError(
            detail=f"{region!r} is no region of UN M49.",
            parameter="region",
            place="query",
            hint="Write a code such as 150 (Europe); `regions` of each country in /v1/rules/countries has its own.",
        )
        raise invalid_request((wrong,), 1)


def _require_country(book: RuleBook, code: str | None, parameter: str) -> None:
    """Refuse a country that does not exist."""
    if code and code not in book.data.regions.countries:
        wrong = country_error(book, code, parameter=parameter, place="query")
        raise invalid_request((wrong,), 1)


def _practice(request: Request, revalidate: Revalidate, kind: views.Kind, key: str) -> Response:
    book, edition = _book(request)
    files = views.practice_files(book, kind)
    if key not in files:
        raise unknown_key(kind.removesuffix("s"), key, files, f"/v1/rules/{kind} lists them")
    headers = revalidate.by_version(_version(book, edition))
    return answer(_PRACTICE, views.practice_detail(edition, files[key]), headers)


def _practices(request: Request, revalidate: Revalidate, kind: views.Kind, limit: int, cursor: str | None) -> Response:
    book, edition = _book(request)
    headers = revalidate.by_version(_version(book, edition))
    found: Sequence[PracticeDetail] = views.practices(book, edition, kind)
    return _page(request, _PRACTICES, page_of(found, lambda practice: practice.key, limit, cursor), headers)


def _page(request: Request, adapter: TypeAdapter[Any], page: Page[Listed], headers: dict[str, str]) -> Response:
    return answer(adapter, page, headers | link_to_next(request, page))
