"""Passwords go in and do not come out."""

import io
import json
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from app.messages.mailboxes.errors import MailboxWithoutPassword
from app.messages.mailboxes.models import Login
from app.messages.mailboxes.passwords import Vault
from app.messages.mailboxes.schemas import MailboxPatch, MailboxWrite
from tests.logs import opened_log
from tests.mail.server import PASSWORD, MailServer
from tests.messages.mailboxes.sending import PATH, PRIVATE, at, with_settings
from tests.stored import Account

OLD, NEW = "o" * 32, "n" * 32
LOGIN = Login("smtp.example.com", 587, "starttls", "kim@example.com")


def test_a_password_is_kept_encrypted_and_differently_each_time() -> None:
    vault = Vault([NEW])
    kept = {vault.sealed(LOGIN, PASSWORD) for _ in range(3)}
    assert len(kept) == 3
    assert all(PASSWORD not in one for one in kept)
    assert {vault.opened(LOGIN, one) for one in kept} == {PASSWORD}


def test_an_old_key_still_decrypts_until_it_is_taken_away() -> None:
    kept = Vault([OLD]).sealed(LOGIN, PASSWORD)
    both = Vault([NEW, OLD])
    assert both.opened(LOGIN, kept) == PASSWORD
    renewed = both.renewed(kept)
    assert both.renewed(renewed) == renewed
    assert Vault([NEW]).opened(LOGIN, renewed) == PASSWORD
    with pytest.raises(MailboxWithoutPassword):
        Vault([NEW]).opened(LOGIN, kept)


@pytest.mark.parametrize(
    "other", [LOGIN._replace(host="smtp.example.org"), LOGIN._replace(port=25), LOGIN._replace(username="other")]
)
def test_a_password_is_good_for_the_login_that_it_was_given_for(other: Login) -> None:
    vault = Vault([NEW])
    with pytest.raises(MailboxWithoutPassword):
        vault.opened(other, vault.sealed(LOGIN, PASSWORD))


@pytest.mark.parametrize("kept", [None, "", "nothing of ours"])
def test_what_is_no_password_is_none(kept: str | None) -> None:
    with pytest.raises(MailboxWithoutPassword):
        Vault([NEW]).opened(LOGIN, kept)


def test_a_password_is_in_no_text_of_a_request() -> None:
    for one in (MailboxWrite.model_validate(PRIVATE), MailboxPatch.model_validate({"password": PASSWORD})):
        assert PASSWORD not in f"{one!r} {one}"


@pytest.fixture
def log() -> Iterator[io.BytesIO]:
    with opened_log() as log:
        yield log


def test_a_password_comes_out_nowhere(
    account: Account, mail_server: MailServer, stored_app: FastAPI, log: io.BytesIO
) -> None:
    key = {"Idempotency-Key": "once"}
    answers = [account.ask("POST", PATH, json=at(mail_server), headers=key) for _ in range(2)]
    where = f"{PATH}/{answers[0].json()['id']}"
    answers.append(account.ask("POST", f"{where}/test"))
    mail_server.answers["AUTH"] = f"535 {PASSWORD}?"
    answers.append(account.ask("POST", f"{where}/test"))
    answers.append(account.ask("PATCH", where, json={"password": PASSWORD, "port": "x"}, headers={"If-Match": "*"}))
    answers += [account.get(one) for one in (where, PATH, "/v1/events")]
    assert [one.status_code for one in answers] == [201, 201, 200, 409, 422, 200, 200, 200]
    assert not [one.text for one in answers if PASSWORD in one.text]
    assert answers[3].json()["detail"] == "localhost refused the user name or the password: 535 …?"
    said = log.getvalue().decode()
    assert "/test" in said
    assert PASSWORD not in said
    with stored_app.state.database.engine.connect() as connection:
        for table in ("mailboxes", "events", "idempotency_keys"):
            rows = connection.execute(text(f"SELECT * FROM {table}")).all()  # noqa: S608 - a constant
            assert rows
            assert PASSWORD not in json.dumps([list(map(repr, row)) for row in rows])


def test_a_test_renews_what_an_old_key_has_encrypted(
    account: Account, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_settings(account, monkeypatch, keys=(OLD,))
    where = f"{PATH}/{account.made(PATH, at(mail_server))['id']}"
    with_settings(account, monkeypatch, keys=(NEW, OLD))
    assert account.ask("POST", f"{where}/test").status_code == 200
    with_settings(account, monkeypatch, keys=(NEW,))
    assert account.ask("POST", f"{where}/test").status_code == 200
    with_settings(account, monkeypatch, keys=(OLD,))
    assert account.refused("POST", f"{where}/test", 409)["code"] == "mailbox_without_password"
    assert account.seen(where)["has_password"]


def test_a_password_that_was_moved_to_another_server_in_the_database_is_not_sent_there(
    account: Account, mail_server: MailServer, stored_app: FastAPI
) -> None:
    made = account.made(PATH, {**at(mail_server), "host": "smtp.example.com"})
    moving = text("UPDATE mailboxes SET host = 'localhost' WHERE name = 'Private' AND host = 'smtp.example.com'")
    with stored_app.state.database.engine.begin() as connection:
        connection.execute(moving)
    assert account.refused("POST", f"{PATH}/{made['id']}/test", 409)["code"] == "mailbox_without_password"
    assert mail_server.sessions == []
