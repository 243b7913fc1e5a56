import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import update

from app.companies.models import Company
from app.companies.schemas import MOST_DUPLICATES
from tests.stored import Account

PATH = "/v1/companies"
INITECH = {
    "name": "Initech GmbH",
    "domains": ["https://www.initech.example/jobs"],
    "country": "DE",
    "sector": "technology",
    "ownership": "domestic",
    "size": "large",
    "notes": "Found through a former colleague.\nAsk about Fridays.",
}
NOBODYS = "01932b6e-0000-7000-8000-000000000000"


def names(page: dict[str, Any]) -> list[str]:
    return [company["name"] for company in page["items"]]


def test_a_company_is_added_and_read_back(account: Account) -> None:
    made = account.made(PATH, INITECH)
    assert {name: made[name] for name in INITECH} == {**INITECH, "domains": ["initech.example"]}
    assert account.seen(f"{PATH}/{made['id']}") == made


def test_only_a_name_is_needed(account: Account) -> None:
    made = account.made(PATH, {"name": "Umbrella"})
    assert made["domains"] == []
    assert all(made[name] is None for name in ("country", "sector", "ownership", "size", "notes"))


def test_a_change_leaves_what_it_does_not_name_and_null_takes_away(account: Account) -> None:
    made = account.made(PATH, INITECH)
    changed = account.changed(f"{PATH}/{made['id']}", {"domains": ["b.example", "initech.example"], "sector": None})
    assert changed["domains"] == ["b.example", "initech.example"]
    assert changed["sector"] is None
    assert {name: changed[name] for name in ("name", "country", "notes")} == {
        name: made[name] for name in ("name", "country", "notes")
    }
    assert changed["updated_at"] > made["updated_at"]
    assert changed["created_at"] == made["created_at"]
    assert account.seen(f"{PATH}/{made['id']}") == changed


def test_a_deleted_company_is_gone(account: Account) -> None:
    made = account.made(PATH, INITECH)
    account.deleted(f"{PATH}/{made['id']}")
    assert account.refused("GET", f"{PATH}/{made['id']}", 404)["code"] == "no_such_resource"
    assert account.seen(PATH)["items"] == []


def test_a_company_that_an_application_needs_is_kept(account: Account) -> None:
    made = account.made(PATH, INITECH)
    account.made("/v1/applications", {"company_id": made["id"], "position": "Engineer", "country": "DE"})
    problem = account.refused("DELETE", f"{PATH}/{made['id']}", 409, headers={"If-Match": "*"})
    assert problem["code"] == "in_use"
    assert "1 applications" in problem["detail"]
    assert account.seen(f"{PATH}/{made['id']}") == made


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, ["Ärzte ohne Grenzen", "Initech GmbH", "株式会社ヤマダ"]),
        ({"sort": "-name"}, ["株式会社ヤマダ", "Initech GmbH", "Ärzte ohne Grenzen"]),
        ({"sort": "created_at"}, ["Initech GmbH", "株式会社ヤマダ", "Ärzte ohne Grenzen"]),
        ({"sort": "-created_at"}, ["Ärzte ohne Grenzen", "株式会社ヤマダ", "Initech GmbH"]),
        ({"country": "DE"}, ["Initech GmbH"]),
        ({"sector": "nonprofit"}, ["Ärzte ohne Grenzen"]),
        ({"domain": "WWW.Initech.example"}, ["Initech GmbH"]),
        ({"domain": "other.example"}, []),
        ({"query": "arzte GRENZEN"}, ["Ärzte ohne Grenzen"]),
        ({"query": "やまだ"}, ["株式会社ヤマダ"]),
        ({"query": "initech.example"}, ["Initech GmbH"]),
        ({"query": "fridays"}, ["Initech GmbH"]),
        ({"query": "100%"}, []),
        ({"query": "init_ch"}, []),
    ],
)
def test_lists_are_filtered_sorted_and_searched(account: Account, params: dict[str, str], found: list[str]) -> None:
    account.made(PATH, INITECH)
    account.made(PATH, {"name": "株式会社ヤマダ", "country": "JP"})
    account.made(PATH, {"name": "Ärzte ohne Grenzen", "sector": "nonprofit"})
    assert names(account.seen(PATH, **params)) == found


@pytest.mark.parametrize("sort", ["name", "-name", "created_at", "-created_at"])
def test_every_page_follows_the_one_before_until_the_last(account: Account, sort: str) -> None:
    for number in range(7):
        # Three of them share a name, so that only the id tells them apart.
        account.made(PATH, {"name": f"Initech {number // 3}"})
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = account.seen(PATH, sort=sort, limit=2, **cursor)
        seen += [company["id"] for company in page["items"]]
        if page["next_cursor"] is None:
            break
        assert len(page["items"]) == 2
        cursor = {"cursor": page["next_cursor"]}
    assert seen == [company["id"] for company in account.seen(PATH, sort=sort)["items"]]
    assert len(set(seen)) == 7


def test_the_link_to_the_next_page_leads_there(account: Account) -> None:
    for number in range(3):
        account.made(PATH, {"name": f"Initech {number}"})
    answer = account.get(f"{PATH}?limit=2&sort=name")
    link = answer.headers["link"]
    assert link.endswith('>; rel="next"')
    assert names(account.get(link[1 : link.index(">")]).json()) == ["Initech 2"]


def cursor_of(*parts: str) -> str:
    """A cursor as the server would seal it."""
    return urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        (PATH, ("companies name", "\ud800", NOBODYS)),
        (PATH, ("companies name", "a\0", NOBODYS)),
        (PATH, ("companies name", "a", "no id")),
        (PATH, ("companies name", "a")),
        ("/v1/interviews", ("interviews -starts_at", "0001-01-01T00:00:00+14:00", NOBODYS)),
        ("/v1/interviews", ("interviews -starts_at", "9999-12-31T23:59:59-14:00", NOBODYS)),
        ("/v1/interviews", ("interviews -starts_at", "2026-11-20T00:00:00", NOBODYS)),
    ],
)
def test_a_forged_cursor_is_refused(account: Account, path: str, parts: tuple[str, ...]) -> None:
    sort = parts[0].split()[1]
    problem = account.refused("GET", f"{path}?sort={sort}&cursor={cursor_of(*parts)}", 422)
    assert problem["errors"][0]["parameter"] == "cursor"


def test_a_cursor_of_another_list_is_refused(account: Account) -> None:
    for number in range(2):
        account.made(PATH, {"name": f"Initech {number}"})
    cursor = account.seen(PATH, limit=1, sort="name")["next_cursor"]
    assert account.refused("GET", f"/v1/contacts?sort=name&cursor={cursor}", 422)["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize("cursor", ["x", "WyJuYW1lIl0", "bm90IGpzb24", "WyJuYW1lIiwgIngiLCAieSJd", "e30"])
def test_a_cursor_that_was_not_given_out_is_refused(account: Account, cursor: str) -> None:
    problem = account.refused("GET", f"{PATH}?cursor={cursor}", 422)
    assert problem["errors"][0]["parameter"] == "cursor"
    assert problem["errors"][0]["hint"]


def test_a_cursor_belongs_to_the_order_it_was_given_for(account: Account) -> None:
    for number in range(2):
        account.made(PATH, {"name": f"Initech {number}"})
    cursor = account.seen(PATH, limit=1, sort="name")["next_cursor"]
    assert account.refused("GET", f"{PATH}?cursor={cursor}&sort=-created_at", 422)["errors"][0]["parameter"] == "cursor"


def test_companies_with_the_same_name_or_domain_are_found(account: Account) -> None:
    made = account.made(PATH, INITECH)
    by_name = account.made(PATH, {"name": "INITECH"})
    by_domain = account.made(PATH, {"name": "Something else", "domains": ["jobs@initech.example"]})
    by_both = account.made(PATH, {"name": "Initech Ltd.", "domains": ["initech.example"]})
    account.made(PATH, {"name": "Initrode"})
    found = account.seen(f"{PATH}/{made['id']}/duplicates")["items"]
    assert [(one["company"]["id"], one["same"]) for one in found] == [
        (by_name["id"], ["name"]),
        (by_domain["id"], ["domain"]),
        (by_both["id"], ["name", "domain"]),
    ]


def test_of_many_duplicates_the_oldest_fifty_are_shown(account: Account) -> None:
    made, *others = [account.made(PATH, {"name": "Initech"}) for _ in range(MOST_DUPLICATES + 2)]
    assert MOST_DUPLICATES == 50
    assert [one["company"] for one in account.seen(f"{PATH}/{made['id']}/duplicates")["items"]] == others[:50]


def test_merging_keeps_everything_and_moves_what_refers_to_the_other(account: Account) -> None:
    made = account.made(PATH, {"name": "Initech GmbH", "domains": ["initech.example"], "notes": "Ours."})
    other = account.made(
        PATH, {"name": "INITECH", "domains": ["initech.example", "b.example"], "country": "DE", "notes": "Theirs."}
    )
    report = account.made(f"{PATH}/{other['id']}/reports", {"reported_on": "2026-11-02", "notes": "By letter."})
    application = account.made("/v1/applications", {"company_id": other["id"], "position": "Engineer", "country": "DE"})
    before = account.get(f"/v1/applications/{application['id']}").headers["etag"]
    merge = f"{PATH}/{made['id']}/merge"
    answer = account.ask("POST", merge, json={"company_id": other["id"]}, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    merged = answer.json()
    assert merged["name"] == "Initech GmbH"
    assert merged["domains"] == ["initech.example", "b.example"]
    assert merged["country"] == "DE"
    assert merged["notes"] == "Ours.\n\nTheirs.\n\nAlso known as: INITECH"
    assert merged["updated_at"] > made["updated_at"]
    assert account.seen(f"{PATH}/{made['id']}") == merged
    account.refused("GET", f"{PATH}/{other['id']}", 404)
    assert account.seen(f"{PATH}/{made['id']}/reports/{report['id']}")["company_id"] == made["id"]
    moved = account.get(f"/v1/applications/{application['id']}")
    assert moved.json()["company_id"] == made["id"]
    assert moved.headers["etag"] != before


def test_whatever_refers_to_a_company_that_is_merged_or_deleted_changes_by_it(account: Account) -> None:
    kept, other = (account.made(PATH, {"name": name})["id"] for name in ("Initech", "Umbrella"))
    job = {"company_id": other, "position": "Engineer", "country": "DE"}
    report = {"reported_on": "2026-11-02", "note_welcome": True}
    paths = [
        f"/v1/contacts/{account.made('/v1/contacts', {'name': {'given_name': 'Aiko'}, 'company_id': other})['id']}",
        f"/v1/applications/{account.made('/v1/applications', job)['id']}",
        f"{PATH}/{other}/reports/{account.made(f'{PATH}/{other}/reports', report)['id']}",
    ]
    before = {path.replace(other, kept): account.get(path) for path in paths}
    merge = f"{PATH}/{kept}/merge"
    assert account.ask("POST", merge, json={"company_id": other}, headers={"If-Match": "*"}).status_code == 200
    for path, answer in before.items():
        account.require_changed(path, answer)
        assert account.seen(path)["company_id"] == kept
    contact, application, _ = paths
    account.deleted(application)
    answer = account.get(contact)
    account.deleted(f"{PATH}/{kept}")
    account.require_changed(contact, answer)
    assert account.seen(contact)["company_id"] is None


def test_what_differs_between_merged_companies_is_noted(account: Account) -> None:
    made = account.made(PATH, {"name": "Zed", "country": "US", "size": "small"})
    other = account.made(PATH, {"name": "Zed GmbH", "country": "DE", "size": "small"})
    merge = f"{PATH}/{made['id']}/merge"
    answer = account.ask("POST", merge, json={"company_id": other["id"]}, headers={"If-Match": "*"})
    assert answer.json()["notes"] == "Also known as: Zed GmbH\n\ncountry: DE"


def test_companies_that_are_too_much_together_are_not_merged(account: Account) -> None:
    made, other = (account.made(PATH, {"name": "Zed", "notes": letter * 15_000}) for letter in "ab")
    merge = f"{PATH}/{made['id']}/merge"
    problem = account.refused("POST", merge, 422, json={"company_id": other["id"]}, headers={"If-Match": "*"})
    assert problem["errors"][0]["pointer"] == "#/company_id"
    assert "notes" in problem["errors"][0]["detail"]
    assert account.seen(f"{PATH}/{other['id']}") == other


def test_what_was_stored_and_is_refused_today_is_said_where_it_stands(account: Account, stored_app: FastAPI) -> None:
    made = account.made(PATH, INITECH)
    with stored_app.state.database.session() as session:
        rows = update(Company).where(Company.owner_id == account.id)
        session.execute(rows.values(notes="SECRETNOTE" * 3000))
    path = f"{PATH}/{made['id']}"
    problem = account.refused("PATCH", path, 422, json={"size": "small"}, headers={"If-Match": "*"})
    assert [wrong["pointer"] for wrong in problem["errors"]] == ["#/notes"]
    assert "SECRETNOTE" not in str(problem)
    assert account.changed(path, {"notes": "short"})["notes"] == "short"


@pytest.mark.parametrize("itself", [True, False])
def test_a_company_is_merged_only_with_another_of_ones_own(account: Account, stranger: Account, itself: bool) -> None:  # noqa: FBT001 - a case
    made = account.made(PATH, INITECH)
    other = made if itself else stranger.made(PATH, INITECH)
    merge = f"{PATH}/{made['id']}/merge"
    body = {"company_id": other["id"]}
    problem = account.refused("POST", merge, 422, json=body, headers={"If-Match": "*"})
    assert problem["errors"][0]["pointer"] == "#/company_id"
    assert account.seen(f"{PATH}/{made['id']}") == made


def test_nothing_of_anothers_can_be_seen_or_changed(account: Account, stranger: Account) -> None:
    made = stranger.made(PATH, INITECH)
    path = f"{PATH}/{made['id']}"
    report = stranger.made(f"{path}/reports", {"reported_on": "2026-11-02", "notes": "By letter."})
    change = {"If-Match": "*"}
    asked: list[tuple[str, str, dict[str, Any]]] = [
        ("GET", path, {}),
        ("PATCH", path, {"json": {"name": "Mine"}, "headers": change}),
        ("DELETE", path, {"headers": change}),
        ("GET", f"{path}/duplicates", {}),
        ("POST", f"{path}/merge", {"json": {"company_id": NOBODYS}, "headers": change}),
        ("GET", f"{path}/reports", {}),
        ("POST", f"{path}/reports", {"json": {"reported_on": "2026-11-02", "notes": "By letter."}}),
        ("GET", f"{path}/reports/{report['id']}", {}),
        ("PATCH", f"{path}/reports/{report['id']}", {"json": {"notes": "Mine"}, "headers": change}),
        ("DELETE", f"{path}/reports/{report['id']}", {"headers": change}),
    ]
    for method, address, given in asked:
        theirs = account.refused(method, address, 404, **given)
        nobodys = account.refused(method, address.replace(made["id"], NOBODYS), 404, **given)
        assert {**theirs, "request_id": ""} == {**nobodys, "request_id": ""}, (method, address)
    assert account.seen(PATH)["items"] == []
    assert stranger.seen(path) == made


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/name"),
        ({"name": "   "}, "#/name"),
        ({"name": "a" * 201}, "#/name"),
        ({"name": "two\nlines"}, "#/name"),
        ({"name": "Initech", "notes": "a bell \x07"}, "#/notes"),
        ({"name": "Initech", "domains": ["not a domain"]}, "#/domains/0"),
        ({"name": "Initech", "domains": [f"a{number}.example" for number in range(21)]}, "#/domains"),
        ({"name": "Initech", "sector": "piracy"}, "#/sector"),
        ({"name": "Initech", "sectr": "law"}, "#/sectr"),
        ({"name": "Initech", "owner_id": NOBODYS}, "#/owner_id"),
        ({"name": "Initech", "id": NOBODYS}, "#/id"),
        ({"name": 5}, "#/name"),
        ([], "#"),
    ],
)
def test_what_cannot_be_used_is_refused_where_it_stands(account: Account, body: object, pointer: str) -> None:
    problem = account.refused("POST", PATH, 422, json=body)
    assert [wrong["pointer"] for wrong in problem["errors"]] == [pointer]
    assert account.seen(PATH)["items"] == []


@pytest.mark.parametrize(
    ("patch", "pointer"),
    [({"name": None}, "#/name"), ({"version": 7}, "#/version"), ({"country": "Germany"}, "#/country")],
)
def test_a_patch_is_held_to_the_same(account: Account, patch: dict[str, object], pointer: str) -> None:
    made = account.made(PATH, INITECH)
    address = f"{PATH}/{made['id']}"
    problem = account.refused("PATCH", address, 422, json=patch, headers={"If-Match": "*"})
    assert [wrong["pointer"] for wrong in problem["errors"]] == [pointer]
    assert account.seen(address) == made


def test_text_is_kept_composed_and_trimmed(account: Account) -> None:
    made = account.made(PATH, {"name": "  Mu\u0308ller  ", "notes": "one\r\ntwo\rthree\n"})
    assert (made["name"], made["notes"]) == ("M\u00fcller", "one\ntwo\nthree")


def test_few_statements_are_needed(account: Account, queries: list[str]) -> None:
    def counted(method: str, path: str, **given: Any) -> int:  # noqa: ANN401 - what the client takes
        queries.clear()
        assert account.ask(method, path, **given).is_success
        return len(queries)

    assert counted("POST", PATH, json=INITECH) <= 5
    assert counted("POST", PATH, json=INITECH, headers={"Idempotency-Key": "one"}) <= 8
    path = f"{PATH}/{account.seen(PATH)['items'][0]['id']}"
    assert counted("GET", path) <= 3
    assert counted("GET", PATH) <= 3
    assert counted("GET", f"{PATH}?query=initech&domain=initech.example") <= 3
    assert counted("GET", f"{path}/duplicates") == 3
    assert counted("GET", f"{path}/practice") == 3
