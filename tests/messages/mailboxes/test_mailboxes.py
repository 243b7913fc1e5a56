"""Mailboxes as they are written down."""

import json
from typing import Any

import pytest

from app.http.caller import SCOPES
from tests.mail.server import PASSWORD
from tests.messages.mailboxes.sending import PATH, PRIVATE, with_settings
from tests.stored import ANY, EVENTS, Account

SHOWN = {name: value for name, value in PRIVATE.items() if name != "password"}


def test_a_mailbox_lives_changes_and_goes(account: Account) -> None:
    made = account.made(PATH, PRIVATE)
    assert {name: made[name] for name in SHOWN} == SHOWN
    assert (made["has_password"], made["tested_at"], made["problem"]) == (True, None, None)
    where = f"{PATH}/{made['id']}"
    assert account.seen(where) == made
    changed = account.changed(where, {"name": "Home", "from_name": None})
    assert (changed["name"], changed["from_name"], changed["has_password"]) == ("Home", None, True)
    assert account.seen(where) == changed
    assert account.seen(PATH)["items"] == [changed]
    account.deleted(where)
    account.refused("GET", where, 404)
    assert account.seen(PATH)["items"] == []
    events = [one["type"] for one in account.seen("/v1/events")["items"]]
    assert events == ["mailbox.created", "mailbox.changed", "mailbox.deleted"]


def test_what_is_written_in_several_ways_is_kept_in_one(account: Account) -> None:
    made = account.made(PATH, {**PRIVATE, "host": "SMTP.Example.com", "from_address": "Kim@Bücher.example"})
    assert (made["host"], made["from_address"]) == ("smtp.example.com", "Kim@xn--bcher-kva.example")


def test_a_mailbox_may_have_no_password_yet_and_none_any_more(account: Account) -> None:
    made = account.made(PATH, SHOWN)
    assert not made["has_password"]
    where = f"{PATH}/{made['id']}"
    # There is none that another server would be shown.
    assert account.changed(where, {"host": "smtp.example.org"})["host"] == "smtp.example.org"
    assert account.changed(where, {"password": PASSWORD})["has_password"]
    assert not account.changed(where, {"password": None})["has_password"]
    assert account.refused("POST", f"{where}/test", 409)["code"] == "mailbox_without_password"


@pytest.mark.parametrize(
    "change", [{"host": "smtp.example.org"}, {"port": 465}, {"security": "tls"}, {"username": "other"}]
)
def test_a_password_is_not_sent_where_it_was_not_given_for(account: Account, change: dict[str, object]) -> None:
    where = f"{PATH}/{account.made(PATH, PRIVATE)['id']}"
    (wrong,) = account.refused("PATCH", where, 422, json=change, headers=ANY)["errors"]
    assert wrong == {
        "detail": "The password was given for another login, and is needed again.",
        "pointer": "#/password",
        "hint": "Send it together with the new host, port, security or username, or null to delete it.",
    }
    assert account.seen(where)["host"] == PRIVATE["host"]
    assert account.changed(where, {**change, "password": PASSWORD})["has_password"]
    assert not account.changed(where, {"host": "smtp.example.net", "password": None})["has_password"]


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ({"host": "https://smtp.example.com"}, "This is no name of a mail server."),
        ({"host": "smtp.example.com:587"}, "This is no name of a mail server."),
        ({"host": "a\r\nb"}, "This is no name of a mail server."),
        ({"host": "a" * 64}, "This is no name of a mail server."),
        ({"host": ""}, "This must have at least 1 character(s)."),
        ({"port": 0}, None),
        ({"port": 65536}, None),
        ({"port": "587"}, "This must be a whole number."),
        ({"security": "none"}, None),
        ({"from_address": "kim"}, "This is no e-mail address."),
        ({"from_address": "kim@example.com\r\nBcc: other@example.com"}, "This is no e-mail address."),
        ({"from_name": "Kim\r\nBcc: kim@example.org"}, "The control character U+000A is not allowed in a single line."),
        ({"name": " "}, "This must have at least one character that is not white space."),
        ({"name": None}, None),
        ({"username": "kim\x1b"}, "The control character U+001B is not allowed in a single line."),
        ({"password": "a\nQUIT"}, "The character U+000A cannot be in a password."),
        ({"password": "x" * 301}, None),
    ],
)
def test_what_cannot_be_used_is_refused(account: Account, change: dict[str, Any], detail: str | None) -> None:
    made = account.made(PATH, PRIVATE)
    for method, where, body in (("POST", PATH, {**PRIVATE, **change}), ("PATCH", f"{PATH}/{made['id']}", change)):
        problem = account.refused(method, where, 422, json=body, headers=ANY)
        (wrong,) = problem["errors"]
        assert wrong["pointer"] == f"#/{next(iter(change))}"
        assert detail is None or wrong["detail"] == detail
        assert PASSWORD not in json.dumps(problem)


def test_an_unknown_member_is_refused(account: Account) -> None:
    (wrong,) = account.refused("POST", PATH, 422, json={**PRIVATE, "user_name": "kim"})["errors"]
    assert wrong["hint"] == "Did you mean 'username'?"


@pytest.mark.parametrize("port", [22, 80, 3306, 8080])
def test_where_strangers_have_accounts_only_ports_of_mail_can_be_named(
    account: Account, monkeypatch: pytest.MonkeyPatch, port: int
) -> None:
    with_settings(account, monkeypatch, mail_private_hosts=False)
    made = account.made(PATH, PRIVATE)
    change = {"port": port, "password": PASSWORD}
    for method, where, body in (("POST", PATH, {**PRIVATE, **change}), ("PATCH", f"{PATH}/{made['id']}", change)):
        (wrong,) = account.refused(method, where, 422, json=body, headers=ANY)["errors"]
        assert (wrong["pointer"], wrong["detail"]) == ("#/port", "No mail is sent to this port.")
        assert wrong["hint"].startswith("Use one of 25, 465, 587, ")


def test_a_user_has_so_many_mailboxes_at_most(account: Account, stranger: Account) -> None:
    made = [account.made(PATH, {**PRIVATE, "name": f"Number {number}"}) for number in range(10)]
    problem = account.refused("POST", PATH, 409, json=PRIVATE)
    assert (problem["code"], problem["detail"]) == ("too_many_mailboxes", "You have 10 mailboxes already.")
    stranger.made(PATH, PRIVATE)
    account.deleted(f"{PATH}/{made[0]['id']}")
    account.made(PATH, PRIVATE)


def test_mailboxes_are_listed_to_the_end_in_both_orders(account: Account) -> None:
    made = [account.made(PATH, {**PRIVATE, "name": f"Number {number}"})["id"] for number in range(5)]
    for sort, expected in (("created_at", made), ("-created_at", made[::-1])):
        found, cursor = list[str](), None
        while True:
            page = account.seen(PATH, sort=sort, limit=2, **({"cursor": cursor} if cursor else {}))
            found += [one["id"] for one in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert found == expected


def test_a_mailbox_is_another_ones_business_only_for_its_user(account: Account, stranger: Account) -> None:
    where = f"{PATH}/{account.made(PATH, PRIVATE)['id']}"
    own = stranger.refused("GET", where, 404)
    never = stranger.refused("GET", f"{PATH}/01932b6e-0000-7000-8000-000000000000", 404)
    assert own["detail"] == never["detail"] == "No mailbox of yours has this id."
    stranger.refused("PATCH", where, 404, json={"name": "Mine"}, headers=ANY)
    stranger.refused("DELETE", where, 404, headers=ANY)
    stranger.refused("POST", f"{where}/test", 404)
    assert stranger.seen(PATH)["items"] == []


def test_a_change_is_of_the_version_that_was_seen(account: Account) -> None:
    where = f"{PATH}/{account.made(PATH, PRIVATE)['id']}"
    tag = account.get(where).headers["etag"]
    assert account.get(where, headers={"If-None-Match": tag}).status_code == 304
    account.refused("PATCH", where, 428, json={"name": "Home"})
    account.changed(where, {"name": "Home"}, match=tag)
    account.refused("PATCH", where, 412, json={"name": "Again"}, headers={"If-Match": tag})
    account.refused("DELETE", where, 412, headers={"If-Match": tag})
    account.refused("DELETE", where, 428)


def test_a_mailbox_that_is_added_again_with_the_same_key_is_one(account: Account) -> None:
    key = {"Idempotency-Key": "3f6d1b08-private"}
    first = account.ask("POST", PATH, json=PRIVATE, headers=key)
    again = account.ask("POST", PATH, json=PRIVATE, headers=key)
    assert (again.status_code, again.json()) == (201, first.json())
    assert len(account.seen(PATH)["items"]) == 1
    other = account.refused("POST", PATH, 422, json={**PRIVATE, "password": "another"}, headers=key)
    assert other["code"] == "idempotency_key_reused"


def test_there_are_scopes_of_their_own(account: Account) -> None:
    assert {"mailboxes:read", "mailboxes:write"} <= SCOPES.keys()
    key = account.made("/v1/api-keys", {"name": "Program", "scopes": ["mailboxes:read"]})["secret"]
    made = account.made(PATH, PRIVATE)
    program = Account(account.client, account.id, key)
    assert program.seen(f"{PATH}/{made['id']}") == made
    program.refused("POST", PATH, 403, json=PRIVATE)
    program.refused("POST", f"{PATH}/{made['id']}/test", 403)


def test_few_statements_are_needed(account: Account, queries: list[str]) -> None:
    made = account.made(PATH, PRIVATE)
    assert len(queries) <= 3 + EVENTS
    where = f"{PATH}/{made['id']}"
    for address in (where, PATH):
        queries.clear()
        account.seen(address)
        assert len(queries) <= 3
    queries.clear()
    account.changed(where, {"name": "Home"})
    assert len(queries) <= 3 + EVENTS
