from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from app.mail.errors import ConnectionFailed
from app.mail.smtp import Security, Submission
from tests.mail.server import HOST, MailServer, authority, running_mail_server

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
SECURE: list[Security] = ["starttls", "tls"]


def _refused(server: MailServer, **changed: object) -> ConnectionFailed:
    with pytest.raises(ConnectionFailed) as failed, Submission(server.as_server(**changed), seconds=1):
        pass
    assert "AUTH" not in server.commands
    return failed.value


@pytest.mark.parametrize("security", SECURE)
@pytest.mark.parametrize(
    ("certificate", "words"),
    [
        (trustme.CA().issue_cert(HOST), "unable to get local issuer certificate"),
        (authority().issue_cert("mail.example.com"), "certificate is not valid for 'localhost'"),
        (authority().issue_cert(HOST, not_before=LONG_AGO, not_after=LONG_AGO.replace(year=2002)), "has expired"),
    ],
)
def test_a_server_that_cannot_show_who_it_is_gets_no_password(
    security: Security, certificate: trustme.LeafCert, words: str
) -> None:
    with running_mail_server(security, certificate=certificate) as server:
        failed = _refused(server)
    assert failed.is_certificate_problem
    assert failed.words.startswith("The certificate of localhost cannot be trusted: ")
    assert words in failed.words


def test_without_its_authority_a_server_is_not_trusted() -> None:
    with running_mail_server() as server:
        assert _refused(server, ca_file=None).is_certificate_problem


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_file_of_authorities_that_cannot_be_read_leaves_nobody_to_trust(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_text(content)
    with running_mail_server() as server:
        failed = _refused(server, ca_file=file)
    assert failed.is_certificate_problem
    assert failed.words == "The file of authorities that this server trusts cannot be read."


def test_a_server_by_its_number_needs_a_certificate_for_that() -> None:
    with running_mail_server() as server:
        assert _refused(server, host="127.0.0.1").is_certificate_problem
    with (
        running_mail_server(certificate=authority().issue_cert("127.0.0.1")) as server,
        Submission(server.as_server(host="127.0.0.1")),
    ):
        assert server.commands[-1] == "AUTH"


def test_a_server_that_does_not_offer_starttls_gets_no_password() -> None:
    with running_mail_server() as server:
        # As somebody in between would have it.
        server.answers["EHLO"] = "250-localhost\r\n250 AUTH PLAIN LOGIN"
        failed = _refused(server)
    assert (failed.reason, failed.is_certificate_problem) == ("no_starttls", False)
    assert "does not offer STARTTLS" in failed.words


def test_what_was_said_before_tls_counts_for_nothing() -> None:
    with running_mail_server() as server:
        server.answers["STARTTLS"] = "220 Go ahead\r\n250-localhost\r\n250 AUTH PLAIN\r\n235 Welcome\r\n250 OK"
        assert _refused(server).reason in {"tls", "timeout", "closed"}


@pytest.mark.parametrize(("has", "wanted"), [("starttls", "tls"), ("none", "tls"), ("tls", "starttls")])
def test_a_server_that_speaks_tls_at_another_time_is_not_spoken_to(has: Security, wanted: Security) -> None:
    with running_mail_server(has) as server:
        failed = _refused(server, security=wanted)
    assert failed.reason in {"tls", "timeout", "closed"}


def test_a_file_of_authorities_that_changes_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(file))
    with running_mail_server() as server:
        assert _refused(server, ca_file=file).is_certificate_problem
        authority().cert_pem.write_to_path(str(file))
        with Submission(server.as_server(ca_file=file)):
            assert server.commands[-1] == "AUTH"
