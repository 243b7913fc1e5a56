from base64 import b64encode

import pytest

from app.mail.errors import ConnectionFailed, Phase, Reason, Refused, Unknown
from app.mail.message import Address
from app.mail.smtp import Security, Server, Submission
from tests.mail.mails import a_mail
from tests.mail.server import DROP, HANG, HOST, PASSWORD, SECONDS, USERNAME, MailServer, Step, running_mail_server

UNTIL_NOTHING_COMES = 1.5
"""Seconds; enough for all that comes before, on a busy machine too."""


def _send(server: MailServer, **changed: object) -> str:
    is_left_hanging = any(answer.endswith(HANG) for answer in server.answers.values())
    seconds = UNTIL_NOTHING_COMES if is_left_hanging else SECONDS
    with Submission(server.as_server(**changed), seconds=seconds) as submission:
        submission.offer(a_mail())
        return submission.hand_over()


@pytest.mark.parametrize("security", ["starttls", "tls", "none"])
def test_a_mail_arrives_as_it_was_written(security: Security) -> None:
    text = "Dots:\n.\n..\n.hidden\n" + "A long line. " * 500 + "\nありがとう\n"
    with running_mail_server(security) as server:
        with Submission(server.as_server()) as submission:
            submission.offer(a_mail(text=text))
            assert server.received == []
            assert submission.hand_over() == "2.0.0 queued as 1"
            submission.offer(a_mail(text="Another.\n"))
            submission.hand_over()
        first, second = server.wait_for(2)
    assert (first.sender, first.recipients) == (USERNAME, ["tanaka@example.jp"])
    assert (first.text, second.text) == (text, "Another.\n")
    assert first.login == (None if security == "none" else USERNAME)


@pytest.mark.parametrize("phase", ["sender", "recipient", "content", "handing_over"])
@pytest.mark.parametrize("code", [451, 550])
def test_what_the_server_refuses_is_refused_in_its_own_words(phase: Phase, code: int) -> None:
    steps: dict[Phase, Step] = {"sender": "MAIL", "recipient": "RCPT", "content": "DATA", "handing_over": "CONTENT"}
    with running_mail_server() as server:
        server.answers[steps[phase]] = f"{code}-5.1.1 No such\r\n{code} 5.1.1 person here"
        with pytest.raises(Refused) as refused:
            _send(server)
    assert (refused.value.code, refused.value.permanent, refused.value.phase) == (code, code == 550, phase)
    assert refused.value.words == "5.1.1 No such 5.1.1 person here"


@pytest.mark.parametrize(
    ("step", "phase"), [("CONNECT", "connecting"), ("STARTTLS", "securing"), ("AUTH", "logging_in")]
)
def test_before_a_mail_the_server_may_refuse_too(step: Step, phase: Phase) -> None:
    with running_mail_server() as server:
        server.answers[step] = "454 4.7.0 Try again later"
        with pytest.raises(Refused) as refused:
            _send(server)
    assert (refused.value.phase, refused.value.permanent) == (phase, False)
    assert refused.value.words == "4.7.0 Try again later"


@pytest.mark.parametrize(
    ("step", "phase"),
    [
        ("CONNECT", "connecting"),
        ("EHLO", "securing"),
        ("STARTTLS", "securing"),
        ("AUTH", "logging_in"),
        ("MAIL", "sender"),
        ("RCPT", "recipient"),
        ("DATA", "content"),
    ],
)
@pytest.mark.parametrize(("end", "reason"), [(DROP, "closed"), (HANG, "timeout")])
def test_a_connection_that_ends_before_the_mail_begins_has_sent_nothing(
    step: Step, phase: Phase, end: str, reason: Reason
) -> None:
    with running_mail_server() as server:
        server.answers[step] = end
        with pytest.raises(ConnectionFailed) as failed:
            _send(server)
        assert server.received == []
    assert (failed.value.phase, failed.value.reason) == (phase, reason)
    assert failed.value.words.startswith(HOST)


@pytest.mark.parametrize(
    ("step", "answer", "words"),
    [
        ("CONTENT", DROP, "before the connection was lost"),
        ("CONTENT", HANG, "in time"),
        ("CONTENT", "250 2.0.0 OK, but half" + DROP, "before the connection was lost"),
        ("CONTENT", "250-first of many\r\n" + HANG, "in time"),
        ("CONTENT", "250 " + "x" * 9000, "before the connection was lost"),
        ("CONTENT", "250-and more\r\n" * 6000 + HANG, "before the connection was lost"),
        ("CONTENT", "Yes", "cannot be understood"),
        ("CONTENT", "354 What?", "cannot be understood"),
        ("DATA", "354 Go ahead\r\n" + DROP, "before the connection was lost"),
    ],
)
def test_without_a_final_reply_nobody_knows(step: Step, answer: str, words: str) -> None:
    with running_mail_server() as server:
        server.answers[step] = answer
        with pytest.raises(Unknown, match=words):
            _send(server)


@pytest.mark.parametrize("answer", [DROP, HANG, "500 What?", "Bye"])
def test_what_the_server_says_to_a_goodbye_changes_nothing(answer: str) -> None:
    with running_mail_server() as server:
        server.answers["QUIT"] = answer
        assert _send(server) == "2.0.0 queued as 1"


def test_a_mail_is_handed_over_once() -> None:
    with running_mail_server() as server, Submission(server.as_server()) as submission:
        with pytest.raises(RuntimeError, match="no mail is offered"):
            submission.hand_over()
        submission.offer(a_mail())
        submission.hand_over()
        with pytest.raises(RuntimeError, match="no mail is offered"):
            submission.hand_over()
        assert len(server.received) == 1


# ---- logging in


def test_a_wrong_password_is_refused() -> None:
    with running_mail_server() as server, pytest.raises(Refused) as refused:
        _send(server, password="wrong")  # noqa: S106 - it is none
    assert (refused.value.phase, refused.value.permanent, refused.value.code) == ("logging_in", True, 535)


@pytest.mark.parametrize("without", [(), ("PLAIN",)])
def test_user_names_and_passwords_may_have_any_letters(without: tuple[str, ...]) -> None:
    passwords = {"kim@bücher.example": "pässwörd 合言葉"}
    ((username, password),) = passwords.items()
    with running_mail_server(passwords=passwords, without_auth=without) as server:
        _send(server, username=username, password=password)
        assert server.received[0].login == username


def test_a_user_name_that_is_refused_is_not_followed_by_a_password() -> None:
    with running_mail_server(without_auth=("PLAIN",)) as server:
        server.answers["AUTH"] = "535 5.7.8 Not you"
        with pytest.raises(Refused, match=r"5\.7\.8 Not you"):
            _send(server)


def test_a_server_that_takes_no_password_is_not_given_one() -> None:
    with running_mail_server(without_auth=("PLAIN", "LOGIN")) as server, pytest.raises(ConnectionFailed) as failed:
        _send(server)
    assert (failed.value.reason, failed.value.phase) == ("no_login", "logging_in")


@pytest.mark.parametrize(
    "secret",
    [PASSWORD, b64encode(PASSWORD.encode()).decode(), b64encode(f"\0{USERNAME}\0{PASSWORD}".encode()).decode()],
)
def test_a_server_that_repeats_the_password_is_not_quoted(secret: str) -> None:
    with running_mail_server() as server:
        server.answers["AUTH"] = f"535 You said {secret}!"
        with pytest.raises(Refused) as refused:
            _send(server)
    assert refused.value.words == "You said …!"


def test_what_a_server_says_is_one_line_of_a_bounded_length() -> None:
    with running_mail_server() as server:
        server.answers["AUTH"] = "535 \x1b[31mNo\u202e\x07 \x00way" + "!" * 2000
        with pytest.raises(Refused) as refused:
            _send(server)
    assert refused.value.words.startswith("[31mNo way!!")
    assert len(refused.value.words) == 500


def test_the_password_is_in_no_text_of_a_server() -> None:
    with running_mail_server() as server:
        assert PASSWORD not in repr(server.as_server())


@pytest.mark.parametrize(
    "wrong", [{"host": "a\r\nb"}, {"host": ""}, {"host": "-a/b"}, {"username": "kim\0"}, {"password": "a\r\nQUIT"}]
)
def test_a_server_with_what_cannot_be_sent_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"This is no name of a host|A control character cannot stand"):
        Server(**{"host": "example.com", "port": 587, "security": "tls", **wrong})  # type: ignore[arg-type]


# ---- addresses outside ASCII


def test_an_address_outside_ascii_goes_to_a_server_that_takes_them() -> None:
    with running_mail_server() as server, Submission(server.as_server()) as submission:
        submission.offer(a_mail(to=Address("用户", "用户@例子.example")))
        submission.hand_over()
        (mail,) = server.wait_for(1)
    assert mail.recipients == ["用户@xn--fsqu00a.example"]
    assert "SMTPUTF8" in mail.options


def test_an_address_outside_ascii_does_not_go_to_another_server() -> None:
    with running_mail_server(utf8=False) as server, Submission(server.as_server()) as submission:
        with pytest.raises(Refused) as refused:
            submission.offer(a_mail(to=Address("用户", "用户@例子.example")))
        assert server.received == []
    assert (refused.value.permanent, refused.value.phase) == (True, "sender")


# ---- what is no mail server


def test_what_does_not_speak_smtp_is_not_quoted() -> None:
    with running_mail_server() as server:
        server.answers["CONNECT"] = "HTTP/1.1 400 Bad Request"
        with pytest.raises(ConnectionFailed) as failed:
            _send(server)
    assert (failed.value.reason, failed.value.phase) == ("not_smtp", "connecting")
    assert "HTTP" not in failed.value.words


def test_a_port_that_nothing_listens_on_is_named() -> None:
    with running_mail_server() as server:
        gone = server.as_server(ca_file=None)
    with pytest.raises(ConnectionFailed) as failed, Submission(gone):
        pass
    assert failed.value.reason == "unreachable"
    assert failed.value.words == f"Nothing answers on port {gone.port} of localhost."
