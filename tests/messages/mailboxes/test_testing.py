"""A message to oneself, sent through real servers."""

from threading import BoundedSemaphore
from typing import Any

import pytest

from app.http import clock
from app.messages.mailboxes.post import Post, Trial
from tests.mail.server import DROP, HANG, PASSWORD, USERNAME, MailServer, Step, running_mail_server
from tests.messages.mailboxes.sending import PATH, at, with_settings
from tests.stored import EVENTS, Account


def _tested(account: Account, where: str) -> dict[str, Any]:
    answer = account.ask("POST", f"{where}/test")
    assert answer.status_code == 200, answer.text
    tested: dict[str, Any] = answer.json()
    return tested


def test_a_test_message_reaches_its_sender_and_the_mailbox_is_tested(account: Account, mail_server: MailServer) -> None:
    where = f"{PATH}/{account.made(PATH, at(mail_server))['id']}"
    before = clock.now()
    tested = _tested(account, where)
    assert tested["tested_at"] >= before.isoformat().replace("+00:00", "Z")
    assert tested["problem"] is None
    assert account.seen(where) == tested
    (mail,) = mail_server.wait_for(1)
    assert (mail.sender, mail.recipients, mail.login) == (USERNAME, [USERNAME], USERNAME)
    assert mail.message["From"] == mail.message["To"] == f"Kim Larsen <{USERNAME}>"
    assert mail.message["Subject"] == "Afterword can send with the mailbox Private"
    assert mail.message["Auto-Submitted"] == "auto-generated"
    assert mail.text.startswith("This is a test message")
    assert account.seen("/v1/events")["items"][-1]["type"] == "mailbox.tested"


def test_tls_from_the_beginning_works_too(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    with running_mail_server("tls") as server:
        with_settings(account, monkeypatch, mail_ca_file=server.ca_file)
        where = f"{PATH}/{account.made(PATH, at(server))['id']}"
        assert _tested(account, where)["tested_at"] is not None


@pytest.mark.parametrize(
    ("change", "stays"),
    [
        ({"name": "Home"}, True),
        ({"from_name": "Kim"}, True),
        ({"from_address": "kim@example.org"}, False),
        ({"password": PASSWORD}, False),
        ({"username": "other", "password": PASSWORD}, False),
        ({"host": "smtp.example.com", "password": None}, False),
    ],
)
def test_what_is_another_mailbox_now_is_untested(
    account: Account, mail_server: MailServer, change: dict[str, object], *, stays: bool
) -> None:
    where = f"{PATH}/{account.made(PATH, at(mail_server))['id']}"
    _tested(account, where)
    assert (account.changed(where, change)["tested_at"] is not None) == stays


@pytest.mark.parametrize(
    ("step", "answer", "problem"),
    [
        ("CONNECT", "554 5.3.2 Closed", "localhost refused the connection: 554 5.3.2 Closed"),
        ("STARTTLS", "454 Not now", "localhost refused to speak TLS: 454 Not now"),
        ("AUTH", "535 5.7.8 \x1b[1mNo", "localhost refused the user name or the password: 535 5.7.8 [1mNo"),
        ("MAIL", "550 5.7.1 Not you", "localhost refused the address of the sender: 550 5.7.1 Not you"),
        ("RCPT", "450 4.2.1 Busy", "localhost refused the address of the receiver: 450 4.2.1 Busy"),
        ("DATA", "451 Later", "localhost refused the message: 451 Later"),
        ("CONTENT", "550 Spam" + "!" * 900, "localhost refused the message: 550 Spam" + "!" * 496),
        ("AUTH", DROP, "localhost closed the connection."),
        ("CONTENT", DROP, "The server did not say before the connection was lost whether it took the mail."),
        ("EHLO", "250 localhost", "localhost does not offer STARTTLS on port {port}, so nothing was sent over it."),
    ],
)
def test_a_mailbox_that_does_not_work_says_where_in_the_words_of_the_server(
    account: Account, mail_server: MailServer, step: Step, answer: str, problem: str
) -> None:
    where = f"{PATH}/{account.made(PATH, at(mail_server))['id']}"
    _tested(account, where)
    mail_server.answers[step] = answer
    refused = account.refused("POST", f"{where}/test", 409)
    assert refused["code"] == "mailbox_not_working"
    assert refused["detail"] == problem.format(port=mail_server.port)
    now = account.seen(where)
    assert (now["tested_at"], now["problem"]) == (None, refused["detail"])
    mail_server.answers.clear()
    assert _tested(account, where)["problem"] is None


def test_a_wrong_password_is_said_to_be_wrong(account: Account, mail_server: MailServer) -> None:
    made = account.made(PATH, at(mail_server, password="something else"))  # noqa: S106 - nobody's
    refused = account.refused("POST", f"{PATH}/{made['id']}/test", 409)
    assert refused["detail"].startswith("localhost refused the user name or the password: 535 ")


def test_a_server_that_does_not_answer_is_not_waited_for_long(
    account: Account, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.messages.mailboxes.post._SECONDS", 0.2)
    mail_server.answers["MAIL"] = HANG
    made = account.made(PATH, at(mail_server))
    assert account.refused("POST", f"{PATH}/{made['id']}/test", 409)["detail"] == "localhost did not answer in time."


def test_nothing_is_sent_to_a_server_that_is_not_trusted(account: Account, mail_server: MailServer) -> None:
    with pytest.MonkeyPatch.context() as patch:
        with_settings(account, patch, mail_ca_file=None)
        made = account.made(PATH, at(mail_server))
        refused = account.refused("POST", f"{PATH}/{made['id']}/test", 409)
    assert refused["detail"].startswith("The certificate of localhost cannot be trusted: ")
    assert "AUTH" not in mail_server.commands


def test_where_strangers_have_accounts_no_private_host_is_connected_to(
    account: Account, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = account.made(PATH, at(mail_server))
    with_settings(account, monkeypatch, mail_private_hosts=False)
    refused = account.refused("POST", f"{PATH}/{made['id']}/test", 409)
    assert refused["detail"] == "localhost is not on the public internet."
    assert mail_server.sessions == []


def test_tests_are_limited(
    account: Account, stranger: Account, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_settings(account, monkeypatch, mail_ca_file=mail_server.ca_file, mailbox_tests="2/3600")
    where = f"{PATH}/{account.made(PATH, at(mail_server))['id']}"
    account.refused("POST", f"{PATH}/01932b6e-0000-7000-8000-000000000000/test", 404)
    assert account.ask("POST", f"{where}/test").headers["ratelimit"].startswith('"mailbox-tests";r=1;')
    mail_server.answers["AUTH"] = "535 No"
    failed = account.ask("POST", f"{where}/test")
    assert (failed.status_code, failed.headers["ratelimit"][:19]) == (409, '"mailbox-tests";r=0')
    answer = account.ask("POST", f"{where}/test")
    assert (answer.status_code, answer.json()["code"]) == (429, "rate_limited")
    assert 3500 < int(answer.headers["retry-after"]) <= 3600
    assert len(mail_server.sessions) == 2
    stranger.refused("POST", f"{PATH}/{stranger.made(PATH, at(mail_server))['id']}/test", 409)


def test_only_so_many_mailboxes_are_tested_at_once(
    account: Account, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    post: Any = account.client.app.state.post  # type: ignore[attr-defined]
    taken = BoundedSemaphore(1)
    taken.acquire()
    monkeypatch.setattr(post, "_turns", taken)
    where = f"{PATH}/{account.made(PATH, at(mail_server))['id']}"
    busy = account.ask("POST", f"{where}/test")
    assert (busy.status_code, busy.json()["code"], busy.headers["retry-after"]) == (503, "busy", "1")
    assert mail_server.sessions == []
    taken.release()
    _tested(account, where)


@pytest.mark.parametrize("change", [{"from_address": "kim@example.org"}, {"password": "another"}, {"password": None}])
def test_a_mailbox_that_changes_while_it_is_tested_stays_untested(
    account: Account, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch, change: dict[str, object]
) -> None:
    where = f"{PATH}/{account.made(PATH, at(mail_server))['id']}"
    try_out = Post.try_out

    def changing(post: Post, trial: Trial) -> str | None:
        account.changed(where, change)
        return try_out(post, trial)

    monkeypatch.setattr(Post, "try_out", changing)
    refused = account.refused("POST", f"{where}/test", 412)
    assert refused["detail"] == "The mailbox was changed while it was tested. Test it again."
    assert account.seen(where)["tested_at"] is None


def test_a_mailbox_that_is_deleted_while_it_is_tested_is_gone(
    account: Account, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = f"{PATH}/{account.made(PATH, at(mail_server))['id']}"

    def deleting(_post: Post, _trial: Trial) -> None:
        account.deleted(where)

    monkeypatch.setattr(Post, "try_out", deleting)
    account.refused("POST", f"{where}/test", 404)


def test_few_statements_are_needed_to_test(account: Account, mail_server: MailServer, queries: list[str]) -> None:
    where = f"{PATH}/{account.made(PATH, at(mail_server))['id']}"
    queries.clear()
    _tested(account, where)
    assert len(queries) <= 3 + 3 + EVENTS + 1
