"""The rules themselves: lists with filters and cursors, single entries, and their versions."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.http import clock
from app.main import create_app
from app.rules.vocabulary import FORMATS, SECTORS
from app.settings import Settings
from tests.follow_up.conftest import Ask, errors_of
from tests.rules.whole_book import whole_book

LISTS = {
    "countries": "code",
    "companies": "key",
    "sectors": "key",
    "formats": "key",
    "situations": "key",
    "statutes": "id",
}
"""Each list, and the member that it is sorted by."""
ADDRESSES = ["", *(f"/{name}" for name in LISTS), "/coverage", "/countries/JP", "/companies/zapier", "/sectors/law"]


def items(client: TestClient, address: str) -> list[dict[str, Any]]:
    """The items of a list that fits on one page."""
    answer = client.get(f"/v1/rules/{address}")
    assert answer.status_code == 200, answer.text
    page = answer.json()
    assert page["next_cursor"] is None
    found: list[dict[str, Any]] = page["items"]
    return found


def codes(client: TestClient, address: str) -> list[str]:
    return [one["code"] for one in items(client, address)]


def walked(client: TestClient, name: str, limit: int) -> list[dict[str, Any]]:
    """All items of a list, page by page, along the Link headers."""
    found: list[dict[str, Any]] = []
    address = f"/v1/rules/{name}?limit={limit}"
    while True:
        answer = client.get(address)
        page = answer.json()
        found += page["items"]
        if page["next_cursor"] is None:
            assert "link" not in answer.headers
            return found
        assert len(page["items"]) == limit
        target, relation = answer.headers["link"].split(";")
        assert relation.strip() == 'rel="next"'
        address = target.strip("<>")
        assert f"limit={limit}" in address


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("limit", [1, 7, 100])
def test_walking_a_list_meets_everything_once_and_in_order(client: TestClient, name: str, limit: int) -> None:
    keys = [one[LISTS[name]] for one in walked(client, name, limit)]
    counts = client.get("/v1/rules").json()
    assert keys == sorted(set(keys))
    assert len(keys) == counts[name]


def test_a_page_has_25_items_unless_told_otherwise(client: TestClient) -> None:
    assert len(client.get("/v1/rules/countries").json()["items"]) == 25


def test_the_cursor_in_the_body_leads_where_the_link_leads(client: TestClient) -> None:
    first = client.get("/v1/rules/countries?limit=2&coverage=full&outcome=send")
    cursor = first.json()["next_cursor"]
    by_cursor = client.get(f"/v1/rules/countries?limit=2&coverage=full&outcome=send&cursor={cursor}")
    by_link = client.get(first.headers["link"].split(";")[0].strip("<>"))
    assert by_cursor.json() == by_link.json()
    assert all((one["coverage"], one["outcome"]) == ("full", "send") for one in by_link.json()["items"])


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("cursor", ["", "abc", "!", "WyJKUCIsMV0", "WzFd", "bnVsbA", "W10", "ÿ", "e30=" * 20])
def test_a_cursor_that_was_not_given_out_is_refused(client: TestClient, name: str, cursor: str) -> None:
    (error,) = errors_of(client.get(f"/v1/rules/{name}", params={"cursor": cursor}))
    assert (error["parameter"], error["in"]) == ("cursor", "query")
    assert "next_cursor" in error["hint"]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("limit", ["0", "101", "-1", "x", "", "1.5", "9" * 30])
def test_a_limit_outside_its_bounds_is_refused(client: TestClient, name: str, limit: str) -> None:
    (error,) = errors_of(client.get(f"/v1/rules/{name}", params={"limit": limit}))
    assert (error["parameter"], error["in"]) == ("limit", "query")


def test_the_summary_counts_what_there_is(client: TestClient) -> None:
    summary = client.get("/v1/rules").json()
    assert summary["rules_version"].startswith("sha256:")
    assert (summary["countries"], summary["companies"], summary["statutes"]) == (250, 48, 20)
    assert sum(summary["coverage"].values()) == summary["countries"]
    assert summary["countries_with_evidence"] == summary["countries"] - summary["coverage"]["none"]
    assert (summary["layers"][0], summary["layers"][-1]) == ("world", "choice")
    assert summary["licence"] == "CC0-1.0"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("japan", ["JP"]),
        ("JP", ["JP"]),
        ("日本", ["JP"]),
        ("Deutschland", ["DE"]),
        ("guinea", ["GN", "GQ", "GW", "PG"]),
        ("côte d", ["CI"]),
        ("Cote D'Ivoire", ["CI"]),
        ("Atlantis", []),
        ("\u0301", []),
    ],
)
def test_countries_are_found_by_code_or_name_in_any_language(client: TestClient, query: str, found: list[str]) -> None:
    answer = client.get("/v1/rules/countries", params={"query": query})
    assert [one["code"] for one in answer.json()["items"]] == found


def test_countries_are_filtered_by_region_coverage_and_outcome_together(client: TestClient) -> None:
    assert codes(client, "countries?region=053") == ["AU", "CC", "CX", "HM", "NF", "NZ"]
    assert "JP" in codes(client, "countries?region=030&outcome=do_not_send&coverage=full")
    assert codes(client, "countries?region=030&outcome=do_not_send&coverage=full&query=australia") == []


def test_a_country_of_the_list_says_what_holds_there(client: TestClient, preview: Ask) -> None:
    (listed,) = items(client, "countries?query=JP")
    decision = preview(country="JP")
    assert listed["outcome"] == decision["thank_you"]["outcome"]
    assert listed["expectation"] == decision["thank_you"]["expectation"]
    assert listed["who"] == decision["next_move"]["who"]
    assert listed["regions"] == ["030", "142", "001"]
    assert listed["variations"] > 5


def test_a_country_has_its_values_its_variations_and_all_their_sources(client: TestClient) -> None:
    country = client.get("/v1/rules/countries/JP").json()
    (expectation,) = (one for one in country["reasons"] if one["field"] == "thank_you.expectation")
    assert (expectation["value"], expectation["scope"]) == ("uncommon", "country:JP")
    scopes = {variation["scope"]: variation for variation in country["variations"]}
    assert scopes["variation:JP/foreign-owned"]["when"] == {"ownership": "foreign"}
    cited = {
        key
        for practice in [country, *country["variations"], *country["subdivisions"]]
        for one in practice["reasons"]
        for key in one["sources"]
    }
    assert cited
    assert cited <= country["sources"].keys()
    assert (country["coverage"]["level"], country["time_zone"]) == ("full", "Asia/Tokyo")


def test_a_country_names_the_practice_and_the_laws_of_its_parts(client: TestClient) -> None:
    country = client.get("/v1/rules/countries/CA").json()
    assert "subdivision:CA-QC" in {one["scope"] for one in country["subdivisions"]}
    assert "on-inform-interviewed" in country["statutes"]
    assert country["time_zone"] is None


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("Japan", 'Write "JP" (Japan).'),
        ("jp", 'Write "JP" (Japan).'),
        ("QQ", "Write an ISO 3166-1 alpha-2 code; /v1/rules/countries lists them."),
    ],
)
def test_a_country_that_does_not_exist_is_not_found_with_what_was_meant(
    client: TestClient, code: str, hint: str
) -> None:
    answer = client.get(f"/v1/rules/countries/{code}")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_rule")
    (error,) = answer.json()["errors"]
    assert (error["parameter"], error["in"], error["hint"]) == ("code", "path", hint)


@pytest.mark.parametrize(
    "query",
    ["zapier", "ZAP", "zapier.com", "www.zapier.com", "https://www.zapier.com/jobs?x=1#y", "Zapier.com:443/jobs"],
)
def test_companies_are_found_by_name_and_domain(client: TestClient, query: str) -> None:
    assert "zapier" in {one["key"] for one in items(client, f"companies?query={quote(query)}")}


def test_companies_are_filtered_by_country_and_sector(client: TestClient) -> None:
    everywhere = {one["key"]: one for one in items(client, "companies?limit=100")}
    in_belgium = items(client, "companies?country=BE&limit=100")
    assert {one["key"] for one in in_belgium} == {
        key for key, one in everywhere.items() if not one["applies_in"] or "BE" in one["applies_in"]
    }
    technology = items(client, "companies?sector=technology&limit=100")
    assert technology
    assert all("technology" in one["sectors"] for one in technology)


def test_a_company_has_its_practice_with_its_sources(client: TestClient) -> None:
    company = client.get("/v1/rules/companies/epso").json()
    assert {stop["forbids"] for practice in company["practices"] for stop in practice["stops"]} == {
        "thank_you",
        "enquiry",
    }
    cited = {key for practice in company["practices"] for stop in practice["stops"] for key in stop["sources"]}
    assert cited
    assert cited <= company["sources"].keys()


def test_every_company_of_the_list_has_a_page(client: TestClient) -> None:
    for company in items(client, "companies?limit=100"):
        detail = client.get(f"/v1/rules/companies/{company['key']}").json()
        assert detail["name"] == company["name"]
        assert detail["sources"]


def test_a_company_that_is_not_known_is_not_found(client: TestClient) -> None:
    answer = client.get("/v1/rules/companies/initech")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_rule")
    assert "/v1/rules/companies?query=" in answer.json()["detail"]


@pytest.mark.parametrize("name", ["sectors", "formats", "situations", "statutes"])
def test_everything_of_a_list_has_an_address_of_its_own(client: TestClient, name: str) -> None:
    for one in items(client, f"{name}?limit=100"):
        assert client.get(f"/v1/rules/{name}/{one[LISTS[name]]}").json() == one


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("companies/zapir", "Did you mean 'zapier'?"),
        ("sectors/banking", "Did you mean 'investment_banking'?"),
        ("formats/PANEL", "Did you mean 'panel'?"),
        ("situations/zzz", "/v1/rules/situations lists them."),
        ("statutes/zzz", "/v1/rules/statutes lists them."),
    ],
)
def test_a_key_that_does_not_exist_is_not_found_with_what_was_meant(
    client: TestClient, address: str, hint: str
) -> None:
    answer = client.get(f"/v1/rules/{address}")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_rule")
    (error,) = answer.json()["errors"]
    assert (error["parameter"], error["in"], error["hint"]) == ("key", "path", hint)


def test_the_next_page_is_linked_where_clients_reach_the_server() -> None:
    settings = Settings.model_validate({"public_url": "https://example.org/afterword"})
    answer = TestClient(create_app(settings, whole_book())).get("/v1/rules/countries?limit=2")
    assert answer.headers["link"].startswith("<https://example.org/afterword/v1/rules/countries?limit=2&cursor=")


def test_sectors_and_formats_are_those_that_facts_may_name(client: TestClient) -> None:
    sectors, formats = items(client, "sectors?limit=100"), items(client, "formats?limit=100")
    assert {one["key"] for one in sectors} == set(SECTORS)
    assert {one["key"] for one in formats} == set(FORMATS)
    assert all(one["title"] and one["description"] for one in sectors + formats)


def test_the_duty_of_ontario_is_found_by_place_and_topic(client: TestClient) -> None:
    (law,) = items(client, "statutes?jurisdiction=CA-ON&topic=inform_interviewed_candidates")
    assert (law["id"], law["binding"], law["in_force_since"]) == ("on-inform-interviewed", "law", "2026-01-01")
    assert law["shown_in_next_move"] is True
    assert "45" in law["clock"]
    assert law["sources"]


def test_a_jurisdiction_includes_its_parts_and_nothing_else(client: TestClient) -> None:
    in_canada = {one["jurisdiction"] for one in items(client, "statutes?jurisdiction=CA&limit=100")}
    assert "CA-ON" in in_canada
    assert all(place.split("-")[0] == "CA" for place in in_canada)
    assert items(client, "statutes?jurisdiction=AQ") == []


def test_coverage_is_counted_per_country_and_field(client: TestClient) -> None:
    report = client.get("/v1/rules/coverage").json()
    assert report["countries"]["JP"]["level"] == "full"
    assert report["countries"]["TD"]["level"] == "none"
    assert sum(report["levels"].values()) == len(report["countries"]) == 250
    assert all(sum(counts.values()) == 250 for counts in report["fields"].values())


def test_coverage_of_a_region_counts_its_countries_only(client: TestClient) -> None:
    report = client.get("/v1/rules/coverage?region=053").json()
    assert list(report["countries"]) == ["AU", "CC", "CX", "HM", "NF", "NZ"]
    assert sum(report["levels"].values()) == 6


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("countries?region=Europe", "region"),
        ("countries?coverage=all", "coverage"),
        ("countries?outcome=maybe", "outcome"),
        ("countries?query=", "query"),
        (f"countries?query={'x' * 101}", "query"),
        ("companies?country=Japan", "country"),
        ("companies?sector=lore", "sector"),
        ("statutes?jurisdiction=Ontario", "jurisdiction"),
        ("statutes?topic=tax", "topic"),
        ("coverage?region=53", "region"),
        (f"countries/{'x' * 101}", "code"),
        (f"companies/{'x' * 101}", "key"),
        (f"statutes/{'x' * 101}", "key"),
        ("countries?region=999", "region"),
        ("coverage?region=999", "region"),
        ("companies?country=ZZ", "country"),
        ("statutes?jurisdiction=ZZ", "jurisdiction"),
        ("statutes?jurisdiction=ZZ-ON", "jurisdiction"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_refused(client: TestClient, address: str, parameter: str) -> None:
    (error,) = errors_of(client.get(f"/v1/rules/{address}"))
    assert error["parameter"] == parameter


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_is_fresh_for_a_while_and_then_asked_for_by_its_tag(client: TestClient, address: str) -> None:
    first = client.get(f"/v1/rules{address}")
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "public, max-age=300"
    for sent in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get(f"/v1/rules{address}", headers={"If-None-Match": sent})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["cache-control"] == first.headers["cache-control"]
    assert client.get(f"/v1/rules{address}", headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_is_get_without_the_content(client: TestClient, address: str) -> None:
    got, head = client.get(f"/v1/rules{address}"), client.head(f"/v1/rules{address}")
    assert (head.status_code, head.content) == (200, b"")
    for name in ("etag", "content-type", "content-length", "link"):
        assert head.headers.get(name) == got.headers.get(name)


def test_the_tag_is_of_the_rules_and_the_day_from_which_they_speak(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = client.get("/v1/rules/countries/JP").headers["etag"]
    assert client.get("/v1/rules/countries/JP").headers["etag"] == today
    monkeypatch.setattr(clock, "now", lambda: datetime(2029, 1, 1, tzinfo=UTC))
    later = client.get("/v1/rules/countries/JP", headers={"If-None-Match": today})
    assert (later.status_code, later.headers["etag"] == today) == (200, False)


def test_what_does_not_exist_is_404_whatever_the_client_has(client: TestClient) -> None:
    for address in ("countries/QQ", "companies/initech"):
        assert client.get(f"/v1/rules/{address}", headers={"If-None-Match": "*"}).status_code == 404


def test_a_server_with_its_rules_is_ready_and_names_their_version(client: TestClient, preview: Ask) -> None:
    version = client.get("/readyz").json()["rules_version"]
    assert version == preview(country="JP")["rules_version"] == client.get("/v1/rules").json()["rules_version"]


def test_the_rules_that_the_application_was_given_are_not_read_again(app: FastAPI, client: TestClient) -> None:
    given = app.state.rule_book
    with TestClient(app):
        assert app.state.rule_book is given
    assert client.get("/readyz").status_code == 200


def test_a_parameter_out_of_form_is_refused_with_what_it_should_be(client: TestClient) -> None:
    (error,) = client.get("/v1/rules/countries?region=europe").json()["errors"]
    assert error == {
        "detail": "This is no code of a region.",
        "parameter": "region",
        "in": "query",
        "hint": "Write three digits of UN M49: 150 for Europe.",
    }
