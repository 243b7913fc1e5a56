"""/v1/messages/{id}/mailto, /eml, /text and /letter."""

from email import policy
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from tests.messages.desk import Desk, Made
from tests.people import NOBODY
from tests.stored import Account, new_account

WAYS = ("mailto", "eml", "text", "letter")
BERLIN = {"street": "Hauptstraße 1", "locality": "Berlin", "postal_code": "10115", "country": "DE"}


@pytest.fixture
def note(new_york: Desk) -> Made:
    """A draft that is written to the end, to somebody at a company of her own."""
    account = new_york.story.account
    company = account.made("/v1/companies", {"name": "Hudson Analytics"})
    more = {"addresses": [BERLIN], "company_id": company["id"]}
    name = {"given_name": "Julia", "family_name": "Müller", "honorific_prefix": "Dr."}
    account.changed(f"/v1/contacts/{new_york.boss['id']}", {**more, "name": name})
    body = "Dear Dr. Müller,\n\nThanks <3\n\nKim Berger"
    return new_york.change(new_york.draft(), subject="Tuesday & more", body=body)


def handed_over(desk: Desk, message: Made, way: str, **params: Any) -> Response:  # noqa: ANN401 - query parameters
    answer = desk.story.account.get(f"/v1/messages/{message['id']}/{way}", params=params or None)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "private, no-cache"
    return answer


def test_a_link_has_address_subject_and_text(new_york: Desk, note: Made) -> None:
    link = handed_over(new_york, note, "mailto").json()
    url = urlsplit(link["url"])
    assert (url.scheme, url.path, link["warnings"]) == ("mailto", "ann@example.com", [])
    assert parse_qs(url.query) == {
        "subject": ["Tuesday & more"],
        "body": ["Dear Dr. Müller,\r\n\r\nThanks <3\r\n\r\nKim Berger"],
    }


def test_a_link_says_what_may_go_wrong_with_it(new_york: Desk) -> None:
    long = new_york.change(new_york.draft(), body="Thank you. " * 300)
    new_york.story.account.changed(f"/v1/contacts/{new_york.boss['id']}", {"emails": []})
    link = handed_over(new_york, long, "mailto").json()
    assert link["warnings"] == ["no_address", "link_is_long"]
    assert link["url"].startswith("mailto:?subject=")


def test_a_file_opens_as_a_draft_of_the_users(new_york: Desk, note: Made) -> None:
    answer = handed_over(new_york, note, "eml")
    assert answer.headers["content-type"] == "message/rfc822"
    name = f"thank-you-{note['id'].replace('-', '')[-8:]}.eml"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    message = BytesParser(policy=policy.default).parsebytes(answer.content)
    (sender,), (to,) = message["From"].addresses, message["To"].addresses
    assert (sender.display_name, to.display_name, to.addr_spec) == ("Kim Berger", "Julia Müller", "ann@example.com")
    assert (message["Subject"], message["X-Unsent"], message["Date"]) == ("Tuesday & more", "1", None)
    assert "Thanks <3" in message.get_content()


def test_a_file_needs_an_address(new_york: Desk, note: Made) -> None:
    account = new_york.story.account
    account.changed(f"/v1/contacts/{new_york.boss['id']}", {"emails": []})
    withdrawal = new_york.draft("withdrawal")
    for message, detail in ((note, "The contact has no"), (withdrawal, "The message is to nobody")):
        problem = account.refused("GET", f"/v1/messages/{message['id']}/eml", 409)
        assert problem["code"] == "message_without_address"
        assert problem["detail"].startswith(detail)


def test_a_text_is_what_was_written_and_no_more(new_york: Desk, note: Made) -> None:
    answer = handed_over(new_york, note, "text")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert (answer.headers["content-language"], answer.text) == ("en-US", note["body"])


def test_a_letter_has_both_addresses_as_in_the_readers_country_and_the_users_day(new_york: Desk, note: Made) -> None:
    answer = handed_over(new_york, note, "letter")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-language"] == "en-US"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in answer.headers["content-security-policy"]
    sender = ("Kim Berger", "Lindenstraße 5", "10969 Berlin")
    reader = ("Dr. Julia Müller", "Hudson Analytics", "Hauptstraße 1", "10115 BERLIN", "GERMANY")
    places = [answer.text.index(f">{line}<") for line in (*sender, *reader)]
    assert places == sorted(places)
    # 16:00 in New York is 22:00 in Berlin, where the user lives.
    assert "December 17, 2026" in answer.text
    assert "size: A4" in answer.text
    assert "Tuesday &amp; more" in answer.text
    assert "Thanks &lt;3" in answer.text


def test_a_letter_is_printed_where_it_is_posted(new_york: Desk, note: Made) -> None:
    at_home = handed_over(new_york, note, "letter", posted_in="DE").text
    assert "size: A4" in at_home
    assert "GERMANY" not in at_home
    abroad = handed_over(new_york, note, "letter", posted_in="US").text
    assert "size: letter" in abroad
    assert "GERMANY" in abroad
    path = f"/v1/messages/{note['id']}/letter"
    problem = new_york.story.account.refused("GET", path, 422, params={"posted_in": "Germany"})
    (error,) = problem["errors"]
    assert (error["parameter"], error["hint"]) == ("posted_in", 'Write "DE".')


@pytest.mark.parametrize(("country", "paper"), [("US", "letter"), ("DE", "A4")])
def test_without_an_address_the_paper_is_that_of_the_application(new_york: Desk, country: str, paper: str) -> None:
    new_york.story.change("applications", new_york.application, country=country, subdivision=None)
    for to in ({"contact_id": new_york.boss["id"]}, {}):
        letter = new_york.draft("withdrawal", **to)
        assert f"size: {paper}" in handed_over(new_york, letter, "letter").text
        # Whoever says where it is posted has the paper that there is.
        assert "size: A4" in handed_over(new_york, letter, "letter", posted_in="JP").text


def test_a_letter_to_nobody_in_particular_goes_to_the_company(new_york: Desk) -> None:
    text = handed_over(new_york, new_york.draft("withdrawal"), "letter").text
    assert '<div dir="auto">Hudson Analytics</div>' in text


def test_a_letter_that_is_too_long_is_refused(new_york: Desk, note: Made) -> None:
    new_york.change(note, body="Thank you for everything. " * 300)
    problem = new_york.story.account.refused("GET", f"/v1/messages/{note['id']}/letter", 409)
    assert problem["code"] == "letter_too_long"


def test_a_japanese_letter_is_in_japanese(tokyo: Desk) -> None:
    address = {"street": "丸の内1-1", "locality": "千代田区", "region": "東京都", "country": "JP"}
    tokyo.story.account.changed(f"/v1/contacts/{tokyo.boss['id']}", {"addresses": [address]})
    message = tokyo.draft("status_enquiry", contact_id=tokyo.boss["id"], language="ja")
    message = tokyo.change(message, body="田中様\n\nいかがでしょうか。\n\nKim Berger")
    text = handed_over(tokyo, message, "letter", posted_in="JP").text
    assert '<html lang="ja" dir="ltr">' in text
    assert ">田中 愛子 様<" in text
    assert "2026年12月17日" in text


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_handed_over_while_something_is_to_be_filled_in(new_york: Desk, note: Made, way: str) -> None:
    new_york.change(note, body="Dear [[name]],\n\nthank you.")
    problem = new_york.story.account.refused("GET", f"/v1/messages/{note['id']}/{way}", 409)
    assert (problem["code"], problem["detail"]) == ("message_incomplete", "The text still has [[name]].")
    hint = "Write with PATCH what belongs there, or take it out."
    in_body = {"detail": "The body still has [[name]].", "pointer": "#/body", "hint": hint}
    assert problem["errors"] == [in_body]
    new_york.change(note, subject="Thank you for [[what]]")
    problem = new_york.story.account.refused("GET", f"/v1/messages/{note['id']}/{way}", 409)
    in_subject = {"detail": "The subject still has [[what]].", "pointer": "#/subject", "hint": hint}
    assert problem["errors"] == [in_subject, in_body]


def test_what_was_handed_over_is_not_sent_until_the_user_says_so(new_york: Desk, note: Made) -> None:
    for way in WAYS:
        handed_over(new_york, note, way)
    assert (new_york.seen(note)["state"], new_york.events()) == ("draft", ["drafted", "changed"])
    assert new_york.done(note, "sent-by-hand")["state"] == "sent"
    for way in WAYS:
        handed_over(new_york, note, way)


@pytest.mark.parametrize("way", WAYS)
def test_the_messages_of_others_are_as_if_they_were_not(
    new_york: Desk, note: Made, stranger: Account, way: str
) -> None:
    problems = [
        stranger.refused("GET", f"/v1/messages/{message_id}/{way}", 404) | {"request_id": ""}
        for message_id in (note["id"], NOBODY)
    ]
    assert problems[0] == problems[1]
    assert new_york.seen(note)["id"] == note["id"]


@pytest.mark.parametrize(
    ("way", "scopes"),
    [
        *((way, ("contacts:read", "companies:read")) for way in (*WAYS, "preview")),
        *((way, ("messages:read", "companies:read")) for way in ("mailto", "eml", "preview")),
        ("letter", ("messages:read", "contacts:read")),
        ("letter", ("messages:read", "companies:read")),
    ],
)
def test_each_way_needs_the_scopes_of_what_it_shows(
    stored_client: TestClient, way: str, scopes: tuple[str, ...]
) -> None:
    problem = new_account(stored_client, scopes).refused("GET", f"/v1/messages/{NOBODY}/{way}", 403)
    assert problem["code"] == "scope_missing"


def test_each_way_takes_two_statements(new_york: Desk, note: Made, queries: list[str]) -> None:
    for way in WAYS:
        queries.clear()
        handed_over(new_york, note, way)
        assert len(queries) == 2
