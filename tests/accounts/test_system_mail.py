"""Addresses that are confirmed, and passwords that are reset, by mail."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import text
from starlette.testclient import TestClient

from app.accounts.mail_tokens import MailTokens
from app.accounts.sample import PASSWORDS
from app.background.engine import migrate as migrate_background
from app.db import migrations
from app.db.types import new_id
from app.main import create_app
from app.settings import Settings
from tests.accounts.conftest import NOW, PASSWORD, Clock, Person, account_of, bearer, register
from tests.accounts.mailing import TOKEN, Post, forgets, running_post, token_in, verifies
from tests.background.running import table
from tests.rules.whole_book import whole_book
from tests.stored import ANY, new_database_url, noted_queries

NEW_PASSWORD = "quite another handful of words"


def resets(client: TestClient, token: str, password: str = NEW_PASSWORD) -> Response:
    return client.post("/v1/auth/password-reset/confirm", json={"token": token, "password": password})


def refused(answer: Response) -> str:
    """Why a token is not good."""
    assert (answer.status_code, answer.json()["code"]) == (400, "mail_token_not_good"), answer.text
    (error,) = answer.json()["errors"]
    assert (error["pointer"], error["hint"][:11]) == ("#/token", "Copy it who")
    return str(answer.json()["detail"])


def needless(answer: Response) -> None:
    """Confirming what is confirmed is no mistake to mend."""
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "email_verified_already"), answer.text
    assert (problem["title"], problem["errors"]) == ("The address is confirmed already", [])


def test_who_registers_confirms_the_address_by_the_mail_that_comes(
    client: TestClient, newcomer: Person, post: Post, passing: Clock
) -> None:
    (mail,) = post.delivered()
    assert (mail.recipients, mail.sender) == ([newcomer.email], "afterword@example.com")
    passing.passes(hours=1)
    answer = verifies(client, f" {token_in(mail)}\n")
    assert (answer.status_code, answer.content) == (204, b"")
    assert account_of(newcomer)["email_verified_at"] == "2026-11-23T11:00:00Z"
    needless(verifies(client, token_in(mail)))


def test_a_mail_says_what_it_is_in_the_language_of_the_user_and_quotes_nobody(client: TestClient, post: Post) -> None:
    subjects = {}
    for language in ("de-AT", "en", "ja", None):
        email = f"{uuid4().hex}@example.com"
        register(client, email=email, language=language, name="Free money at evil.example")
        (mail,) = post.delivered()
        message = mail.message
        assert (message["From"], message["To"]) == ("Afterword <afterword@example.com>", email)
        assert message["Auto-Submitted"] == "auto-generated"
        assert "Free money" not in mail.text
        assert "/v1/auth/verify-email" in mail.text
        subjects[language] = (message["Subject"], message["Content-Language"])
    english = ("Confirm your e-mail address", "en")
    assert subjects == {
        "de-AT": ("Bestätigen Sie Ihre E-Mail-Adresse", "de"),
        "en": english,
        "ja": english,
        None: english,
    }


def test_half_of_a_token_is_said_to_be_no_whole_one(client: TestClient, newcomer: Person, post: Post) -> None:
    token = post.token()
    for part in (token[:-1], token[:20]):
        assert "not whole" in refused(verifies(client, part))
    assert account_of(newcomer)["email_verified_at"] is None


def test_another_mail_is_sent_when_it_is_asked_for_and_once_only_for_one_key(
    client: TestClient, newcomer: Person, post: Post
) -> None:
    first = post.token()
    headers = bearer(newcomer.logged_in())
    for _ in range(2):
        answer = client.post(
            "/v1/me/email-verification", headers={**headers, "Idempotency-Key": newcomer.email}, content=b""
        )
        assert (answer.status_code, answer.headers["cache-control"]) == (202, "no-store")
    (again,) = post.delivered()
    assert verifies(client, token_in(again)).status_code == 204
    needless(verifies(client, first))
    answer = client.post("/v1/me/email-verification", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "email_verified_already")
    assert post.jobs() == []


def test_a_mail_that_comes_too_late_confirms_nothing(client: TestClient, newcomer: Person, post: Post) -> None:
    (waiting,) = post.jobs()
    client.post("/v1/me/email-verification", headers=bearer(newcomer.logged_in()))
    assert verifies(client, post.token()).status_code == 204
    post.does(waiting)
    assert len(post.server.received) == 1


@pytest.mark.parametrize(("hours", "status"), [(23.99, 204), (24, 400)])
def test_a_token_that_confirms_is_good_for_a_day(  # noqa: PLR0913, PLR0917 - fixtures
    client: TestClient, passing: Clock, newcomer: Person, post: Post, hours: float, status: int
) -> None:
    token = post.token()
    passing.passes(hours=hours)
    answer = verifies(client, token)
    assert answer.status_code == status
    if status == 400:
        assert refused(answer) == "The token has expired."
    assert (account_of(newcomer)["email_verified_at"] is None) == (status == 400)


def test_a_token_is_for_the_address_that_the_account_had(client: TestClient, newcomer: Person, post: Post) -> None:
    old = post.token()
    address = {"email": f"{uuid4().hex}@example.com", "password": PASSWORD}
    headers = bearer(newcomer.logged_in())
    for _ in range(2):
        assert client.post("/v1/me/email", headers=headers, json=address).status_code == 200
    (mail,) = post.delivered()
    assert mail.recipients == [address["email"]]
    assert "useless" in refused(verifies(client, old))
    assert verifies(client, token_in(mail)).status_code == 204


def test_a_password_that_was_forgotten_is_replaced(client: TestClient, newcomer: Person, post: Post) -> None:
    post.delivered()
    tokens = newcomer.logged_in()
    key = client.post(
        "/v1/api-keys", headers=bearer(tokens), json={"name": "Export", "scopes": ["companies:read"]}
    ).json()["secret"]
    answer = forgets(client, newcomer.email.upper())
    assert (answer.status_code, answer.headers["cache-control"]) == (202, "no-store")
    (mail,) = post.delivered()
    assert (mail.recipients, mail.message["Subject"]) == ([newcomer.email], "Wählen Sie ein neues Passwort")
    assert resets(client, token_in(mail)).status_code == 204
    assert newcomer.logs_in().status_code == 400
    newcomer.password = NEW_PASSWORD
    assert account_of(newcomer)["email_verified_at"] is not None
    assert client.get("/v1/me", headers=bearer(tokens)).status_code == 401
    assert client.get("/v1/companies", headers=bearer(key)).status_code == 200
    assert "used" in refused(resets(client, token_in(mail), PASSWORD))


@pytest.mark.parametrize(("minutes", "status"), [(29.9, 204), (30, 400)])
def test_a_token_that_resets_is_good_for_half_an_hour(  # noqa: PLR0913, PLR0917 - fixtures
    client: TestClient, passing: Clock, person: Person, post: Post, minutes: float, status: int
) -> None:
    forgets(client, person.email)
    token = post.token()
    passing.passes(minutes=minutes)
    assert resets(client, token).status_code == status


def test_a_token_that_resets_is_good_no_longer_once_password_or_address_are_others(
    client: TestClient, person: Person, post: Post
) -> None:
    headers = bearer(person.logged_in())
    forgets(client, person.email)
    before = post.token()
    change = {"old_password": PASSWORD, "new_password": NEW_PASSWORD}
    assert client.post("/v1/me/password", headers=headers, json=change).status_code == 204
    assert "useless" in refused(resets(client, before))
    forgets(client, person.email)
    before = post.token()
    address = {"email": f"{uuid4().hex}@example.com", "password": NEW_PASSWORD}
    assert client.post("/v1/me/email", headers=headers, json=address).status_code == 200
    assert "useless" in refused(resets(client, before))


def test_of_two_that_use_a_token_at_once_one_does(client: TestClient, person: Person, post: Post) -> None:
    forgets(client, person.email)
    token = post.token()
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: resets(client, token, one).status_code, (NEW_PASSWORD, f"{NEW_PASSWORD}!")))
    assert Counter(answers) == {204: 1, 400: 1}


def test_a_token_does_what_it_was_sent_for_and_nothing_else(client: TestClient, newcomer: Person, post: Post) -> None:
    confirms = post.token()
    forgets(client, newcomer.email)
    reset = post.token()
    assert "for this" in refused(resets(client, confirms))
    assert "for this" in refused(verifies(client, reset))
    assert "useless" in refused(resets(client, confirms.replace("afv", "afp")))
    assert "useless" in refused(verifies(client, reset.replace("afp", "afv")))
    assert client.get("/v1/me", headers=bearer(reset)).status_code == 401


@pytest.mark.parametrize(
    "token", ["", "x", "afv_", "afv_0_0", f"afv_{'g' * 42}_x", f"afp_{'0' * 42}_x", "afv_ü", "x" * 201]
)
def test_what_is_no_token_is_refused(client: TestClient, token: str) -> None:
    answer = verifies(client, token)
    assert answer.status_code == (400 if 0 < len(token) <= 200 else 422)
    assert answer.json()["errors"][0]["pointer"] == "#/token"


def test_who_changes_a_token_gets_nothing_by_it(
    client: TestClient, passing: Clock, newcomer: Person, post: Post
) -> None:
    prefix, name, signature = post.token().split("_", 2)
    later = f"{int((passing.now + timedelta(days=2)).timestamp()):010x}"
    for changed in (f"{new_id().hex}{name[32:]}", f"{name[:32]}{later}"):
        assert "useless" in refused(verifies(client, f"{prefix}_{changed}_{signature}"))
    assert account_of(newcomer)["email_verified_at"] is None


def test_a_token_of_an_account_that_is_gone_is_refused(client: TestClient, newcomer: Person, post: Post) -> None:
    token = post.token()
    forgets(client, newcomer.email)
    (waiting,) = post.jobs()
    tokens = newcomer.logged_in()
    assert client.delete("/v1/me", headers={**bearer(tokens), "If-Match": "*"}).status_code == 204
    assert "useless" in refused(verifies(client, token))
    post.does(waiting)
    assert len(post.server.received) == 1


def test_tokens_are_verified_by_every_key_and_signed_by_the_first() -> None:
    old, new = "o" * 32, "n" * 32
    user = new_id()
    token = MailTokens([old]).issue("verification", user, "kim@example.com", NOW)
    both = MailTokens([new, old])
    read = both.read(token, "verification", NOW)
    assert read.user_id == user
    both.verify(read, "kim@example.com")
    assert both.issue("verification", user, "", NOW) == MailTokens([new]).issue("verification", user, "", NOW)
    assert TOKEN.fullmatch(token)


@pytest.mark.parametrize(
    ("password", "words"), [("password1234", "first that are guessed"), ("short", "10"), ("{address}", "the address")]
)
def test_a_new_password_is_as_hard_to_guess_as_any_and_the_token_stays_good(
    client: TestClient, person: Person, post: Post, password: str, words: str
) -> None:
    forgets(client, person.email)
    token = post.token()
    answer = resets(client, token, password.format(address=person.email))
    assert answer.status_code == 422, answer.text
    (error,) = answer.json()["errors"]
    assert error["pointer"] == "#/password"
    assert words in error["detail"]
    assert resets(client, token).status_code == 204


def test_nobody_learns_whether_an_address_has_an_account(
    app: FastAPI, client: TestClient, person: Person, post: Post
) -> None:
    """The answers are the same, and so are the statements that are sent to the database, which take the time."""
    emails = (person.email, f"{uuid4().hex}@example.com")
    asked = {}
    for email in emails:
        # A window of the limits that begins forgets others.
        forgets(client, email)
    post.delivered()
    for email in emails:
        with noted_queries(app) as sent:
            answer = forgets(client, email)
        headers = {name: value for name, value in answer.headers.items() if name not in {"x-request-id", "date"}}
        asked[email] = (answer.status_code, answer.content, headers.keys(), sent)
    first, second = asked.values()
    assert first == second
    assert [mail.recipients for mail in post.delivered()] == [[person.email]]


@pytest.fixture
def two_mails(backend: str, tmp_path: Path) -> Iterator[TestClient]:
    """A server on a database of its own that sends two mails an hour to one address."""
    url = new_database_url(backend, tmp_path)
    app = create_app(Settings(database_url=url, mails_per_address="2/3600", attempts_per_client="5/900"), whole_book())
    app.state.passwords = PASSWORDS
    migrations.upgrade(app.state.database.engine)
    migrate_background(url)
    with TestClient(app) as client:
        yield client


def test_mails_to_an_address_are_limited_whether_it_has_an_account_or_not(two_mails: TestClient) -> None:
    answers = [forgets(two_mails, email) for email in ("kim@example.com", "lee@example.com") for _ in range(3)]
    other = [forgets(two_mails, f"{number}@example.com") for number in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202, 429] * 2
    assert [answer.status_code for answer in other] == [202, 429]
    assert answers[0].headers["ratelimit-policy"] == '"mail-client";q=5;w=900, "mail-account";q=2;w=3600'
    assert answers[2].json()["code"] == "rate_limited"
    assert int(answers[2].headers["retry-after"]) > 3000


def test_registering_an_address_again_and_again_sends_no_more_mails_to_it(two_mails: TestClient) -> None:
    with running_post(two_mails) as post:
        for _ in range(2):
            assert register(two_mails, email="kim@example.com").status_code == 202
            assert [mail.recipients for mail in post.delivered()] == [["kim@example.com"]]
            headers = {**bearer(Person(two_mails, "kim@example.com").logged_in()), **ANY}
            assert two_mails.delete("/v1/me", headers=headers).status_code == 204
        refused = register(two_mails, email="kim@example.com")
        assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
        assert int(refused.headers["retry-after"]) > 3000
        assert forgets(two_mails, "kim@example.com").status_code == 429
        # Of an address that has an account from the first time on, nothing else is told.
        answers = [register(two_mails, email="lee@example.com") for _ in range(2)]
        assert [answer.status_code for answer in answers] == [202, 202]
        assert answers[0].headers["ratelimit-policy"].endswith(', "mail-account";q=2;w=3600')
        assert answers[0].content == answers[1].content
        assert len(post.delivered()) == 1


def test_an_address_that_has_an_account_is_limited_as_one_that_has_none(two_mails: TestClient) -> None:
    register(two_mails, email="kim@example.com")
    answers = [register(two_mails, email="kim@example.com") for _ in range(2)]
    with running_post(two_mails) as post:
        assert [answer.status_code for answer in answers] == [202, 429]
        assert post.delivered() == []


def test_changing_to_an_address_again_and_again_sends_no_more_mails_to_it(two_mails: TestClient) -> None:
    register(two_mails, email="kim@example.com")
    headers = bearer(Person(two_mails, "kim@example.com").logged_in())

    def becomes(email: str) -> Response:
        return two_mails.post("/v1/me/email", headers=headers, json={"email": email, "password": PASSWORD})

    with running_post(two_mails) as post:
        post.delivered()
        assert becomes("victim@example.com").status_code == 200
        # The address that the account has already gets no mail.
        assert "mail-account" not in becomes("victim@example.com").headers["ratelimit-policy"]
        assert [mail.recipients for mail in post.delivered()] == [["victim@example.com"]]
        assert '"mail-account";r=0;' in becomes("kim@example.com").headers["ratelimit"]
        assert register(two_mails, email="victim@example.com").status_code == 202
        post.delivered()
        # It is another account's by now; over the limit, that is not told.
        refused = becomes("victim@example.com")
        assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
        assert int(refused.headers["retry-after"]) > 3000
        assert becomes("robin@example.com").status_code == 200


def test_neither_a_token_nor_an_address_is_in_the_tables_of_the_queue(
    app: FastAPI, client: TestClient, newcomer: Person, post: Post
) -> None:
    forgets(client, newcomer.email)
    tokens = [token_in(mail) for mail in post.delivered()]
    engine = app.state.database.engine
    with engine.connect() as connection:
        kept = [
            str(row)
            for name in ("workflow_status", "workflow_input", "operation_outputs")
            for row in connection.execute(text(f"SELECT * FROM {table(engine, name)}"))  # noqa: S608 - a constant
        ]
    assert len(tokens) == 2
    assert [row for row in kept for secret in (*tokens, newcomer.email) if secret in row] == []
    assert [row for row in kept if "password_reset" in row] != []


def test_asking_for_a_mail_needs_the_scope_to_change_the_account(client: TestClient, person: Person) -> None:
    tokens = person.logged_in(scope="account:read")
    answer = client.post("/v1/me/email-verification", headers=bearer(tokens))
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
